"""Who asked for a closed compilation by its name, as events: once for each person, view and day; for the public once for each view
and day. More would let anybody fill the log, and tell nothing more."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import Actor
from registry.db import insert_or_ignore
from submission_portal.followup.compilations.closing import ClosedPart
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.compilations.tables import CompilationRefusal

PUBLIC = "public"


class Road(StrEnum):
    """The way by which somebody asked."""

    FIGURE = "figure"
    REGION = "region"
    PERIOD = "period"
    BREAK = "break"
    FILE = "file"
    TRACE = "trace"
    COMMAND = "command"


def has_news(session: Session, actor: Actor, now: datetime, shown: ShownTable, parts: Sequence[ClosedPart]) -> bool:
    """Whether any of ``parts`` was not asked for by this actor today; one statement, none where nothing is closed."""
    if not parts or actor.is_system:
        return False
    query = select(CompilationRefusal.rule, CompilationRefusal.level, CompilationRefusal.period_kind).where(
        CompilationRefusal.organisation_id == shown.table.organisation_id,
        CompilationRefusal.measure_slug == shown.table.measure_slug,
        CompilationRefusal.asked_by == (actor.person_id or PUBLIC),
        CompilationRefusal.asked_on == clock.today(now),
    )
    known = {tuple(row) for row in session.execute(query)}
    return any((part.rule.id, part.level, part.period_kind) not in known for part in parts)


def note_refusals(
    session: Session, actor: Actor, now: datetime, shown: ShownTable, parts: Sequence[ClosedPart], road: Road
) -> None:
    """Record that ``actor`` asked for ``parts``, which are closed to them, by a road. Called in a transaction."""
    for part in parts:
        is_first = insert_or_ignore(
            session,
            CompilationRefusal,
            organisation_id=shown.table.organisation_id,
            measure_slug=shown.table.measure_slug,
            rule=part.rule.id,
            level=part.level,
            period_kind=part.period_kind,
            asked_by=actor.person_id or PUBLIC,
            asked_on=clock.today(now),
            road=road.value,
        )
        if is_first:
            events.record(
                session,
                "CompilationRefused",
                actor=actor,
                now=now,
                subject=f"series:{shown.table.measure_slug}",
                organisation_id=shown.table.organisation_id,
                data={
                    "rule": part.rule.id,
                    "level": part.level,
                    "period_kind": part.period_kind,
                    "road": road.value,
                    "number": shown.table.number,
                },
            )
