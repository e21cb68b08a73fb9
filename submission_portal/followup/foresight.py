"""What a correction would change in published figures, before it is sent: composed of the region's own rows as a dry run.

Nothing is written. The figures beside which the new ones stand are those of the table that the asker reads, so that what is hidden
from them stays hidden on both sides. The new ones are made of the region's own releases with the draft's rows in their place, and
read through `compilations.gate` as those of the table are: who reads them need not be the region, and a new value is as closed as
the old one. Sums of several regions are not foreseen, since they rest on what is not the asker's.
"""

from dataclasses import replace

import polars as pl
from flask import url_for
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.content.canonical import content_hash
from registry.errors import NotFound
from registry.foresight import Foreseen, ForeseenRow, Foresight
from registry.identity import queries as identity
from registry.items.queries import version_by_hash
from submission_portal.deliveries import queries
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.audiences import Audience
from submission_portal.followup import gateway, pages
from submission_portal.followup.basis import Basis
from submission_portal.followup.compilations.gate import as_it_would_be, shown_to
from submission_portal.followup.composing import released_rows
from submission_portal.followup.composition import compose
from submission_portal.followup.figures import SCHEMA, Figure, Status
from submission_portal.followup.plans import PlannedMeasure, measures_of_model, planned
from submission_portal.followup.queries import figures_of
from submission_portal.followup.table_series import series_owned_by
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace_nodes import figure_title
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.sinks import RELEASE, Consignment, stored_form

DRAFT = "draft"
MOST_SHOWN = 40
_CLOSED = (Status.HIDDEN, Status.NEEDS_DECISION)


def foresee(session: Session, actor: Actor, reference: str) -> Foreseen | None:
    """What the correction or replacement ``delivery:ID`` changes in the tables that ``actor`` reads; ``None`` where it is none, has
    no rows yet, or is not the actor's to see."""
    delivery = _correcting(session, actor, reference)
    if delivery is None:
        return None
    region, rows, hidden = _region(session, delivery), [], 0
    for measure, table in _tables(session, actor, delivery, region):
        changed = _changed(session, actor, delivery, region, measure, table)
        hidden += sum(_is_closed(before) or _is_closed(now) for before, now in changed)
        rows += [row_of(measure, before, now) for before, now in changed]
    return Foreseen(tuple(rows[:MOST_SHOWN]), len(rows), hidden)


def mark(session: Session, actor: Actor, reference: str) -> str:
    """What was foreseen rests on these table versions and these rows."""
    delivery = _correcting(session, actor, reference)
    if delivery is None:
        return ""
    tables = _tables(session, actor, delivery, _region(session, delivery))
    return content_hash("\n".join([str(delivery.content_hash), *(table.id for _measure, table in tables)]))


FORESIGHT = Foresight(foresee, mark)


def _correcting(session: Session, actor: Actor, reference: str) -> Delivery | None:
    try:
        delivery = queries.delivery_for(session, actor, reference.removeprefix("delivery:"))
    except NotFound:
        return None
    return delivery if queries.has_rows(delivery) and delivery.corrects_delivery_id is not None else None


def _region(session: Session, delivery: Delivery) -> str:
    sender = identity.organisation(session, delivery.organisation_id)
    return (sender.code if sender is not None else None) or ""


def _tables(
    session: Session, actor: Actor, delivery: Delivery, region: str
) -> list[tuple[PlannedMeasure, TableVersion]]:
    """The measures of the delivery's model with the table of each that the actor reads."""
    model = version_by_hash(session, delivery.model_version_hash)
    if model is None:
        return []
    found = []
    for version in measures_of_model(session, model.item.slug):
        table = gateway.current_table(session, version.item.slug, actor, about=region)
        if table is not None:
            found.append((planned(session, version), table))
    return found


def _changed(
    session: Session, actor: Actor, delivery: Delivery, region: str, measure: PlannedMeasure, table: TableVersion
) -> list[tuple[Figure | None, Figure]]:
    """The region's figures that would be others, each as the actor reads it now and would read it then."""
    series = series_owned_by(session, measure, table.organisation_id)
    basis = series.basis_for(Audience(table.audience)) if series is not None else None
    if basis is None:
        return []
    basis = replace(
        basis, releases=tuple(one for one in basis.releases if one.organisation_id == delivery.organisation_id)
    )
    was, now = _composed(session, basis, delivery, region)
    shown = {one.key: one for one in figures_of(shown_to(session, measure, table, actor), region=region)}
    then = as_it_would_be(session, measure, table, actor, region=region, composed=now)
    others = _changed_keys(was, now)
    return [(shown.get(one.key), one) for one in figures_of(then, region=region) if one.key in others]


def _changed_keys(was: pl.DataFrame, now: pl.DataFrame) -> set[str]:
    """The keys of the figures in ``now`` that say something else than in ``was``, or are not there."""
    same = now.join(was, on=["key", "value", "status"], how="semi", nulls_equal=True)
    return set(now["key"].to_list()) - set(same["key"].to_list())


def _composed(session: Session, basis: Basis, delivery: Delivery, region: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures (`figures.SCHEMA`) as they are composed of the region's current releases, and with the draft's rows."""
    rows = released_rows(basis, national_store())
    draft = stored_form(Consignment(DRAFT, "", region, queries.rows_of(session, delivery)))
    staying = rows
    if delivery.correction_kind == CorrectionKind.REPLACEMENT and rows.height:
        root = queries.root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id))
        ended = {root.id, *(one.id for one in queries.corrections_of(session, root))}
        gone = [one.id for one in basis.releases if one.delivery_id in ended]
        staying = rows.filter(~pl.col(RELEASE).is_in(gone))
    together = pl.concat([draft, staying], how="diagonal_relaxed") if staying.height else draft
    plan, expected = basis.measure.plan, basis.measure.expected
    was = compose(plan, rows, basis.newest_first, expected) if rows.height else pl.DataFrame(schema=SCHEMA)
    return was, compose(plan, together, (DRAFT, *basis.newest_first), expected)


def row_of(measure: PlannedMeasure, before: Figure | None, now: Figure) -> ForeseenRow:
    """One figure as the actor reads it and as it would be; what is hidden now is so afterwards too."""
    decimals = measure.measure.decimals
    told = pages.shown(before, decimals) if before is not None else "–"
    return ForeseenRow(
        figure_title(measure, now),
        url_for("followup.figure", slug=measure.slug, key=now.key) if before is not None else "",
        told,
        told if _is_closed(before) else pages.shown(now, decimals),
    )


def _is_closed(figure: Figure | None) -> bool:
    return figure is not None and figure.status in _CLOSED
