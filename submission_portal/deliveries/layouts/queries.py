"""The layouts of a line: what its region has answered about its exports, as files are read by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.paging import Page, page_of
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.queries import PREPARES
from submission_portal.deliveries.reading.layouts.content import Layout, LayoutBreak
from submission_portal.deliveries.tables import Delivery, ExportLayout, LayoutVersion

MOST_LAYOUTS = 20
"""So many exports has a line; each file is held against all of them."""
MOST_VERSIONS = 500
READS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


@dataclass(frozen=True, slots=True)
class Known:
    """A version of a layout, as it is for a model that has these elements."""

    version_id: str
    layout: Layout


def layouts_of_line(session: Session, flow_item_id: str) -> Sequence[ExportLayout]:
    """The layouts of a line with their versions, the latest last."""
    query = (
        select(ExportLayout)
        .where(ExportLayout.flow_item_id == flow_item_id)
        .options(selectinload(ExportLayout.versions))
        .order_by(ExportLayout.created_at, ExportLayout.id)
        .limit(MOST_LAYOUTS)
    )
    return session.scalars(query).all()


def known_in_line(session: Session, flow_item_id: str, elements: frozenset[str]) -> list[Known]:
    """The answers that files of a line are read by: those about the elements that the model has now. A new version of the model
    carries answers over by element."""
    return [Known(one.current.id, one.current.content.only(elements)) for one in layouts_of_line(session, flow_item_id)]


def layout_for(session: Session, actor: Actor, identifier: str) -> ExportLayout:
    """A layout that the actor may read: its region's own people. Raises ``NotFound``."""
    query = select(ExportLayout).where(ExportLayout.id == identifier)
    if not actor.is_system:
        query = query.where(ExportLayout.organisation_id.in_(actor.organisations(*READS)))
    found = session.scalar(query)
    if found is None:
        raise NotFound("layout")
    return found


def page_of_layouts(session: Session, actor: Actor, number: int, per_page: int = 25) -> Page[ExportLayout]:
    """The layouts of the actor's regions, by line."""
    query: Any = select(ExportLayout).options(selectinload(ExportLayout.versions))
    if not actor.is_system:
        query = query.where(ExportLayout.organisation_id.in_(actor.organisations(*READS)))
    return page_of(session, query.order_by(ExportLayout.flow_item_id, ExportLayout.source), number, per_page)


def may_change(actor: Actor, layout: ExportLayout) -> bool:
    return actor.may(*PREPARES, organisation_id=layout.organisation_id)


def read_by(session: Session, version_ids: Sequence[str], number: int, per_page: int = 25) -> Page[Delivery]:
    """The deliveries that were received as they were read by these versions, the latest first."""
    query = (
        select(Delivery)
        .where(Delivery.layout_version_id.in_(version_ids), Delivery.number.is_not(None))
        .order_by(Delivery.sent_at.desc())
    )
    return page_of(session, query, number, per_page)


def to_replace(session: Session, layout: ExportLayout, limit: int) -> list[Delivery]:
    """The released deliveries that were read with an answer that was said to be wrong since, and of which no replacement is being
    prepared; the oldest first."""
    wrong = max((one.number for one in layout.versions if one.break_kind == LayoutBreak.NONE), default=0)
    made = aliased(Delivery)
    query = (
        select(Delivery)
        .where(
            Delivery.layout_version_id.in_([one.id for one in layout.versions if one.number < wrong]),
            Delivery.state == DeliveryState.RELEASED,
            Delivery.file_key.is_not(None),
            ~exists().where(
                made.corrects_delivery_id == Delivery.id,
                made.correction_kind == CorrectionKind.REPLACEMENT,
                made.state.not_in((DeliveryState.WITHDRAWN, DeliveryState.REFUSED)),
            ),
        )
        .order_by(Delivery.sent_at)
        .limit(limit)
    )
    return list(session.scalars(query))


def is_answered_since(session: Session, delivery: Delivery) -> bool:
    """Whether something has been answered about exports of a draft's line since its file was read."""
    latest = session.scalar(
        select(func.max(LayoutVersion.created_at))
        .join(ExportLayout, LayoutVersion.layout_id == ExportLayout.id)
        .where(ExportLayout.flow_item_id == delivery.flow_item_id)
    )
    return latest is not None and latest > delivery.changed_at


def read_count(session: Session, layout: ExportLayout) -> int:
    """How many deliveries were read by any version of a layout."""
    query = (
        select(func.count())
        .select_from(Delivery)
        .join(LayoutVersion, Delivery.layout_version_id == LayoutVersion.id)
        .where(LayoutVersion.layout_id == layout.id, Delivery.number.is_not(None))
    )
    return session.scalar(query) or 0
