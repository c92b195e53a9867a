"""The text of a teacher in a link: bounded, and nothing but text."""

import unicodedata

MAX_TASK = 1000  # characters


def read_task(text: str) -> tuple[str, str | None]:
    """What is shown of a text, and a sentence where that is not all of it.

    Ends of lines stay; other control characters, which no one can see, become spaces.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in lines).strip()
    if len(plain) <= MAX_TASK:
        return plain, None
    return f"{plain[:MAX_TASK]}…", f"The task has {len(plain):,} characters: the first {MAX_TASK:,} are shown."
