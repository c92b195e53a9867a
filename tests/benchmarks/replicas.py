"""Several servers of the app, and the load balancer before them."""

import contextlib

from tests.support.server import running_app


@contextlib.contextmanager
def running_replicas(count, behind_balancer):
    """Runs so many servers, and yields the address to visit and their processes."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(running_app()) for _ in range(count)]
        yield servers[0][0], [process for _, process in servers]
