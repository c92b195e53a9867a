"""The commands of the Dockerfile make, in an empty folder, what runs without the network and writes nothing.

Some things are not as in an image: npm and the packages are those of this machine, so that pip finds all that it is
told to install; only a part of Python's library is there; and no user is added.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import tempfile
from pathlib import Path

import pytest

from tests.support.dockerfile import Folder, stages, words
from tests.support.peers import missing
from tests.support.processes import until
from tests.support.replicas import ask
from tests.support.server import ROOT, free_port
from tests.support.visitor import Visitor

DOCKERFILE = ROOT / "deploy" / "Dockerfile"
_, BUILD, FINAL = stages(DOCKERFILE)
LIBRARY = Path("usr/local/lib/python3.11")  # in Python's image, where it has no byte code
UNCHECKED = b"\1\0\0\0"  # PEP 552: by a hash of the source, which is not looked at
TELLS_OF_CONNECTIONS = """
import os
import sys


def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            file.write(f"{arguments!r}\\n")


sys.addaudithook(note)
"""


def value(stage, name):
    (found,) = (each.value for each in stage if each.name == name)
    return found


@pytest.fixture(scope="module")
def image():
    """The folder, built."""
    if not shutil.which("npm"):
        missing("there is no npm on the PATH", "REQUIRE_NODE")
    with tempfile.TemporaryDirectory() as root:
        own = {name: os.environ[name] for name in ("PATH", "HOME")}
        own["npm_config_prefer_offline"] = "true"  # it is in npm's cache where .ci/run has fetched it
        folder = Folder(Path(root), ROOT, own)
        for place in ("tmp", "usr/local/bin"):
            (folder.root / place).mkdir(parents=True)
        for each in BUILD[1:]:
            folder.do(each)
            if each.value == "python -m venv /opt/venv":
                (packages,) = folder.root.glob("opt/venv/lib/python*/site-packages")
                (packages / "here.pth").write_text(sysconfig.get_path("purelib"))
        del folder.environment["HOME"]
        part = Path(sysconfig.get_path("stdlib")) / "json"
        shutil.copytree(part, folder.root / LIBRARY / "json", ignore=shutil.ignore_patterns("__pycache__"))
        for each in FINAL[1:]:
            if each.name in ("ENV", "WORKDIR") or "compileall" in each.value:
                folder.do(each)
        yield folder


@contextlib.contextmanager
def running(image):
    """What the image runs, at a port of its own, and the port."""
    port = free_port()
    (image.root / "tmp" / "sitecustomize.py").write_text(TELLS_OF_CONNECTIONS)
    environment = image.environment | {
        "PYTHONPATH": str(image.root / "tmp"),
        "CONNECTIONS": str(image.root / "tmp" / "connections"),
        "STREAMLIT_SERVER_PORT": str(port),
    }
    command = words(value(FINAL, "CMD"))
    where = image.below(value(FINAL, "WORKDIR"))
    with subprocess.Popen(command, cwd=where, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process, port
        finally:
            process.kill()


def is_healthy(image, port):
    python, *rest = words(value(FINAL, "HEALTHCHECK"))
    command = [python, *(word.replace("8501", str(port)) for word in rest)]
    done = subprocess.run(command, env=image.environment, capture_output=True, timeout=10)
    return done.returncode == 0


def files(image):
    """Every file of the app, with the time of its last change."""
    return {path: path.stat().st_mtime_ns for path in image.root.glob("app/**/*")}


def test_what_is_built_runs_as_it_is_and_asks_nobody(image):
    before = files(image)
    with running(image) as (process, port):
        until(lambda: is_healthy(image, port))
        host = f"127.0.0.1:{port}"
        assert b"assets/plotly-" in ask(host, "/").body
        with Visitor(host) as visitor:
            assert visitor.draws()
            process.send_signal(signal.SIGTERM)
            until(lambda: not is_healthy(image, port))
            assert visitor.draws()
    assert not is_healthy(image, port)
    assert files(image) == before
    assert not (image.root / "tmp" / "connections").exists()


def test_the_user_may_read_every_file_also_of_a_checkout_that_is_its_owners_alone(image):
    assert all(path.stat().st_mode & 0o004 for path in files(image))


def test_the_app_and_pythons_library_are_compiled_and_there_is_the_small_script(image):
    app = image.root / "app"
    sources = [path for name in ("nn", "playground") for path in (app / name).rglob("*.py")]
    assert len(sources) > 100
    for source in sources:
        (compiled,) = source.parent.glob(f"__pycache__/{source.stem}.cpython-*.pyc")
        assert compiled.read_bytes()[4:8] == UNCHECKED
    library = list((image.root / LIBRARY).rglob("*.py"))
    assert library
    assert all(list(source.parent.glob(f"__pycache__/{source.stem}.*.pyc")) for source in library)
    assert [path.name for path in (app / "static").iterdir()] == [
        next(path.name for path in (app / "static").glob("plotly-cartesian-*.min.js.gz"))
    ]


def test_the_image_is_slim_and_its_user_is_not_root():
    for stage in (BUILD, FINAL):
        assert re.fullmatch(r"python:3\.\d+-slim-\w+( AS build)?", value(stage, "FROM"))
        assert not any(re.search(r"\bapt|\bgcc|\bcurl", each.value) for each in stage if each.name == "RUN")
    assert value(FINAL, "FROM").startswith(LIBRARY.name.replace("python", "python:"))
    (added,) = (each.value for each in FINAL if "useradd" in each.value)
    assert re.search(r"--uid (\d+)", added)[1] == value(FINAL, "USER") != "0"
    assert [each.name for each in FINAL[-4:]] == ["USER", "EXPOSE", "HEALTHCHECK", "CMD"]
    installing = [each.value for each in BUILD if "pip install" in str(each.value)]
    assert all("--only-binary=:all:" in command for command in installing)


def test_what_the_build_copies_is_all_that_the_daemon_gets():
    ignored = (DOCKERFILE.parent / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {each.value.split()[0] for each in BUILD if each.name == "COPY" and "--from" not in each.value}
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
