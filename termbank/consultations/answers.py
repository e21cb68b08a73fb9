"""Answering a consultation: an organisation writes and sends, and the sender records what comes as a letter.

Events: ``OpinionSaved``, ``OpinionSent``, ``OpinionRecorded``, ``OpinionCorrected``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry import clock, storage
from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.identity.tables import Organisation
from registry.items import steps
from registry.storage import Retention
from termbank.consultations import queries
from termbank.consultations.acts import held, record, refused
from termbank.consultations.caged import LetterFile
from termbank.consultations.tables import Consultation, ConsultationState, Opinion, OpinionPart
from termbank.consultations.tally import Asked, Part, Position


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


LETTERS, LETTER_TYPE = "consultation-letters", "application/octet-stream"
"""The kind of object that a letter is kept as. It is downloaded as bytes, whatever it says that it is."""


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
    one = held(session, one, ConsultationState.OPEN)
    if seen not in (None, queries.stamp(one, organisation.id)):
        raise refused("CONS-013")
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
    record(
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

    ``file`` is the letter as it came (`caged.letter_file`). ``corrects_id`` is a letter that was recorded wrongly: it stays as it was recorded, whom it is from
    and its file go with the new one (where no other is given), and it no longer counts. Raises `Refused` where it was corrected already,
    and for a file with identity numbers in its name or its text.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = held(session, one, ConsultationState.OPEN)
    addressee = next((other for other in one.addressees if other.id == addressee_id), None)
    if addressee_id and addressee is None:
        raise NotFound("addressee")
    if received_on > clock.today(now) or (one.opened_at and received_on < clock.today(one.opened_at)):
        raise refused("CONS-007", day=received_on.isoformat())
    _require_fit(actor, one, written, name)
    _require_something(written)
    if file is not None:
        steps.require_fit_text(actor, file.name, file.text)
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
        opinion.file_key = storage.put(
            session,
            one.organisation_id,
            LETTERS,
            file.data,
            media_type=LETTER_TYPE,
            retention=Retention.RECORD,
            now=now,
        )
        opinion.file_name = file.name[:200]
    elif before is not None:
        opinion.file_key, opinion.file_name = before.file_key, before.file_name
    one.opinions.append(opinion)
    _write(session, actor, now, opinion, written)
    record(
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
        raise refused("CONS-014")
    return found


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
            raise refused("CONS-010", quoted=opinion.quoted.strip()[:80], number=number)


def _require_something(written: Written) -> None:
    if not written.parts and not written.general.strip():
        raise refused("CONS-011")
