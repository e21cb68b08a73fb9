"""Two axes of time: a version is published on one day and applies from another, and nobody has to do anything then."""

from datetime import date

import pytest

from registry import clock, dependants
from registry.db import db, transaction
from registry.errors import Refused
from registry.items import queries, services, withdrawing
from registry.items.lifecycle import Change, State
from registry.items.tables import Version
from tests.conftest import NOW
from tests.integration.registry.test_items import _decide, _draft, _published, _submit, world

__all__ = ["world"]

COMING = date(2030, 1, 1)
EVE = date(2029, 12, 31)


def _decided(world, first, name) -> str:
    with transaction() as session:
        item = session.get_one(Version, first).item
        content = {"content_schema": "sample/1", "name": name}
        version_id = services.draft_successor(session, world["author"], NOW, item=item, content=content).id
    _submit(world, version_id, Change.MEANING)
    _decide(world["colleague"], version_id, "wording")
    _decide(world["modeller"], version_id, "use")
    return version_id


def _publish(world, version_id, valid_from) -> None:
    with transaction() as session:
        version = session.get_one(Version, version_id)
        services.publish(session, world["author"], NOW, version, valid_from=valid_from)


def _refused(world, version_id, valid_from):
    with pytest.raises(Refused) as refusal:
        _publish(world, version_id, valid_from)
    return refusal.value.finding


@pytest.fixture
def two(world) -> tuple[str, str]:
    """A version in force since the beginning of 2026, and its successor from 2030."""
    first = _published(world)
    second = _decided(world, first, "staffed bed")
    _publish(world, second, COMING)
    return first, second


def _in_force(day=None) -> int | None:
    version = queries.current_by_slug(db.session, "sample", "bed", day)
    return version.number if version else None


def test_a_version_is_in_force_from_its_first_day_and_not_before(two):
    assert [_in_force(), _in_force(EVE), _in_force(COMING)] == [1, 1, 2]


def test_the_database_and_the_version_itself_agree_on_every_day(two):
    versions = queries.versions_of(db.session, db.session.get_one(Version, two[0]).item)
    for day in (date(2025, 12, 31), date(2026, 1, 1), clock.today(), EVE, COMING, date(2031, 5, 5)):
        own = queries.in_force_of(versions, day)
        assert _in_force(day) == (own.number if own else None), day
        listed = [one.number for one in queries.current_versions(db.session, "sample", day)]
        assert listed == ([own.number] if own else []), day


def test_before_its_first_day_the_page_shows_the_one_in_force_and_names_the_coming_one(two):
    versions = queries.versions_of(db.session, db.session.get_one(Version, two[0]).item)
    assert queries.foremost(versions).number == 1
    assert [one.number for one in queries.coming_of(versions)] == [2]


def test_something_new_that_is_to_come_is_not_in_force(world):
    version_id = _draft(world)
    _submit(world, version_id)
    _decide(world["colleague"], version_id, "wording")
    _decide(world["modeller"], version_id, "use")
    _publish(world, version_id, COMING)
    assert _in_force() is None
    assert [one.number for one in queries.standing_versions(db.session, "sample")] == [1]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 1, 1)])
def test_a_first_day_that_is_not_after_the_predecessors_is_refused_with_the_days(world, day):
    first = _published(world)
    second = _decided(world, first, "staffed bed")
    finding = _refused(world, second, day)
    assert finding.code == "ITEM-018"
    assert finding.params == {"number": 1, "valid_from": "2026-01-01", "earliest": "2026-01-02"}
    assert db.session.get_one(Version, second).state == State.DECIDED
    assert db.session.get_one(Version, first).valid_to is None


def test_a_third_version_comes_after_the_second_though_that_one_is_still_to_come(world, two):
    third = _decided(world, two[0], "bed with staff")
    assert _refused(world, third, date(2028, 1, 1)).params["earliest"] == "2030-01-02"
    _publish(world, third, date(2032, 1, 1))
    assert [_in_force(), _in_force(date(2031, 12, 31)), _in_force(date(2032, 1, 1))] == [1, 2, 3]
    versions = queries.versions_of(db.session, db.session.get_one(Version, third).item)
    assert [one.number for one in queries.coming_of(versions)] == [2, 3]
    assert all(one.valid_to is None or one.valid_from <= one.valid_to for one in versions)


def test_what_is_withdrawn_before_its_first_day_leaves_the_one_before_it_in_force(world, two):
    first, second = two
    with transaction() as session:
        version = session.get_one(Version, second)
        entry = withdrawing.propose(session, world["author"], NOW, version, reason="Förhastat.")
        withdrawing.decide(session, world["colleague"], NOW, entry, is_granted=True, reason="Ja.")
    db.session.expire_all()
    before = db.session.get_one(Version, first)
    assert (before.state, before.valid_to, before.ended_at) == (State.PUBLISHED, None, None)
    assert [_in_force(), _in_force(COMING)] == [1, 1]


def test_what_is_in_force_until_the_next_one_is_withdrawn_after_that_one_only(world, two):
    with pytest.raises(Refused) as refusal, transaction() as session:
        version = session.get_one(Version, two[0])
        withdrawing.propose(session, world["author"], NOW, version, reason="Prov.")
    assert refusal.value.finding.code == "ITEM-019"


def test_the_affected_list_of_a_third_version_names_who_still_rests_on_the_first(world, two):
    resting = {}
    for number in (10, 9):
        rests = {"rests_on": [db.session.get_one(Version, two[0]).content_hash]}
        with transaction() as session:
            resting[number] = services.create_item(
                session, world["author"], NOW, kind="sample", slug=f"ward-{number}",
                content={"content_schema": "sample/1", "name": f"ward {number}", **rests}, organisation_id=world["owner"],
            ).id  # fmt: skip
        _submit(world, resting[number])
        _decide(world["colleague"], resting[number], "wording")
        _decide(world["modeller"], resting[number], "use")
        _publish(world, resting[number], date(2026, 2, 1))
    refs = [one.ref for one in queries.versions_of(db.session, db.session.get_one(Version, two[0]).item)]
    with transaction() as session:
        services.comment(session, world["author"], NOW, session.get_one(Version, two[0]), text="Prov.")
    [group] = dependants.affected(db.session, world["author"], refs)
    assert [(one.reference.label.sv, one.is_direct) for one in group.newest] == [
        ("ward 9, version 1", True),
        ("ward 10, version 1", True),
    ]
    assert (group.total, group.unseen) == (2, 0)
