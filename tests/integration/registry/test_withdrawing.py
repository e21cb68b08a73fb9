"""Withdrawing what is published: one proposes, somebody else decides, and what cannot be withdrawn says why."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry import references
from registry.actors import PUBLIC
from registry.db import db, transaction
from registry.errors import Forbidden, Refused
from registry.events import Event
from registry.items import queries, services, withdrawing
from registry.items.lifecycle import Change, State, WithdrawalOutcome
from registry.items.tables import Version, Withdrawal
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.machine_clients import client_with_roles_of
from tests.integration.registry.test_items import (
    NUMBER,
    _decide,
    _draft,
    _published,
    _submit,
    world,
)

__all__ = ["world"]


def _propose(who, version_id, reason="Ersatt av en annan.", **more) -> str:
    with transaction() as session:
        version = session.get_one(Version, version_id)
        return withdrawing.propose(session, who, NOW, version, reason=reason, **more).id


def _settle(who, entry_id, is_granted=True, reason="Ja.") -> None:
    with transaction() as session:
        entry = session.get_one(Withdrawal, entry_id)
        withdrawing.decide(session, who, NOW, entry, is_granted=is_granted, reason=reason)


def _refusal(act, *given, **more) -> str:
    with pytest.raises(Refused) as refusal:
        act(*given, **more)
    return refusal.value.finding.code


def _succeeded(world, first) -> str:
    with transaction() as session:
        item = session.get_one(Version, first).item
        second = services.draft_successor(
            session, world["author"], NOW, item=item, content={"content_schema": "sample/1", "name": "staffed bed"}
        ).id
    _submit(world, second, Change.MEANING)
    _decide(world["colleague"], second, "wording")
    _decide(world["modeller"], second, "use")
    with transaction() as session:
        services.publish(session, world["author"], NOW, session.get_one(Version, second), valid_from=date(2026, 7, 1))
    return second


def test_a_published_version_is_withdrawn_when_somebody_else_has_decided(world):
    version_id = _published(world)
    entry_id = _propose(world["author"], version_id)
    assert db.session.get_one(Version, version_id).state == State.PUBLISHED, "a proposal changes nothing"
    _settle(world["colleague"], entry_id)
    version, entry = db.session.get_one(Version, version_id), db.session.get_one(Withdrawal, entry_id)
    assert (version.state, version.ended_at) == (State.WITHDRAWN, NOW)
    assert (entry.outcome, entry.decided_by) == (WithdrawalOutcome.WITHDRAWN, world["colleague"].person_id)
    assert (entry.reason, version.reason) == ("Ersatt av en annan.", ""), "why it was made is not written over"
    types = [event.type for event in db.session.query(Event).order_by(Event.number)]
    assert types[-3:] == ["WithdrawalProposed", "WithdrawalSettled", "VersionWithdrawn"]


def test_what_is_withdrawn_stays_readable_and_so_does_what_rests_on_it(world):
    version_id = _published(world)
    base = db.session.get_one(Version, version_id).content_hash
    above = db.session.get_one(Version, _published(world, "ward", name="ward", rests_on=[base])).ref
    _settle(world["colleague"], _propose(world["author"], version_id))
    assert queries.version_for(db.session, PUBLIC, version_id).state == State.WITHDRAWN
    assert [step.ref for step in references.upwards(db.session, f"version:{base}")] == [above]


def test_whoever_proposes_a_withdrawal_does_not_decide_it(world):
    entry_id = _propose(world["author"], _published(world))
    assert _refusal(_settle, world["author"], entry_id) == "ITEM-015"


def test_the_database_itself_keeps_the_proposer_from_deciding(world):
    version = db.session.get_one(Version, _published(world))
    who = world["author"].person_id
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(
            Withdrawal(version_id=version.id, organisation_id=version.organisation_id, round=1, reason="x", proposed_by=who,
                       proposed_at=NOW, outcome=WithdrawalOutcome.WITHDRAWN, decided_by=who)
        )  # fmt: skip


def test_one_alone_cannot_withdraw_what_is_published(world):
    version_id = _published(world)

    def alone():
        with transaction() as session:
            withdrawing.withdraw(session, world["author"], NOW, session.get_one(Version, version_id), reason="Fel.")

    assert _refusal(alone) == "ITEM-013"
    assert db.session.get_one(Version, version_id).state == State.PUBLISHED


def test_kept_in_force_it_can_be_proposed_again(world):
    version_id = _published(world)
    _settle(world["colleague"], _propose(world["author"], version_id), is_granted=False, reason="Den används.")
    assert db.session.get_one(Version, version_id).state == State.PUBLISHED
    _settle(world["colleague"], _propose(world["author"], version_id))
    entries = queries.withdrawals_of(db.session, db.session.get_one(Version, version_id))
    assert [one.outcome for one in entries] == [WithdrawalOutcome.KEPT, WithdrawalOutcome.WITHDRAWN]


def test_only_the_proposer_takes_a_proposal_back(world):
    version_id = _published(world)
    entry_id = _propose(world["author"], version_id)

    def take_back(who):
        with transaction() as session:
            withdrawing.take_back(session, who, NOW, session.get_one(Withdrawal, entry_id))

    with pytest.raises(Forbidden):
        take_back(world["colleague"])
    take_back(world["author"])
    assert queries.open_withdrawal(db.session, db.session.get_one(Version, version_id)) is None
    assert _refusal(_settle, world["colleague"], entry_id) == "ITEM-016"


def test_a_draft_and_what_is_superseded_or_withdrawn_each_say_why_there_is_nothing_to_withdraw(world):
    assert _refusal(_propose, world["author"], _draft(world, "draft")) == "ITEM-010"
    first = _published(world)
    _succeeded(world, first)
    assert _refusal(_propose, world["author"], first) == "ITEM-011"
    other = _published(world, "other", name="other")
    _settle(world["colleague"], _propose(world["author"], other))
    assert _refusal(_propose, world["author"], other) == "ITEM-012"


def test_a_proposal_about_what_was_superseded_meanwhile_is_not_decided(world):
    first = _published(world)
    entry_id = _propose(world["author"], first)
    _succeeded(world, first)
    assert queries.proposed_withdrawals(db.session) == []
    assert _refusal(_settle, world["colleague"], entry_id) == "ITEM-011"
    assert db.session.get_one(Version, first).state == State.SUPERSEDED


def test_neither_a_proposal_nor_a_decision_goes_without_reasons(world):
    version_id = _published(world)
    assert _refusal(_propose, world["author"], version_id, reason="  ") == "ITEM-007"
    entry_id = _propose(world["author"], version_id)
    assert _refusal(_settle, world["colleague"], entry_id, reason="") == "ITEM-007"
    assert _refusal(_settle, world["colleague"], entry_id, reason=f"se {NUMBER}") == "TXT-001"


def test_a_stranger_with_the_role_elsewhere_neither_proposes_nor_decides(world):
    version_id = _published(world)
    with pytest.raises(Forbidden):
        _propose(world["stranger"], version_id)
    entry_id = _propose(world["author"], version_id)
    with pytest.raises(Forbidden):
        _settle(world["stranger"], entry_id)


def test_what_replaces_is_another_item_of_the_same_kind(world):
    version_id = _published(world)
    other = db.session.get_one(Version, _published(world, "other", name="other")).item
    itself = db.session.get_one(Version, version_id).item
    assert _refusal(_propose, world["author"], version_id, replaced_by=itself) == "ITEM-017"
    entry_id = _propose(world["author"], version_id, replaced_by=other)
    assert db.session.get_one(Withdrawal, entry_id).replaced_by.slug == "other"


def test_two_proposals_at_once_leave_one(any_app, world):
    version_id = _published(world)

    def proposer(who):
        return lambda session: (
            withdrawing.propose(session, who, NOW, session.get_one(Version, version_id), reason="Fel.").round
        )

    ended = at_once(any_app, proposer(world["author"]), proposer(world["colleague"]))
    assert sorted(ended, key=str) == [1, "ITEM-014"]


def test_two_decisions_at_once_leave_one(any_app, world):
    version_id = _published(world)
    entry_id = _propose(world["author"], version_id)

    def decider(who, is_granted):
        return lambda session: str(
            withdrawing.decide(
                session, who, NOW, session.get_one(Withdrawal, entry_id), is_granted=is_granted, reason="Ja."
            ).outcome
        )

    ended = at_once(any_app, decider(world["colleague"], True), decider(world["modeller"], False))
    assert len([one for one in ended if one == "ITEM-016"]) == 1
    db.session.rollback()
    events = db.session.scalars(select(Event).where(Event.type == "WithdrawalSettled")).all()
    assert len(events) == 1


def test_a_withdrawal_and_a_successor_at_once_leave_one_end(any_app, world):
    first = _published(world)
    with transaction() as session:
        item = session.get_one(Version, first).item
        second = services.draft_successor(
            session, world["author"], NOW, item=item, content={"content_schema": "sample/1", "name": "staffed bed"}
        ).id
    _submit(world, second, Change.MEANING)
    _decide(world["colleague"], second, "wording")
    _decide(world["modeller"], second, "use")
    entry_id = _propose(world["author"], first)
    ended = at_once(
        any_app,
        lambda session: str(
            withdrawing.decide(
                session, world["colleague"], NOW, session.get_one(Withdrawal, entry_id), is_granted=True, reason="Ja."
            ).outcome
        ),
        lambda session: str(
            services.publish(
                session, world["author"], NOW, session.get_one(Version, second), valid_from=date(2026, 7, 1)
            ).state
        ),
    )
    db.session.rollback()
    state = db.session.get_one(Version, first).state
    assert ended[1] == "published"
    assert (ended[0], state) in (("withdrawn", State.WITHDRAWN), ("ITEM-011", State.SUPERSEDED))
    told = db.session.scalars(select(Event).where(Event.type == "VersionWithdrawn")).all()
    assert len(told) == (state == State.WITHDRAWN)


def test_a_machine_client_neither_proposes_nor_settles_a_withdrawal(world):
    version_id = _published(world)
    with pytest.raises(Forbidden):
        _propose(client_with_roles_of(world["author"]), version_id)
    entry_id = _propose(world["author"], version_id)
    with pytest.raises(Forbidden):
        _settle(client_with_roles_of(world["colleague"]), entry_id)
    assert db.session.get_one(Withdrawal, entry_id).outcome is None
