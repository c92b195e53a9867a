"""A Dockerfile, read; and its commands, run one after another in a folder in the place of the image."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple


class Instruction(NamedTuple):
    """One of them, such as RUN with its command; a form in brackets is a list."""

    name: str
    value: str | list[str]


def stages(path):
    """The instructions of each stage, after its FROM."""
    text = re.sub(r"^#.*\n", "", Path(path).read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, value = line.split(None, 1)
        if name == "FROM":
            found.append([])
        found[-1].append(Instruction(name, value.strip()))
    return found


def words(value):
    """The command of HEALTHCHECK or CMD, in its form with brackets."""
    return json.loads(value[value.index("[") :])


class Folder:
    """What stands for the image: absolute paths of the commands are below it. What is copied is its owner's alone.

    Attributes:
        environment: of the commands, and of what runs in the end.
    """

    def __init__(self, root, context, environment):
        self.root = root
        self.environment = dict(environment)
        self._context = context
        self._directory = root

    def below(self, text):
        """A text with each absolute path put below the folder."""
        return re.sub(r"(?<![\w./:])/(?=(app|opt|tmp|usr)\b)", f"{self.root}/", text)

    def do(self, instruction):
        """Carries out one. What comes from another image is left out.

        Raises:
            RuntimeError: when a command fails.
        """
        {"RUN": self._run, "COPY": self._copy, "ENV": self._set, "WORKDIR": self._change}[instruction.name](
            instruction.value
        )

    def _run(self, command):
        place, here = self.below(command), self._directory
        done = subprocess.run(
            ["sh", "-c", place], cwd=here, env=self.environment, capture_output=True, text=True, timeout=60
        )
        if done.returncode:
            raise RuntimeError(f"{command}\n{done.stdout}{done.stderr}")

    def _copy(self, value):
        if value.startswith("--from="):
            return
        source, target = self._context / value.split()[0], self._directory / value.split()[1]
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target = target / source.name if value.endswith("/") else target
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
        for path in (target, *target.rglob("*")):
            path.chmod(path.stat().st_mode & 0o700)

    def _set(self, value):
        for each in shlex.split(value):
            name, _, text = each.partition("=")
            self.environment[name] = self.below(text).replace("$PATH", self.environment["PATH"])

    def _change(self, value):
        self._directory = Path(self.below(value))
        self._directory.mkdir(parents=True, exist_ok=True)
