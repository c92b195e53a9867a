"""Several servers of the app, and the load balancer before them."""

import contextlib
import os
from concurrent.futures import ThreadPoolExecutor

from tests.support.balancer import balanced
from tests.support.server import free_port, running_app

os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # as in deploy/Dockerfile


@contextlib.contextmanager
def running_replicas(count):
    """Runs so many servers, and yields the address to visit and their processes. One alone has no balancer."""
    with contextlib.ExitStack() as stack:
        if count == 1:
            address, process = stack.enter_context(running_app())
            yield address, [process]
            return
        port, hosts = free_port(), [f"127.0.0.{2 + i}" for i in range(count)]
        with ThreadPoolExecutor() as starting:
            apps = [running_app(host=host, port=port) for host in hosts]
            servers = [process for _, process in starting.map(stack.enter_context, apps)]
        yield f"http://{stack.enter_context(balanced(port, hosts))}", servers
