"""What some tests need beyond the page's own packages: they are skipped where it is missing, or fail if it is required.

REQUIRE_PEERS=1 requires PyTorch and scikit-learn, REQUIRE_NODE=1 Node, REQUIRE_BROWSER=1 Playwright and Chromium.
"""

import importlib
import os
import shutil

import pytest


def missing(reason, variable):
    """Skips the test, with the reason; fails it where the environment variable says that nothing may be missing."""
    (pytest.fail if os.environ.get(variable) else pytest.skip)(reason)


def peer(module):
    """A module of PyTorch or scikit-learn, which some tests compare with."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing(f"{error}: pip install -e '.[dev]'", "REQUIRE_PEERS")


def node():
    """The path of Node, which runs the tests of the JavaScript."""
    return shutil.which("node") or missing("there is no Node on the PATH", "REQUIRE_NODE")
