"""Who reads which version of a table, and from which minute on."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from registry import clock
from registry.actors import PUBLIC, SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.events import Event
from registry.identity.tables import Person
from registry.starter import RECIPIENT
from submission_portal.flows.audiences import Audience
from submission_portal.followup.deciding import give_to_recipient, publish_table, refuse_table
from submission_portal.followup.gateway import (
    PUBLIC_STATE,
    current_table,
    version_by_id,
    version_numbered,
    versions_of,
)
from submission_portal.followup.queries import made_from
from submission_portal.followup.releasing import LAST_MOMENT, move_release, stop_release
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.trace import trace_table
from submission_portal.followup.versions import latest_version, to_decide
from submission_portal.forwarding.services import withdraw_release
from submission_portal.forwarding.tables import Release
from tests.by_hand import by_hand
from tests.conftest import PASSWORD
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import NOW, available, carry_over, run_worker
from tests.pages import read

MEASURE, MODEL = "disponibla-vardplatser", "disponibla-vardplatser-per-region-ar"
MINUTE = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def waiting(any_app, world) -> TableVersion:
    """A table of beds: nothing in it is hidden, and nobody has decided yet."""

    def build() -> None:
        world.release("25", MODEL, available("25", 2015, 669), "2015", provenance="reproduced")
        run_worker(publish=False)

    world.grown("beds that wait", build)
    found = latest_version(db.session, MEASURE)
    assert found is not None
    return found


@pytest.fixture
def signed_in(any_app):
    """A client signed in as an actor, on the database of the test."""

    def make(actor):
        client = any_app.test_client()
        login = db.session.get_one(Person, actor.person_id).login
        assert client.post("/logga-in", data={"login": login, "password": PASSWORD}).status_code == 302
        return client

    return make


@pytest.fixture
def reviewer(actor):
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


@pytest.fixture
def follow_up(actor):
    return actor("analyst", (Role.RECIPIENT, RECIPIENT))


def act(what, person, table, now=NOW, **given):
    with transaction() as session:
        what(session, person, now, session.get_one(TableVersion, table.id), **given)
    db.session.expire_all()


def decide(what, person, table, **given):
    answers = {"answers": example_answers(counts_persons=False), "replies": {}} if what is not refuse_table else {}
    act(what, person, table, reason="Granskat.", **(answers | given))


def next_version(world, beds: int = 700) -> TableVersion:
    world.release("24", MODEL, available("24", 2015, beds), "2015", provenance="reproduced")
    run_worker(publish=False)
    return latest_version(db.session, MEASURE)


def test_where_nothing_is_hidden_the_recipient_has_the_table_and_everybody_waits_for_a_person(waiting, follow_up):
    assert current_table(db.session, MEASURE, PUBLIC) is None
    theirs = current_table(db.session, MEASURE, follow_up)
    assert (theirs.audience, theirs.number, theirs.hidden) == (Audience.RECIPIENT, waiting.number, 0)
    assert (waiting.audience, waiting.state) == (Audience.PUBLIC, TableState.AWAITING_REVIEW)
    assert theirs.content_hash == waiting.content_hash


def test_when_a_person_has_decided_everybody_has_it(waiting, reviewer):
    decide(publish_table, reviewer, waiting)
    table = current_table(db.session, MEASURE, PUBLIC)
    assert (table.id, table.decided_by) == (waiting.id, reviewer.person_id)


def test_a_table_for_the_recipient_alone_is_refused_to_everybody(waiting, reviewer, follow_up):
    decide(give_to_recipient, reviewer, waiting)
    assert current_table(db.session, MEASURE, PUBLIC) is None
    assert current_table(db.session, MEASURE, follow_up).number == waiting.number
    assert to_decide(db.session, reviewer) == []


@pytest.mark.parametrize(
    "who", [(Role.DATA_OFFICER, "01"), (Role.DISCLOSING_OFFICER, "24"), (Role.MODELLER, "forvaltare")]
)
def test_what_is_for_the_recipient_nobody_else_reads(waiting, actor, follow_up, who):
    theirs, stranger = current_table(db.session, MEASURE, follow_up), actor("stranger", who)
    assert current_table(db.session, MEASURE, stranger) is None
    with pytest.raises(NotFound):
        version_by_id(db.session, theirs.id, stranger)
    with pytest.raises(NotFound):
        version_numbered(db.session, MEASURE, theirs.number, stranger)


def test_what_is_for_a_region_that_region_alone_reads(waiting, actor, follow_up):
    own, other = actor("own", (Role.DATA_OFFICER, "25")), actor("other", (Role.DATA_OFFICER, "24"))
    theirs = current_table(db.session, MEASURE, own)
    assert theirs.audience == Audience.OWN_REGION
    assert current_table(db.session, MEASURE, follow_up).audience == Audience.RECIPIENT
    assert [current_table(db.session, MEASURE, one) for one in (other, PUBLIC)] == [None, None]
    for stranger in (other, follow_up, PUBLIC):
        with pytest.raises(NotFound):
            version_by_id(db.session, theirs.id, stranger)


def test_of_two_versions_with_one_number_and_one_content_all_read_what_everybody_has(waiting, reviewer, follow_up):
    assert [one.audience for one in db.session.scalars(versions_of(MEASURE, follow_up))] == [Audience.RECIPIENT]
    decide(publish_table, reviewer, waiting)
    for reader in (follow_up, PUBLIC):
        assert [one.audience for one in db.session.scalars(versions_of(MEASURE, reader))] == [Audience.PUBLIC]
        assert current_table(db.session, MEASURE, reader).id == waiting.id


def test_of_two_versions_with_one_number_each_reads_the_one_that_is_made_for_them(waiting, reviewer, follow_up):
    decide(publish_table, reviewer, waiting)
    with by_hand() as session:
        session.get_one(TableVersion, waiting.id).content_hash = "0" * 64  # as where more is hidden from everybody
    assert [one.audience for one in db.session.scalars(versions_of(MEASURE, follow_up))] == [Audience.RECIPIENT]
    assert [one.audience for one in db.session.scalars(versions_of(MEASURE, PUBLIC))] == [Audience.PUBLIC]


def test_an_embargo_ends_at_its_minute_without_anything_being_done(waiting, reviewer):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE - A_SECOND) is None
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE).id == waiting.id


def test_until_the_minute_the_version_before_stands_and_says_nothing_of_its_end(waiting, reviewer, world):
    decide(publish_table, reviewer, waiting)
    second = next_version(world)
    decide(publish_table, reviewer, second, release_at=MINUTE)
    first = current_table(db.session, MEASURE, PUBLIC, MINUTE - A_SECOND)
    assert first.id == waiting.id and first.is_current(MINUTE - A_SECOND)
    assert not first.is_current(MINUTE)
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE).id == second.id


@pytest.mark.parametrize("moved", [MINUTE - timedelta(days=1), MINUTE + timedelta(days=1)])
def test_an_embargo_is_moved_earlier_or_later_before_it_has_passed(waiting, reviewer, world, moved):
    decide(publish_table, reviewer, waiting)
    second = next_version(world)
    decide(publish_table, reviewer, second, release_at=MINUTE)
    act(move_release, reviewer, second, release_at=moved)
    assert current_table(db.session, MEASURE, PUBLIC, moved - A_SECOND).id == waiting.id
    assert current_table(db.session, MEASURE, PUBLIC, moved).id == second.id
    told = db.session.scalars(select(Event).where(Event.type == "TableReleaseMoved")).one()
    assert (told.data["from"], told.data["to"]) == (MINUTE.isoformat(), moved.isoformat())


def test_what_has_been_released_is_neither_moved_nor_stopped(waiting, reviewer):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    for what, given in ((move_release, {"release_at": MINUTE + timedelta(days=2)}), (stop_release, {"reason": "Fel."})):
        with pytest.raises(Refused) as refusal:
            act(what, reviewer, waiting, now=MINUTE, **given)
        assert refusal.value.finding.code == "FOL-021"
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE).id == waiting.id


@pytest.mark.parametrize(
    ("what", "given"), [(move_release, {"release_at": MINUTE + timedelta(days=2)}), (stop_release, {"reason": "Fel."})]
)
def test_in_its_last_seconds_a_release_is_changed_no_more(waiting, reviewer, what, given):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    with pytest.raises(Refused) as refusal:
        act(what, reviewer, waiting, now=MINUTE - LAST_MOMENT, **given)
    assert refusal.value.finding.code == "FOL-041"
    act(what, reviewer, waiting, now=MINUTE - LAST_MOMENT - timedelta(microseconds=1), **given)
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE) is None


def test_a_release_lies_ahead_and_not_too_far(waiting, reviewer):
    for moment, code in ((NOW, "FOL-018"), (NOW - A_SECOND, "FOL-018"), (NOW + timedelta(days=367), "FOL-019")):
        with pytest.raises(Refused) as refusal:
            decide(publish_table, reviewer, waiting, release_at=moment)
        assert refusal.value.finding.code == code
    assert db.session.get_one(TableVersion, waiting.id).state == TableState.AWAITING_REVIEW


def test_a_table_that_is_stopped_before_its_minute_never_shows_and_the_one_before_stands(waiting, reviewer, world):
    decide(publish_table, reviewer, waiting)
    second = next_version(world)
    decide(publish_table, reviewer, second, release_at=MINUTE)
    act(stop_release, reviewer, second, reason="En leverans är fel.")
    later = MINUTE + timedelta(days=1)
    assert current_table(db.session, MEASURE, PUBLIC, later).id == waiting.id
    assert db.session.get_one(TableVersion, waiting.id).state == TableState.PUBLISHED
    assert len(db.session.scalars(versions_of(MEASURE, PUBLIC, later)).all()) == 1


def test_a_version_whose_successor_is_released_before_it_is_never_shown(waiting, reviewer, world):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    second = next_version(world)
    decide(publish_table, reviewer, second, release_at=MINUTE - timedelta(hours=1))
    later = MINUTE + timedelta(hours=1)
    assert current_table(db.session, MEASURE, PUBLIC, later).id == second.id
    assert [one.id for one in db.session.scalars(versions_of(MEASURE, PUBLIC, later))] == [second.id]


def test_what_is_stopped_or_not_decided_has_no_time_to_change(waiting, reviewer):
    def moved_to(release_at=None) -> str:
        with pytest.raises(Refused) as refusal:
            act(move_release, reviewer, waiting, release_at=release_at)
        return refusal.value.finding.code

    assert moved_to() == "FOL-023"
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    act(stop_release, reviewer, waiting, reason="En leverans är fel.")
    assert moved_to(MINUTE + timedelta(days=1)) == "FOL-023"
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE + timedelta(days=2)) is None


def test_only_the_recipients_legal_reviewer_moves_or_stops(waiting, reviewer, actor, follow_up):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    for stranger in (
        follow_up,
        actor("quality", (Role.QUALITY_REVIEWER, RECIPIENT)),
        actor("r", (Role.DATA_OFFICER, "25")),
    ):
        with pytest.raises(Forbidden):
            act(move_release, stranger, waiting, release_at=None)


def take_back(release) -> None:
    with transaction() as session:
        withdraw_release(session, SYSTEM, NOW, release=session.get_one(Release, release), reason="Fel enhet.")
    db.session.expire_all()


def test_what_a_region_takes_back_before_the_minute_nobody_gets(waiting, reviewer, world, signed_in):
    decide(publish_table, reviewer, waiting)
    second = next_version(world)
    (theirs,) = set(db.session.scalars(made_from(second))) - set(db.session.scalars(made_from(waiting)))
    today = clock.now()  # what is stopped is so when the taking back is recorded, by the clock
    tomorrow = today + timedelta(days=1)
    decide(publish_table, reviewer, second, release_at=tomorrow, now=today)
    take_back(theirs)
    assert current_table(db.session, MEASURE, PUBLIC, tomorrow + A_SECOND).id == waiting.id
    assert db.session.get_one(TableVersion, second.id).state == TableState.REFUSED
    told = db.session.scalars(select(Event).where(Event.type == "TableReleaseStopped")).one()
    assert (told.subject, told.data["because"]) == (second.ref, f"release:{theirs}")
    assert "en region tog tillbaka en leverans" in signed_in(reviewer).get(f"/granskning/tabell/{second.id}/").text


def test_what_has_been_released_stands_when_a_region_takes_a_delivery_back(waiting, reviewer):
    decide(publish_table, reviewer, waiting)
    take_back(*db.session.scalars(made_from(waiting)))
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE).id == waiting.id


@pytest.mark.parametrize("what", [publish_table, give_to_recipient])
def test_nobody_is_given_a_table_with_a_delivery_that_is_taken_back(waiting, reviewer, what):
    take_back(*db.session.scalars(made_from(waiting)))
    with pytest.raises(Refused) as refusal:
        decide(what, reviewer, waiting)
    assert refusal.value.finding.code == "FOL-022"
    decide(refuse_table, reviewer, waiting)


def public_state(on: datetime) -> int:
    return db.session.scalar(PUBLIC_STATE, {"on": on})


def test_what_is_never_shown_changes_nothing_at_its_minute(waiting, reviewer, world):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    decide(publish_table, reviewer, next_version(world), release_at=MINUTE - timedelta(hours=1))
    assert public_state(MINUTE - A_SECOND) == public_state(MINUTE)


def test_a_version_whose_successor_is_released_in_the_same_minute_is_never_shown(waiting, reviewer, world):
    decide(publish_table, reviewer, waiting, release_at=MINUTE)
    second = next_version(world)
    decide(publish_table, reviewer, second, release_at=MINUTE)
    assert [one.id for one in db.session.scalars(versions_of(MEASURE, PUBLIC, MINUTE))] == [second.id]


@pytest.fixture
def carried_over(waiting, reviewer) -> TableVersion:
    """What an upgraded instance has: open to everybody, and decided by nobody."""
    decide(publish_table, reviewer, waiting)
    carry_over(waiting.id)
    return waiting


def test_what_is_carried_over_stays_open_and_waits_for_a_decision(carried_over, actor, signed_in, reviewer):
    assert current_table(db.session, MEASURE, PUBLIC).id == carried_over.id
    assert [one.id for one in to_decide(db.session, reviewer)] == [carried_over.id]
    page = signed_in(actor("region", (Role.DATA_OFFICER, "25"))).get("/uppgifter/")
    assert "Överförd, ska beslutas" in page.text
    assert "Överförd, ska beslutas" in signed_in(reviewer).get("/granskning/").text


def test_a_decision_keeps_it_open_and_ends_the_task(carried_over, reviewer):
    decide(publish_table, reviewer, carried_over)
    table = current_table(db.session, MEASURE, PUBLIC)
    assert (table.id, table.decided_by, table.is_carried_over) == (carried_over.id, reviewer.person_id, True)
    assert to_decide(db.session, reviewer) == []


def test_its_trace_says_the_day_of_the_decision_and_not_that_of_its_opening(carried_over, reviewer):
    act(
        publish_table, reviewer, carried_over, now=NOW + timedelta(days=9), reason="Granskat.",
        answers=example_answers(counts_persons=False), replies={},
    )  # fmt: skip
    table = current_table(db.session, MEASURE, PUBLIC)
    (node,) = (one for one in trace_table(db.session, table).back if one.knot == "decision")
    (day,) = (value for name, value in node.facts if name.sv == "Tabell, juridik")
    assert day == clock.local(NOW + timedelta(days=9)).date()


def test_it_is_to_be_decided_as_long_as_it_is_open_though_its_successor_is_decided(carried_over, reviewer, world):
    second = next_version(world)
    with time_machine.travel(NOW, tick=False):
        decide(publish_table, reviewer, second, release_at=MINUTE)
        assert carried_over.id in [one.id for one in to_decide(db.session, reviewer)]
        before = public_state(NOW)
        decide(refuse_table, reviewer, carried_over)
        assert current_table(db.session, MEASURE, PUBLIC, NOW) is None
        assert public_state(NOW) > before
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE).id == second.id


def test_a_refusal_closes_it(carried_over, reviewer, follow_up):
    decide(refuse_table, reviewer, carried_over)
    assert current_table(db.session, MEASURE, PUBLIC) is None
    with pytest.raises(NotFound):
        version_numbered(db.session, MEASURE, carried_over.number, PUBLIC)


def test_nobody_decides_twice_about_what_was_carried_over(carried_over, reviewer, actor):
    decide(publish_table, reviewer, carried_over)
    with pytest.raises(Refused) as refusal:
        decide(refuse_table, actor("second", (Role.LEGAL_REVIEWER, RECIPIENT)), carried_over)
    assert refusal.value.finding.code == "FOL-010"


def test_the_recipient_sees_on_the_page_that_it_is_not_for_everybody_and_what_everybody_sees(
    waiting, reviewer, follow_up, signed_in, world
):
    decide(publish_table, reviewer, waiting)
    next_version(world, 774)
    client = signed_in(follow_up)
    page = client.get(f"/uppfoljning/{MEASURE}").text
    assert "Inte för alla" in page and "/siffra/24/2015" in page
    seen = client.get(f"/uppfoljning/{MEASURE}?krets=alla").text
    assert "/siffra/24/2015" not in seen and "/siffra/25/2015?krets=alla" in seen
    assert "Inte för alla" not in client.get("/uppfoljning/", query_string={"krets": "alla"}).text


def test_the_link_to_what_everybody_sees_leads_to_the_measure_where_they_have_nothing_at_the_address(
    waiting, reviewer, follow_up, signed_in, world
):
    decide(publish_table, reviewer, waiting)
    next_version(world, 774)
    client = signed_in(follow_up)
    measure = f"/uppfoljning/{MEASURE}"
    for page in ("", "/versioner", "/region/25", "/siffra/25/2015"):
        assert leads_to_everybodys(client, measure + page) == measure + page
    for page in ("/versioner/2", "/region/24", "/siffra/24/2015"):
        assert leads_to_everybodys(client, measure + page) == measure


def leads_to_everybodys(client, page: str) -> str:
    """The address that a page calls what everybody sees, which answers."""
    (link,) = read(client.get(page)).find("//a[normalize-space()='Se det som alla ser']/@href")
    assert client.get(link).status_code == 200
    return link.removesuffix("?krets=alla")


def test_the_reviewer_sets_an_embargo_moves_it_and_stops_it_through_the_page(waiting, reviewer, signed_in):
    address = f"/granskning/tabell/{waiting.id}/"
    form = {"outcome": "publish", "reason": "Läst.", "release_at": "2026-12-01T08:00"}
    for key, answer in example_answers(counts_persons=False).items():
        form |= {f"q_{key}": answer.choice, f"q_{key}_reason": answer.reason}
    with time_machine.travel("2026-11-30T12:00:00+00:00", tick=False):
        client = signed_in(reviewer)
        assert client.post(f"{address}besluta", data=form).status_code == 302
        assert "1 december 2026" in client.get(address).text
        assert client.post(f"{address}flytta", data={"release_at": "2026-11-29T08:00"}).status_code == 409
        assert client.post(f"{address}flytta", data={"release_at": "i morgon"}).status_code == 422
        assert client.post(f"{address}flytta", data={"release_at": "2027-03-28T02:30"}).status_code == 422
        assert client.post(f"{address}flytta", data={"release_at": "2026-12-02T08:00"}).status_code == 302
        assert client.post(f"{address}stoppa", data={"reason": ""}).status_code == 422
    with time_machine.travel("2026-12-03T12:00:00+00:00", tick=False):
        client = signed_in(reviewer)
        assert client.post(f"{address}stoppa", data={"reason": "För sent."}).status_code == 409
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE) is None
    assert current_table(db.session, MEASURE, PUBLIC, MINUTE + timedelta(days=1)).id == waiting.id
