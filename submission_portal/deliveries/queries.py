"""Reading deliveries. Who may see one is decided here, in one place (`visible`).

The region's own people see everything of theirs. The recipient's reviewers see a delivery once it has been sent. Of what
has been released anybody may know that it exists and what it rests on (`is_public`), never its file or its rows.
"""

from collections.abc import Collection, Sequence
from datetime import date

import polars as pl
from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from registry import storage
from registry.actors import Actor, Role, Scope
from registry.errors import NotFound, Refused
from registry.jobs import Job
from registry.paging import Page, page_of
from submission_portal.deliveries.assessment.before import MOST_ON_DAYS
from submission_portal.deliveries.assessment.found_cells import SCHEMA as CELLS
from submission_portal.deliveries.lifecycle import STANDING, WORKING, CorrectionKind, DeliveryState
from submission_portal.deliveries.parts import WHOLE
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
    own = actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
    return or_(
        Delivery.organisation_id.in_(own | client_organisations(actor)),
        and_(Delivery.number.is_not(None), Delivery.recipient_id.in_(actor.organisations(*REVIEWERS))),
    )


def client_organisations(actor: Actor) -> frozenset[str]:
    """The organisation of a machine client, which sees what is that organisation's, whatever its scopes let it do."""
    return frozenset(one for one in actor.organisations() if actor.may(*Scope, organisation_id=one))


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
    number: str | None = None,
    sender_reference: str | None = None,
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
    if number is not None:
        wanted.append(Delivery.number == number)
    if sender_reference is not None:
        wanted.append(Delivery.sender_reference == sender_reference)
    newest = select(Delivery).where(*wanted).order_by(Delivery.changed_at.desc(), Delivery.id)
    if whole:
        newest = newest.options(selectinload(Delivery.disclosures), selectinload(Delivery.receipt))
    return page_of(session, newest, page, per_page)


def made_of_file(
    session: Session, flow_item_id: str, sha256: str, sheet: str, *, but: str | None = None
) -> Delivery | None:
    """What was made of the very same file before: as `standing_with_file` has it, or else the latest that is being prepared."""
    stands = Delivery.state.in_(STANDING)
    return session.scalar(
        select(Delivery)
        .where(
            Delivery.flow_item_id == flow_item_id,
            Delivery.file_sha256 == sha256,
            Delivery.sheet == sheet,
            or_(and_(stands, Delivery.id != (but or "")), Delivery.state.in_(WORKING)),
        )
        .order_by(case((stands, 0), else_=1), Delivery.sent_at.desc(), Delivery.created_at.desc())
        .limit(1)
    )


def standing_with_file(
    session: Session, flow_item_id: str, sha256: str, sheet: str, *, but: str | None = None
) -> Delivery | None:
    """The latest delivery that was received with the very same file (and sheet of it) and still stands. ``but``: the id of the one that a
    replacement of it, read by other answers, is made for."""
    return session.scalar(
        select(Delivery)
        .where(
            Delivery.flow_item_id == flow_item_id,
            Delivery.file_sha256 == sha256,
            Delivery.sheet == sheet,
            Delivery.state.in_(STANDING),
            Delivery.id != (but or ""),
        )
        .order_by(Delivery.sent_at.desc())
        .limit(1)
    )


def standing_in_period(
    session: Session, flow_item_id: str, first: date, last: date, part: str | None = WHOLE, *, but: str | None = None
) -> list[Delivery]:
    """Deliveries that stand for some of these days and correct nothing partial: what a new one would say again.

    A part is said again by the same part and by the whole, the whole by every part; where nobody knows which part it is
    (``None``) only by the whole.
    """
    said_again = true() if part == WHOLE else Delivery.part.in_({part or WHOLE, WHOLE})
    return list(
        session.scalars(
            select(Delivery)
            .where(
                Delivery.flow_item_id == flow_item_id,
                Delivery.state.in_(STANDING),
                Delivery.id != (but or ""),
                said_again,
                or_(Delivery.correction_kind.is_(None), Delivery.correction_kind == CorrectionKind.REPLACEMENT),
                Delivery.period_first <= last,
                Delivery.period_last >= first,
            )
            .order_by(Delivery.sent_at.desc())
        )
    )


def periods_before(
    session: Session, flow_item_id: str, first: date, part: str | None = WHOLE, *, most: int
) -> list[list[Delivery]]:
    """The released deliveries of the nearest earlier periods in the line, the latest first: of each period the one delivery that
    it came in, or its parts. Of a part: that part, or the whole that it was within; two statements."""
    wanted = (
        Delivery.flow_item_id == flow_item_id,
        Delivery.state == DeliveryState.RELEASED,
        or_(Delivery.correction_kind.is_(None), Delivery.correction_kind == CorrectionKind.REPLACEMENT),
        Delivery.period_last < first,
        Delivery.part.in_({part, WHOLE}) if part else true(),
    )
    spans = (
        select(Delivery.period_first, Delivery.period_last)
        .where(*wanted)
        .group_by(Delivery.period_first, Delivery.period_last)
        .order_by(Delivery.period_last.desc(), func.max(Delivery.sent_at).desc())
        .limit(most)
    )
    nearest: dict[tuple[date | None, date | None], list[Delivery]] = {
        (begins, ends): [] for begins, ends in session.execute(spans)
    }
    if not nearest:
        return []
    of_spans = select(Delivery).where(*wanted, Delivery.period_last >= min(ends for _begins, ends in nearest if ends))
    for one in session.scalars(of_spans.order_by(Delivery.part, Delivery.sent_at.desc())):
        if (one.period_first, one.period_last) in nearest:
            nearest[one.period_first, one.period_last].append(one)
    return list(nearest.values())


def released_on(
    session: Session,
    flow_item_id: str,
    first: date,
    part: str | None,
    *,
    days: Sequence[tuple[date, date]],
) -> list[Delivery]:
    """The released deliveries of some days before one, the latest `MOST_ON_DAYS`: what values are compared with beside those of the
    nearest periods. Of a part as `periods_before`."""
    on_days = or_(*(and_(Delivery.period_first <= ends, Delivery.period_last >= begins) for begins, ends in days))
    query = select(Delivery).where(
        Delivery.flow_item_id == flow_item_id,
        Delivery.state == DeliveryState.RELEASED,
        or_(Delivery.correction_kind.is_(None), Delivery.correction_kind == CorrectionKind.REPLACEMENT),
        Delivery.period_last < first,
        Delivery.part.in_({part, WHOLE}) if part else true(),
        on_days,
    )
    return list(session.scalars(query.order_by(Delivery.period_last.desc()).limit(MOST_ON_DAYS)))


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


def successors_of(session: Session, delivery: Delivery) -> list[Delivery]:
    """What was received to correct or replace a delivery, in the order in which it came."""
    query = select(Delivery).where(Delivery.corrects_delivery_id == delivery.id, Delivery.number.is_not(None))
    return list(session.scalars(query.order_by(Delivery.sent_at, Delivery.id)))


def root_of(session: Session, delivery: Delivery) -> Delivery:
    """What a chain of corrections of single rows stands on."""
    while delivery.correction_kind == CorrectionKind.CORRECTION and delivery.corrects_delivery_id:
        delivery = session.get_one(Delivery, delivery.corrects_delivery_id)
    return delivery


def part_corrected(session: Session, delivery: Delivery) -> str | None:
    """The part of the delivery that this one corrects or replaces; ``None`` where it corrects none."""
    if delivery.corrects_delivery_id is None:
        return None
    return root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id)).part


def line_of(session: Session, delivery_id: str) -> list[str]:
    """Ids of a delivery, of what it corrects or replaces, of what that does, and so on."""
    line, following = [], session.get(Delivery, delivery_id)
    while following is not None:
        line.append(following.id)
        corrects = following.corrects_delivery_id
        following = session.get(Delivery, corrects) if corrects else None
    return line


def has_rows(delivery: Delivery) -> bool:
    """Whether a delivery has typed rows (`rows_of`)."""
    return delivery.parquet_key is not None


def rows_of(session: Session, delivery: Delivery, only: Collection[str] | None = None) -> pl.DataFrame:
    """The typed rows of one delivery, or ``only`` these of their columns. Raises ``NotFound`` where it has none yet."""
    if delivery.parquet_key is None:
        raise NotFound("rows")
    return rows_from(storage.read(session, delivery.parquet_key), only)


def cells_of_attempt(session: Session, delivery: Delivery) -> pl.DataFrame | None:
    """Every cell that the last check found something in (`assessment.found_cells.SCHEMA`); ``None`` where nobody knows them: before the
    first check, of one by an earlier release of the registry, and where they were lost."""
    if delivery.cells_key is None:
        was_clean = bool(delivery.assessment.stages) and not delivery.assessment.findings
        return pl.DataFrame(schema=CELLS) if was_clean else None
    try:
        return rows_from(storage.read(session, delivery.cells_key))
    except (NotFound, Refused):  # `storage verify` says so: no reason to refuse what comes after
        return None


def rows_as_corrected(
    session: Session, delivery: Delivery, key: Sequence[str], only: Collection[str] | None = None
) -> pl.DataFrame:
    """The typed rows of a delivery with its corrections in the place of what they correct, or ``only`` these of their columns."""
    rows = rows_of(session, delivery, only)
    for correction in corrections_of(session, delivery):
        newer = rows_of(session, correction, only)
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
