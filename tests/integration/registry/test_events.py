"""The audit log holds, and shows where it does not."""

import pytest
from sqlalchemy import text

from registry import events
from registry.actors import SYSTEM
from registry.auditing import chain as log_chain
from registry.db import db, transaction
from tests.conftest import NOW


def _record(*types: str) -> None:
    with transaction() as session:
        for type_ in types:
            events.record(session, type_, actor=SYSTEM, now=NOW, subject="item:1", data={"n": 1})


def test_an_untouched_chain_is_intact(any_app):
    _record("A", "B")
    _record("C")
    result = log_chain.verify(db.session)
    assert result.is_intact
    assert result.events == 3


def test_a_changed_event_is_found(any_app):
    _record("A", "B", "C")
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE event SET subject = 'item:2' WHERE number = 2"))
        connection.commit()
    result = log_chain.verify(db.session)
    assert (result.broken_at, result.flaw) == (2, "changed")


def test_a_removed_event_is_found(any_app):
    _record("A", "B", "C")
    with db.engine.connect() as connection:
        connection.execute(text("DELETE FROM event WHERE number = 2"))
        connection.commit()
    assert log_chain.verify(db.session).broken_at == 2


def test_a_cut_off_tail_is_found_by_a_head_held_outside(any_app):
    _record("A", "B")
    held = events.head(db.session)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM event WHERE number = 2"))
    assert log_chain.verify(db.session).broken_at == 2, "the tree still has its leaf"
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM log_node WHERE number = 2"))
    assert log_chain.verify(db.session).is_intact
    assert not log_chain.verify(db.session, held).is_intact


def test_a_transaction_that_fails_leaves_no_event(any_app):
    with pytest.raises(LookupError), transaction() as session:
        events.record(session, "A", actor=SYSTEM, now=NOW, subject="item:1")
        raise LookupError
    _record("B")
    assert log_chain.verify(db.session).events == 1


def test_a_head_is_taken_as_a_receipt_prints_it_and_what_is_no_head_raises_no_alarm(app):
    _record("A", "B")
    held = events.head(db.session)
    printed = " ".join(held[at : at + 4] for at in range(0, 64, 4))
    runner = app.test_cli_runner()
    for given in (held, printed, held.upper()):
        result = runner.invoke(args=["audit", "verify", "--head", given])
        assert result.exit_code == 0, result.output
    for given in (held[:12], held + "00", "inte en summa", ""):
        result = runner.invoke(args=["audit", "verify", "--head", given])
        assert result.exit_code == 2
        assert "not a head" in result.output
    assert runner.invoke(args=["audit", "verify", "--head", "ab" * 32]).exit_code == 1
