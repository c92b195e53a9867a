"""Templates of scripts: a script as it is to be read, with named gaps for what differs from run to run."""

import re
import textwrap
from string import Template


def render(template: str, parts: dict[str, str]) -> str:
    """The template with a part for each `$name`.

    A name that is alone on its line stands for any number of lines, indented as it is; an empty part leaves no line.
    Elsewhere a part is text within its line. No more than two blank lines follow one another.

    Raises:
        KeyError: on a name that has no part.
    """
    lines = []
    for line in template.splitlines():
        name = line.strip()
        if re.fullmatch(r"\$\w+", name):
            lines += textwrap.indent(parts[name[1:]], line[: -len(name)]).splitlines()
        else:
            lines.append(Template(line).substitute(parts))
    return re.sub("\n{4,}", "\n\n\n", "\n".join(lines)).strip() + "\n"


def block(*lines: str) -> str:
    """Lines of code as one part; "" is no line."""
    return "\n".join(line for line in lines if line)
