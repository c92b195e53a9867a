"""The commands of all documents mean the same in sh, cmd and PowerShell, or stand in a block for sh."""

import re
import shlex

import pytest

from tests.test_readme import DOCUMENTS, ROOT

PROGRAMS = "pip|pytest|python3?|streamlit|npm|ruff|mypy|docker|kubectl|dask|cd|echo|pre-commit"
COMMAND = rf"(?:{PROGRAMS})(?: [^`\n]*)?|\w+=\S* (?:{PROGRAMS})\b[^`\n]*"
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
NEEDS_SH = ("docs/hosting.md",)  # what runs on servers
DATED = re.compile(r"CHANGELOG|decisions/")  # where nothing is to be copied


def commands_of(text):
    """The commands that a reader may copy into any shell."""
    blocks = [block for language, block in BLOCK.findall(text) if language == "sh" and not has_sh_alone(block)]
    rest = BLOCK.sub("", text)
    lines = re.findall(rf"^(?:    )?({COMMAND})$", "\n".join([*blocks, rest]), flags=re.MULTILINE)
    return [*lines, *re.findall(rf"`({COMMAND})`", rest)]


def has_sh_alone(block):
    return re.search(r"\$\(|\$\w|&&|#", block) is not None


COMMANDS = [
    pytest.param(command, id=f"{path.name}: {command[:40]}")
    for path in DOCUMENTS
    if not DATED.search(str(path))
    for command in commands_of(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_means_the_same_in_sh_cmd_and_powershell(command):
    """cmd knows no 'quotation marks', no comments and no variable before a command; Windows PowerShell no && and,
    before an &, no bare words; its > writes UTF-16."""
    bare = re.sub('"[^"]*"', "", command)
    assert not set(bare) & set("'&#>|;%$^`<(),@{}")
    assert '"' not in bare
    inside = "".join(re.findall('"([^"]*)"', command))
    assert not set(inside) & set("%$^`!\\")
    assert "=" not in command.split()[0]


def test_no_command_is_missed():
    found = [param.values[0] for param in COMMANDS]
    assert {shlex.split(command)[0] for command in found} >= {"pip", "pytest", "python", "streamlit", "npm", "docker"}
    assert sum(command.startswith("python -m playground.sweep") for command in found) == 3
    assert 'pytest -m "not slow and not browser"' in found


def test_blocks_for_sh_alone_stand_only_where_servers_are_run_and_say_so():
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            if match[1] == "sh" and has_sh_alone(match[2]):
                assert str(path.relative_to(ROOT)) in NEEDS_SH
                assert re.search(r"\bin sh\b", text[: match.start()].splitlines()[-2], re.IGNORECASE)


@pytest.mark.parametrize(
    "command",
    [
        "pytest -m 'not slow'",
        "cd deploy && docker compose up",
        "TEST_BROWSER=firefox pytest tests",
        "python -m playground.run target=step&layers=20",
        "python -m playground.export --torch > run.py",
        'python -c "print($HOME)"',
    ],
)
def test_what_one_of_the_shells_reads_otherwise_is_noticed(command):
    (found,) = commands_of(f"`{command}`")
    with pytest.raises(AssertionError):
        test_every_command_means_the_same_in_sh_cmd_and_powershell(found)
