"""The exercises of docs/exercises.md, as that document has them."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "exercises.md").read_text(encoding="utf-8")
TITLES = re.findall(r"^## \d\. (.*)$", TEXT, flags=re.MULTILINE)
LINKS = dict(zip(TITLES, re.findall(r"\[Open it\]\((.*?)\)", TEXT), strict=True))
QUERIES = {title: dict(parse_qsl(urlsplit(link).query)) for title, link in LINKS.items()}
