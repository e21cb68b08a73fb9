"""Rows are sealed by the events that decide them, whichever way they are written; and proof begins where an instance is upgraded."""

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from registry import baseline, events, grants
from registry.actors import SYSTEM
from registry.auditing.evidence import Flaw, Kind
from registry.auditing.verifying import audit
from registry.columns import Base, new_id
from registry.db import db, insert_or_ignore, insert_selected, transaction
from registry.events import Event
from registry.identity.tables import Membership, Organisation, Person
from registry.sealed import Outside, Sealed
from registry.seals import noting
from registry.seals.rows import sealed_tables, tables_outside
from registry.seals.tables import SealedRow
from tests.conftest import NOW


def _record(session):
    events.record(session, "Tried", actor=SYSTEM, now=NOW, subject="log:tried")


def _person(**given):
    return Person(id=new_id(), login=new_id(), password_hash="x", created_at=NOW, **given)


def _holds():
    seen = audit(db.session).evidence
    return seen.holds, {(one.flaw, one.where) for one in seen.named}


def test_rows_are_sealed_whichever_way_they_are_written(any_app, organisations):
    with transaction() as session:
        people = [_person(), _person(), _person()]
        session.add_all(people)
        first, second, third = (one.id for one in people)
        session.flush()
        where = session.scalars(select(Organisation.id)).first()
        insert_or_ignore(session, Membership, person_id=first, organisation_id=where, role="r", since=NOW)
        session.execute(
            insert(Membership), [{"person_id": second, "organisation_id": where, "role": "r", "since": NOW}]
        )
        again = select(Membership.person_id, Membership.organisation_id, text("'s'"), Membership.since).where(
            Membership.person_id == second
        )
        insert_selected(session, Membership, ("person_id", "organisation_id", "role", "since"), again)
        _record(session)
    assert _holds() == (True, set())
    with transaction() as session:
        session.get_one(Person, first).disabled_at = NOW
        session.execute(update(Person).where(Person.id == second).values(disabled_at=NOW))
        session.execute(update(Person), [{"id": third, "disabled_at": NOW}])
        session.execute(delete(Membership).where(Membership.role == "s"))
        session.delete(session.get_one(Membership, (first, where, "r")))
        _record(session)
    assert _holds() == (True, set())
    last = select(SealedRow.hash).where(SealedRow.table_name == "membership", SealedRow.key == f"{first} {where} r")
    assert db.session.scalars(last.order_by(SealedRow.number.desc())).first() is None, "it was taken away"


def test_a_statement_past_the_session_has_to_be_noted(any_app):
    with transaction() as session:
        person = _person()
        session.add(person)
        _record(session)
    table = Base.metadata.tables["person"]
    for is_noted in (False, True):
        with transaction() as session:
            if is_noted:
                noting.note(session, "person", (person.id,))
            changed = update(table).where(table.c.id == person.id).values(disabled_at=NOW)
            session.connection().execute(changed)
            _record(session)
        assert _holds()[0] is is_noted


def test_bookkeeping_does_not_change_what_is_proven(any_app):
    with transaction() as session:
        person = _person()
        session.add(person)
        _record(session)
    with pytest.raises(RuntimeError, match="'person'"), transaction(bookkeeping=True) as session:
        session.get_one(Person, person.id).disabled_at = NOW
    with transaction(bookkeeping=True) as session:
        session.get_one(Person, person.id).password_hash = "y"
        session.execute(update(Person).values(login="another"))
    assert _holds() == (True, set())


def test_a_transaction_that_fails_seals_nothing(any_app):
    with pytest.raises(LookupError), transaction() as session:
        session.add(_person())
        session.flush()
        raise LookupError
    with transaction() as session:
        _record(session)
    assert _holds() == (True, set()) and db.session.scalar(select(SealedRow.number)) is None


def test_a_row_is_the_events_whose_subject_it_is(any_app):
    with transaction() as session:
        person, other = _person(), _person()
        session.add_all([person, other])
        events.record(session, "A", actor=SYSTEM, now=NOW, subject=f"person:{person.id}")
        events.record(session, "B", actor=SYSTEM, now=NOW, subject="log:x")
    query = select(Event.type, SealedRow.key).join(Event, Event.number == SealedRow.number)
    assert {tuple(row) for row in db.session.execute(query)} == {("A", person.id), ("B", other.id)}


def test_an_upgraded_instance_is_sealed_as_it_is_found_and_only_once(any_app):
    with transaction() as session:
        session.add(_person())
        session.flush()
        session.info.pop(noting.TOUCHED)  # as an earlier release wrote it
        _record(session)
    assert {flaw for flaw, _where in _holds()[1]} == {Flaw.ROW_UNSEALED}
    baseline.begin()
    baseline.begin()
    assert _holds() == (True, set())
    assert list(db.session.scalars(select(Event.data).where(Event.type == baseline.BEGUN))) == [
        {"rows": 1, "tables": 1}
    ]


def test_what_a_migration_changed_is_sealed_anew_and_the_event_says_by_which(any_app):
    with transaction() as session:
        session.add(_person())
        _record(session)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE person SET created_at = :then"), {"then": "2020-01-01 00:00:00"})
    assert not _holds()[0]
    baseline.seal_anew(["0099"], ["person"])
    assert _holds() == (True, set())
    told = db.session.scalars(select(Event.data).where(Event.type == baseline.SEALED_ANEW)).one()
    assert told == {"revisions": ["0099"], "rows": 1, "tables": 1}


def test_the_log_goes_on_where_its_newest_events_or_nodes_were_taken_away_and_the_check_says_so(any_app):
    for _ in range(3):
        with transaction() as session:
            _record(session)
    for table in ("event", "log_node"):
        with db.engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {table} WHERE number = 3"))
        with transaction() as session:
            _record(session)
    seen = audit(db.session, alone=True).evidence
    assert {one.flaw for one in seen.of(Kind.EVENTS)} == {Flaw.MISSING}
    assert {one.flaw for one in seen.of(Kind.NODES)} == {Flaw.NODE_DIFFERS}
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM event"))
    with transaction() as session:
        _record(session)


def test_every_table_is_sealed_or_says_why_not(app):
    named = {table.name for table in Base.metadata.sorted_tables}
    assert set(sealed_tables()) | set(tables_outside()) == named
    for table in sealed_tables().values():
        assert {*table.proof.but_for, *table.proof.by} <= set(table.table.columns.keys()), table.name
    assert {"item_version", "item_decision", "delivery", "delivery_disclosure", "delivery_receipt", "flow_assessment",
            "table_version", "membership", "standing_disclosure"} <= set(sealed_tables())  # fmt: skip
    assert isinstance(Base.__proof__, Sealed) and set(grants.log_tables()) == {
        name for name, why in tables_outside().items() if why is Outside.LOG
    }


@pytest.fixture
def serving_role(any_app):
    with db.engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS registry_serving"))
        connection.execute(text("CREATE ROLE registry_serving"))
    yield "registry_serving"
    with db.engine.begin() as connection:
        connection.execute(text("DROP OWNED BY registry_serving"))
        connection.execute(text("DROP ROLE registry_serving"))


@pytest.mark.postgresql
@pytest.mark.parametrize("any_app", ["postgresql"], indirect=True)
def test_the_role_that_serves_may_only_add_to_the_log(any_app, serving_role):
    said = any_app.test_cli_runner().invoke(args=["database", "grant", serving_role])
    assert said.exit_code == 0, said.output
    with transaction() as session:
        session.execute(text(f"SET LOCAL ROLE {serving_role}"))
        session.add(_person())
        _record(session)
    assert _holds() == (True, set())
    for statement in (
        "UPDATE event SET subject = 'x'",
        "DELETE FROM event",
        "TRUNCATE event",
        "DELETE FROM sealed_row",
        "UPDATE log_node SET level = 0",
        "DELETE FROM signed_head",
        "UPDATE alembic_version SET version_num = 'x'",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), db.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL ROLE {serving_role}"))
            connection.execute(text(statement))
    for wrong in ("nobody_by_that_name", "Nobody; DROP TABLE event"):
        assert any_app.test_cli_runner().invoke(args=["database", "grant", wrong]).exit_code == 2


def test_on_sqlite_there_are_no_roles(app):
    assert app.test_cli_runner().invoke(args=["database", "grant", "somebody"]).exit_code == 2
