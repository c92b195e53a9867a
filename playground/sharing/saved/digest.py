"""The digest of a saved run, which tells a damaged file from a whole one."""

import hashlib
import json

from playground.sharing.saved.values import TOO_DEEP, SavedError


def digest_of(document):
    """SHA-256, in hexadecimal, of the canonical JSON of all that a document holds but its digest.

    Canonical is: names sorted, no spaces, ASCII, numbers as Python writes them.

    It is there to find damage: with another digit in the generator or in the optimizer's memory, a file would pass for
    another run. It is no proof of who wrote a file, since anyone can give a forged one its digest: every field is
    checked all the same.
    """
    rest = {name: value for name, value in document.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def check_digest(told):
    """Refuses a document whose digest is another than it tells."""
    try:
        damaged = told["digest"] != digest_of(told)
    except RecursionError:
        raise SavedError(TOO_DEEP) from None
    if damaged:
        raise SavedError("The file is damaged: something in it is not as it was saved.")
