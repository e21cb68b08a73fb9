"""A flow in force and its region's people."""

from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

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
