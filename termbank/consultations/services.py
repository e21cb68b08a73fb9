"""Sending out a consultation, answering it, recording letters, giving verdicts, and publishing the compilation.

Events: ``ConsultationDrafted``, ``ConsultationRevised``, ``ConsultationRemoved``, ``ConsultationOpened``, ``ConsultationExtended``,
``OpinionSaved``, ``OpinionSent``, ``OpinionRecorded``, ``OpinionCorrected``, ``OpinionJudged``, ``ConsultationSettled``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import clock, events, storage
from registry.actors import Actor, Role
from registry.errors import NotFound, Refused
from registry.identity.tables import Organisation
from registry.items import steps
from registry.items.tables import Version
from registry.locks import Hold, holding
from registry.storage import Retention
from termbank.consultations import letter_files, queries
from termbank.consultations.tables import (
    MOST_ADDRESSEES,
    MOST_TEXTS,
    Addressee,
    Consultation,
    ConsultationState,
    ConsultationText,
    Opinion,
    OpinionPart,
)
from termbank.consultations.tally import Asked, Part, Position, Verdict
from termbank.finding_texts.all import FINDINGS

Wording = Mapping[Part, Mapping[str, str]]
"""The term and the definition of a concept, each by language."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a consultation says of itself."""

    registry_number: str
    title: str
    letter: str
    closes_on: date


@dataclass(frozen=True, slots=True)
class AskedText:
    """A version that is asked about, with its wording as it stands now."""

    version: Version
    wording: Wording
    question: str = ""
    """The id of the question that is asked, where it is not the wording itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one part of one text."""

    position: Position
    quoted: str = ""
    reason: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it is written."""

    parts: Mapping[Asked, Said]
    general: str = ""
    registry_number: str = ""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter as it came: its name and its bytes. What may be kept, `letter_files` says."""

    name: str
    data: bytes


LETTERS, LETTER_TYPE = "consultation-letters", "application/octet-stream"
"""The kind of object that a letter is kept as. It is downloaded as bytes, whatever it says that it is."""


def draft(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    organisation_id: str,
    letter: Letter,
    asked: Sequence[AskedText],
    organisations: Sequence[Organisation],
    others: Sequence[str],
    draft_of: Consultation | None = None,
    seen: str | None = None,
) -> Consultation:
    """Keep a consultation that nobody outside has seen: a new one, or ``draft_of`` as it is written now.

    ``organisations`` and ``others`` (bodies without an account, by name) are the addressees; ``seen`` is the stamp
    (`queries.stamp_of_draft`) of what the writer had before them. Raises `Refused` where it has gone out or says something
    else by now, where the registry number is taken, and where there are too many texts or addressees.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=organisation_id, is_known=True)
    if len(asked) > MOST_TEXTS or len(organisations) + len(others) > MOST_ADDRESSEES:
        raise _refused("CONS-002", texts=MOST_TEXTS, addressees=MOST_ADDRESSEES)
    steps.require_fit_text(actor, letter.registry_number, letter.title, letter.letter, *others)
    if draft_of is None:
        one = Consultation(
            organisation_id=organisation_id, author_id=actor.person_id, created_at=now, state=ConsultationState.DRAFT
        )
    else:
        one = _held(session, draft_of, ConsultationState.DRAFT)
        if seen not in (None, queries.stamp_of_draft(one)):
            raise _refused("CONS-013")
        one.texts, one.addressees = [], []
    one.registry_number, one.title = letter.registry_number.strip(), letter.title.strip()
    one.letter, one.closes_on = letter.letter.strip(), letter.closes_on
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError as error:
        raise _refused("CONS-003", number=letter.registry_number.strip()) from error
    session.flush()
    one.texts = [
        ConsultationText(
            organisation_id=organisation_id, number=number, item_id=text.version.item_id, version_id=text.version.id,
            version_hash=text.version.content_hash, texts=text.wording, question=text.question,
        )
        for number, text in enumerate(asked, 1)
    ]  # fmt: skip
    one.addressees = _addressees(organisations, others)
    session.flush()
    _record(session, actor, now, one, "ConsultationRevised" if draft_of else "ConsultationDrafted")
    return one


def remove(session: Session, actor: Actor, now: datetime, one: Consultation) -> None:
    """Throw a draft away."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one, ConsultationState.DRAFT)
    _record(session, actor, now, one, "ConsultationRemoved")
    session.delete(one)
    session.flush()


def open_consultation(
    session: Session, actor: Actor, now: datetime, one: Consultation, *, wordings: Mapping[str, Wording]
) -> Consultation:
    """Send it out: texts and letter do not change from here on. ``wordings`` by version id, as they stand now.

    Raises `Refused` without texts or addressees, and where the last day has passed.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one, ConsultationState.DRAFT)
    if not one.texts or not one.addressees:
        raise _refused("CONS-004")
    if one.closes_on < clock.today(now):
        raise _refused("CONS-005", day=one.closes_on.isoformat())
    for text in one.texts:
        version = session.get_one(Version, text.version_id)
        text.texts = text.texts if text.question else wordings[text.version_id]
        text.version_hash = version.content_hash
    one.state, one.opened_at = ConsultationState.OPEN, now
    session.flush()
    _record(session, actor, now, one, "ConsultationOpened", closes_on=one.closes_on.isoformat())
    return one


def extend(
    session: Session, actor: Actor, now: datetime, one: Consultation, addressee_id: str, *, until: date
) -> Addressee:
    """Give an addressee more time, while answers are hidden. Raises `Refused` for a day that is not later than the one it has."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one, ConsultationState.OPEN)
    addressee = next((other for other in one.addressees if other.id == addressee_id), None)
    if addressee is None:
        raise NotFound("addressee")
    if until <= queries.last_day(one, addressee) or until < clock.today(now):
        raise _refused("CONS-006", day=queries.last_day(one, addressee).isoformat())
    if clock.today(now) > one.hidden_until:
        raise _refused("CONS-012", day=one.hidden_until.isoformat())
    addressee.extended_to = until
    session.flush()
    _record(session, actor, now, one, "ConsultationExtended", addressee=addressee.id, until=until.isoformat())
    return addressee


def save_opinion(
    session: Session,
    actor: Actor,
    now: datetime,
    one: Consultation,
    organisation: Organisation,
    written: Written,
    *,
    is_sent: bool,
    seen: str | None = None,
) -> Opinion:
    """Keep what an organisation writes, and send it where ``is_sent``: that takes the mandate, and fixes it.

    ``seen`` is the stamp (`queries.stamp`) of what the writer had before them. Raises `Refused` where the consultation takes
    no answers, where the organisation's say something else by now, where the words that an opinion is about do not stand in
    the text, and where nothing is said.
    """
    actor.require(*(queries.MAY_SEND if is_sent else queries.MAY_WRITE), organisation_id=organisation.id)
    one = _held(session, one, ConsultationState.OPEN)
    if seen not in (None, queries.stamp(one, organisation.id)):
        raise _refused("CONS-013")
    _require_fit(actor, one, written)
    opinion = queries.draft_of(one, organisation.id)
    if opinion is None:
        addressee = next((other for other in one.addressees if other.organisation_id == organisation.id), None)
        opinion = Opinion(
            organisation_id=organisation.id, addressee_id=addressee.id if addressee else None,
            name=organisation.name_sv, is_letter=False,
        )  # fmt: skip
        one.opinions.append(opinion)
    _write(session, actor, now, opinion, written)
    if is_sent:
        _require_something(written)
        opinion.sent_at, opinion.sent_by, opinion.received_on = now, actor.person_id, clock.today(now)
        session.flush()
    _record(
        session, actor, now, one, "OpinionSent" if is_sent else "OpinionSaved",
        organisation_id=organisation.id, opinion=opinion.id,
    )  # fmt: skip
    return opinion


def record_letter(
    session: Session,
    actor: Actor,
    now: datetime,
    one: Consultation,
    written: Written,
    *,
    addressee_id: str | None,
    name: str,
    received_on: date,
    file: LetterFile | None = None,
    corrects_id: str | None = None,
) -> Opinion:
    """Record the answer of somebody who wrote a letter: an addressee, or somebody who was not asked, by name.

    ``file`` is the letter as it came. ``corrects_id`` is a letter that was recorded wrongly: it stays as it was recorded, whom it is from
    and its file go with the new one (where no other is given), and it no longer counts. Raises `Refused` where it was corrected already,
    and for a file that may not be kept: of another kind, too large, with something that runs, or with identity numbers.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one, ConsultationState.OPEN)
    addressee = next((other for other in one.addressees if other.id == addressee_id), None)
    if addressee_id and addressee is None:
        raise NotFound("addressee")
    if received_on > clock.today(now) or (one.opened_at and received_on < clock.today(one.opened_at)):
        raise _refused("CONS-007", day=received_on.isoformat())
    _require_fit(actor, one, written, name)
    _require_something(written)
    if file is not None:
        looked = letter_files.looked_into(file.name, file.data)
        if looked.fault:
            raise Refused(looked.fault)
        steps.require_fit_text(actor, looked.text)
    before = _to_correct(one, corrects_id)
    who = (addressee.id if addressee else None, addressee.name if addressee else name.strip(), received_on)
    if before is not None:
        who = (before.addressee_id, before.name, received_on)
    for other in one.opinions:
        if (
            before is None
            and other.is_letter
            and (other.addressee_id, other.name, other.received_on) == who
            and _says(other, written)
        ):
            return other  # sent twice
    opinion = Opinion(
        organisation_id=one.organisation_id, addressee_id=who[0], name=who[1], is_letter=True, received_on=received_on,
        sent_at=now, sent_by=actor.person_id, corrects_id=before.id if before else None,
    )  # fmt: skip
    if file is not None:
        kept = storage.put(
            session,
            one.organisation_id,
            LETTERS,
            file.data,
            media_type=LETTER_TYPE,
            retention=Retention.RECORD,
            now=now,
        )
        opinion.file_key, opinion.file_name = kept.key, file.name[:200]
    elif before is not None:
        opinion.file_key, opinion.file_name = before.file_key, before.file_name
    one.opinions.append(opinion)
    _write(session, actor, now, opinion, written)
    _record(
        session, actor, now, one, "OpinionCorrected" if before else "OpinionRecorded", opinion=opinion.id,
        **({"corrects": before.id} if before else {}),
    )  # fmt: skip
    return opinion


def _to_correct(one: Consultation, corrects_id: str | None) -> Opinion | None:
    """The letter that is recorded anew, if any. Raises `NotFound`, and `Refused` where it was corrected already."""
    if corrects_id is None:
        return None
    found = next((other for other in one.opinions if other.id == corrects_id and other.is_letter), None)
    if found is None:
        raise NotFound("opinion")
    if queries.is_corrected(one, found):
        raise _refused("CONS-014")
    return found


def judge(
    session: Session,
    actor: Actor,
    now: datetime,
    one: Consultation,
    opinion_id: str,
    verdicts: Mapping[Asked, tuple[Verdict, str]],
) -> Opinion:
    """Say what came of an opinion, part by part, each with a reason. It may be said anew until the consultation is settled."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one, ConsultationState.OPEN)
    opinion = next((other for other in queries.sent(one) if other.id == opinion_id), None)
    if opinion is None:
        raise NotFound("opinion")
    if clock.today(now) <= one.hidden_until:
        raise _refused("CONS-008", day=one.hidden_until.isoformat())
    steps.require_fit_text(actor, *(reason for _, reason in verdicts.values()))
    for part in opinion.parts:
        given = verdicts.get((part.number, Part(part.part)))
        if given is None:
            continue
        verdict, reason = given
        if not reason.strip():
            raise steps.refused("ITEM-007")
        part.verdict, part.verdict_reason = verdict, reason.strip()
        part.judged_by, part.judged_at = actor.person_id, now
    session.flush()
    _record(session, actor, now, one, "OpinionJudged", opinion=opinion.id)
    return opinion


def settle(session: Session, actor: Actor, now: datetime, one: Consultation) -> Consultation:
    """Publish the compilation, and take no more answers. Raises `Refused` while a part waits for its verdict."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one, ConsultationState.OPEN)
    if clock.today(now) <= one.hidden_until:
        raise _refused("CONS-008", day=one.hidden_until.isoformat())
    waiting = [part for opinion in queries.counted(one) for part in queries.to_judge(opinion) if part.verdict is None]
    if waiting:
        raise _refused("CONS-009", waiting=len(waiting))
    one.state, one.settled_at, one.settled_by = ConsultationState.SETTLED, now, actor.person_id
    session.flush()
    _record(session, actor, now, one, "ConsultationSettled", answers=len(queries.sent(one)))
    return one


def _addressees(organisations: Sequence[Organisation], others: Sequence[str]) -> list[Addressee]:
    named: dict[str, str | None] = {one.name_sv: one.id for one in organisations}
    named |= {name.strip(): None for name in others if name.strip() and name.strip() not in named}
    return [Addressee(organisation_id=organisation_id, name=name) for name, organisation_id in named.items()]


def _write(session: Session, actor: Actor, now: datetime, opinion: Opinion, written: Written) -> None:
    opinion.general, opinion.registry_number = written.general.strip(), written.registry_number.strip()
    opinion.saved_by, opinion.saved_at = actor.person_id or "", now
    opinion.parts = []
    session.flush()
    opinion.parts = [
        OpinionPart(
            organisation_id=opinion.organisation_id, number=number, part=part, position=said.position,
            quoted=said.quoted.strip(), reason=said.reason.strip(), proposed=said.proposed.strip(),
        )
        for (number, part), said in written.parts.items()
    ]  # fmt: skip
    session.flush()


def _says(opinion: Opinion, written: Written) -> bool:
    """Whether an opinion says just what is written."""
    parts = {
        (part.number, Part(part.part)): Said(Position(part.position), part.quoted, part.reason, part.proposed)
        for part in opinion.parts
    }
    return parts == written.parts and (opinion.general, opinion.registry_number) == (
        written.general.strip(),
        written.registry_number.strip(),
    )


def _require_fit(actor: Actor, one: Consultation, written: Written, *more: str) -> None:
    """See that the texts are fit to be kept, and that every opinion is about words that stand in what was asked."""
    said = [text for part in written.parts.values() for text in (part.quoted, part.reason, part.proposed)]
    steps.require_fit_text(actor, written.general, written.registry_number, *more, *said)
    asked = {(text.number, part): wording for text in one.texts for part, wording in text.texts.items()}
    for (number, part), opinion in written.parts.items():
        wording = asked.get((number, part))
        if wording is None:
            raise NotFound("text")
        if opinion.quoted.strip() and not any(opinion.quoted.strip() in text for text in wording.values()):
            raise _refused("CONS-010", quoted=opinion.quoted.strip()[:80], number=number)


def _require_something(written: Written) -> None:
    if not written.parts and not written.general.strip():
        raise _refused("CONS-011")


def _held(session: Session, one: Consultation, state: ConsultationState) -> Consultation:
    """The consultation as it is now, nobody else's to change until this transaction ends. Raises `Refused` in another state."""
    query = queries.whole(select(Consultation).where(Consultation.id == one.id))
    held = session.scalars(holding(query, Hold.CHANGING, of=Consultation)).one_or_none()
    if held is None or held.state != state:
        raise _refused("CONS-001")
    return held


def _refused(code: str, **params: str | int) -> Refused:
    return Refused(FINDINGS.found(code, params))


def _record(
    session: Session, actor: Actor, now: datetime, one: Consultation, type_: str, *,
    organisation_id: str | None = None, **data: object,
) -> None:  # fmt: skip
    events.record(
        session, type_, actor=actor, now=now, subject=f"consultation:{one.id}",
        organisation_id=organisation_id or one.organisation_id, data=data,
    )  # fmt: skip
