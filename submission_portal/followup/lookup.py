"""From what somebody holds in their hand to its trace: a figure, a delivery number, a hash (or its beginning).

faststallda-vardplatser/25/2018-03-01      a figure of the newest published table
L-2026-0007                                a delivery
b5d271c0                                   a version, a table or a file, by its hash or at least eight digits of it
version:…  table:…  release:…  delivery:…  figure:…    references as other pages link them
"""

import re

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry import dependants, references
from registry.actors import Actor
from registry.dependants import Dependant
from registry.errors import NotFound
from registry.findings import Text
from registry.items.tables import Version
from registry.paging import SIZE, Page
from registry.provenance import Provenance
from submission_portal.deliveries import fingerprints
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.figures import region_of_key
from submission_portal.followup.gateway import current_table, version_by_id, version_with_hash
from submission_portal.followup.plans import last_planned
from submission_portal.followup.reach import EVERYTHING, Reach
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace import (
    FORWARD,
    Resting,
    Trace,
    trace_delivery,
    trace_figure,
    trace_table,
)
from submission_portal.followup.trace_nodes import Link, TraceNode
from submission_portal.forwarding.tables import Release

NUMBER = re.compile(r"L-[0-9]{4}-[0-9]{4,}", re.IGNORECASE)
HASH = re.compile(r"[0-9a-f]{8,64}")
ALL = 2**31
"""As many as there may be."""
KINDS = ("version", "table", "release", "delivery", "figure")


def find_trace(session: Session, actor: Actor, text: str, reach: Reach = EVERYTHING) -> Trace:
    """The trace of what ``text`` names, as much of its long lists as ``reach`` says. Raises ``NotFound`` where it names nothing that ``actor`` may know of."""
    text = text.strip()
    kind, _, identifier = text.partition(":")
    if kind in KINDS and identifier:
        return _by_reference(session, actor, kind, identifier, reach)
    if NUMBER.fullmatch(text):
        return _delivery(session, actor, Delivery.number == text.upper(), reach)
    digits = re.sub(r"[\s…]", "", text).lower()
    if HASH.fullmatch(digits):
        return _by_hash(session, actor, digits, reach)
    slug, _, key = text.partition("/")
    table = current_table(session, slug, actor, about=region_of_key(key)) if key else None
    if table is None:
        raise NotFound("trace")
    return _figure(session, actor, table, key, reach)


def _figure(session: Session, actor: Actor, table: TableVersion, key: str, reach: Reach) -> Trace:
    measure = last_planned(session, table.measure_slug)
    if measure is None:
        raise NotFound("measure")
    return trace_figure(session, shown_to(session, measure, table, actor), key, reach)


def _by_reference(session: Session, actor: Actor, kind: str, identifier: str, reach: Reach) -> Trace:
    match kind:
        case "table":
            return trace_table(session, version_by_id(session, identifier, actor), reach)
        case "figure":
            table_id, _, key = identifier.partition("/")
            return _figure(session, actor, version_by_id(session, table_id, actor), key, reach)
        case "delivery":
            return _delivery(session, actor, Delivery.id == identifier, reach)
        case "release":
            return _delivery(
                session,
                actor,
                Delivery.id == select(Release.delivery_id).where(Release.id == identifier).scalar_subquery(),
                reach,
            )
        case _:
            return _version(session, actor, identifier, reach)


def _by_hash(session: Session, actor: Actor, digits: str, reach: Reach) -> Trace:
    """A version, a table or a delivered file whose hash begins so; where several do, the first that may be seen."""
    for content_hash in session.scalars(
        select(Version.content_hash)
        .where(Version.content_hash.startswith(digits), Version.submitted_at.is_not(None))
        .distinct()
        .order_by(Version.content_hash)
        .limit(10)
    ):
        try:
            return _version(session, actor, content_hash, reach)
        except NotFound:
            continue
    table = version_with_hash(session, digits, actor)
    if table is not None:
        return trace_table(session, table, reach)
    for delivery in session.scalars(
        select(Delivery)
        .where(Delivery.file_sha256.startswith(digits), Delivery.number.is_not(None))
        .order_by(Delivery.number.desc())
        .limit(10)
    ):
        if not fingerprints.are_open_to(session, actor, delivery):
            continue  # an answer would confirm a guess at the file
        try:
            return trace_delivery(session, actor, delivery, reach)
        except NotFound:
            continue
    raise NotFound("trace")


def _delivery(session: Session, actor: Actor, condition: ColumnElement[bool], reach: Reach) -> Trace:
    delivery = session.scalar(select(Delivery).where(condition))
    if delivery is None:
        raise NotFound("delivery")
    return trace_delivery(session, actor, delivery, reach)


def _version(session: Session, actor: Actor, content_hash: str, reach: Reach) -> Trace:
    """Any administered version: what it is bound to, and everything that rests on it."""
    ref = f"version:{content_hash}"
    below = references.downwards(session, ref)
    described = references.describe(session, actor, [ref, *(step.ref for step in below)])
    if ref not in described:
        raise NotFound("version")
    seen = described[ref]
    here = TraceNode(
        seen.knot or "concept",
        seen.label,
        None,
        seen,
        ref,
        ((Text("Innehållets kontrollsumma", "Content hash"), content_hash),),
    )
    back = [here]
    for step in below:
        if (known := described.get(step.ref)) is not None:
            back.append(TraceNode(known.knot or "concept", known.label, known.kind, known, step.ref))
    return Trace(
        ref,
        seen.kind,
        seen.label,
        seen,
        tuple(back),
        _resting_on(session, actor, ref, reach),
        Provenance.OWN,
        here.knot,
        here.facts,
    )


def _resting_on(session: Session, actor: Actor, ref: str, reach: Reach) -> tuple[Resting, ...]:
    """Everything that rests on a version, by kind; releases go without saying beside their deliveries."""

    def link(one: Dependant) -> Link:
        known = one.reference
        return Link(known.label, known, one.ref, note=known.kind, knot=known.knot or "figure")

    found = []
    for group in dependants.resting_on(session, actor, [ref], shown=ALL if reach.is_whole else SIZE):
        listed: Page[Dependant] = Page(group.newest, 1, group.total, max(SIZE, len(group.newest)))
        if reach.wanted == f"{FORWARD}{group.key}":
            listed = dependants.page_resting_on(session, actor, [ref], group.key, reach.page)
        found.append(Resting(group.kind.knot, listed.of(link), group.key))
    return tuple(found)
