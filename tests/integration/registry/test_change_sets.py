"""Change sets: several items sent to review, decided and published together, or not at all."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry import jobs
from registry.content.canonical import content_hash
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.events import Event
from registry.items import queries as items
from registry.items import services, withdrawing
from registry.items.change_sets import deciding, examining, queries, writing
from registry.items.change_sets import jobs as set_jobs
from registry.items.lifecycle import CLASSES, Change, Outcome, State
from registry.items.manifests import lines_of
from registry.items.merging import Side
from registry.items.tables import ChangeSet, Decision, Version, Withdrawal
from tests.conftest import NOW
from tests.factories.change_sets import (
    FIRST_DAY,
    begin_in,
    decide_set,
    make_set,
    publish_set,
    put_in,
    rebase,
    revise,
    states_in,
    submit_set,
)
from tests.integration.registry.test_items import _decide, _draft, _published, _submit, world
from tests.snapshots import remembered

__all__ = ["world"]


def _content(name, **more):
    return {"content_schema": "sample/1", "name": name, **more}


def _item(version_id) -> str:
    return db.session.get_one(Version, version_id).item_id


def _refusal(act, *given, **more) -> str:
    with pytest.raises(Refused) as refusal:
        act(*given, **more)
    return refusal.value.finding.code


def _approve(world, set_id) -> None:
    decide_set(world["colleague"], set_id, "wording")
    decide_set(world["modeller"], set_id, "use")


@pytest.fixture
def filled(world):
    """A set with a change of what is published, and something new."""

    def build() -> dict[str, str]:
        bed = _published(world, "bed")
        set_id = make_set(world["author"], world["owner"])
        revised = begin_in(world["author"], set_id, _item(bed), content=_content("staffed bed"))
        new = _draft(world, "ward", name="ward")
        put_in(world["author"], set_id, new)
        return world | {"set": set_id, "bed": bed, "revised": revised, "new": new}

    return remembered("a change set", build)


def test_a_set_is_sent_decided_and_published_as_one(filled):
    set_id = filled["set"]
    submit_set(filled["author"], set_id)
    assert states_in(set_id) == ["in_review"] * 3
    decide_set(filled["colleague"], set_id, "wording")
    assert states_in(set_id) == ["in_review"] * 3
    decide_set(filled["modeller"], set_id, "use")
    assert states_in(set_id) == ["decided"] * 3
    publish_set(filled["author"], set_id)
    assert states_in(set_id) == ["published"] * 3
    before = db.session.get_one(Version, filled["bed"])
    assert (before.state, before.valid_to) == (State.SUPERSEDED, date(2026, 12, 31))
    assert {db.session.get_one(Version, filled[one]).valid_from for one in ("revised", "new")} == {FIRST_DAY}


def test_what_is_decided_is_the_manifests_hash_and_each_member_has_its_decision(filled):
    submit_set(filled["author"], filled["set"])
    change_set = db.session.get_one(ChangeSet, filled["set"])
    revised, new = (db.session.get_one(Version, filled[one]) for one in ("revised", "new"))
    base = db.session.get_one(Version, filled["bed"]).content_hash
    assert {(one.item, one.version, one.base, one.change) for one in lines_of(change_set.manifest)} == {
        (revised.item_id, revised.content_hash, base, "meaning"),
        (new.item_id, new.content_hash, None, "new"),
    }
    assert change_set.manifest_hash == content_hash(change_set.manifest)
    decide_set(filled["colleague"], filled["set"])
    made = db.session.scalars(select(Decision).where(Decision.version_id.in_([revised.id, new.id]))).all()
    assert {(one.version_id, one.person_id, one.aspect) for one in made} == {
        (one, filled["colleague"].person_id, "wording") for one in (revised.id, new.id)
    }
    told = db.session.scalars(select(Event).where(Event.type == "ChangeSetDecided")).one()
    assert told.data["manifest"] == change_set.manifest_hash


def test_who_contributed_to_any_member_decides_on_none(filled):
    revise(filled["colleague"], filled["new"], _content("ward with beds"))
    submit_set(filled["author"], filled["set"])
    assert _refusal(decide_set, filled["colleague"], filled["set"]) == "SET-005"
    assert _refusal(decide_set, filled["author"], filled["set"]) == "SET-005"
    assert db.session.scalars(select(Decision).where(Decision.version_id == filled["revised"])).all() == []


def test_a_stranger_neither_sees_the_set_nor_decides(filled):
    submit_set(filled["author"], filled["set"])
    with pytest.raises(NotFound):
        decide_set(filled["stranger"], filled["set"])
    with pytest.raises(NotFound):
        queries.set_for(db.session, filled["stranger"], filled["set"])


def test_a_decision_on_another_manifest_than_the_one_seen_is_refused(filled):
    submit_set(filled["author"], filled["set"])
    assert _refusal(decide_set, filled["colleague"], filled["set"], seen="0" * 64) == "SET-007"


@pytest.mark.parametrize(("outcome", "state"), [(Outcome.RETURN, State.RETURNED), (Outcome.REJECT, State.REJECTED)])
def test_a_set_is_returned_and_rejected_as_a_whole(filled, outcome, state):
    submit_set(filled["author"], filled["set"])
    decide_set(filled["colleague"], filled["set"], "wording")
    decide_set(filled["modeller"], filled["set"], "use", outcome)
    assert states_in(filled["set"]) == [state] * 3


def test_a_returned_set_is_decided_anew_from_the_beginning(filled):
    submit_set(filled["author"], filled["set"])
    decide_set(filled["colleague"], filled["set"], "wording")
    decide_set(filled["modeller"], filled["set"], "use", Outcome.RETURN)
    revise(filled["author"], filled["new"], _content("hospital ward"))
    submit_set(filled["author"], filled["set"])
    decide_set(filled["modeller"], filled["set"], "use")
    assert states_in(filled["set"]) == ["in_review"] * 3, "the wording has to be approved again"
    decide_set(filled["colleague"], filled["set"], "wording")
    assert states_in(filled["set"]) == ["decided"] * 3


def test_a_member_does_not_go_its_own_way(filled):
    author, revised = filled["author"], filled["revised"]
    assert _refusal(_submit, filled, revised) == "ITEM-020"
    submit_set(author, filled["set"])
    assert _refusal(_decide, filled["colleague"], revised, "wording") == "ITEM-020"
    with transaction() as session:
        with pytest.raises(Refused, match="ITEM-020"):
            withdrawing.withdraw(session, author, NOW, session.get_one(Version, revised), reason="Nej.")
        services.comment(session, author, NOW, session.get_one(Version, revised), text="Se paketet.")
    with pytest.raises(Refused, match="ITEM-003"):
        revise(author, revised, _content("other"))


def test_an_item_is_in_a_set_once_and_may_be_worked_on_beside_it(filled):
    author, item_id = filled["author"], _item(filled["revised"])
    assert _refusal(begin_in, author, filled["set"], item_id) == "SET-008"
    other = make_set(author, filled["owner"], "Andra")
    begin_in(author, other, item_id)
    with transaction() as session:
        item = session.get_one(Version, filled["revised"]).item
        alone = services.draft_successor(session, author, NOW, item=item, content=_content("cot"))
        assert items.open_version(session, item) is alone
    with pytest.raises(IntegrityError), transaction() as session:
        session.get_one(Version, alone.id).change_set_id = other


def test_a_set_that_somebody_began_from_an_older_version_is_refused_and_can_be_moved(filled):
    author, set_id = filled["author"], filled["set"]
    with transaction() as session:
        item = session.get_one(Version, filled["bed"]).item
        comma = services.draft_successor(session, author, NOW, item=item, content=_content("bed", is_counted=True)).id
    _submit(filled, comma, Change.EDITORIAL)
    _decide(filled["colleague"], comma, "wording")
    _decide(filled["modeller"], comma, "use")
    with transaction() as session:
        services.publish(session, author, NOW, session.get_one(Version, comma), valid_from=date(2026, 6, 1))
    with pytest.raises(Invalid, match="SET-011"):
        submit_set(author, set_id)
    moved = db.session.get_one(Version, rebase(author, filled["revised"]))
    assert moved.content == _content("staffed bed", is_counted=True)
    assert (moved.base_hash, moved.number, moved.change_set_id) == (
        db.session.get_one(Version, comma).content_hash, 4, set_id,
    )  # fmt: skip
    left = items.version_for(db.session, author, filled["revised"])
    assert (left.state, left.content) == (State.WITHDRAWN, _content("staffed bed")), "it stays readable"
    submit_set(author, set_id)
    assert states_in(set_id) == ["in_review"] * 3


def test_publication_is_all_or_nothing_where_a_base_is_no_longer_current(filled):
    submit_set(filled["author"], filled["set"])
    _approve(filled, filled["set"])
    other = make_set(filled["author"], filled["owner"], "Först")
    begin_in(filled["author"], other, _item(filled["bed"]), content=_content("cot"))
    submit_set(filled["author"], other)
    _approve(filled, other)
    publish_set(filled["author"], other, date(2026, 6, 1))
    with pytest.raises(Invalid, match="SET-011"):
        publish_set(filled["author"], filled["set"])
    assert states_in(filled["set"]) == ["decided"] * 3
    with transaction() as session:
        writing.call_back(session, filled["author"], NOW, session.get_one(ChangeSet, filled["set"]))
    conflicting = rebase(filled["author"], filled["revised"], {"name": Side.THEIRS})
    assert db.session.get_one(Version, conflicting).content == _content("cot")


def test_what_was_begun_alone_is_refused_once_a_set_has_published_the_item(filled):
    author = filled["author"]
    with transaction() as session:
        item = session.get_one(Version, filled["bed"]).item
        alone = services.draft_successor(session, author, NOW, item=item, content=_content("cot")).id
    submit_set(author, filled["set"])
    _approve(filled, filled["set"])
    publish_set(author, filled["set"])
    assert _refusal(_submit, filled, alone, Change.MEANING) == "ITEM-021"
    moved = rebase(author, alone)
    _submit(filled, moved, Change.MEANING)
    assert db.session.get_one(Version, moved).state == State.IN_REVIEW


def test_who_contributed_to_a_draft_has_contributed_to_what_it_was_moved_to(filled):
    revise(filled["colleague"], filled["revised"], _content("bed with staff"))
    other = make_set(filled["author"], filled["owner"], "Först")
    begin_in(filled["author"], other, _item(filled["bed"]), content=_content("bed", is_counted=True))
    submit_set(filled["author"], other)
    _approve(filled, other)
    publish_set(filled["author"], other, date(2026, 6, 1))
    rebase(filled["author"], filled["revised"])
    submit_set(filled["author"], filled["set"])
    assert _refusal(decide_set, filled["colleague"], filled["set"]) == "SET-005"


def test_something_published_between_check_and_act_is_noticed_within_the_lock(filled):
    change_set = db.session.get_one(ChangeSet, filled["set"])
    examination = examining.examine(db.session, change_set)
    revise(filled["author"], filled["new"], _content("something else"))
    with pytest.raises(Refused, match="SET-007"), transaction() as session:
        deciding.submit(session, filled["author"], NOW, session.get_one(ChangeSet, filled["set"]), examination)
    assert states_in(filled["set"]) == ["draft"] * 3


def test_a_set_can_withdraw_what_is_published(filled):
    ward = _published(filled, "old-ward", name="old ward")
    author, set_id = filled["author"], filled["set"]
    with transaction() as session:
        entry = writing.put_in_withdrawal(
            session, author, NOW, session.get_one(ChangeSet, set_id), session.get_one(Version, ward), reason="Ersatt."
        ).id
    with pytest.raises(Refused, match="ITEM-020"), transaction() as session:
        withdrawing.decide(
            session, filled["colleague"], NOW, session.get_one(Withdrawal, entry), is_granted=True, reason="Ja."
        )
    submit_set(author, set_id)
    _approve(filled, set_id)
    assert db.session.get_one(Version, ward).state == State.PUBLISHED
    publish_set(author, set_id)
    settled = db.session.get_one(Withdrawal, entry)
    assert (db.session.get_one(Version, ward).state, settled.outcome) == (State.WITHDRAWN, "withdrawn")
    assert settled.decided_by in {filled["colleague"].person_id, filled["modeller"].person_id}


def test_the_proposer_of_a_withdrawal_in_a_set_does_not_decide(filled):
    ward = _published(filled, "old-ward", name="old ward")
    with transaction() as session:
        writing.put_in_withdrawal(
            session, filled["colleague"], NOW, session.get_one(ChangeSet, filled["set"]),
            session.get_one(Version, ward), reason="Ersatt.",
        )  # fmt: skip
    submit_set(filled["author"], filled["set"])
    assert _refusal(decide_set, filled["colleague"], filled["set"]) == "SET-005"


def test_what_is_taken_out_goes_on_by_itself(filled):
    with transaction() as session:
        change_set = session.get_one(ChangeSet, filled["set"])
        member = next(one for one in queries.members_of(session, change_set) if one.version.id == filled["revised"])
        writing.take_out(session, filled["author"], NOW, change_set, member)
    _submit(filled, filled["revised"], Change.MEANING)
    assert states_in(filled["set"]) == ["draft", "draft"]


def test_a_set_that_is_given_up_ends_what_is_in_it(filled):
    with transaction() as session:
        writing.withdraw(session, filled["author"], NOW, session.get_one(ChangeSet, filled["set"]))
    assert states_in(filled["set"]) == ["withdrawn"]
    assert items.version_for(db.session, filled["author"], filled["new"]).state == State.WITHDRAWN


def test_an_empty_set_and_one_without_a_name_are_refused(world):
    assert _refusal(make_set, world["author"], world["owner"], "  ") == "SET-002"
    assert _refusal(make_set, world["author"], world["owner"], "x" * 201) == "SET-002"
    set_id = make_set(world["author"], world["owner"], "x" * 200)
    with pytest.raises(Invalid, match="SET-001"):
        submit_set(world["author"], set_id)


def test_a_set_that_is_in_review_is_locked(filled):
    submit_set(filled["author"], filled["set"])
    other = _draft(filled, "other", name="other")
    assert _refusal(put_in, filled["author"], filled["set"], other) == "SET-003"


def test_a_set_has_so_many_changes_and_an_imported_one_more(filled, monkeypatch):
    monkeypatch.setattr(writing, "AT_MOST", 2)
    monkeypatch.setattr(writing, "AT_MOST_IMPORTED", 1)
    other = _draft(filled, "other", name="other")
    assert _refusal(put_in, filled["author"], filled["set"], other) == "SET-006"
    imported = make_set(filled["author"], filled["owner"], "Import", is_imported=True)
    put_in(filled["author"], imported, other)
    assert _refusal(put_in, filled["author"], imported, _draft(filled, "third", name="third")) == "SET-006"


def test_a_large_set_is_checked_sent_decided_and_published_by_the_worker(filled, monkeypatch):
    monkeypatch.setattr(examining, "AT_MOST", 1)

    def stands() -> ChangeSet:
        db.session.rollback()
        return db.session.get_one(ChangeSet, filled["set"])

    submit_set(filled["author"], filled["set"])
    assert stands().state == State.DRAFT and set_jobs.working(db.session, stands()) is not None
    assert _refusal(submit_set, filled["author"], filled["set"]) == "SET-013"
    jobs.drain()
    assert stands().state == State.IN_REVIEW and set_jobs.working(db.session, stands()) is None
    with pytest.raises(Refused, match="SET-005"):
        decide_set(filled["author"], filled["set"])
    for decide in (
        lambda: decide_set(filled["colleague"], filled["set"]),
        lambda: decide_set(filled["modeller"], filled["set"], "use"),
    ):
        assert _refusal(publish_set, filled["colleague"], filled["set"]) == "SET-004"
        decide()
        jobs.drain()
    publish_set(filled["colleague"], filled["set"])
    jobs.drain()
    assert set(states_in(filled["set"])) == {"published"}


def test_what_stops_a_large_set_is_kept_with_it_and_told_of_what_it_was_found_in(filled, monkeypatch):
    other = make_set(filled["author"], filled["owner"], "Först")
    begin_in(filled["author"], other, _item(filled["bed"]), content=_content("cot"))
    submit_set(filled["author"], other)
    _approve(filled, other)
    publish_set(filled["author"], other, date(2026, 6, 1))
    monkeypatch.setattr(examining, "AT_MOST", 1)
    submit_set(filled["author"], filled["set"])
    jobs.drain()
    db.session.rollback()
    change_set = db.session.get_one(ChangeSet, filled["set"])
    stopped = set_jobs.broken_off(db.session, change_set)
    assert change_set.state == State.DRAFT and stopped is not None and stopped.code == "SET-014"
    page = queries.page_of_members(db.session, change_set, 1, only_errors=True)
    assert [one.version.id for one in page.rows] == [filled["revised"]]
    told = examining.told(db.session, change_set, [_item(filled["revised"])])
    assert told is not None and told.errors == 1 and len(told.of_items[_item(filled["revised"])]) == 1


def test_an_act_of_the_worker_is_taken_once_though_its_worker_died(filled, monkeypatch):
    monkeypatch.setattr(examining, "AT_MOST", 1)
    submit_set(filled["author"], filled["set"])
    job = set_jobs.working(db.session, db.session.get_one(ChangeSet, filled["set"]))
    run = jobs.JobRun(job.id, job.payload, NOW, 2)
    jobs.drain()
    with transaction() as session:
        writing.call_back(session, filled["author"], NOW, session.get_one(ChangeSet, filled["set"]))
    set_jobs.run_act(run)
    assert states_in(filled["set"])[0] == "returned"


def test_what_is_classed_as_editorial_is_published_so(filled):
    with transaction() as session:
        change_set = session.get_one(ChangeSet, filled["set"])
        both = [(session.get_one(Version, filled[one]), Change.EDITORIAL) for one in ("revised", "new")]
        writing.classify(session, filled["author"], NOW, change_set, both)
    submit_set(filled["author"], filled["set"])
    changes = [db.session.get_one(Version, filled[one]).change for one in ("revised", "new")]
    assert changes == [Change.EDITORIAL, Change.NEW]


@pytest.mark.parametrize("change", [one for one in CLASSES if one is not Change.EDITORIAL])
def test_every_class_but_editorial_is_a_change_of_meaning(filled, change):
    with transaction() as session:
        version = session.get_one(Version, filled["revised"])
        found = session.get_one(ChangeSet, filled["set"])
        writing.classify(session, filled["author"], NOW, found, [(version, change)])
    submit_set(filled["author"], filled["set"])
    revised = db.session.get_one(Version, filled["revised"])
    assert (revised.change, revised.changes_meaning) == (change, True)
    assert not db.session.get_one(Version, filled["new"]).changes_meaning


def test_a_draft_that_somebody_else_changed_meanwhile_is_not_overwritten(filled):
    started = db.session.get_one(Version, filled["new"]).content_hash
    revise(filled["colleague"], filled["new"], _content("theirs"), started_from=started)
    assert _refusal(revise, filled["author"], filled["new"], _content("mine"), started_from=started) == "ITEM-022"
    assert db.session.get_one(Version, filled["new"]).content == _content("theirs")
