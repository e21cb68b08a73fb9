"""Sending out a consultation, giving more time, giving verdicts, and publishing the compilation. `answers` has the answers.

Events: ``ConsultationDrafted``, ``ConsultationRevised``, ``ConsultationRemoved``, ``ConsultationOpened``, ``ConsultationExtended``,
``OpinionJudged``, ``ConsultationSettled``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.identity.tables import Organisation
from registry.items import steps
from registry.items.tables import Version
from registry.swedish import folded
from termbank.consultations import queries
from termbank.consultations.acts import held, record, refused
from termbank.consultations.tables import (
    MOST_ADDRESSEES,
    MOST_TEXTS,
    Addressee,
    Consultation,
    ConsultationState,
    ConsultationText,
    Opinion,
)
from termbank.consultations.tally import Asked, Part, Verdict

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
        raise refused("CONS-002", texts=MOST_TEXTS, addressees=MOST_ADDRESSEES)
    steps.require_fit_text(actor, letter.registry_number, letter.title, letter.letter, *others)
    if draft_of is None:
        one = Consultation(
            organisation_id=organisation_id, author_id=actor.person_id, created_at=now, state=ConsultationState.DRAFT
        )
    else:
        one = held(session, draft_of, ConsultationState.DRAFT)
        if seen not in (None, queries.stamp_of_draft(one)):
            raise refused("CONS-013")
        one.texts, one.addressees = [], []
    one.registry_number, one.title = letter.registry_number.strip(), letter.title.strip()
    one.letter, one.closes_on = letter.letter.strip(), letter.closes_on
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError as error:
        raise refused("CONS-003", number=letter.registry_number.strip()) from error
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
    record(session, actor, now, one, "ConsultationRevised" if draft_of else "ConsultationDrafted")
    return one


def remove(session: Session, actor: Actor, now: datetime, one: Consultation) -> None:
    """Throw a draft away."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = held(session, one, ConsultationState.DRAFT)
    record(session, actor, now, one, "ConsultationRemoved")
    session.delete(one)
    session.flush()


def open_consultation(
    session: Session, actor: Actor, now: datetime, one: Consultation, *, wordings: Mapping[str, Wording]
) -> Consultation:
    """Send it out: texts and letter do not change from here on. ``wordings`` by version id, as they stand now.

    Raises `Refused` without texts or addressees, and where the last day has passed.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = held(session, one, ConsultationState.DRAFT)
    if not one.texts or not one.addressees:
        raise refused("CONS-004")
    if one.closes_on < clock.today(now):
        raise refused("CONS-005", day=one.closes_on.isoformat())
    for text in one.texts:
        version = session.get_one(Version, text.version_id)
        text.texts = text.texts if text.question else wordings[text.version_id]
        text.version_hash = version.content_hash
    one.state, one.opened_at = ConsultationState.OPEN, now
    session.flush()
    record(session, actor, now, one, "ConsultationOpened", closes_on=one.closes_on.isoformat())
    return one


def extend(
    session: Session, actor: Actor, now: datetime, one: Consultation, addressee_id: str, *, until: date
) -> Addressee:
    """Give an addressee more time, while answers are hidden. Raises `Refused` for a day that is not later than the one it has."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = held(session, one, ConsultationState.OPEN)
    addressee = next((other for other in one.addressees if other.id == addressee_id), None)
    if addressee is None:
        raise NotFound("addressee")
    if until <= queries.last_day(one, addressee) or until < clock.today(now):
        raise refused("CONS-006", day=queries.last_day(one, addressee).isoformat())
    if clock.today(now) > one.hidden_until:
        raise refused("CONS-012", day=one.hidden_until.isoformat())
    addressee.extended_to = until
    session.flush()
    record(session, actor, now, one, "ConsultationExtended", addressee=addressee.id, until=until.isoformat())
    return addressee


def judge(
    session: Session,
    actor: Actor,
    now: datetime,
    one: Consultation,
    opinion_id: str,
    verdicts: Mapping[Asked, tuple[Verdict, str]],
    *,
    seen: str | None = None,
) -> Opinion:
    """Say what came of an opinion, part by part, each with a reason. It may be said anew until the consultation is settled.

    ``seen`` is the stamp (`queries.stamp_of_verdicts`) of what the writer had before them. Raises `Refused` where somebody else has
    said something since, and before the answers are shown.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = held(session, one, ConsultationState.OPEN)
    opinion = next((other for other in queries.sent(one) if other.id == opinion_id), None)
    if opinion is None:
        raise NotFound("opinion")
    if clock.today(now) <= one.hidden_until:
        raise refused("CONS-008", day=one.hidden_until.isoformat())
    if seen not in (None, queries.stamp_of_verdicts(opinion)):
        raise refused("CONS-013")
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
    record(session, actor, now, one, "OpinionJudged", opinion=opinion.id)
    return opinion


def settle(session: Session, actor: Actor, now: datetime, one: Consultation) -> Consultation:
    """Publish the compilation, and take no more answers. Raises `Refused` while a part waits for its verdict."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = held(session, one, ConsultationState.OPEN)
    if clock.today(now) <= one.hidden_until:
        raise refused("CONS-008", day=one.hidden_until.isoformat())
    waiting = [part for opinion in queries.counted(one) for part in queries.to_judge(opinion) if part.verdict is None]
    if waiting:
        raise refused("CONS-009", waiting=len(waiting))
    one.state, one.settled_at, one.settled_by = ConsultationState.SETTLED, now, actor.person_id
    session.flush()
    record(session, actor, now, one, "ConsultationSettled", answers=len(queries.sent(one)))
    return one


def _addressees(organisations: Sequence[Organisation], others: Sequence[str]) -> list[Addressee]:
    """Each once: a body that is written twice, or that an organisation is called already, whatever its letters and spaces."""
    named = {folded(name): Addressee(name=name) for name in (" ".join(other.split()) for other in others) if name}
    for one in organisations:
        for called in (one.name_sv, one.name_en):
            named.pop(folded(called), None)
    return [*(Addressee(organisation_id=one.id, name=one.name_sv) for one in organisations), *named.values()]
