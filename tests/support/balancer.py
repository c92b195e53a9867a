"""HAProxy with the project's own configuration before replicas, which it finds by a name server, as in Docker."""

import contextlib
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from tests.support.peers import missing
from tests.support.server import free_port

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "haproxy.cfg"
MAX_START_SECONDS = 20


def haproxy():
    """The path of HAProxy."""
    return shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin") or missing(
        "there is no HAProxy on the PATH", "REQUIRE_PEERS"
    )


@contextlib.contextmanager
def balanced(port, hosts):
    """Runs HAProxy before the replicas that listen at a port of some addresses, and yields its own address.

    Args:
        port: of every replica, as in containers.
        hosts: their IPv4 addresses, a set that may change, as the name server of Docker says them.
    """
    own = free_port()
    with _name_server(hosts) as names, tempfile.TemporaryFile("w+") as log:
        addresses = {"LISTEN": f"127.0.0.1:{own}", "DNS": f"127.0.0.1:{names}", "REPLICAS": f"app.test:{port}"}
        command = [haproxy(), "-db", "-f", str(CONFIGURATION)]
        process = subprocess.Popen(command, env=os.environ | addresses, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for_a_replica(f"http://127.0.0.1:{own}", process, log)
            yield f"127.0.0.1:{own}"
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def _name_server(hosts):
    """A name server that answers every question for an address with those, and yields its port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        ends = threading.Event()

        def serve():
            while True:
                question, asker = server.recvfrom(4096)
                if ends.is_set():
                    return
                server.sendto(_answer(question, sorted(hosts)), asker)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            ends.set()
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", server.getsockname())
            thread.join()


def _answer(question, hosts):
    """RFC 1035: the question, and an A record of each address if that was asked for."""
    end = question.index(b"\0", 12) + 5  # of the name, then type and class
    kind = struct.unpack("!H", question[end - 4 : end - 2])[0]
    found = hosts if kind == 1 else []
    header = question[:2] + struct.pack("!5H", 0x8580, 1, len(found), 0, 0)
    records = (b"\xc0\x0c" + struct.pack("!2HIH", 1, 1, 1, 4) + socket.inet_aton(host) for host in found)
    return header + question[12:end] + b"".join(records)


def _wait_for_a_replica(address, process, log):
    end = time.monotonic() + MAX_START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health"):
            return
        time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"HAProxy finds no replica:\n{log.read()}")
