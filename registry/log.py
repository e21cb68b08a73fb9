"""Structured logs with ids and codes; never payloads, never names.

An error's own words are a payload too: a database names in them the values that it was given. So of an error only its
type and the places in the code are logged.

What is logged while a request is answered carries the address that it came from, so that an attack can be traced. An
address is a personal datum: it is in these lines only, never in the database, and docs/operations.md says how long to
keep it.

An address that is a key by itself (of an upload in parts) is logged without it, by libraries too.

What is used where neither Flask nor structlog is there logs through the standard library, with ``extra={"facts": {…}}``; such
lines are passed on and look like the others.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType

import structlog
from flask import Flask, request
from structlog.typing import EventDict

SERVERS = ("waitress", "werkzeug")
"""Libraries that log addresses: all requests, or those that fail."""
_KEYS = re.compile(r"(/uploads/)[0-9A-Za-z]{16,}")


def init_app(app: Flask) -> None:
    level = logging.getLevelNamesMapping().get(str(app.config["LOG_LEVEL"]).upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _places_of_error,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_to_standard_error,
    )
    passed_on = logging.getLogger("registry")
    passed_on.setLevel(level)
    passed_on.propagate = False
    if not any(isinstance(one, _PassedOn) for one in passed_on.handlers):
        passed_on.addHandler(_PassedOn())
    for name in SERVERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _WithoutKeys) for one in logger.filters):
            logger.addFilter(_WithoutKeys())


def without_keys(text: str) -> str:
    """An address, or a line with one, without what would let its reader in.

    >>> without_keys("PATCH /api/v1/uploads/" + "0f" * 32 + " 204")
    'PATCH /api/v1/uploads/… 204'
    """
    return _KEYS.sub(r"\1…", text)


class _WithoutKeys(logging.Filter):
    """Lines of a library without keys."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (without := without_keys(message)) != message:
            record.msg, record.args = without, ()
        return True


class _PassedOn(logging.Handler):
    """Lines of the standard library's log as structured ones."""

    def emit(self, record: logging.LogRecord) -> None:
        facts: Mapping[str, object] = getattr(record, "facts", {})
        structlog.get_logger(record.name).log(record.levelno, record.getMessage(), **facts)


def bind_address() -> None:
    """Let every line that is logged while the present request is answered carry the address that it came from."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(address=request.remote_addr or "")


def _places_of_error(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """``exc_info`` as the types of the errors, innermost last, and the places in the code that led to the first."""
    if entry.pop("exc_info", None):
        error = sys.exc_info()[1]
        kinds: list[str] = []
        while error is not None and len(kinds) < 8:
            kinds.append(type(error).__name__)
            entry.setdefault("places", _places(error.__traceback__))
            error = error.__cause__ or error.__context__
        entry["errors"] = kinds
    return entry


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _to_standard_error(*_names: object) -> structlog.PrintLogger:
    """Whatever standard error is when something is logged, not what it was when the process began."""
    return structlog.PrintLogger(sys.stderr)
