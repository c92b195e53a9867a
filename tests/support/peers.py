"""What some tests need beyond the page's own packages: they are skipped where it is missing, or fail if it is required.

REQUIRE_PEERS=1 requires PyTorch, scikit-learn, hypothesis and HAProxy, REQUIRE_NODE=1 Node and its packages,
REQUIRE_BROWSER=1 Playwright and the browser.
"""

import importlib
import os
import shutil
import sys
from types import ModuleType

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


class _NoStrategy:
    """Stands for every strategy of hypothesis, however it is built."""

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __getitem__(self, item):
        return self

    def __or__(self, other):
        return self


def stand_in_for_hypothesis():
    """Puts a stand-in where hypothesis is missing: tests of properties are skipped, the others of their modules run.

    Raises:
        ImportError: under REQUIRE_PEERS.
    """
    reason = "hypothesis is not installed: pip install -e '.[dev]'"
    if os.environ.get("REQUIRE_PEERS"):
        raise ImportError(reason)
    module = ModuleType("hypothesis")
    module.given = lambda *_, **__: pytest.mark.skip(reason)
    module.settings = lambda *_, **__: lambda test: test
    module.strategies = module.extra = module.reject = _NoStrategy()
    sys.modules |= {"hypothesis": module, "hypothesis.strategies": module.strategies, "hypothesis.extra": module.extra}
