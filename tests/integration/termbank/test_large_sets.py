"""Change sets that are too large for a request: what follows from them is written before they are published."""

import pytest
from sqlalchemy import select

from registry import clock
from registry.actors import SYSTEM, Role
from registry.auditing.chain import verify
from registry.db import db, transaction
from registry.events import Event
from registry.items.change_sets import examining, writing
from registry.items.lifecycle import State
from registry.items.services import revise_draft
from registry.items.tables import ChangeSet, Item, Version, Withdrawal
from registry.starter import STEWARD
from termbank.bank import indexing
from termbank.bank.ahead import index_ahead
from termbank.bank.listing import formerly
from termbank.bank.tables import DefinitionUse
from termbank.imports import files
from tests.factories import starter
from tests.factories.large_sets import Road, vocabulary, work

PROJECTIONS = (*indexing.PROJECTIONS, *indexing.WORDS)
# «patient» stands in definitions that are published; the new concept is its sense from now on.
PATIENT = """<https://v.example/p> a skos:Concept ; skos:inScheme <https://v.example/s> ; skos:prefLabel "patient"@sv, "patient"@en ;
  skos:definition "person som får vård"@sv ; skos:broader <https://v.example/0> .\n""".encode()


@pytest.fixture
def road(any_app, organisations, actor, monkeypatch) -> Road:
    """Every set is a large one."""
    starter.term_bank()
    monkeypatch.setattr(examining, "AT_MOST", 1)
    monkeypatch.setattr(files, "AT_MOST", 1)
    return Road(actor("w", (Role.TERMINOLOGIST, STEWARD)), actor("d", (Role.TERMINOLOGIST, STEWARD)))


def written() -> dict[str, list]:
    """Every row of the projections, and the addresses."""
    db.session.rollback()
    rows = {}
    for table in PROJECTIONS:
        columns = [column for column in table.__table__.columns if column.name != "id"]
        rows[table.__tablename__] = sorted(map(repr, db.session.execute(select(*columns))))
    rows["address"] = sorted(map(repr, db.session.execute(select(Item.slug, Item.address))))
    return rows


def made_anew() -> dict[str, list]:
    with transaction() as session:
        indexing.rebuild(session, SYSTEM, clock.now())
    return written()


def test_what_is_written_ahead_is_what_is_written_anew(road):
    road.whole(vocabulary(12) + PATIENT)
    first = written()
    assert first == made_anew()
    road.whole(vocabulary(12, "annorlunda") + PATIENT.replace(b'"patient"@en', b'"inpatient"@en'))
    again = written()
    assert again != first and again == made_anew()
    # A file that is the whole, and has fewer: the others are withdrawn with the same set.
    set_id = road.whole(vocabulary(9, "ännu mer") + PATIENT.replace(b'"patient"@en', b'"inpatient"@en'), is_whole=True)
    assert db.session.query(Withdrawal).filter_by(change_set_id=set_id).count() > 3
    gone, anew = written(), made_anew()
    for table in indexing.WORDS:
        assert set(gone.pop(table.__tablename__)) >= set(anew.pop(table.__tablename__))
    in_force = select(Version.id).where(Version.state == State.PUBLISHED)
    applies = {repr(one)[1:-1] for one in db.session.scalars(in_force)}
    uses = DefinitionUse.__tablename__
    assert {row for row in gone[uses] if any(one in row for one in applies)} == {
        row for row in anew[uses] if any(one in row for one in applies)
    }
    assert gone["address"] == anew["address"]


def test_each_version_and_the_set_have_an_event(road):
    set_id = road.whole(vocabulary(5))
    told = [event.type for event in db.session.scalars(select(Event)) if event.data.get("change_set") == set_id]
    each = ("DraftCreated", "VersionSubmitted", "VersionDecided", "VersionPublished")
    assert {name: told.count(name) for name in each} == dict.fromkeys(each, 5)
    assert told.count("ChangeSetPublished") == 1 and verify(db.session).is_intact


def test_nothing_that_was_written_ahead_is_read_before_the_set_is_published(any_app, road):
    set_id = _decided(road, vocabulary(4) + PATIENT)
    client = any_app.test_client()
    before = {address: client.get(address).data for address in ADDRESSES}
    index_ahead(set_id, None)
    assert {address: client.get(address).data for address in ADDRESSES} == before
    assert formerly(db.session, "patient") == []


def test_what_an_attempt_left_behind_is_written_anew_where_the_set_was_changed_meanwhile(road):
    set_id = _decided(road, vocabulary(4))
    index_ahead(set_id, None)
    with transaction() as session:
        writing.call_back(session, road.writer, clock.now(), session.get_one(ChangeSet, set_id))
    with transaction() as session:
        version = session.scalars(select(Version).where(Version.change_set_id == set_id).order_by(Version.id)).first()
        content = {**version.content, "terms": [{"text": "helt annan sak", "language": "sv", "status": "preferred"}]}
        revise_draft(session, road.writer, clock.now(), version, content=content)
    for step in (road.submit, road.decide, road.publish):
        step(set_id)
        work()
    assert db.session.get_one(ChangeSet, set_id).state == State.PUBLISHED
    found, anew = written(), made_anew()
    for table in indexing.WORDS:  # words that no term has any more stay until everything is made anew
        assert set(found.pop(table.__tablename__)) >= set(anew.pop(table.__tablename__))
    assert found == anew


ADDRESSES = ("/termbank/", "/termbank/?q=patient", "/termbank/system/vardplatser/", "/termbank/vardplatser.ttl")


def _decided(road: Road, data: bytes) -> str:
    import_id = road.read(data)
    work()
    road.make(import_id)
    work()
    set_id = road.set_of(import_id)
    for step in (road.submit, road.decide):
        step(set_id)
        work()
    return set_id
