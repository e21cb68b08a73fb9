"""Preparing a delivery: read in a file, answer, explain, choose what it corrects. Nothing leaves the region here."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import clock, hands, jobs, storage
from registry.actors import Actor
from registry.errors import Invalid, Refused
from registry.finding_catalogue import Stage
from registry.findings import Text
from registry.identity import queries as identity
from registry.items.tables import Item, Version
from registry.locks import hold_name
from registry.provenance import Provenance
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.answers import unknown_answer
from submission_portal.deliveries.assessment.gap import said_of_gaps, unknown_gap_answer
from submission_portal.deliveries.checking.delivery_check import (
    assessed,
    check_again,
    has_same_rows,
    is_compared_with_what_stands,
    record_check,
)
from submission_portal.deliveries.checking.kept_reading import is_long, keep_reading, kept_rows, read_for
from submission_portal.deliveries.checking.remaining import findings_of
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import refuse_unfit_texts
from submission_portal.deliveries.identity_refusals import record_answer
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryAct, DeliveryState
from submission_portal.deliveries.queries import PREPARES
from submission_portal.deliveries.reading.file_kinds import kept_name
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.tidying import ask_to_tidy
from submission_portal.deliveries.transitions import hold, lock, move
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows
from submission_portal.flows.acts import line

LONGEST_EXPLANATION = 4000
MEDIA_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
COMPARED_AGAIN = "DeliveryComparedAgain"


def open_version(session: Session, actor: Actor, now: datetime, flow_item: Item) -> Version:
    """The approved version of a flow that the actor may deliver under today.

    Raises `NotFound` for flows of others, `Forbidden` without the role, `Refused` where the flow takes no deliveries, or the
    actor has acted for the recipient in it.
    """
    actor.require(*PREPARES, organisation_id=flow_item.organisation_id)
    today = clock.today(now)
    version = flows.approved_version(session, flow_item, today) or flows.approved_version(session, flow_item)
    if version is None:
        raise Refused(FINDINGS.found("DEL-006"))
    if (finding := flows.refusal(version, today)) is not None:
        raise Refused(finding)
    hands.require(session, actor, hands.Side.DISCLOSER, line(flow_item.id))
    return version


def start(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    flow_item: Item,
    file_name: str,
    data: bytes,
    sheet: str | None = None,
    corrects: Delivery | None = None,
    correction_kind: CorrectionKind | None = None,
    reading: Reading | None = None,
    provenance: Provenance | None = None,
) -> Delivery:
    """A delivery from a file, checked or (where ``reading`` awaits its rows) to be checked by the worker. The very same file leads to the delivery that was made of it before.

    ``provenance`` is the flow's, except in a demonstration: what somebody sends there by hand is made up, whatever the
    flow reproduces.

    Raises `Invalid` where the file cannot be kept (identity numbers, unreadable, unsafe): then nothing was written.
    """
    version = open_version(session, actor, now, flow_item)
    file_name = kept_name(file_name)
    digest = hashlib.sha256(data).hexdigest()
    if reading is None:
        reading = read_for(session, version, file_name, data, sheet=sheet)
    if not reading.may_be_kept:
        raise Invalid(reading.findings)
    hold_name(session, f"file:{flow_item.id}:{digest}")  # the very same file, at the same moment: one after the other
    existing = _made_before(session, flow_item.id, digest, reading.preview.sheet or "")
    if existing is not None:
        if existing.is_working:
            _complete(session, actor, now, existing, data, reading)
        return existing
    flow = flow_content.read(version.content)
    delivery = Delivery(
        organisation_id=flow_item.organisation_id,
        recipient_id=flow.recipient,
        flow_item_id=flow_item.id,
        flow_version_hash=version.content_hash,
        model_version_hash=flow.model_version,
        provenance=provenance or (Provenance.MADE_UP if identity.is_demonstration(session) else flow.provenance),
        file_name=file_name,
        file_sha256=digest,
        file_size=len(data),
        file_key=_put_file(session, now, flow_item.organisation_id, data, reading),
        created_by=actor.person_id,
        prepared_by=actor.person_id,
        created_at=now,
        changed_at=now,
    )
    _set_correction(session, delivery, corrects, correction_kind)
    delivery.answers, delivery.gap_answers, delivery.explanations, delivery.contributors = {}, {}, {}, []
    delivery.state, delivery.revision, delivery.disclosures = DeliveryState.DRAFT, 0, []
    session.add(delivery)
    keep_reading(session, now, delivery, reading)
    session.flush()
    about = {"file": digest, "flow": version.content_hash}
    check_again(session, actor, now, delivery, event="DeliveryStarted", later=reading.is_check_left, **about)
    record_answer(session, actor, now, delivery, reading)
    return delivery


def _made_before(session: Session, flow_item_id: str, digest: str, sheet: str) -> Delivery | None:
    """The delivery that was made of the very same file before: one that stands, or a draft, which is then held."""
    same = (flow_item_id, digest, sheet)
    while (
        found := queries.standing_with_file(session, *same) or queries.working_with_file(session, *same)
    ) is not None:
        if found.stands:
            return found
        hold(session, found)
        if found.is_working:
            return found
    return None


def _complete(session: Session, actor: Actor, now: datetime, delivery: Delivery, data: bytes, reading: Reading) -> None:
    """What the very same file, read in once more, can do for a draft: be there again where it was lost, and have been read
    as a whole before the worker came to it."""
    keys = [delivery.file_key, *(key for key in (delivery.rows_key, delivery.parquet_key) if key)]
    is_read_sooner = delivery.state == DeliveryState.CHECKING and not reading.is_check_left
    if not is_read_sooner and all(storage.is_whole(session, key) for key in keys):
        return
    delivery.file_key = _put_file(session, now, delivery.organisation_id, data, reading)
    keep_reading(session, now, delivery, reading)
    check_again(
        session, actor, now, delivery,
        event="DeliveryReadAgain", later=reading.is_check_left, file=delivery.file_sha256,
    )  # fmt: skip


def read_again(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    file_name: str,
    data: bytes,
    sheet: str | None = None,
    reading: Reading | None = None,
    revision: int | None = None,
) -> Delivery:
    """Put another file (or another sheet of the same) in the place of a draft's. Answers and explanations are kept."""
    lock(session, actor, delivery, revision)
    version = open_version(session, actor, now, session.get_one(Item, delivery.flow_item_id))
    file_name = kept_name(file_name)
    digest = hashlib.sha256(data).hexdigest()
    if reading is None:
        reading = read_for(session, version, file_name, data, sheet=sheet)
    if not reading.may_be_kept:
        raise Invalid(reading.findings)
    existing = queries.standing_with_file(session, delivery.flow_item_id, digest, reading.preview.sheet or "")
    if existing is not None:
        return existing
    old = [delivery.file_key, delivery.rows_key, delivery.parquet_key]
    delivery.file_name, delivery.file_sha256, delivery.file_size = file_name, digest, len(data)
    delivery.file_key = _put_file(session, now, delivery.organisation_id, data, reading)
    delivery.flow_version_hash = version.content_hash
    delivery.model_version_hash = flow_content.read(version.content).model_version
    keep_reading(session, now, delivery, reading)
    check_again(session, actor, now, delivery, event="DeliveryReadAgain", later=reading.is_check_left, file=digest)
    if sheet is None:  # another sheet of the same file: answered when it was first read in
        record_answer(session, actor, now, delivery, reading)
    ask_to_tidy(session, now, delivery.organisation_id, old)
    return delivery


def save(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    gap_answers: Mapping[str, str] | None = None,
    explanations: Mapping[str, str] | None = None,
    correction: tuple[Delivery, CorrectionKind] | None = None,
    is_chosen_anew: bool = False,
    revision: int | None = None,
    later: bool = False,
) -> Delivery:
    """Keep answers to empty cells, explanations of warnings and what the file corrects, and check again.

    ``answers``: element → row number as text, or ``"*"`` for all → ``closed``, ``not_reported`` or ``zero``; of a date in
    two orders ``"*"`` → ``day_first`` or ``month_first``; anything else raises `Refused`. ``gap_answers``: key of a gap,
    or of several, → one of `GAP_ANSWERS`, or empty for what is no longer said. ``correction``: as in `choose_correction`; ``is_chosen_anew``: it is neither, and what it is is asked again.
    ``later`` leaves the check of many rows to the worker.
    """
    lock(session, actor, delivery, revision)
    _refuse_while_checking(delivery)
    said = _said(delivery, answers, gap_answers, explanations)
    if correction is None and not is_chosen_anew and delivery.state == DeliveryState.DISCLOSED and not said.is_new:
        return delivery  # said once more, as a command that is repeated does: what was decided on is the same
    event, kind = "DeliveryAnswered", {}
    if is_chosen_anew:
        _set_correction(session, delivery, None, None)
        event, kind = "DeliveryCorrectionChosen", {"kind": ""}
    if correction is not None:
        _set_correction(session, delivery, *correction)
        event, kind = "DeliveryCorrectionChosen", {"kind": correction[1]}
    delivery.answers, delivery.gap_answers = said.answers, said.gap_answers
    delivery.explanations = {**delivery.explanations, **said.explanations}
    before = delivery.assessment
    given_for = {key: before.about[key] for key, text in said.explanations.items() if text and key in before.about}
    delivery.assessment = replace(
        before,
        explained={**before.explained, **given_for},
        lapsed={key: text for key, text in before.lapsed.items() if key not in given_for},
    )
    check_again(session, actor, now, delivery, event=event, later=later and is_long(delivery), **kind)
    return delivery


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
    _set_correction(session, delivery, corrects, kind)
    check_again(session, actor, now, delivery, event="DeliveryCorrectionChosen", kind=kind or "")
    return delivery


def compare_again(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> bool:
    """Compare a correction or replacement that is ready to be sent with what it corrects, where that has changed since.

    A correction that came in between may make more rows disappear than the sender explained and the region decided on.
    Returns whether something else was found now: then the delivery is no longer ready, and explanations of what
    changed are asked for anew. What nothing changed in stays ready. Where the rows are many the worker compares, nobody
    knows yet what changed, and all of that is explained and decided anew.
    """
    hold(session, delivery)
    corrected = session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None
    if delivery.state != DeliveryState.DISCLOSED or corrected is None or corrected.state not in STANDING:
        return False
    if is_compared_with_what_stands(session, delivery):
        return False
    lock(session, actor, delivery)
    before = delivery.assessment
    _set_correction(session, delivery, corrected, delivery.correction_kind)
    if is_long(delivery):
        _keep_explanations(delivery)
        check_again(session, actor, now, delivery, event=COMPARED_AGAIN, later=True)
        return True
    outcome = assessed(session, delivery, delivery.reading, kept_rows(session, delivery), now)
    found = outcome.found.as_kept()
    if has_same_rows(session, delivery, outcome) and (found.keyed, found.corrected) == (before.keyed, before.corrected):
        delivery.assessment = replace(before, compared_with=outcome.compared_with)
        record_check(session, actor, now, delivery, COMPARED_AGAIN)
        return False
    same = {key for key, finding in found.keyed if (key, finding) in before.keyed}
    _keep_explanations(delivery, same)
    check_again(session, actor, now, delivery, event=COMPARED_AGAIN)
    return True


def ask_again(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Have the worker check a delivery whose check it had to give up; one that is under way is left to end."""
    lock(session, actor, delivery)
    if delivery.state != DeliveryState.CHECKING:
        raise Refused(FINDINGS.found("DEL-001"))
    job = queries.check_job(session, delivery)
    if job is not None and job.state in jobs.OPEN:
        return
    check_again(session, actor, now, delivery, event="DeliveryCheckAskedFor", later=True)


def _keep_explanations(delivery: Delivery, same: Collection[str] = ()) -> None:
    """Forget what was said of a comparison, but for findings that are the ``same`` as before."""
    delivery.explanations = {
        key: text for key, text in delivery.explanations.items() if key in same or not _is_of_a_comparison(key)
    }


def _is_of_a_comparison(key: str) -> bool:
    """Whether a finding's key is that of one made with the delivery that is corrected or replaced."""
    code = key.partition(".")[0]
    return code in FINDINGS and FINDINGS[code].stage is Stage.CORRECTION


def _refuse_while_checking(delivery: Delivery) -> None:
    if delivery.state == DeliveryState.CHECKING:
        raise Refused(FINDINGS.found("DEL-011"))


def withdraw_draft(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Take back a delivery that was never sent; its objects are erased. Called by `receiving.services.withdraw`."""
    move(delivery, DeliveryAct.WITHDRAW)
    keys = [delivery.file_key, delivery.rows_key, delivery.parquet_key]
    ask_to_tidy(session, now, delivery.organisation_id, keys)
    delivery.file_key = delivery.rows_key = delivery.parquet_key = None


def _put_file(session: Session, now: datetime, organisation_id: str, data: bytes, reading: Reading) -> str:
    media_type = MEDIA_TYPES.get(reading.preview.file_kind, "application/octet-stream")
    stored = storage.put(
        session, organisation_id, "delivered", data, media_type=media_type, retention=Retention.DRAFT, now=now
    )
    return stored.key


def _set_correction(
    session: Session, delivery: Delivery, corrects: Delivery | None, kind: CorrectionKind | None
) -> None:
    if corrects is None or kind is None:
        delivery.corrects_delivery_id, delivery.correction_kind = None, None
        return
    if corrects.flow_item_id != delivery.flow_item_id or corrects.state not in STANDING:
        raise Refused(FINDINGS.found("DEL-005"))
    root = queries.root_of(session, corrects)
    if kind == CorrectionKind.CORRECTION:
        # A second correction stands on the first, so that the newest counts and each has one place in the chain.
        root = [root, *queries.corrections_of(session, root)][-1]
    delivery.corrects_delivery_id, delivery.correction_kind = root.id, kind
