"""What a log line may hold."""

import json
import logging

import structlog

from registry import log


def test_a_logged_error_says_its_kind_and_where_and_nothing_that_somebody_wrote(app, capsys):
    log.init_app(app)
    try:
        try:
            int("19121212-1212")
        except ValueError as error:
            raise RuntimeError("cannot read 19121212-1212") from error
    except RuntimeError:
        structlog.get_logger("test").exception("unhandled", endpoint="web.start")
    line = capsys.readouterr().err
    assert "1212-1212" not in line
    assert json.loads(line)["errors"] == ["RuntimeError", "ValueError"]
    assert "test_log.py" in json.loads(line)["places"][0]


def test_what_logs_through_the_standard_library_looks_like_the_rest(app, capsys):
    log.init_app(app)
    log.init_app(app)
    logging.getLogger("registry.cage").warning("child_died", extra={"facts": {"work": "reading", "status": 1}})
    (line,) = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"], told["work"], told["status"]) == ("child_died", "warning", "reading", 1)
