"""What is said of a draft: what empty cells mean, why warnings are as they should be, what the file corrects."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import jobs
from registry.actors import Actor, MachineClient
from registry.errors import Refused
from registry.findings import Text
from registry.items.tables import Item
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.answers import unknown_answer
from submission_portal.deliveries.assessment.gap import said_of_gaps, unknown_gap_answer
from submission_portal.deliveries.assessment.remaining import findings_of
from submission_portal.deliveries.checking.delivery_check import (
    check_again,
)
from submission_portal.deliveries.checking.kept_reading import is_long
from submission_portal.deliveries.drafts.comparing import set_correction
from submission_portal.deliveries.explanations.keeping import cited, keep
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import refuse_unfit_texts
from submission_portal.deliveries.layouts.services import hold_layouts, keep_layout
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.reading.date_order import TOLD
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import lock

LONGEST_EXPLANATION = 4000


def save(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    gap_answers: Mapping[str, str] | None = None,
    explanations: Mapping[str, str] | None = None,
    cites: Mapping[str, Collection[str]] | None = None,
    keeps: Collection[str] = (),
    correction: tuple[Delivery, CorrectionKind] | None = None,
    is_chosen_anew: bool = False,
    revision: int | None = None,
    later: bool = False,
) -> Delivery:
    """Keep answers to empty cells, explanations of warnings and what the file corrects, and check again.

    ``answers``: element → row number as text, or ``"*"`` for all → ``closed``, ``not_reported`` or ``zero``; of a date in
    two orders ``"*"`` → ``day_first`` or ``month_first``; anything else raises `Refused`. ``gap_answers``: key of a gap,
    or of several, → one of `GAP_ANSWERS`, or empty for what is no longer said. ``correction``: as in `choose_correction`; ``is_chosen_anew``: it is neither, and what it is is asked again.
    ``cites``: ids of kept explanations by finding key, which count where no other is written; ``keeps``: keys of findings whose
    explanations are kept for the next time. ``later`` leaves the check of many rows to the worker.
    """
    if any(word in TOLD for given in (answers or {}).values() for word in given.values()):
        hold_layouts(session, delivery.flow_item_id)  # names before rows
    lock(session, actor, delivery, revision)
    _refuse_while_checking(delivery)
    if isinstance(actor, MachineClient) and any((explanations or {}).values()):
        raise Refused(FINDINGS.found("DIS-016"))
    with_cited = cited(session, delivery, cites or {}, explanations or {})
    explanations = with_cited.texts
    said = _said(delivery, answers, gap_answers, explanations)
    if correction is None and not is_chosen_anew and delivery.state == DeliveryState.DISCLOSED and not said.is_new:
        return delivery  # said once more, as a command that is repeated does: what was decided on is the same
    kind: dict[str, Any] = {}
    event = "DeliveryAnswered"
    if is_chosen_anew:
        set_correction(session, delivery, None, None)
        event, kind = "DeliveryCorrectionChosen", {"kind": ""}
    if correction is not None:
        set_correction(session, delivery, *correction)
        event, kind = "DeliveryCorrectionChosen", {"kind": correction[1]}
    delivery.answers, delivery.gap_answers = said.answers, said.gap_answers
    delivery.explanations = {**delivery.explanations, **said.explanations}
    delivery.cited = dict(with_cited.ids)
    before = delivery.assessment
    given_for = {key: before.about[key] for key, text in said.explanations.items() if text and key in before.about}
    delivery.assessment = replace(
        before,
        explained={**before.explained, **given_for},
        lapsed={key: text for key, text in before.lapsed.items() if key not in given_for},
    )
    if keeps:
        keep(session, actor, now, delivery, keeps)
    check_again(session, actor, now, delivery, event=event, later=later and is_long(delivery), **kind)
    _keep_orders(session, actor, now, delivery)
    return delivery


def _keep_orders(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Keep with the layout how dates are written, so that it is asked once."""
    version = delivery.layout_version
    orders = {name: word for name, given in delivery.answers.items() if (word := given.get("*", "")) in TOLD}
    if (
        version is None
        or version is not version.layout.current
        or orders.items() <= version.content.date_orders.items()
    ):
        return
    flow = session.get_one(Item, delivery.flow_item_id)
    content = replace(version.content, date_orders={**version.content.date_orders, **orders})
    model = version.model_version_hash
    keep_layout(session, actor, now, flow, content, model_version=model, source="", before=version.id)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a delivery's answers become, the explanations that are given, and whether any of it was not said before."""

    answers: dict[str, Any]
    gap_answers: dict[str, Any]
    explanations: dict[str, str]
    is_new: bool


def _said(
    delivery: Delivery,
    answers: Mapping[str, Mapping[str, str]] | None,
    gap_answers: Mapping[str, str] | None,
    explanations: Mapping[str, str] | None,
) -> _Said:
    told, gaps = delivery.answers, delivery.gap_answers
    if answers is not None:
        read_in = delivery.reading.letters
        if (unknown := unknown_answer(answers, read_in)) is not None:
            raise Refused(unknown)
        kept = {element: given for element, given in told.items() if element in read_in}
        told = {**kept, **{element: dict(given) for element, given in answers.items()}}
    if gap_answers is not None:
        if (unknown := unknown_gap_answer(gap_answers)) is not None:
            raise Refused(unknown)
        gaps = said_of_gaps(delivery.assessment.gaps, gaps, gap_answers)
    refuse_unfit_texts(*((Text(key, key), text) for key, text in (explanations or {}).items()))
    found = {key for key, _ in findings_of(delivery.assessment)}
    cut = {key: text.strip()[:LONGEST_EXPLANATION] for key, text in (explanations or {}).items() if key in found}
    is_same = (told, gaps) == (delivery.answers, delivery.gap_answers)
    return _Said(told, gaps, cut, not is_same or not cut.items() <= delivery.explanations.items())


def answer(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, answers: Mapping[str, Mapping[str, str]]
) -> Delivery:
    """Say what empty cells mean (`save`)."""
    return save(session, actor, now, delivery, answers=answers)


def explain(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, explanations: Mapping[str, str]
) -> Delivery:
    """Say why warnings are as they should be (`save`)."""
    return save(session, actor, now, delivery, explanations=explanations)


def choose_correction(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    corrects: Delivery | None,
    kind: CorrectionKind | None,
    revision: int | None = None,
) -> Delivery:
    """Say that the file corrects single rows of a delivery that stands, or replaces it; ``None``: it is one of its own."""
    lock(session, actor, delivery, revision)
    _refuse_while_checking(delivery)
    set_correction(session, delivery, corrects, kind)
    check_again(session, actor, now, delivery, event="DeliveryCorrectionChosen", kind=kind or "")
    return delivery


def ask_again(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Have the worker check a delivery whose check it had to give up; one that is under way is left to end."""
    lock(session, actor, delivery)
    if delivery.state != DeliveryState.CHECKING:
        raise Refused(FINDINGS.found("DEL-001"))
    job = queries.check_job(session, delivery)
    if job is not None and job.state in jobs.OPEN:
        return
    check_again(session, actor, now, delivery, event="DeliveryCheckAskedFor", later=True)


def _refuse_while_checking(delivery: Delivery) -> None:
    if delivery.state == DeliveryState.CHECKING:
        raise Refused(FINDINGS.found("DEL-011"))
