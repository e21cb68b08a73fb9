"""What a page says of a version that is withdrawn, or whose withdrawal is proposed: when, by whom, why, and what instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries
from registry.items.lifecycle import State
from registry.items.tables import Version, Withdrawal


@dataclass(frozen=True, slots=True)
class WithdrawalNotice:
    """A withdrawal as people read it. Names of persons are for those who are signed in; organisations are for all."""

    is_withdrawn: bool
    when: datetime
    reason: str
    organisation: Text
    person: Text | None = None
    replacements: tuple[tuple[Text, str], ...] = ()
    """The version that is in force instead, and another item that is to be used instead: names with addresses."""
    url: str | None = None
    """The page about the withdrawal, where this reader has one."""


def notice_of(session: Session, actor: Actor, version: Version) -> WithdrawalNotice | None:
    """What to say of this version, if anything. A proposal that waits is told to everybody who is signed in."""
    if version.state == State.PUBLISHED:
        entry = queries.open_withdrawal(session, version) if actor.is_signed_in else None
    elif version.state == State.WITHDRAWN and version.published_at is not None:
        entry = queries.withdrawals_by_hash(session, [version.content_hash]).get(version.content_hash)
    else:
        return None
    return notices(session, actor, [entry])[0] if entry else None


def notices(session: Session, actor: Actor, entries: Sequence[Withdrawal]) -> list[WithdrawalNotice]:
    """Each of ``entries`` as people read it; three statements, however many."""
    labels = identity.person_labels(session, [one.decided_by or one.proposed_by for one in entries])
    organisations = {one.id: one for one in identity.organisations(session)}
    wanted = {id_ for one in entries for id_ in (one.version.item_id, one.replaced_by_id) if id_}
    rows = session.scalars(
        select(Version).where(Version.item_id.in_(wanted), queries.not_ended()).order_by(Version.number.desc())
    )
    in_force = {version.item_id: version for version in rows}  # the one in force is before what is coming, and is left
    return [_notice(actor, one, labels, organisations, in_force) for one in entries]


def _notice(
    actor: Actor,
    entry: Withdrawal,
    labels: dict[str, Text],
    organisations: dict[str, Organisation],
    in_force: dict[str, Version],
) -> WithdrawalNotice:
    version = entry.version
    found = [in_force.get(id_) for id_ in (version.item_id, entry.replaced_by_id) if id_]
    kind = queries.kind_named(version.item.kind)
    return WithdrawalNotice(
        is_withdrawn=version.state == State.WITHDRAWN,
        when=entry.settled_at or entry.proposed_at,
        reason=entry.reason,
        organisation=organisations[entry.organisation_id].name,
        person=labels.get(entry.decided_by or entry.proposed_by) if actor.is_signed_in else None,
        replacements=tuple(
            (queries.titled(one), kind.url(one.item)) for one in found if one is not None and one.id != version.id
        ),
        url=url_for("items.withdrawal", version_id=version.id)
        if actor.is_signed_in and not kind.is_withdrawn_alone
        else None,
    )
