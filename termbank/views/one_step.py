"""A button that does one step with what its page shows, and leads back there."""

from collections.abc import Callable

from flask import flash, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry.db import transaction
from registry.errors import Refused
from registry.web.problems import readable


def one_step(do: Callable[[Session], object], told: str, back: str, *, after: str | None = None) -> Response:
    """Do it in a transaction of its own and go to ``after``, else ``back``. A step that is refused says why on the page ``back``."""
    try:
        with transaction() as session:
            do(session)
    except Refused as refusal:
        flash(readable(refusal.finding).in_full, "warn")
        return redirect(back)
    flash(told, "ok")
    return redirect(after or back)
