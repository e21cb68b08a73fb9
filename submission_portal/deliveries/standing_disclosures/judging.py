"""A delivery held against the standing decision of its line: whether it is about such deliveries, and each condition.

Judged when rows have been checked, so that whoever prepares sees it, and again in the transaction that sends, when the decision and
what it rests on are held. Nothing of the first judgement is taken over.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from information_models.typed_rows import TypedRows
from registry import clock
from registry.errors import NotFound, Refused
from registry.findings import Finding, Severity, Text
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.conditions import Facts, Judged, Judgement, judge, unmet
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.explanations.queries import cited_in
from submission_portal.deliveries.explanations.subjects import Subject, subjects_by_key
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.standing_disclosures.queries import decision_of_line, decisions_of_lines
from submission_portal.deliveries.standing_disclosures.resting import why_over, why_over_each
from submission_portal.deliveries.tables import Delivery, Disclosure, StandingDisclosure

PERIODS_KNOWN = 12
"""Units and codes are new where none of so many accepted periods before has them."""


def judge_checked(session: Session, now: datetime, delivery: Delivery, rows: TypedRows) -> Judgement | None:
    """What the line's standing decision comes to for rows that were just checked; ``None`` where the line has none in force."""
    on = clock.today(now)
    decision = decision_of_line(session, delivery.flow_item_id, on)
    if decision is None or not decision.covers_day(on):
        return None
    wanted = _columns(load_model(session, delivery.model_version_hash), decision)
    own = pl.DataFrame({name: rows.cells[name].values() for name in wanted if name in rows.cells})
    return judgement_of(session, delivery, decision, on, own)


def judgement_of(
    session: Session, delivery: Delivery, decision: StandingDisclosure, on: date, own: pl.DataFrame | None = None
) -> Judgement:
    """Why the decision is not about the delivery, or each of its conditions with its value; ``own`` are the delivery's rows where
    they are at hand."""
    objection = why_over(session, decision, on) or objection_to(session, delivery, decision)
    if objection is not None:
        return Judgement(decision.id, objection)
    loaded = load_model(session, decision.model_version_hash)
    wanted = _columns(loaded, decision)
    try:
        own = queries.rows_of(session, delivery, wanted) if own is None else own
        rows = _rows_as_they_would_be(session, delivery, own, loaded, wanted)
    except (NotFound, Refused):  # `storage verify` says so: without the rows nothing can be held against the conditions
        return Judgement(decision.id, _outside(LOST))
    known = _known(session, delivery, loaded)
    facts = Facts(rows, own, known, on, uncited_warnings(session, delivery))
    return Judgement(decision.id, None, judge(decision.conditions, facts, loaded))


OTHER_VERSION = Text(
    "Den är gjord enligt en annan version av linjen än beslutet",
    "It is made under another version of the line than the decision",
)
OTHER_PROVENANCE = Text(
    "Uppgifterna har ett annat ursprung än de som beslutet gäller",
    "The figures are of another provenance than those that the decision is about",
)
PREPARED = Text(
    "Den som tog det stående beslutet har själv förberett leveransen",
    "Whoever took the standing decision has prepared the delivery",
)
DECLINED = Text(
    "Regionen har beslutat att inte lämna ut uppgifter för de dagarna",
    "The region has decided not to disclose figures for those days",
)
LOST = Text("Rader som står för samma dagar går inte att läsa", "Rows that stand for the same days cannot be read")


def objection_to(session: Session, delivery: Delivery, decision: StandingDisclosure) -> Finding | None:
    """Why the decision is not about this delivery, whatever its rows are."""
    if (delivery.flow_version_hash, delivery.model_version_hash) != (
        decision.line_version_hash,
        decision.model_version_hash,
    ):
        return _outside(OTHER_VERSION)
    if delivery.provenance != decision.provenance:
        return _outside(OTHER_PROVENANCE)
    if decision.person_id in {*delivery.contributors, delivery.prepared_by}:
        return _outside(PREPARED)
    if _is_declined(session, delivery, decision):
        return _outside(DECLINED)
    return None


def refusal(judgement: Judgement, loaded: LoadedModel) -> Finding | None:
    """Why the delivery does not go under the decision, as a finding whose parameters are the condition, its limit and its value;
    ``None`` where it goes."""
    if judgement.objection is not None:
        return judgement.objection
    left = unmet(judgement.conditions)
    if not left:
        return None
    first = left[0]
    said = [in_words(one, loaded) for one in left]
    what = Text("; ".join(one.sv for one in said), "; ".join(one.en for one in said))
    limit = {} if first.limit is None else {"limit": first.limit}
    return FINDINGS.found("DIS-014", {"what": what, "condition": first.condition.value, "found": first.found, **limit})


def going(session: Session, deliveries: Iterable[Delivery], on: date) -> frozenset[str]:
    """The ids of those among some deliveries that nobody has to decide on, since the standing decision of their line covers them as
    far as their last check tells; seven statements, none where no delivery waits for a decision."""
    waiting = [one for one in deliveries if one.state == DeliveryState.CHECKED]
    if not waiting:
        return frozenset()
    decisions = decisions_of_lines(session, {one.flow_item_id for one in waiting}, on)
    over = why_over_each(session, list(decisions.values()), on)
    found = set()
    for one in waiting:
        decision, judgement = decisions.get(one.flow_item_id), one.standing_judgement
        if decision is None or over[decision.id] is not None:
            continue
        # Of a decision that was taken since the rows were checked, nothing more is known before the delivery is sent.
        if judgement is None or judgement.decision_id != decision.id or judgement.covers:
            found.add(one.id)
    return frozenset(found)


def goes_under(session: Session, delivery: Delivery) -> bool:
    """Whether a checked delivery met every condition when it was checked, of a decision that covers today. Whether it goes is
    judged when it is sent."""
    judgement = delivery.standing_judgement
    if delivery.state != DeliveryState.CHECKED or judgement is None or not judgement.covers:
        return False
    return why_over(session, session.get_one(StandingDisclosure, judgement.decision_id), clock.today()) is None


def in_words(one: Judged, loaded: LoadedModel) -> Text:
    """A condition with the element that it counts, its limit and its value."""
    label = one.condition.label
    if one.element:
        element = loaded.model.element(one.element).label
        label = Text(f"{label.sv} ({element.sv})", f"{label.en} ({element.en})")
    if one.limit is None:
        return Text(f"{label.sv}: {one.found}, skyddas", f"{label.en}: {one.found}, protected")
    return Text(f"{label.sv}: {one.found}, högst {one.limit}", f"{label.en}: {one.found}, at most {one.limit}")


def uncited_warnings(session: Session, delivery: Delivery) -> list[str]:
    """The keys of the delivery's warnings that cite no explanation which a person has kept, and not ended, for their rule, the
    delivery's period, and each unit that they are about."""
    warned = [key for key, finding in delivery.assessment.keyed if finding.severity is Severity.WARNING]
    if not warned:
        return []
    subjects, cited = subjects_by_key(delivery.assessment.about), cited_in(session, delivery)
    explained = {
        key: {Subject(one.rule, one.element, one.unit) for one in kept if one.counts_for(delivery.period)}
        for key, kept in cited.items()
    }
    return [key for key in warned if key not in subjects or not explained.get(key, set()).issuperset(subjects[key])]


def _columns(loaded: LoadedModel, decision: StandingDisclosure) -> list[str]:
    """What conditions look at: the key, the last days of the periods, codes, and the elements whose small numbers are counted."""
    model = loaded.model
    codes = [one.name for one in model.dimensions if one.code_list]
    small = [one.element for one in decision.conditions.small_numbers]
    return list(dict.fromkeys([*model.key, f"{model.period_element}__last", *codes, *small]))


def _rows_as_they_would_be(
    session: Session, delivery: Delivery, own: pl.DataFrame, loaded: LoadedModel, wanted: Collection[str]
) -> pl.DataFrame:
    """What would stand for the delivery's days once it is sent: its rows, with all parts that are there and what it corrects."""
    if delivery.period_first is None or delivery.period_last is None:
        return own
    key = loaded.model.key
    days = (delivery.period_first, delivery.period_last)
    corrected = _root(session, delivery)
    replaced = corrected.id if corrected and delivery.correction_kind == CorrectionKind.REPLACEMENT else None
    rows = own
    for one in queries.standing_in_period(session, delivery.flow_item_id, *days, but=delivery.id):
        if one.id != replaced:
            there = queries.rows_as_corrected(session, one, key, wanted)
            there = there.join(rows, on=list(key), how="anti", nulls_equal=True)
            rows = pl.concat([rows, there], how="diagonal_relaxed")
    return rows


def _known(session: Session, delivery: Delivery, loaded: LoadedModel) -> pl.DataFrame | None:
    """The units and codes of what was accepted for earlier periods, and of what the delivery corrects or replaces."""
    if delivery.period_first is None:
        return None
    codes = [one.name for one in loaded.model.dimensions if one.code_list]
    wanted = [*unit_elements(loaded), *codes]
    before = queries.periods_before(session, delivery.flow_item_id, delivery.period_first, most=PERIODS_KNOWN)
    corrected = _root(session, delivery)
    frames = []
    for one in [*(each for period in before for each in period), *([corrected] if corrected else [])]:
        for each in (one, *queries.corrections_of(session, one)):
            try:
                frames.append(queries.rows_of(session, each, wanted).unique())
            except (NotFound, Refused):  # `storage verify` says so; what it had is then new, and a person decides
                continue
    return pl.concat(frames, how="diagonal_relaxed") if frames else None


def _root(session: Session, delivery: Delivery) -> Delivery | None:
    """What the delivery corrects or replaces in the end."""
    if not delivery.corrects_delivery_id:
        return None
    return queries.root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id))


def _is_declined(session: Session, delivery: Delivery, decision: StandingDisclosure) -> bool:
    """Whether the last that an officer has decided about some of the delivery's days, since the standing decision, is no."""
    last = session.scalar(
        select(Disclosure.is_granted)
        .join(Delivery, Delivery.id == Disclosure.delivery_id)
        .where(
            Delivery.flow_item_id == delivery.flow_item_id,
            Delivery.period_first <= delivery.period_last,
            Delivery.period_last >= delivery.period_first,
            Disclosure.standing_disclosure_id.is_(None),
            Disclosure.decided_at >= decision.decided_at,
        )
        .order_by(Disclosure.decided_at.desc(), Disclosure.revision.desc())
        .limit(1)
    )
    return last is False


def _outside(what: Text) -> Finding:
    return FINDINGS.found("DIS-013", {"what": what})
