"""Reading consultations: who may see which, and which answers are shown to whom."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from registry import clock
from registry.actors import Actor, Role
from registry.content.canonical import canonical, content_hash
from registry.errors import NotFound
from registry.items.lifecycle import State
from registry.items.tables import Version
from registry.paging import Page, page_of
from termbank.consultations.tables import Addressee, Consultation, ConsultationState, Opinion, OpinionPart
from termbank.consultations.tally import Answer, Part, Position, Tally, tally

MAY_SEND = (Role.DISCLOSING_OFFICER, Role.RECIPIENT)
"""Who has the mandate to send an organisation's answer."""
MAY_WRITE = (*MAY_SEND, Role.DATA_OFFICER, Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
"""Who may write on an organisation's answer before it is sent."""


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition for consultations that an actor may know of: a draft is its writers', the others are everybody's."""
    own = actor.organisations(Role.TERMINOLOGIST)
    return or_(Consultation.state != ConsultationState.DRAFT, Consultation.organisation_id.in_(own))


def consultation_for(session: Session, actor: Actor, consultation_id: str) -> Consultation:
    """The consultation with all that belongs to it. Raises `NotFound` where there is none that ``actor`` may see."""
    one = session.scalar(whole(select(Consultation).where(Consultation.id == consultation_id, visible(actor))))
    if one is None:
        raise NotFound("consultation")
    return one


def consultations(session: Session, actor: Actor, number: int) -> Page[Consultation]:
    """A page of the consultations that an actor may see, the newest first."""
    query = select(Consultation).where(visible(actor)).options(selectinload(Consultation.addressees))
    return page_of(session, query.order_by(Consultation.created_at.desc(), Consultation.id), number)


def by_ids(session: Session, actor: Actor, ids: list[str]) -> list[Consultation]:
    """Those of the consultations that an actor may see."""
    return list(session.scalars(select(Consultation).where(Consultation.id.in_(ids), visible(actor))))


def waiting_for(session: Session, organisation_id: str) -> list[tuple[Consultation, Addressee]]:
    """Consultations that wait for an organisation's answer, with its place among the addressees; the first to close first."""
    sent = select(Opinion.addressee_id).where(Opinion.sent_at.is_not(None), Opinion.addressee_id.is_not(None))
    rows = session.execute(
        select(Consultation, Addressee)
        .join(Addressee, Addressee.consultation_id == Consultation.id)
        .where(
            Consultation.state == ConsultationState.OPEN,
            Addressee.organisation_id == organisation_id,
            Addressee.id.not_in(sent),
        )
    )
    return sorted(((one, addressee) for one, addressee in rows), key=lambda pair: last_day(*pair))


def last_day(one: Consultation, addressee: Addressee | None) -> date:
    """The last day on which an answer is in time."""
    return (addressee.extended_to if addressee else None) or one.closes_on


def is_late(one: Consultation, opinion: Opinion) -> bool:
    """Whether a sent answer came after the last day of whoever it is from."""
    addressee = next((other for other in one.addressees if other.id == opinion.addressee_id), None)
    return opinion.received_on is not None and opinion.received_on > last_day(one, addressee)


def sent(one: Consultation) -> list[Opinion]:
    """Sent answers and additions, in the order in which they came."""
    return sorted(
        (opinion for opinion in one.opinions if opinion.sent_at is not None),
        key=lambda opinion: _came(one, opinion),
    )


def is_over(one: Consultation, day: date | None = None) -> bool:
    """Whether answers are shown to everybody: nobody who was asked may still write one in time."""
    return one.state == ConsultationState.SETTLED or (day or clock.today()) > one.hidden_until


def shown(one: Consultation, actor: Actor, day: date | None = None) -> list[Opinion]:
    """The sent answers that an actor may read: one's own always, the others once nobody who was asked is still writing."""
    are_all, own = is_over(one, day), actor.organisations(*MAY_WRITE)
    return [opinion for opinion in sent(one) if are_all or (opinion.organisation_id in own and not opinion.is_letter)]


def readable(one: Consultation, actor: Actor, day: date | None = None) -> list[Opinion]:
    """The sent answers that an actor may read whole: those that are shown, and letters that the actor may open."""
    open_to = {opinion.id for opinion in shown(one, actor, day)}
    return [
        opinion
        for opinion in sent(one)
        if opinion.id in open_to or (opinion.is_letter and may_open_letter(actor, one, opinion))
    ]


def draft_of(one: Consultation, organisation_id: str) -> Opinion | None:
    """What an organisation is writing and has not sent."""
    return next(
        (
            opinion
            for opinion in one.opinions
            if opinion.organisation_id == organisation_id and opinion.sent_at is None and not opinion.is_letter
        ),
        None,
    )


def has_answered(one: Consultation, organisation_id: str) -> bool:
    """Whether an organisation has sent an answer: what it sends then is an addition."""
    return any(opinion.organisation_id == organisation_id and not opinion.is_letter for opinion in sent(one))


def stamp_of_draft(one: Consultation | None) -> str:
    """What a draft of a consultation says, for telling whether it is still what somebody had before them."""
    if one is None:
        return ""
    day, texts = one.closes_on.isoformat(), [text.version_id for text in one.texts]
    addressees = sorted(addressee.name for addressee in one.addressees)
    return content_hash(canonical([one.registry_number, one.title, one.letter, day, texts, addressees]))


def stamp(one: Consultation, organisation_id: str) -> str:
    """What an organisation has written and sent, for telling whether it is still what somebody had before them."""
    own = [other for other in one.opinions if other.organisation_id == organisation_id and not other.is_letter]
    kept = draft_of(one, organisation_id)
    parts = kept.parts if kept else []
    said = [[part.number, part.part, part.position, part.quoted, part.reason, part.proposed] for part in parts]
    written = [kept.general, kept.registry_number, said] if kept else []
    return content_hash(canonical([len(own) - bool(kept), written]))


def stamp_of_verdicts(opinion: Opinion) -> str:
    """What has been said of an answer, for telling whether it is still what somebody had before them."""
    return content_hash(
        canonical([[part.number, part.part, part.verdict, part.verdict_reason] for part in opinion.parts])
    )


def is_corrected(one: Consultation, opinion: Opinion) -> bool:
    """Whether a letter was recorded anew since, because it was recorded wrongly. It is seen still, and does not count."""
    return any(other.corrects_id == opinion.id for other in one.opinions)


def counted(one: Consultation) -> list[Opinion]:
    """Sent answers and additions but for letters that were corrected, in the order in which they came."""
    return [opinion for opinion in sent(one) if not is_corrected(one, opinion)]


def to_judge(opinion: Opinion) -> list[OpinionPart]:
    """What of an answer gets a verdict: what it says of wordings. How a region applies one is its own to say."""
    return [part for part in opinion.parts if part.part != Part.QUESTION]


def answers_on_application(one: Consultation, organisation_id: str, concept: str) -> dict[str, OpinionPart]:
    """What an organisation has sent on how it applies a concept, by question; the last it sent of each."""
    asked = {text.number: text.question for text in one.texts if text.question and text.item.slug == concept}
    return {
        asked[part.number]: part
        for opinion in counted(one)
        if opinion.organisation_id == organisation_id and not opinion.is_letter
        for part in opinion.parts
        if part.number in asked
    }


def may_open_letter(actor: Actor, one: Consultation, opinion: Opinion) -> bool:
    """Whether an actor may have the letter itself: those who sent the consultation out, and whoever wrote the letter."""
    addressee = next((other for other in one.addressees if other.id == opinion.addressee_id), None)
    is_author_side = actor.has_role(Role.TERMINOLOGIST, organisation_id=one.organisation_id)
    its_own = addressee.organisation_id if addressee else None
    return is_author_side or (its_own is not None and actor.has_role(*MAY_WRITE, organisation_id=its_own))


def is_addition(one: Consultation, opinion: Opinion) -> bool:
    """Whether the same organisation had sent an answer before. What corrects a letter, or was corrected, is none."""
    if is_corrected(one, opinion):
        return False
    same = [other for other in counted(one) if _who(other) == _who(opinion)]
    return bool(same) and min(same, key=lambda other: _came(one, other)).id != opinion.id


def tally_of(one: Consultation) -> Tally:
    """Who has answered, in time or late, and what they think."""
    answers = [
        Answer(
            opinion.addressee_id,
            opinion.received_on or one.closes_on,
            {(part.number, Part(part.part)): Position(part.position) for part in opinion.parts},
        )
        for opinion in counted(one)
        if not is_addition(one, opinion)
    ]
    return tally({addressee.id: last_day(one, addressee) for addressee in one.addressees}, answers)


def whole(query: Select[Consultation]) -> Select[Consultation]:
    """``query`` with texts, addressees and answers of each consultation."""
    return query.options(
        selectinload(Consultation.texts),
        selectinload(Consultation.addressees),
        selectinload(Consultation.opinions).selectinload(Opinion.parts),
    )


def _came(one: Consultation, opinion: Opinion) -> tuple[date, datetime]:
    return opinion.received_on or one.closes_on, opinion.sent_at or opinion.saved_at


def _who(opinion: Opinion) -> str:
    return opinion.addressee_id or (opinion.name if opinion.is_letter else opinion.organisation_id)


def asides(session: Session, one: Consultation) -> set[int]:
    """The numbers of the wordings that are in force and that questions are asked on: there, it is the questions that are meant."""
    questioned = {text.item_id for text in one.texts if text.question}
    told = {text.version_id: text.number for text in one.texts if not text.question and text.item_id in questioned}
    in_force = select(Version.id).where(Version.id.in_(told), Version.state == State.PUBLISHED)
    return {told[version_id] for version_id in session.scalars(in_force)}
