"""Keeping what was composed: a version of a measure's table for each audience, and each region's own figures for itself.

What is composed at once has one number. The recipient and everybody get theirs by decisions (`deciding`). A region has its own
figures at once, undamaged: they are its own. Of them a version is kept only where it says something else than the region's
newest one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events, references, storage
from registry.actors import Actor
from registry.content.canonical import canonical, content_hash
from registry.errors import NotFound, Refused
from registry.identity.tables import Organisation
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import METHOD, Basis, provenance_of
from submission_portal.followup.composing import Composed, View
from submission_portal.followup.figures import SCHEMA, days_of
from submission_portal.followup.frames import frame_of
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.releasing import end, release
from submission_portal.followup.small_number_rules import PROTECTED
from submission_portal.followup.suspended import suspended_meanwhile
from submission_portal.followup.table_series import TableSeries
from submission_portal.followup.tables import TableAct, TableRelease, TableState, TableVersion
from submission_portal.followup.versions import newest_of, newest_of_regions, next_number, next_sequence

CONTENT_SCHEMA = "table/1"


def is_stale(session: Session, series: TableSeries, latest: Mapping[Audience, TableVersion]) -> bool:
    """Whether some audience's newest version rests on something else than it is to, or a region's own figures do that rest on
    what no other audience may have."""
    for basis in series.bases:
        told = widest_of(latest, basis)
        if is_decided_about(basis) and (told is None or not rests_on(session, told, basis)):
            return True
    own = series.basis_for(Audience.OWN_REGION)
    if own is None or len(own.audiences) > 1:
        return False
    newest = newest_of_regions(session, series.measure.slug)
    return not newest or not all(rests_on(session, one, own) for one in newest.values())


def rests_on(session: Session, table: TableVersion, basis: Basis) -> bool:
    """Whether a table version rests on a basis as it is now: of the statements on those that concern what is in it. One whose
    figures cannot be read any more rests on nothing that can be told, and is composed anew."""
    try:
        figures = frame_of(session, table)
    except (NotFound, Refused):
        return False
    return table.basis_hash == basis.hash_within(days_of(figures))


def is_decided_about(basis: Basis) -> bool:
    """Whether versions on a basis are for others than the regions themselves."""
    return any(one in PROTECTED for one in basis.audiences)


def widest_of(latest: Mapping[Audience, TableVersion], basis: Basis) -> TableVersion | None:
    """Of the newest versions that rest on one basis, the one for the widest audience: the others say what it says, but for what
    is hidden."""
    return next((latest[one] for one in reversed(basis.audiences) if one in latest), None)


def keep_version(
    session: Session, actor: Actor, now: datetime, *, series: TableSeries, composed: Composed
) -> list[TableVersion]:
    """Keep a composed table as the next version of a recipient's series, for each audience one, the narrowest first.

    The recipient has its own at once where nothing in it had to be hidden; otherwise it waits for a decision, as the
    public's always does. Versions that still waited are superseded: nobody decides about figures that are no longer current.
    What everybody has stays as it is where only others may have what came.
    """
    latest, slug = newest_of(session, series.measure.slug, series.owner), series.measure.slug
    number = next_number(session, slug, series.owner)
    views = {one: view for one, view in composed.views.items() if not _is_kept(series, latest, one, view)}
    for waiting in session.scalars(
        select(TableVersion).where(
            TableVersion.measure_slug == slug,
            TableVersion.organisation_id == series.owner,
            TableVersion.audience.in_(views),
            TableVersion.state == TableState.AWAITING_REVIEW,
        )
    ):
        end(waiting, TableAct.SUPERSEDE, now)
    kept = {}
    for audience, view in views.items():
        basis = _basis(series, audience)
        whom = _For(audience, number, series.owner, basis.provenance, is_main=series.is_main)
        kept[audience] = _keep(session, actor, now, basis, view, whom)
    for_recipient = kept.get(Audience.RECIPIENT)
    if for_recipient is not None and not for_recipient.hidden and for_recipient.protection.is_safe:
        release(session, actor, now, for_recipient)
    keep_own_views(session, actor, now, series=series, composed=composed, number=number)
    return list(kept.values())


def _is_kept(series: TableSeries, latest: Mapping[Audience, TableVersion], audience: Audience, view: View) -> bool:
    """Whether everybody's newest version is of what it rests on now already, while another audience's is not."""
    had = latest.get(audience)
    if audience is not Audience.PUBLIC or had is None or len(series.bases) == 1:
        return False
    basis = _basis(series, audience)
    is_same = had.basis_hash == basis.hash_within(days_of(view.shown))
    return is_same and had.content_hash == hash_of_view(basis, view)


def _basis(series: TableSeries, audience: Audience) -> Basis:
    found = series.basis_for(audience)
    if found is None:
        raise LookupError(f"nothing is composed for {audience}")
    return found


def keep_own_views(
    session: Session, actor: Actor, now: datetime, *, series: TableSeries, composed: Composed, number: int
) -> list[TableVersion]:
    """Give each region its own figures of a composition, where they are not what it has already; gives back what was kept.

    A region that had figures, and has none any more, gets a version without any: what it took back is not its current table.
    """
    basis = series.basis_for(Audience.OWN_REGION)
    if basis is None:
        return []
    kept = []
    changed = _changed(session, basis, composed)
    for same in newest_of_regions(session, basis.measure.slug).values():
        if same.region_id not in {region.id for region, _ in changed}:
            same.basis_hash = basis.hash_within(days_of(frame_of(session, same)))
    for region, view in changed:
        releases = [one for one in basis.releases if one.id in set(view.releases())]
        of_region = _For(Audience.OWN_REGION, number, region.id, provenance_of(session, releases), region.id)
        table = _keep(session, actor, now, basis, view, of_region)
        release(session, actor, now, table)
        kept.append(table)
    return kept


def have_room(session: Session, series: TableSeries, composed: Composed, number: int) -> bool:
    """Whether what regions get of a composition can have this number: none of them has another view with it already."""
    basis = series.basis_for(Audience.OWN_REGION)
    if basis is None:
        return True
    newest = newest_of_regions(session, basis.measure.slug)
    return not any(
        (had := newest.get(region.id)) is not None and had.number >= number
        for region, _ in _changed(session, basis, composed)
    )


def _changed(session: Session, basis: Basis, composed: Composed) -> list[tuple[Organisation, View]]:
    """The regions of the register whose own figures are others than in their newest version, by code."""
    newest = newest_of_regions(session, basis.measure.slug)
    wanted = Organisation.code.in_(composed.regions) | Organisation.id.in_(newest)
    regions = session.scalars(
        select(Organisation).where(Organisation.kind == "region", wanted).order_by(Organisation.code)
    )
    found = []
    for region in regions:
        view, had = composed.regions.get(region.code, NOTHING), newest.get(region.id)
        if had is None or had.content_hash != hash_of_view(basis, view):
            found.append((region, view))
    return found


NOTHING = View(pl.DataFrame(schema=SCHEMA), (), ())


@dataclass(frozen=True, slots=True)
class _For:
    """Whom a version is for, which number it has, and whose object its figures are."""

    audience: Audience
    number: int
    keeper_id: str
    provenance: str
    region_id: str | None = None
    is_main: bool = True


def _keep(session: Session, actor: Actor, now: datetime, basis: Basis, view: View, whom: _For) -> TableVersion:
    key = storage.put(
        session,
        whom.keeper_id,
        "published-table",
        view.parquet(),
        media_type="application/vnd.apache.parquet",
        retention=storage.Retention.PUBLISHED,
        now=now,
    )
    made_by = (
        KeptProtection(is_safe=True) if view.rules is None else KeptProtection.of(view.protection, view.rules, METHOD)
    )
    table = TableVersion(
        organisation_id=basis.recipient_id,
        measure_slug=basis.measure.slug,
        measure_version_hash=basis.measure.version_hash,
        sequence=next_sequence(session, basis.measure.slug),
        number=whom.number,
        audience=whom.audience,
        region_id=whom.region_id,
        is_main=whom.is_main,
        is_carried_over=False,
        state=TableState.AWAITING_REVIEW,
        basis_hash=basis.hash_within(days_of(view.shown)),
        content_hash=_content_hash(basis, view, key.rpartition("/")[2]),
        parquet_key=key,
        figures=view.shown.height,
        hidden=len(view.protection.hidden),
        breaks=list(view.breaks),
        findings=[*view.findings, *suspended_meanwhile(session, view.releases())],
        protection=made_by,
        provenance=whom.provenance,
        composed_at=now,
    )
    session.add(table)
    session.flush()
    session.add_all(TableRelease(table_version_id=table.id, release_id=one) for one in view.releases())
    session.flush()
    _link(session, now, table, basis, view)
    # The hash of a region's own figures would confirm a guess at what is hidden from those who read the log.
    named = {} if table.region_id else {"hash": table.content_hash}
    events.record(
        session,
        "TableComposed",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.concerned_id,
        data={
            "measure": table.measure_slug,
            "number": table.number,
            **named,
            "hidden": table.hidden,
            "audience": table.audience,
        },
    )
    return table


def hash_of_view(basis: Basis, view: View) -> str:
    """The content hash that a view gets when it is kept."""
    return _content_hash(basis, view, sha256(view.parquet()).hexdigest())


def _content_hash(basis: Basis, view: View, figures: str) -> str:
    breaks = [one.as_dict() for one in view.breaks]
    return content_hash_of(basis.measure.slug, basis.measure.version_hash, view.releases(), breaks, figures)


def content_hash_of(
    measure: str, measure_version: str, releases: Sequence[str], breaks: Sequence[Mapping[str, Any]], figures: str
) -> str:
    """The hash that names a table version: over the measure, the releases it was made from, the breaks and the figures."""
    text = canonical(
        {
            "content_schema": CONTENT_SCHEMA,
            "measure": measure,
            "measure_version": measure_version,
            "releases": list(releases),
            "breaks": list(breaks),
            "figures": figures,
        }
    )
    return content_hash(text)


def _link(session: Session, now: datetime, table: TableVersion, basis: Basis, view: View) -> None:
    references.link(session, table.ref, f"version:{table.measure_version_hash}", "measures", now)
    for release_id in view.releases():
        references.link(session, table.ref, f"release:{release_id}", "made-from", now)
    for statement in sorted(applied_statements(basis, view)):
        references.link(session, table.ref, statement, "applied", now)
    references.sum_up(session, table.ref, ("made-from", "released"), now)


def applied_statements(basis: Basis, view: View) -> set[str]:
    """References to the application statements of the regions and times that a table has figures for."""
    return {f"version:{one.version_hash}" for one in basis.statements_within(days_of(view.shown))}
