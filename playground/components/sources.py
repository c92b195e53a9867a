"""The sources of the components: their HTML and CSS as they are, and one script per component out of its modules.

The scripts are ES modules that import one another. Streamlit takes one script per component, as text, so the modules
are joined here: those that are imported come first, without their import and export words. All of them share one scope
then, and a name that two of them define is an error. Comments and indentation are left out, since every message to the
browser repeats the script.
"""

import json
import posixpath
import re
from pathlib import Path

FOLDER = Path(__file__).parent

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_DEFINITION = re.compile(r"^(export )?(?:async )?(?:class|function|const|let) (\w+)", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function|const|let) )", re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//[^\n]*\n|/\*\*.*?\*/", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"^\s+", re.MULTILINE)  # indentation and empty lines


def read(name: str, folder: Path = FOLDER) -> str:
    """The text of a file of this folder."""
    return (folder / name).read_text(encoding="utf-8")


def script(entry: str, folder: Path = FOLDER) -> str:
    """A module and all that it imports, as one script.

    Args:
        entry: the module's path in the folder, such as "board/board.js".

    Raises:
        ValueError: when a module imports what another does not export, imports itself by a detour, defines a name that
            another one defines, or uses a form of import or export that is not understood.
    """
    return _joined(entry, folder)


def self_contained(name: str, html: str) -> str:
    """The script of the component in the folder `name`, which makes its HTML and its style itself."""
    entry = f"{name}/{name}.js"
    text = _DEFAULT.sub("const component = ", _joined(entry, FOLDER, "shared/parts.js"))
    css = read(f"{name}/{name}.css")
    return f"{text}export default withParts(component, {json.dumps(html)}, {json.dumps(css)});\n"


def _joined(entry: str, folder: Path, *before: str) -> str:
    """The entry, all that it imports, and what else comes before it, as one script."""
    texts: dict[str, str] = {}
    for module in (*before, entry):
        _collect(module, folder, texts, [])
    owners: dict[str, str] = {}
    for module, text in texts.items():
        for _, name in _DEFINITION.findall(text):
            if name in owners:
                raise ValueError(f"{owners[name]} and {module} both define {name}")
            owners[name] = module
    return "".join(_without_words(module, text, is_entry=module == entry) for module, text in texts.items())


def _collect(module: str, folder: Path, texts: dict[str, str], importers: list[str]) -> None:
    """Adds a module to the texts, after those that it imports."""
    if module in importers:
        raise ValueError(f"{' imports '.join([*importers, module])}")
    if module in texts:
        return
    text = _without_comments(read(module, folder))
    for names, address in _IMPORT.findall(text):
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(module), address))
        _collect(imported, folder, texts, [*importers, module])
        exported = {name for export, name in _DEFINITION.findall(texts[imported]) if export}
        missing = {name.strip() for name in names.split(",") if name.strip()} - exported
        if missing:
            raise ValueError(f"{module} imports {', '.join(sorted(missing))}, which {imported} does not export")
    texts[module] = text


def _without_comments(text: str) -> str:
    """A text without its types, and without lines that are only a comment."""
    return _COMMENT.sub("", text)


def _without_words(module: str, text: str, *, is_entry: bool) -> str:
    """A module's text without imports, indentation, and the word export but for the entry's default."""
    text = _EXPORT.sub("", _IMPORT.sub("", text))
    unknown = [line for line in _UNKNOWN.findall(text) if not (is_entry and _DEFAULT.match(line))]
    if unknown:
        raise ValueError(f"{module} has a line that cannot be joined: {unknown[0]}")
    return _BLANK.sub("", text)
