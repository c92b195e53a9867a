"""The text in the bytes of a file: in UTF-8, UTF-16 or the code page of Windows; what is no text is refused."""

import codecs
import re

MAX_BYTES = 1_000_000
_KINDS = (  # how other files begin, and what they are
    (rb"%PDF", "a PDF"),
    (rb"\{\\rtf", "a text document"),
    (rb"<(!--|(!doctype|html|head|body|div|pre|span|\?xml|table|tr|svg)\b)", "a page of the web, or XML"),
    (rb'\[\s*[\[({]|\{\s*["\'{]|[({]\s*[-+.\d][^(){},\n]*,[^(){}\n]*[)}],?\s*\n', "JSON or a list in brackets"),
    (rb"(?:\w+\s*=\s*)?(?:\w+\.)?(?:array|tensor|DataFrame)\(|[a-z]\w*\s*=\s*[\[({]\s*[-+.\d]", "a part of a program"),
    (rb"INSERT\s+INTO\b|import\s+\w+\b(?!\s*[,;\t])", "a part of a program"),
    (rb"\x89PNG|GIF8|\xff\xd8\xff", "a picture"),
    (rb"\x1f\x8b|7z\xbc|Rar!|BZh", "an archive"),
    (rb"PAR1|\x93NUMPY|\x89HDF|\x80[\x02-\x05]|SQLite", "data for programs"),
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls


class TableError(ValueError):
    """An error in a file, in a sentence for the visitor."""


def text_of(data: bytes) -> str:
    """The text in the bytes of a file.

    Raises:
        TableError: when there are too many, or they are no text.
    """
    if len(data) > MAX_BYTES:
        raise TableError(f"The file must have at most {MAX_BYTES:,} bytes (1 MB), not {len(data):,}.")
    if data.startswith(WORKBOOKS):
        kind = "data for programs" if b".npy" in data[:100] else "a workbook of a spreadsheet"
        what = "sheet" if "sheet" in kind else "numbers"
        raise TableError(f"The file is {kind}: save its {what} as CSV, and open that.")
    for begins, kind in _KINDS:
        if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:" + begins + rb")", data, re.IGNORECASE):
            raise TableError(f"The file is {kind}: save its numbers as CSV, a row per point, and open that.")
    encoding = _utf_16(data)
    if encoding is not None:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            raise TableError("The file begins like UTF-16 but is not; save it as UTF-8.") from None
    if b"\0" in data:
        raise TableError(
            f"Line {_line(data, data.index(0))} holds a NUL byte: this is no text in UTF-8. Save it so, as CSV."
        )
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return _in_windows(data, _line(error.object, error.start))


def _utf_16(data: bytes) -> str | None:
    """The encoding of a text in UTF-16, by its mark or by the zeros between the letters; None if it is another."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(data) % 2 == 0 and len(data) > 2:
        even, odd = data[::2], data[1::2]
        if not any(odd) and all(even):
            return "utf-16-le"
        if not any(even) and all(odd):
            return "utf-16-be"
    return None


def _in_windows(data: bytes, line: int) -> str:
    """The text in the code page of Western Windows, in which older spreadsheets save."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or re.search(r"[^\t\n\x0c\r -~\xa0-\u2122]", text):
        raise TableError(f"Line {line} holds bytes that are not UTF-8; save the file as UTF-8.")
    return text


def is_in_windows(data: bytes) -> bool:
    """Whether a text is read in the code page of Western Windows: that of another country has other letters."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return _utf_16(data) is None
    return False


def _line(data: bytes, position: int) -> int:
    return 1 + len(re.findall(rb"\r\n?|\n", data[:position]))
