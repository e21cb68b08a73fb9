"""The series of tables that a measure has: one for each recipient, with what its audiences' versions rest on.

The main one is the line's recipient's: everybody reads that one's, and the regions have their own figures in it. Another recipient
for whose uses the regions disclose has a series beside it, with numbers of its own, which its own people read (`gateway`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.identity.tables import Organisation
from registry.items.queries import versions_by_hash
from submission_portal.flows.audiences import NARROWEST_FIRST, Audience
from submission_portal.flows.content import read as read_line
from submission_portal.followup.basis import Basis, basis_of
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.releases_by_use import ReleasesByUse, releases_by_use
from submission_portal.followup.small_number_rules import PROTECTED, AudienceRules
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import series_that_were
from submission_portal.forwarding.queries import current_releases
from submission_portal.forwarding.tables import Release


@dataclass(frozen=True, slots=True)
class TableSeries:
    """What the next versions of a recipient's tables of a measure are composed from."""

    measure: PlannedMeasure
    owner: str
    is_main: bool
    bases: tuple[Basis, ...]
    """One for each set of releases; what the narrowest protected audience has comes first."""

    def basis_for(self, audience: Audience) -> Basis | None:
        """What an audience's version rests on; ``None`` where it has no table."""
        return next((one for one in self.bases if audience in one.audiences), None)

    @property
    def hashes(self) -> dict[Audience, str]:
        """The hash of each audience's basis."""
        return {audience: one.basis_hash for one in self.bases for audience in one.audiences}

    @property
    def rules(self) -> AudienceRules:
        """By which each protected audience's small numbers are hidden."""
        bases = {audience: self.basis_for(audience) or self.bases[0] for audience in PROTECTED}
        return {audience: basis.rules[audience] for audience, basis in bases.items()}


def series_of(session: Session, measure: PlannedMeasure, on: date | None = None) -> list[TableSeries]:
    """Every series of a measure as it is to be on a day, today by default, the main one first; none of what nobody has had."""
    releases = current_releases(session, [measure.model_slug])
    by_use = releases_by_use(session, releases, on)
    had = series_that_were(session, measure.slug)
    main = _main_owner(session, had, releases)
    others = sorted({*by_use.owners, *(owner for owner, _audience in had)} - {main})
    found = [_series(session, measure, owner, owner == main, by_use, had, releases) for owner in (main, *others)]
    return [one for one in found if one.bases]


def series_owned_by(session: Session, measure: PlannedMeasure, owner: str) -> TableSeries | None:
    """The series of one recipient."""
    return next((one for one in series_of(session, measure) if one.owner == owner), None)


def main_series(session: Session, measure: PlannedMeasure) -> TableSeries | None:
    """The series that everybody reads."""
    return next((one for one in series_of(session, measure) if one.is_main), None)


def basis_of_table(
    session: Session, measure: PlannedMeasure, table: TableVersion, releases: Sequence[Release]
) -> Basis:
    """The basis of a version that there is already, on its own releases: with the policies that hold for them today."""
    policies = releases_by_use(session, releases, is_all_there=False).policies_of(releases)
    return basis_of(session, measure, releases, owner=table.organisation_id, policies=policies)


def _series(
    session: Session,
    measure: PlannedMeasure,
    owner: str,
    is_main: bool,
    by_use: ReleasesByUse,
    had: Mapping[tuple[str, Audience], bool],
    releases: Sequence[Release],
) -> TableSeries:
    """Of an audience that had a table and may have nothing any more, an empty one takes its place."""
    sets: dict[tuple[str, ...], tuple[Sequence[Release], list[Audience]]] = {}
    for audience in (*PROTECTED, Audience.OWN_REGION):
        is_own = audience is Audience.OWN_REGION
        some = releases if is_own else by_use.of(owner, audience)
        if (is_own and not is_main) or not (some or (owner, audience) in had):
            continue
        sets.setdefault(tuple(one.id for one in some), (some, []))[1].append(audience)
    policies = by_use.policies_of({*by_use.of(owner, Audience.RECIPIENT)})
    bases = tuple(
        basis_of(
            session, measure, some, owner=owner, policies=policies,
            audiences=tuple(one for one in NARROWEST_FIRST if one in audiences),
        )
        for some, audiences in sets.values()
    )  # fmt: skip
    return TableSeries(measure, owner, is_main, bases)


def _main_owner(session: Session, had: Mapping[tuple[str, Audience], bool], releases: Sequence[Release]) -> str:
    """Whose the main series is: who has had it, or the first of the lines' recipients, or the only recipient there is."""
    before = sorted(owner for (owner, _audience), is_main in had.items() if is_main)
    if before:
        return before[0]
    lines = versions_by_hash(session, sorted({release.flow_version_hash for release in releases})).values()
    if named := sorted({recipient for one in lines if (recipient := read_line(one.content).recipient)}):
        return named[0]
    recipients = select(Organisation.id).where(Organisation.kind == "recipient").order_by(Organisation.code)
    return session.scalars(recipients).first() or ""
