"""Reads which modules a source file imports, without running it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (ROOT / "streamlit_app.py", *sorted(ROOT.glob("nn/**/*.py")), *sorted(ROOT.glob("playground/**/*.py")))
}
DYNAMIC = "an import that only running the file would show"


def module_of(path):
    """The dotted name of a source file, e.g. "playground.player" of "playground/player/__init__.py"."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def package_of(module):
    """The package that a module of ours belongs to, by its name below `playground`: "nn", "player", "streamlit_app"."""
    parts = module.split(".")
    return parts[1] if parts[0] == "playground" and len(parts) > 1 else parts[0]


def imports(path, source):
    """The dotted name of everything that a file imports, also inside functions; `from a import b` gives "a.b"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _names(path, node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("__import__", "import_module")):
            yield DYNAMIC


def imports_at_start(path, source):
    """The same for what is imported when the file is: not inside functions, and not for types alone."""
    pending = list(ast.parse(source).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _names(path, node)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            pending += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def _names(path, node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    folders = path.split("/")[: -node.level] if node.level else []
    return [".".join([*folders, *filter(None, [node.module]), alias.name]) for alias in node.names]


def dependencies(sources):
    """{module: the modules of ours that it imports when it is imported}."""
    modules = {module_of(path) for path in sources}
    found = {}
    for path, source in sources.items():
        names = imports_at_start(path, source)
        targets = {name if name in modules else name.rpartition(".")[0] for name in names}
        found[module_of(path)] = (targets & modules) - {module_of(path)}
    return found
