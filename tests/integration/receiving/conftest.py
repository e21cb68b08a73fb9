"""A flow in force and its region's people."""

from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

from registry.serving.limits import Limits
from registry.serving.process import known_sender
from registry.serving.server import Server
from registry.serving.supervisor import bound
from tests.factories.deliveries import DeliveryWorld


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


@pytest.fixture
def address(app) -> Iterator[str]:
    """Where the application is served, over a real socket, for as long as the test lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=False)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def web_server(app) -> Iterator[str]:
    """Where the application is served by the registry's own web server, with its bounds."""
    listening = bound("127.0.0.1", 0)
    limits = Limits.from_settings(app.config)
    server = Server(app, listening, threads=2, limits=limits, is_signed_in=known_sender(app))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.stop()
    thread.join(10)
    listening.close()
    assert not thread.is_alive()
