"""Templates of scripts: lines that are kept where they are wanted, and names to be filled in."""

import re
from itertools import pairwise
from string import Template

MARK = "  #? "


def filled(template, wanted, **texts):
    """A script.

    Args:
        template: its lines. One that ends in `  #? this not that` is kept where `this` is wanted and `that` is not.
            `$name` stands for a text; where it is all of a line, each line of the text is indented as it is, and an
            empty text leaves no line. No more than two blank lines follow each other.
        wanted: names of what the script has.
        texts: by name.
    """
    lines = []
    for line in template.splitlines():
        line, _, condition = line.partition(MARK)
        if not _holds(condition.split(), wanted):
            continue
        name = line.strip()
        if name.startswith("$") and name[1:] in texts:
            indent = line[: -len(name)]
            lines += [indent + part if part else "" for part in texts[name[1:]].splitlines()]
        else:
            lines.append(Template(line).substitute(texts))
    return re.sub("\n{4,}", "\n\n\n", "\n".join(lines)).strip() + "\n"


def _holds(words, wanted):
    return all((after in wanted) == (before != "not") for before, after in pairwise(["", *words]) if after != "not")
