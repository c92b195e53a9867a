"""The letters of the page have four sizes, as playground/page.css says; those in drawings may be smaller."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHEETS = [sheet.relative_to(ROOT) for sheet in sorted((ROOT / "playground").rglob("*.css"))]
SCALE = ("12px", "14px", "16px", "20px", "0.75rem", "0.875rem", "1rem", "inherit")
IN_DRAWINGS = r"\.(network|unit svg) text|\.network \.(title|on-line)|\.maps \.names span"  # SVG, and names on maps


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_every_size_of_letters_is_one_of_four(sheet):
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", (ROOT / sheet).read_text(encoding="utf-8"))
    sizes = [
        (selector.strip(), size)
        for selector, style in rules
        for size in re.findall(r"font-size:\s*([^;]+)", style)
        if not re.search(IN_DRAWINGS, selector)
    ]
    assert [each for each in sizes if each[1].strip() not in SCALE] == []
