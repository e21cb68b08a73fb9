"""Keeping what has been answered about an export: a layout's first version, and each later one. Flushes, records, never commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events, hands
from registry.actors import Actor
from registry.errors import Refused
from registry.findings import Text
from registry.items.tables import Item
from registry.locks import hold_name
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import refuse_unfit_texts
from submission_portal.deliveries.layouts.queries import MOST_LAYOUTS, MOST_VERSIONS, layouts_of_line
from submission_portal.deliveries.queries import PREPARES
from submission_portal.deliveries.reading.layouts.content import Layout, LayoutBreak
from submission_portal.deliveries.tables import ExportLayout, LayoutVersion
from submission_portal.flows.acts import line

LONGEST_SOURCE, LONGEST_REASON = 80, 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """Why an answer that was there is another now."""

    kind: LayoutBreak
    reason: str


def keep_layout(
    session: Session,
    actor: Actor,
    now: datetime,
    flow_item: Item,
    content: Layout,
    *,
    model_version: str,
    source: str,
    before: str | None = None,
    change: Change | None = None,
) -> LayoutVersion:
    """The version of a layout that holds these answers: a new one, or the one that has them already.

    ``before``: the id of the version that they were made from; ``None`` for an export of which nothing was known, called
    ``source``. ``change``: why an answer is another; left out where answers only came to it.

    Raises `Refused` where somebody has answered meanwhile (LAY-011), another export has the name (LAY-010), there are too many
    (LAY-012), or a change has no reason (LAY-013); `Forbidden` without the role.
    """
    actor.require(*PREPARES, organisation_id=flow_item.organisation_id)
    hands.require(session, actor, hands.Side.DISCLOSER, line(flow_item.id))
    hold_layouts(session, flow_item.id)
    if change is not None and not change.reason.strip():
        raise Refused(FINDINGS.found("LAY-013"))
    reason = change.reason.strip()[:LONGEST_REASON] if change is not None else ""
    source = " ".join(source.split())[:LONGEST_SOURCE]
    written = [Text("källsystemet", "the source system"), Text("skälet", "the reason"), Text("svaren", "the answers")]
    texts = (source, reason, " ".join([*content.constants.values(), *(one.heading for one in content.columns)]))
    refuse_unfit_texts(*zip(written, texts, strict=True))
    layout = _layout(session, now, flow_item, source, before)
    number = 1
    if layout.versions:
        current = layout.current
        if current.id != before:
            raise Refused(FINDINGS.found("LAY-011"))
        if current.content_hash == content.content_hash:
            return current
        number = current.number + 1
        if number > MOST_VERSIONS:
            raise Refused(FINDINGS.found("LAY-012", {"most": MOST_VERSIONS}))
    version = LayoutVersion(
        organisation_id=layout.organisation_id,
        number=number,
        content=content,
        content_hash=content.content_hash,
        model_version_hash=model_version,
        break_kind=change.kind if change is not None else None,
        reason=reason,
        created_by=actor.person_id or "",
        created_at=now,
    )
    layout.versions.append(version)
    session.flush()
    kind = {"break": change.kind.value} if change is not None else {}
    events.record(
        session,
        "LayoutChanged" if change is not None else "LayoutAnswered",
        actor=actor,
        now=now,
        subject=f"layout:{layout.id}",
        organisation_id=layout.organisation_id,
        data={"version": number, "content": version.content_hash, **kind},
    )
    return version


def hold_layouts(session: Session, flow_item_id: str) -> None:
    """Hold the layouts of a line until the transaction ends. Before any of its deliveries is held."""
    hold_name(session, f"layouts:{flow_item_id}")


def _layout(session: Session, now: datetime, flow_item: Item, source: str, before: str | None) -> ExportLayout:
    if before is not None:
        query = select(ExportLayout).join(LayoutVersion).where(LayoutVersion.id == before)
        found = session.scalar(query.where(ExportLayout.flow_item_id == flow_item.id))
        if found is None:
            raise Refused(FINDINGS.found("LAY-011"))
        session.refresh(found, ["versions"])
        return found
    there = layouts_of_line(session, flow_item.id)
    if any(one.source.casefold() == source.casefold() for one in there):
        raise Refused(FINDINGS.found("LAY-010", {"source": source}))
    if len(there) >= MOST_LAYOUTS:
        raise Refused(FINDINGS.found("LAY-012", {"most": MOST_LAYOUTS}))
    layout = ExportLayout(
        organisation_id=flow_item.organisation_id, flow_item_id=flow_item.id, source=source, created_at=now
    )
    session.add(layout)
    session.flush()
    return layout


def forgotten(content: Layout, headings: frozenset[str], elements: frozenset[str]) -> Layout:
    """A layout without its answers about some headings, and about what some elements are: they are asked again. Where the export
    was said not to have an element, so are the columns that are not read in: it may be one of them.

    >>> from submission_portal.deliveries.reading.layouts.content import ColumnAnswer
    >>> forgotten(Layout((ColumnAnswer("dvp", "disponibla"),), ("belagda",)), frozenset(), frozenset({"belagda"})).absent
    ()
    """
    was_absent = not elements.isdisjoint(content.absent)
    return Layout(
        tuple(one for one in content.columns if one.heading not in headings and (one.element or not was_absent)),
        tuple(name for name in content.absent if name not in elements),
        {name: text for name, text in content.constants.items() if name not in elements},
        {name: told for name, told in content.codes.items() if name not in elements},
        {} if "" in elements else content.aside,
        tuple(name for name in content.filled_down if name not in elements),
        {name: order for name, order in content.date_orders.items() if name not in elements},
        {heading: factor for heading, factor in content.factors.items() if heading not in headings},
        content.header,
        content.sheet,
        "" if content.measures in headings else content.measures,
        content.headless,
    )
