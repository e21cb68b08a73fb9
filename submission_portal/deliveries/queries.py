"""Reading deliveries. Who may see one is decided here, in one place (`visible`).

The region's own people see everything of theirs. The recipient's reviewers see a delivery once it has been sent. Of what
has been released anybody may know that it exists and what it rests on (`is_public`), never its file or its rows.
"""

from collections.abc import Collection, Sequence
from datetime import date

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from registry import storage
from registry.actors import Actor, Role, Scope
from registry.errors import NotFound
from registry.jobs import Job
from registry.paging import Page, page_of
from submission_portal.deliveries.lifecycle import STANDING, WORKING, CorrectionKind, DeliveryState
from submission_portal.deliveries.stored_rows import rows_from
from submission_portal.deliveries.tables import Delivery

PREPARES = (Role.DATA_OFFICER, Scope.PREPARE_DELIVERIES)
"""What one needs in an organisation to prepare its deliveries."""
REVIEWERS = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
CHECK = "check_delivery"
"""The kind of the job that checks a long file."""
PUBLIC_STATES = (DeliveryState.RELEASED, DeliveryState.REPLACED)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Delivery` for what ``actor`` may see in full."""
    if actor.is_system:
        return Delivery.id.is_not(None)
    return or_(
        Delivery.organisation_id.in_(actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)),
        and_(Delivery.number.is_not(None), Delivery.recipient_id.in_(actor.organisations(*REVIEWERS))),
    )


def may_be_named(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Delivery` for what ``actor`` may know that it exists: what they see, and what was released."""
    return or_(visible(actor), Delivery.state.in_(PUBLIC_STATES))


def delivery_for(session: Session, actor: Actor, reference: str) -> Delivery:
    """The delivery by its id or number, if ``actor`` may see it in full. Raises ``NotFound``, which says nothing more."""
    named = Delivery.number == reference if reference.startswith("L-") else Delivery.id == reference
    delivery = session.scalar(select(Delivery).where(named, visible(actor)))
    if delivery is None:
        raise NotFound("delivery")
    return delivery


def public_delivery(session: Session, reference: str) -> Delivery:
    """A released delivery, of which anybody may see the receipt and the way back. Raises ``NotFound``."""
    named = Delivery.number == reference if reference.startswith("L-") else Delivery.id == reference
    delivery = session.scalar(select(Delivery).where(named, Delivery.state.in_(PUBLIC_STATES)))
    if delivery is None:
        raise NotFound("delivery")
    return delivery


def may_prepare(actor: Actor, delivery: Delivery) -> bool:
    return actor.may(*PREPARES, organisation_id=delivery.organisation_id)


def may_disclose(actor: Actor, delivery: Delivery) -> bool:
    """Whether the actor decides for the region on this delivery: has the role, and did not prepare it."""
    decides = actor.may_decide(Role.DISCLOSING_OFFICER, organisation_id=delivery.organisation_id)
    return decides and actor.person_id not in delivery.contributors


def list_deliveries(
    session: Session,
    actor: Actor,
    *,
    page: int = 1,
    per_page: int = 25,
    state: str | None = None,
    flow_item_id: str | None = None,
    is_public: bool = False,
    whole: bool = False,
) -> Page[Delivery]:
    """What the actor may see, the latest change first; two statements, and one each for disclosures and receipts where the
    deliveries are wanted ``whole``.

    ``is_public``: what anybody may know of, whoever asks.
    """
    wanted = [Delivery.state.in_(PUBLIC_STATES) if is_public else visible(actor)]
    if flow_item_id is not None:
        wanted.append(Delivery.flow_item_id == flow_item_id)
    if state == "working":
        wanted.append(Delivery.state.in_(WORKING))
    elif state == "sent":
        wanted.append(Delivery.number.is_not(None))
    newest = select(Delivery).where(*wanted).order_by(Delivery.changed_at.desc(), Delivery.id)
    if whole:
        newest = newest.options(selectinload(Delivery.disclosures), selectinload(Delivery.receipt))
    return page_of(session, newest, page, per_page)


def working_with_file(session: Session, flow_item_id: str, sha256: str, sheet: str) -> Delivery | None:
    """A delivery that is being prepared from the very same file."""
    return session.scalar(
        select(Delivery)
        .where(
            Delivery.flow_item_id == flow_item_id,
            Delivery.file_sha256 == sha256,
            Delivery.sheet == sheet,
            Delivery.state.in_(WORKING),
        )
        .order_by(Delivery.created_at.desc())
        .limit(1)
    )


def standing_with_file(session: Session, flow_item_id: str, sha256: str, sheet: str) -> Delivery | None:
    """A delivery that was received with the very same file (and sheet of it) and still stands."""
    return session.scalar(
        select(Delivery).where(
            Delivery.flow_item_id == flow_item_id,
            Delivery.file_sha256 == sha256,
            Delivery.sheet == sheet,
            Delivery.state.in_(STANDING),
        )
    )


def standing_in_period(
    session: Session, flow_item_id: str, first: date, last: date, *, but: str | None = None
) -> list[Delivery]:
    """Deliveries that stand for some of these days and correct nothing partial: what a new one would say again."""
    return list(
        session.scalars(
            select(Delivery)
            .where(
                Delivery.flow_item_id == flow_item_id,
                Delivery.state.in_(STANDING),
                Delivery.id != (but or ""),
                or_(Delivery.correction_kind.is_(None), Delivery.correction_kind == CorrectionKind.REPLACEMENT),
                Delivery.period_first <= last,
                Delivery.period_last >= first,
            )
            .order_by(Delivery.sent_at.desc())
        )
    )


def _released_before(flow_item_id: str, first: date) -> Select[Delivery]:
    return (
        select(Delivery)
        .where(
            Delivery.flow_item_id == flow_item_id,
            Delivery.state == DeliveryState.RELEASED,
            or_(Delivery.correction_kind.is_(None), Delivery.correction_kind == CorrectionKind.REPLACEMENT),
            Delivery.period_last < first,
        )
        .order_by(Delivery.period_last.desc(), Delivery.sent_at.desc())
    )


def latest_before(session: Session, flow_item_id: str, first: date) -> Delivery | None:
    """The released delivery of the nearest earlier period in the flow."""
    return session.scalars(_released_before(flow_item_id, first).limit(1)).first()


def latest_three_before(session: Session, flow_item_id: str, first: date) -> list[Delivery]:
    """The released deliveries of the three nearest earlier periods in the flow, the latest first."""
    return list(session.scalars(_released_before(flow_item_id, first).limit(3)))


def corrections_of(session: Session, delivery: Delivery) -> list[Delivery]:
    """Corrections of single rows that stand on a delivery, and on each other, in the order in which they count."""
    found: list[Delivery] = []
    current: Delivery | None = delivery
    while current is not None:
        current = session.scalar(
            select(Delivery).where(
                Delivery.corrects_delivery_id == current.id,
                Delivery.correction_kind == CorrectionKind.CORRECTION,
                Delivery.state.in_(STANDING),
            )
        )
        if current is not None:
            found.append(current)
    return found


def root_of(session: Session, delivery: Delivery) -> Delivery:
    """What a chain of corrections of single rows stands on."""
    while delivery.correction_kind == CorrectionKind.CORRECTION and delivery.corrects_delivery_id:
        delivery = session.get_one(Delivery, delivery.corrects_delivery_id)
    return delivery


def line_of(session: Session, delivery_id: str) -> list[str]:
    """Ids of a delivery, of what it corrects or replaces, of what that does, and so on."""
    line, following = [], session.get(Delivery, delivery_id)
    while following is not None:
        line.append(following.id)
        corrects = following.corrects_delivery_id
        following = session.get(Delivery, corrects) if corrects else None
    return line


def rows_of(session: Session, delivery: Delivery, only: Collection[str] | None = None) -> pl.DataFrame:
    """The typed rows of one delivery, or ``only`` these of their columns. Raises ``NotFound`` where it has none yet."""
    if delivery.parquet_key is None:
        raise NotFound("rows")
    return rows_from(storage.read(session, delivery.parquet_key), only)


def rows_as_corrected(session: Session, delivery: Delivery, key: Sequence[str]) -> pl.DataFrame:
    """The typed rows of a delivery with its corrections in the place of what they correct."""
    rows = rows_of(session, delivery)
    for correction in corrections_of(session, delivery):
        newer = rows_of(session, correction)
        rows = pl.concat([rows.join(newer, on=list(key), how="anti", nulls_equal=True), newer.select(rows.columns)])
    return rows


def check_key(delivery: Delivery) -> str:
    """What the job that checks this revision of a delivery is known by."""
    return f"{CHECK}:{delivery.id}:{delivery.revision}"


def check_job(session: Session, delivery: Delivery) -> Job | None:
    """The worker's job that a delivery waits for."""
    return session.scalar(select(Job).where(Job.unique_key == check_key(delivery)))


def last_sent(session: Session, flow_item_id: str, *, but: str) -> Delivery | None:
    """The flow's newest delivery that was sent, whose receipt stands beside a draft."""
    return session.scalar(
        select(Delivery)
        .where(Delivery.flow_item_id == flow_item_id, Delivery.number.is_not(None), Delivery.id != but)
        .order_by(Delivery.sent_at.desc())
        .limit(1)
    )
