"""The views that rules close, as reviewers see them: which there are, and what has been decided about each."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.errors import NotFound
from registry.period import PeriodKind
from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.closing import NOTHING, ClosedPart, parts_of
from submission_portal.followup.compilations.gate import marked_in
from submission_portal.followup.compilations.queries import standing_of
from submission_portal.followup.compilations.tables import CompilationDecision
from submission_portal.followup.plans import PlannedMeasure, last_planned
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import REVIEWERS, standing_at

WIDEST_FIRST = (Audience.PUBLIC, Audience.RECIPIENT)


@dataclass(frozen=True, slots=True)
class View:
    """What is decided about: of one recipient's measure, by rule, level, kind of period and audience."""

    organisation_id: str
    measure_slug: str
    rule: str
    audience: Audience
    level: int
    period_kind: PeriodKind

    @property
    def name(self) -> str:
        """The view in a line, as commands and addresses write it: ``fine-geography/public/1/day``."""
        return f"{self.rule}/{self.audience}/{self.level}/{self.period_kind}"

    @classmethod
    def of(cls, decision: CompilationDecision) -> "View":
        """The view that a decision is about."""
        return cls(
            decision.organisation_id,
            decision.measure_slug,
            decision.rule,
            Audience(decision.audience),
            decision.level,
            PeriodKind(decision.period_kind),
        )


@dataclass(frozen=True)
class ClosedView:
    """A view that a rule closes, the figures in it, and the decision that stands on it.

    Where a decision stands on what no rule closes today, such as days that are no longer new, there are no figures.
    """

    view: View
    measure: PlannedMeasure
    table: TableVersion
    cells: pl.DataFrame
    """`closing.CELLS`: the view's figures, all of which the rule marks today."""
    standing: CompilationDecision | None

    @property
    def part(self) -> ClosedPart | None:
        return next(iter(parts_of(self.cells)), None)

    @property
    def awaits(self) -> bool:
        """Whether somebody is to decide: nobody has, or what was decided has run out."""
        is_undecided = self.standing is None or self.standing.has_run_out(clock.today())
        return is_undecided and not self.cells.is_empty()

    @property
    def is_open(self) -> bool:
        return self.standing is not None and self.standing.opens(clock.today())


def closed_views(session: Session, actor: Actor) -> list[ClosedView]:
    """The views of the tables of the actor's recipients that rules close, by measure, rule, level and audience.

    Of each recipient's tables of a measure the newest that somebody has or that waits to be decided. For everybody there is something
    to decide where such a version is for everybody. What only new periods close is here while they are new.
    """
    series: dict[tuple[str, str], list[TableVersion]] = {}
    for table in standing_at(session, actor.organisations(*REVIEWERS)):
        series.setdefault((table.measure_slug, table.organisation_id), []).append(table)
    return [one for tables in series.values() for one in views_of(session, tables)]


def views_of(session: Session, tables: Sequence[TableVersion]) -> list[ClosedView]:
    """The views that rules close in the last of some versions of one series, for the audiences that have any of them."""
    table, audiences = tables[-1], {Audience.RECIPIENT, *(one.audience for one in tables)}
    measure = last_planned(session, table.measure_slug)
    if measure is None:
        return []
    cells = marked_in(session, measure, table)
    standing = standing_of(session, table.organisation_id, table.measure_slug)
    found = []
    for part in parts_of(cells):
        of_part = cells.filter(
            (pl.col("rule") == part.rule.id) & (pl.col("level") == part.level) & (pl.col("kind") == part.period_kind)
        )
        for audience in WIDEST_FIRST:
            if audience in audiences and audience in part.rule.audiences:
                view = View(
                    table.organisation_id,
                    table.measure_slug,
                    part.rule.id,
                    audience,
                    part.level,
                    PeriodKind(part.period_kind),
                )
                on_it = next((one for one in standing if View.of(one) == view), None)
                found.append(ClosedView(view, measure, table, of_part, on_it))
    named = {one.view for one in found}
    decided = [(View.of(one), one) for one in standing]
    return [*found, *(ClosedView(view, measure, table, NOTHING, one) for view, one in decided if view not in named)]


def view_named(session: Session, actor: Actor, measure_slug: str, name: str) -> ClosedView:
    """A closed view by its measure and its `View.name`, for the reviewers of its recipient. Raises ``NotFound``."""
    for one in closed_views(session, actor):
        if one.view.measure_slug == measure_slug and one.view.name == name:
            return one
    raise NotFound("compilation")
