"""Two acts on a change set, or on what is in it, put into each other at every step: on PostgreSQL, whose locks are by row.

Whatever comes of it is what comes of the two one after the other.
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from registry.actors import Role
from registry.db import db, transaction
from registry.items import services, withdrawing
from registry.items.change_sets import queries, writing
from registry.items.lifecycle import Change, State
from registry.items.tables import ChangeSet, Item, Version
from tests.conftest import NOW, _fresh
from tests.factories.change_sets import begin_in, decide_set, make_set, publish_set, put_in, revise, submit_set
from tests.integration.registry.test_items import KIND, _decide, _draft, _published, _submit
from tests.races.scheduler import alone, interleave, watched
from tests.snapshots import remembered

pytestmark = pytest.mark.postgresql
Acts = dict[str, Callable[[], object]]


@pytest.fixture
def any_app(postgresql_app):
    yield from _fresh(postgresql_app)


@pytest.fixture
def world(any_app, organisations, actor):
    any_app.extensions["registry"].item_kinds["sample"] = KIND
    yield {
        "author": actor("author", (Role.TERMINOLOGIST, "forvaltare")),
        "colleague": actor("colleague", (Role.TERMINOLOGIST, "forvaltare")),
        "second": actor("second", (Role.TERMINOLOGIST, "forvaltare")),
        "modeller": actor("modeller", (Role.MODELLER, "forvaltare")),
        "owner": organisations["forvaltare"].id,
    }
    del any_app.extensions["registry"].item_kinds["sample"]


def _being_written(world) -> Acts:
    author = world["author"]
    bed = _published(world, "bed")
    set_id = make_set(author, world["owner"])
    revised = begin_in(author, set_id, db.session.get_one(Version, bed).item_id, content=_content("staffed bed"))
    ward, cot = _draft(world, "ward", name="ward"), _draft(world, "cot", name="cot")
    put_in(author, set_id, ward)

    def take_out():
        with transaction() as session:
            found = session.get_one(ChangeSet, set_id)
            member = next(one for one in queries.members_of(session, found) if one.version.id == ward)
            writing.take_out(session, author, NOW, found, member)

    return {
        "submit": lambda: submit_set(author, set_id),
        "put in": lambda: put_in(author, set_id, cot),
        "revise": lambda: revise(author, revised, _content("other bed")),
        "take out": take_out,
        "submit alone": lambda: _submit(world, cot),
    }


def _in_review(world) -> Acts:
    acts = _being_written(world)
    acts["submit"]()
    set_id = db.session.scalars(select(ChangeSet.id)).one()

    def call_back():
        with transaction() as session:
            writing.call_back(session, world["author"], NOW, session.get_one(ChangeSet, set_id))

    return {
        "decide": lambda: decide_set(world["colleague"], set_id),
        "decide too": lambda: decide_set(world["second"], set_id),
        "call back": call_back,
    }


def _decided(world) -> Acts:
    """The set has a change of what somebody else is about to publish alone, and a third is about to withdraw."""
    acts = _in_review(world)
    set_id = db.session.scalars(select(ChangeSet.id)).one()
    acts["decide"]()
    decide_set(world["modeller"], set_id, "use")
    with transaction() as session:
        item = session.scalars(select(Item).where(Item.slug == "bed")).one()
        comma = services.draft_successor(session, world["author"], NOW, item=item, content=_content("bed,")).id
    _submit(world, comma, Change.EDITORIAL)
    _decide(world["colleague"], comma, "wording")
    _decide(world["modeller"], comma, "use")
    with transaction() as session:
        standing = session.scalars(select(Version).join(Item).where(Item.slug == "bed", Version.number == 1)).one()
        entry = withdrawing.propose(session, world["author"], NOW, standing, reason="Ersatt.")

    def publish_alone():
        with transaction() as session:
            version = session.get_one(Version, comma)
            services.publish(session, world["author"], NOW, version, valid_from=date(2026, 7, 1))

    def withdraw_base():
        with transaction() as session:
            withdrawing.decide(
                session, world["second"], NOW, session.merge(entry, load=False), is_granted=True, reason="Ja."
            )

    def call_back():
        with transaction() as session:
            writing.call_back(session, world["author"], NOW, session.get_one(ChangeSet, set_id))

    return {
        "publish set": lambda: publish_set(world["author"], set_id),
        "publish alone": publish_alone,
        "withdraw base": withdraw_base,
        "call back": call_back,
    }


DECISIVE = [
    (_being_written, "submit", "revise"),
    (_in_review, "decide", "decide too"),
    (_decided, "publish set", "publish alone"),
]
OTHERS = [
    (_being_written, "submit", "submit"),
    (_being_written, "submit", "put in"),
    (_being_written, "put in", "submit"),
    (_being_written, "revise", "submit"),
    (_being_written, "submit", "take out"),
    (_being_written, "put in", "submit alone"),
    (_in_review, "decide", "call back"),
    (_decided, "publish set", "publish set"),
    (_decided, "publish alone", "publish set"),
    (_decided, "publish set", "withdraw base"),
    (_decided, "withdraw base", "publish set"),
    (_decided, "publish set", "call back"),
]
PAIRS = [*DECISIVE, *(pytest.param(*pair, marks=pytest.mark.soak) for pair in OTHERS)]


@pytest.mark.parametrize(("scene", "first", "second"), PAIRS)
def test_what_two_do_at_once_comes_to_what_it_comes_to_one_after_the_other(any_app, world, scene, first, second):
    acts = scene(world)
    name = f"{scene.__name__} {first} {second}"
    remembered(name, lambda: None)

    def begun_again() -> None:
        remembered(name, lambda: None)
        db.session.rollback()

    with watched(any_app):
        expected, points = [], 0
        for order in ((first, second), (second, first)):
            begun_again()
            runs = [alone(any_app, acts[one]) for one in order]
            points = points or runs[0].points
            expected.append(({one: _is_done(run.outcome) for one, run in zip(order, runs, strict=True)}, _state()))
        wrong = []
        for at in range(points + 1):
            begun_again()
            outcomes = interleave(any_app, acts[first], acts[second], at)
            if any("ERROR" in one for one in outcomes):
                wrong.append((at, outcomes))
            elif (
                first != second
                and (dict(zip((first, second), map(_is_done, outcomes), strict=True)), _state()) not in expected
            ) or (first == second and (_state() != expected[0][1] or sum(map(_is_done, outcomes)) != 1)):
                wrong.append((at, outcomes, _state()))
            elif _published_twice():
                wrong.append((at, _published_twice()))
        assert wrong == []


def _content(name):
    return {"content_schema": "sample/1", "name": name}


def _is_done(outcome: str) -> bool:
    return outcome == "None"


def _state() -> tuple[object, ...]:
    db.session.rollback()
    versions = db.session.scalars(select(Version).join(Item).order_by(Item.slug, Version.number)).all()
    sets = db.session.scalars(select(ChangeSet)).all()
    return (
        *(str(one.state) for one in sets),
        *((one.item.slug, one.number, str(one.state), bool(one.change_set_id), one.content_text) for one in versions),
    )


def _published_twice() -> list[str]:
    rows = db.session.scalars(select(Version.item_id).where(Version.state == State.PUBLISHED)).all()
    return [one for one in set(rows) if rows.count(one) > 1]
