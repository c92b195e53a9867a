"""The components' scripts: modules are joined in the order of their imports, and what cannot be joined is an error."""

import re

import pytest

from playground.components.sources import FOLDER, script, self_contained

NAMES = (
    "board",
    "race",
    "network",
    "units",
    "maps",
    "measures",
    "layers",
    "exercise",
    "still",
    "copy",
    "keeper",
    "replay",
)
ENTRIES = [f"{name}/{name}.js" for name in NAMES]


@pytest.fixture
def joined(tmp_path):
    def joined(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return script("main.js", tmp_path)

    return joined


def test_what_is_imported_comes_first_and_once(joined):
    text = joined(
        main='import { b } from "./b.js";\nimport { c } from "./c.js";\n\nexport default b + c;\n',
        b='import { c } from "./c.js";\n\nexport const b = c;\n',
        c="export const c = 1;\n",
    )
    assert text.split() == ["const", "c", "=", "1;", "const", "b", "=", "c;", "export", "default", "b", "+", "c;"]


def test_comments_and_indentation_are_left_out(joined):
    text = joined(
        main="""\
// What it is.

/**
 * Long.
 */
function f() {
  // Why.
  return /** @type {any} */ (1); // kept
}
"""
    )
    assert text == "function f() {\nreturn  (1); // kept\n}\n"


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"main": 'import { a } from "./a.js";\nconst a = 2;\n', "a": "export const a = 1;\n"}, "both define a"),
        ({"main": 'import { b } from "./a.js";\n', "a": "const b = 1;\n"}, "imports b, which a.js does not export"),
        ({"main": 'import { a } from "./a.js";\n', "a": 'import { m } from "./main.js";\n'}, "main.js imports a.js"),
        ({"main": 'import a from "./a.js";\n', "a": "export default 1;\n"}, "cannot be joined: import a from"),
        (
            {"main": 'import { a } from "./a.js";\n', "a": "export const a = 1;\nexport default 2;\n"},
            "export default 2",
        ),
        ({"main": "const a = 1;\nexport { a };\n"}, "cannot be joined: export { a }"),
    ],
    ids=["defined twice", "not exported", "circle", "default import", "default of another", "list of exports"],
)
def test_what_cannot_be_joined_is_an_error(joined, modules, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        joined(**modules)


def test_a_missing_module_is_an_error(joined):
    with pytest.raises(FileNotFoundError):
        joined(main='import { a } from "./nowhere.js";\n')


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_component_is_one_script(entry):
    text = script(entry)
    assert not re.search(r"^import\b", text, re.MULTILINE)
    assert len(re.findall(r"^export\b", text, re.MULTILINE)) == (0 if entry.startswith("replay") else 1)


def test_every_script_belongs_to_a_component():
    joined = "".join([*map(script, ENTRIES), self_contained("board", "")])
    for path in FOLDER.rglob("*.js"):
        for name in re.findall(
            r"^export (?:class|function|const) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert re.search(rf"\b(class|function|const) {name}\b", joined), f"{path.name} {name}"
