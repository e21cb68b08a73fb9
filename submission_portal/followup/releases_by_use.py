"""Which releases the tables of each recipient may rest on, for each audience, by the uses that the regions named.

A release counts for a recipient as long as a use of it that the region named stands in figures (`flows.uses.standing`), and for
everybody where a use for everybody does. While what is open to everybody is carried over and nobody has decided it, it follows
what the line's recipient was given. Of a use that is suspended what was released before counts, and what comes later waits.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from submission_portal.deliveries.tables import Delivery, DeliveryUse
from submission_portal.flows.audiences import Audience
from submission_portal.flows.suspending import lasting_of
from submission_portal.flows.uses.queries import uses_in_versions, uses_of_lines
from submission_portal.flows.uses.standing import CARRIED, CARRIED_PUBLIC, USE, StandingUse, stands_in_figures
from submission_portal.followup.queries import made_from
from submission_portal.followup.small_number_rules import StatedPolicy
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.queries import amendments, releases_where, with_what_they_correct
from submission_portal.forwarding.tables import Release

Key = tuple[str, Audience]
"""A recipient's id, and for whom."""


@dataclass(frozen=True, slots=True)
class ReleasesByUse:
    """The releases of a model that each recipient's audiences may have, and the uses by which."""

    releases: Mapping[Key, tuple[Release, ...]]
    policies: Mapping[str, tuple[StatedPolicy, ...]]
    """By release id, whoever's uses they are of: two recipients may put what they have together."""
    uses: Mapping[Key, frozenset[str]] = field(default_factory=dict)
    """Hashes of the uses' versions that were named."""

    @property
    def owners(self) -> list[str]:
        return sorted({owner for owner, _audience in self.releases})

    def of(self, owner: str, audience: Audience) -> tuple[Release, ...]:
        """The releases, oldest period first. What everybody may have its recipient may have too."""
        own = self.releases.get((owner, audience), ())
        if audience is not Audience.RECIPIENT:
            return own
        both = {one.id: one for one in (*own, *self.releases.get((owner, Audience.PUBLIC), ()))}
        return tuple(sorted(both.values(), key=_order))

    def policies_of(self, releases: Iterable[Release]) -> tuple[StatedPolicy, ...]:
        """The policies of every use that covers some of these releases."""
        return tuple(dict.fromkeys(one for release in releases for one in self.policies.get(release.id, ())))


def releases_by_use(
    session: Session, releases: Sequence[Release], on: date | None = None, *, is_all_there: bool = True
) -> ReleasesByUse:
    """What covers some releases on a day, today by default; a bounded number of statements.

    A correction of single rows counts only where what it corrects does, if all releases of the model are there.
    """
    on = on or clock.today()
    named = _named(session, releases)
    standing = uses_of_lines(session, {one.line for one in named}, on)
    of_ref = {one.ref: one for uses in standing.values() for one in uses}
    versions = uses_in_versions(session, {(one.row.use_ref, one.row.use_version_hash) for one in named})
    since = _suspended_since(session, {one.row.use_ref for one in named})
    found: dict[Key, list[Release]] = defaultdict(list)
    policies: dict[str, list[StatedPolicy]] = defaultdict(list)
    hashes: dict[Key, set[str]] = defaultdict(set)
    for one in named:
        was = versions.get((one.row.use_ref, one.row.use_version_hash))
        use = of_ref.get(one.row.use_ref, was)
        if was is None or use is None or not stands_in_figures(use, on) or _waits(one, since):
            continue
        everybodys = _carried_public(one, use, standing.get(one.line, ()), since)
        given = [(use, use.use.audience), *([(everybodys, Audience.PUBLIC)] if everybodys else [])]
        for by, audience in given:
            key = (by.use.recipient, audience)
            if one.release not in found[key]:
                found[key].append(one.release)
            hashes[key].add(was.version_hash)
        policies[one.release.id] += _policies(was, use, everybodys)
    amends = amendments(session, releases) if is_all_there else {}
    kept = {key: tuple(with_what_they_correct(sorted(some, key=_order), amends)) for key, some in found.items()}
    return ReleasesByUse(
        {key: some for key, some in kept.items() if some},
        {release: tuple(dict.fromkeys(some)) for release, some in policies.items()},
        {key: frozenset(some) for key, some in hashes.items()},
    )


def rests_on_uncovered(session: Session, table: TableVersion) -> bool:
    """Whether a version for others than the region itself rests on a delivery that no use of its audience covers any more."""
    if table.audience == Audience.OWN_REGION:
        return False
    releases = releases_where(session, Release.id.in_(made_from(table)))
    covered = {
        one.id
        for one in releases_by_use(session, releases, is_all_there=False).of(
            table.organisation_id, Audience(table.audience)
        )
    }
    return any(one.id not in covered for one in releases)


@dataclass(frozen=True, slots=True)
class _Named:
    """That a release may be used for a use."""

    release: Release
    row: DeliveryUse
    line: str
    sent_at: datetime | None


def _named(session: Session, releases: Sequence[Release]) -> list[_Named]:
    rows = session.execute(
        select(Release.id, DeliveryUse, Delivery.flow_item_id, Delivery.sent_at)
        .join(Delivery, Delivery.id == Release.delivery_id)
        .join(DeliveryUse, DeliveryUse.delivery_id == Delivery.id)
        .where(Release.model_slug.in_({one.model_slug for one in releases}), DeliveryUse.ended_at.is_(None))
        .order_by(Release.period_first, Release.id, DeliveryUse.use_ref)
    )
    by_id = {one.id: one for one in releases}
    return [_Named(by_id[id_], row, line, sent_at) for id_, row, line, sent_at in rows if id_ in by_id]


def _suspended_since(session: Session, refs: Collection[str]) -> dict[str, datetime]:
    """Since when each suspended use is, by its reference. A line that is suspended releases nothing."""
    items = {ref.partition(":")[2]: ref for ref in refs if ref.startswith(f"{USE}:")}
    return {items[item]: rows[0].suspended_at for item, rows in lasting_of(session, items).items()}


def _waits(one: _Named, since: Mapping[str, datetime]) -> bool:
    return one.row.use_ref in since and one.release.released_at > since[one.row.use_ref]


def _carried_public(
    one: _Named, use: StandingUse, of_line: Sequence[StandingUse], since: Mapping[str, datetime]
) -> StandingUse | None:
    """What is open to everybody without a decision, where a release that the recipient was given follows it."""
    carried = f"{CARRIED}:{one.line}"
    follows = one.row.use_ref == carried or use.use.succeeds == carried
    everybodys = next((other for other in of_line if other.ref == f"{CARRIED_PUBLIC}:{one.line}"), None)
    if not follows or use.use.audience is not Audience.RECIPIENT or everybodys is None:
        return None
    return everybodys if clock.today(one.sent_at or one.row.since) <= everybodys.sunset else None


def _policies(was: StandingUse, now: StandingUse, everybodys: StandingUse | None) -> list[StatedPolicy]:
    """The policy that was named, and a later one of the same use; both as far as the audience of the use goes."""
    stated = [was.use.policy, *([] if was.is_carried_over else [now.use.policy])]
    audience = None if was.is_carried_over and everybodys else was.use.audience
    found = [StatedPolicy(one, audience) for one in stated]
    if everybodys is not None and not was.is_carried_over:
        found.append(StatedPolicy(everybodys.use.policy, Audience.PUBLIC))
    return found


def _order(release: Release) -> tuple[date, str, datetime, str]:
    return release.period_first, release.organisation_id, release.released_at, release.id
