"""Files over HTTP: compressed for those who accept it, and not sent again to those who have them."""

import gzip
import hashlib
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response

FOREVER = "public, immutable, max-age=31536000"  # one year: another content has another name
CHECKED = "no-cache"  # the browser asks each time whether its copy is still the one


@dataclass(frozen=True)
class File:
    """What an address stands for.

    Attributes:
        body: the content.
        kind: its media type.
        compressed: whether the body is compressed, with gzip.
        cache: its Cache-Control.
    """

    body: bytes
    kind: str
    compressed: bool
    cache: str

    @property
    def tag(self) -> str:
        """Its entity tag, which changes with the content."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def answer(self, headers: Headers) -> Response:
        """The answer to a GET with these headers."""
        described = {"Cache-Control": self.cache, "ETag": self.tag}
        body = self.body
        if self.compressed:
            described["Vary"] = "Accept-Encoding"
        if has_it(headers, self.tag):
            return Response(status_code=304, headers=described)
        if self.compressed and accepts_gzip(headers):
            described["Content-Encoding"] = "gzip"
        elif self.compressed:
            body = gzip.decompress(body)
        return Response(body, headers=described | {"Content-Type": self.kind})


def has_it(headers: Headers, tag: str) -> bool:
    """Whether the browser has what the tag stands for; a weak tag will do."""
    known = [each.strip().removeprefix("W/") for each in headers.get("if-none-match", "").split(",")]
    return tag in known or "*" in known


def accepts_gzip(headers: Headers) -> bool:
    """Whether the browser takes gzip: it names it, and not with a weight of 0."""
    for each in headers.get("accept-encoding", "").lower().replace(" ", "").split(","):
        coding, _, weight = each.partition(";q=")
        if coding == "gzip":
            return weight.strip("0.") != "" or not weight
    return False
