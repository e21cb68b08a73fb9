"""Decisions of the recipient's legal reviewer on closed compilations: open exactly one view, or keep it closed; and ending one.

A view is what of a measure a rule closes at one level of place and for one kind of period, to one audience. What is opened
names its regions, how old the periods must be, and may end. The next decision on a view takes the place of the one before: what
is open is always what one decision names, never what several make together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_checks.compilations.rules import RULES, rule
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock, events
from registry.actors import Actor, Role
from registry.errors import Invalid, Refused
from registry.findings import Finding, Text
from registry.locks import hold_name, holding
from registry.period import Period
from registry.reasons import says_something
from submission_portal.flows.audiences import Audience
from submission_portal.followup import acts
from submission_portal.followup.compilations.finding_texts import FINDINGS
from submission_portal.followup.compilations.gate import preview_of, same_figures
from submission_portal.followup.compilations.queries import standing_of, standing_on
from submission_portal.followup.compilations.tables import CompilationDecision, Outcome
from submission_portal.followup.compilations.views import ClosedView, View
from submission_portal.followup.figures import Figure
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts
from submission_portal.legal_questions.words import keep as keep_words

PREVIEWED = 6
"""Periods in a preview, the latest."""
OLDEST = 36_500
"""Days: what is asked for beyond a hundred years is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What of a view is opened: of which regions (county codes), of periods that ended at least ``least_age`` days ago, until when."""

    regions: frozenset[str] = frozenset()
    least_age: int = 0
    valid_until: date | None = None


def decide_view(
    session: Session,
    actor: Actor,
    now: datetime,
    measure: PlannedMeasure,
    view: View,
    *,
    outcome: Outcome,
    reason: str,
    extent: Extent | None = None,
    answers: Mapping[str, Answer] | None = None,
    replies: Mapping[str, str] | None = None,
) -> CompilationDecision:
    """Open a view as far as ``extent`` says, or keep it closed. The decision that stood on it ends.

    Raises ``Forbidden`` for others than the recipient's legal reviewers, ``Invalid`` with what is left to answer, and ``Refused``
    where no rule closes such a view, no reason is given, the reviewer stands for a region in it, the regions are none or unknown, the
    level above is closed, or it would make another compilation together with what is open to another audience, by another recipient, or
    of another measure of the same rows.
    """
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=view.organisation_id, is_known=True)
    _see_that_it_can_be_decided(session, actor, measure, view, reason)
    refuse_unfit_texts(reason, *(one.reason for one in (answers or {}).values()), *(replies or {}).values())
    hold_name(session, f"compilations:{measure.model_slug}")
    extent = extent or Extent()
    if outcome is Outcome.OPEN:
        _see_that_it_opens_what_it_names(session, now, measure, view, extent)
    assessment = assess_view(now, measure, answers or {}, replies or {}, goes_ahead=outcome is Outcome.OPEN)
    if not assessment.is_complete:
        raise Invalid(assessment.findings)
    for earlier in _held(session, view):
        _end(session, actor, now, earlier, "", is_replaced=True)
    return _keep(
        session, actor, now, view, outcome, extent if outcome is Outcome.OPEN else Extent(), reason, assessment
    )


def end_decision(
    session: Session, actor: Actor, now: datetime, measure: PlannedMeasure, view: View, *, reason: str
) -> CompilationDecision:
    """End the decision that stands on a view: what it opened is closed, and waits to be decided. Raises as `decide_view` does."""
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=view.organisation_id, is_known=True)
    _see_that_it_can_be_decided(session, actor, measure, view, reason)
    refuse_unfit_texts(reason)
    hold_name(session, f"compilations:{measure.model_slug}")
    standing = _held(session, view)
    if not standing:
        raise Refused(FINDINGS.found("VIEW-007"))
    _end(session, actor, now, standing[0], reason, is_replaced=False)
    return standing[0]


def assess_view(
    now: datetime,
    measure: PlannedMeasure,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
    *,
    goes_ahead: bool = True,
) -> Assessment:
    """The recipient's answers about a compilation."""
    circumstances = Circumstances(
        side=Side.RECIPIENT,
        on=clock.today(now),
        goes_ahead=goes_ahead,
        concerns_persons=measure.measure.needs_protection,
        is_compilation=True,
    )
    return assess(answers, circumstances, replies)


def preview(session: Session, actor: Actor, now: datetime, closed: ClosedView) -> list[Figure]:
    """The figures of a view's latest periods as they are, for the legal reviewer who may decide about it; that they were read is
    recorded. Raises ``Forbidden``, and ``Refused`` to whoever stands for a region in it."""
    view = closed.view
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=view.organisation_id, is_known=True)
    if (found := objection(session, actor, closed.measure)) is not None:
        raise Refused(found)
    events.record(
        session,
        "CompilationPreviewed",
        actor=actor,
        now=now,
        subject=f"series:{view.measure_slug}",
        organisation_id=view.organisation_id,
        data={"view": view.name, "number": closed.table.number},
    )
    latest = sorted(set(closed.cells["period"]), key=Period.parse)[-PREVIEWED:]
    keys = closed.cells.filter(pl.col("period").is_in(latest))["key"].to_list()
    return preview_of(session, closed.table, keys)


def objection(session: Session, actor: Actor, measure: PlannedMeasure) -> Finding | None:
    """What forbids ``actor`` to decide about compilations of a measure, by where they are or by what they have done."""
    stands = acts.stands_for_a_discloser(session, actor, measure.slug, measure.model_slug)
    return FINDINGS.found("VIEW-008") if stands else None


def _see_that_it_can_be_decided(
    session: Session, actor: Actor, measure: PlannedMeasure, view: View, reason: str
) -> None:
    if not says_something(reason):
        raise Refused(FINDINGS.found("VIEW-009"))
    rules = {one.id: one for one in RULES}
    closes = rules.get(view.rule)
    kinds = closes.period_kinds if closes else frozenset()
    deepest = len(measure.plan.dimensions)
    if (
        closes is None
        or view.audience not in closes.audiences
        or not closes.from_level <= view.level <= deepest
        or (kinds and view.period_kind not in kinds)
        or view.period_kind not in measure.plan.period_kinds
    ):
        raise Refused(FINDINGS.found("VIEW-002", {"measure": view.measure_slug, "view": view.name}))
    if (found := objection(session, actor, measure)) is not None:
        raise Refused(found)


def _see_that_it_opens_what_it_names(
    session: Session, now: datetime, measure: PlannedMeasure, view: View, extent: Extent
) -> None:
    unknown = extent.regions - {code.code for code in measure.regions.codes}
    if not extent.regions or unknown:
        raise Refused(FINDINGS.found("VIEW-003", {"regions": _cannot_be_opened(unknown)}))
    if extent.valid_until is not None and extent.valid_until < clock.today(now):
        raise Refused(FINDINGS.found("VIEW-006", {"day": extent.valid_until.isoformat()}))
    if not 0 <= extent.least_age <= OLDEST:
        raise Refused(FINDINGS.found("VIEW-010"))
    standing = [
        one
        for one in standing_of(session, view.organisation_id, view.measure_slug)
        if one.opens(clock.today(now)) and (one.rule, one.period_kind) == (view.rule, view.period_kind)
    ]
    if view.level > rule(view.rule).from_level:
        above = _open_at(standing, view.level - 1, view.audience)
        if closed := extent.regions - above:
            raise Refused(FINDINGS.found("VIEW-004", {"regions": _named_in_words(measure, closed)}))
    public = extent.regions if view.audience is Audience.PUBLIC else _named(standing, view.level, Audience.PUBLIC)
    recipient = (
        extent.regions if view.audience is Audience.RECIPIENT else _named(standing, view.level, Audience.RECIPIENT)
    )
    if recipient and not public <= recipient:
        raise Refused(FINDINGS.found("VIEW-005", {"regions": _named_in_words(measure, public | recipient)}))
    _see_that_nobody_reads_more(session, now, measure, view, extent)


def _see_that_nobody_reads_more(
    session: Session, now: datetime, measure: PlannedMeasure, view: View, extent: Extent
) -> None:
    """What another recipient opens of the measure, or anybody of another measure of the same rows, is read beside this by whoever has
    both: of two such sets of regions one is part of the other."""
    titles = {one.slug: one.title for one in (measure.measure, *same_figures(session, measure))}
    for one in standing_on(session, titles):
        other = View.of(one)
        is_beside = (other.organisation_id, other.measure_slug) != (view.organisation_id, view.measure_slug)
        is_alike = (other.rule, other.level, other.period_kind) == (view.rule, view.level, view.period_kind)
        if not (is_beside and is_alike and one.opens(clock.today(now)) and _have_a_reader_in_common(view, other)):
            continue
        regions = frozenset(one.regions)
        if not (regions <= extent.regions or extent.regions <= regions):
            params = {
                "measure": titles[one.measure_slug],
                "regions": _named_in_words(measure, regions),
                "together": _named_in_words(measure, regions | extent.regions),
            }
            raise Refused(FINDINGS.found("VIEW-011", params))


def _have_a_reader_in_common(one: View, other: View) -> bool:
    return one.organisation_id == other.organisation_id or Audience.PUBLIC in (one.audience, other.audience)


def _open_at(standing: Collection[CompilationDecision], level: int, audience: Audience) -> frozenset[str]:
    """The regions that are open to an audience at a level: what is open to everybody is open to each."""
    return _named(standing, level, audience) | _named(standing, level, Audience.PUBLIC)


def _named(standing: Collection[CompilationDecision], level: int, audience: Audience) -> frozenset[str]:
    found = [one.regions for one in standing if (one.level, one.audience) == (level, audience)]
    return frozenset(region for regions in found for region in regions)


def _held(session: Session, view: View) -> list[CompilationDecision]:
    """The decision that stands on a view, held."""
    query = select(CompilationDecision).where(
        CompilationDecision.organisation_id == view.organisation_id,
        CompilationDecision.measure_slug == view.measure_slug,
        CompilationDecision.ended_at.is_(None),
    )
    return [one for one in session.scalars(holding(query)) if View.of(one) == view]


def _keep(
    session: Session,
    actor: Actor,
    now: datetime,
    view: View,
    outcome: Outcome,
    extent: Extent,
    reason: str,
    assessment: Assessment,
) -> CompilationDecision:
    assessment = keep_words(session, now, assessment)
    decision = CompilationDecision(
        organisation_id=view.organisation_id,
        measure_slug=view.measure_slug,
        audience=view.audience,
        rule=view.rule,
        level=view.level,
        period_kind=view.period_kind,
        least_age=extent.least_age,
        regions=sorted(extent.regions),
        outcome=outcome,
        reason=reason.strip(),
        assessment=assessment,
        decided_by=actor.person_id,
        decided_at=now,
        valid_until=extent.valid_until,
        end_reason="",
    )
    session.add(decision)
    session.flush()
    data = {
        "measure": view.measure_slug,
        "view": view.name,
        "outcome": outcome.value,
        "regions": sorted(extent.regions),
        "least_age": extent.least_age,
        "asked": [result.code for result in assessment.asks],
    }
    _record(session, actor, now, decision, "CompilationDecided", data)
    return decision


def _end(
    session: Session, actor: Actor, now: datetime, decision: CompilationDecision, reason: str, *, is_replaced: bool
) -> None:
    decision.ended_at, decision.ended_by, decision.end_reason = now, actor.person_id, reason.strip()
    session.flush()
    data = {"measure": decision.measure_slug, "is_replaced": is_replaced}
    _record(session, actor, now, decision, "CompilationEnded", data)


def _record(
    session: Session, actor: Actor, now: datetime, decision: CompilationDecision, type_: str, data: Mapping[str, object]
) -> None:
    events.record(
        session,
        type_,
        actor=actor,
        now=now,
        subject=decision.ref,
        organisation_id=decision.organisation_id,
        data=data,
    )


def _named_in_words(measure: PlannedMeasure, regions: Collection[str]) -> Text:
    """Regions by their names, in the order of their codes."""
    known = measure.regions.by_code
    names = [known[one].label if one in known else Text(one, one) for one in sorted(regions)]
    return Text(", ".join(one.sv for one in names), ", ".join(one.en for one in names))


def _cannot_be_opened(unknown: Collection[str]) -> Text:
    if not unknown:
        return Text("Ingen region är angiven.", "No region is named.")
    codes = ", ".join(sorted(unknown))
    return Text(f"Dessa går inte att öppna: {codes}.", f"These cannot be opened: {codes}.")
