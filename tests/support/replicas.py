"""Processes of the app at addresses of their own, as replicas, and what a browser asks of them."""

import contextlib
import re
import signal
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from tests.support.balancer import balanced, haproxy
from tests.support.processes import until
from tests.support.server import free_port, running_app
from tests.support.visitor import Visitor

HOSTS = ("127.0.0.2", "127.0.0.3")


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def cookie(self):
        """The cookie that names a replica, as a browser sends it back; "" if none came."""
        return (re.match(r"replica=\w+", self.headers.get("set-cookie", "")) or [""])[0]


class Names(set):
    """The addresses under one name, and how often they were asked for."""

    asked = 0

    def __iter__(self):
        self.asked += 1
        return super().__iter__()


class Replicas:
    """Two processes of the app and HAProxy before them."""

    def __init__(self, port):
        self.port = port
        self.names = Names(HOSTS[:1])
        self.host = ""  # HAProxy's
        self._running = {}

    def start(self, *hosts, **options):
        """Starts those that do not run, with options of `running_app`."""
        self.stop(*filter(self.has_ended, list(self._running)))

        def start(host):
            running = contextlib.ExitStack()
            _, process = running.enter_context(running_app(host=host, port=self.port, **options))
            self._running[host] = running, process

        with ThreadPoolExecutor() as together:
            list(together.map(start, [host for host in hosts if host not in self._running]))

    def signal(self, host, number):
        self._running[host][1].send_signal(number)

    def has_ended(self, host):
        return self._running[host][1].poll() is not None

    def stop(self, *hosts):
        for host in hosts:
            self._running.pop(host)[0].close()

    def kill(self):
        """Ends all that run, at once."""
        for host in list(self._running):
            self.signal(host, signal.SIGKILL)
            self.stop(host)

    def visits(self, host):
        """How many pages are open at a replica, as its own metrics say."""
        metrics = ask(f"{host}:{self.port}", "/_stcore/metrics").body.decode()
        return int(re.search(r"^active_sessions (\d+)$", metrics, re.MULTILINE)[1])

    def ready(self):
        """Both run, and HAProxy sends visitors to both."""
        self.start(*HOSTS)
        until(lambda: len({ask(self.host, "/favicon.png").cookie for _ in range(4)}) == 2)

    def cookie_of(self, host):
        """What the cookie says of a replica."""
        until(lambda: not self.visits(host))
        for _ in range(10):
            cookie = ask(self.host, "/favicon.png").cookie
            with Visitor(self.host, cookie):
                if self.visits(host):
                    return cookie
        raise AssertionError("No visitor gets there.")


def ask(host, path, method="GET", body=None, **headers):
    """One request with urllib: neither an error of HTTP nor a compressed body is treated."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://{host}{path}", body, named, method=method)
    try:
        answer = urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read())


def upload(host, session, **headers):
    """Sends a small file to a session, and returns the status."""
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n1,2\r\n--x--\r\n'
    headers |= {"content_type": "multipart/form-data; boundary=x"}
    return ask(host, f"/_stcore/upload_file/{session}/a-file", "PUT", body, **headers).status


@contextlib.contextmanager
def behind_haproxy(drain_seconds=0):
    """Two replicas behind HAProxy, which come one after the other."""
    haproxy()
    replicas = Replicas(free_port())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DRAIN_SECONDS", str(drain_seconds))
        try:
            replicas.start(*HOSTS)
            with balanced(replicas.port, replicas.names) as replicas.host:
                replicas.names.update(HOSTS)  # a service has grown; no test begins until the second is found
                yield replicas
        finally:
            replicas.kill()
