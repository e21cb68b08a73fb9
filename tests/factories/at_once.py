"""Acts begun at the same moment, each in a thread and a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from registry.db import db, transaction
from registry.errors import Refused


def at_once(app: Flask, *acts: Callable[[Session], Any]) -> list[Any]:
    """What each act ended with: what it gave back, or the code of what refused it."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[Session], Any]) -> Any:
        with app.app_context():
            barrier.wait(timeout=20)
            try:
                with transaction() as session:
                    return act(session)
            except Refused as refused:
                return refused.finding.code
            finally:
                db.session.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
