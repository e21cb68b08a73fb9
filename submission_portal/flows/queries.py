"""Reading flows: which apply on a day, which an actor may deliver in, and what is on record about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from registry import clock
from registry.errors import NotFound
from registry.findings import Finding
from registry.identity.actors import Actor, Role
from registry.items import queries as items
from registry.items.kinds import Change, State
from registry.items.tables import Item, Version
from submission_portal.flows import standing
from submission_portal.flows.carryover import KIND, standings
from submission_portal.flows.content import Flow, read
from submission_portal.flows.standing import Consequence, Validity
from submission_portal.flows.tables import FlowAssessment, FlowStanding

APPROVED = (State.PUBLISHED, State.SUPERSEDED)


def flow_item(session: Session, slug: str) -> Item:
    """The flow by its readable key. Raises `NotFound`."""
    item = items.item_by_slug(session, KIND, slug)
    if item is None:
        raise NotFound("flow")
    return item


def approved_version(session: Session, item: Item, on: date | None = None) -> Version | None:
    """The approved version that applies on a day; without a day, the newest that was approved and not withdrawn."""
    versions = select(Version).where(Version.item_id == item.id, Version.state.in_(APPROVED))
    if on is not None:
        versions = versions.where(_applies(on))
    return session.scalar(versions.order_by(Version.number.desc()).limit(1))


def open_flows(session: Session, actor: Actor, on: date) -> list[Version]:
    """The flows that the actor's organisations may deliver in on the day, by slug: approved, and not refused."""
    own = actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
    query = select(Version).join(Item).where(Item.kind == KIND, Version.state.in_(APPROVED), _applies(on))
    if not actor.is_system:
        query = query.where(Version.organisation_id.in_(own))
    return [version for version in session.scalars(query.order_by(Item.slug)) if refusal(version, on) is None]


def flows_of_organisations(session: Session, organisation_ids: Iterable[str]) -> list[Version]:
    """Every version of these organisations' flows that was approved and is in force, by slug."""
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == KIND, Version.state == State.PUBLISHED, Version.organisation_id.in_(tuple(organisation_ids))
        )
    )
    return list(session.scalars(query.order_by(Item.slug)))


def refusal(version: Version, on: date) -> Finding | None:
    """Why this version of a flow takes no delivery on the day (`standing.refusal`), or ``None`` where it does."""
    return standing.refusal(read(version.content), validity(version), on)


def validity(version: Version) -> Validity:
    return Validity(State(version.state), version.valid_from, version.valid_to)


@dataclass(frozen=True, slots=True)
class Standing:
    """A published flow version with what is on record about it, on a day."""

    version: Version
    flow: Flow
    refusal: Finding | None
    notices: tuple[Finding, ...]
    rows: tuple[FlowStanding, ...]

    @property
    def must_reconfirm(self) -> bool:
        """Whether a change of meaning applies already, or something was withdrawn. What is to come is among the notices."""
        return any(notice.code in ("FLOW-107", "FLOW-109") for notice in self.notices)


def standing_of(session: Session, versions: Sequence[Version], on: date) -> dict[str, Standing]:
    """Where each published version stands, by version id; one statement."""
    on_record = standings(session, [version.id for version in versions])
    found = {}
    for version in versions:
        flow, rows = read(version.content), on_record[version.id]
        asked = [row for row in rows if row.consequence == Consequence.RECONFIRM]
        changes = [row.applies_from for row in asked if not row.is_withdrawal]
        withdrawn = [row.applies_from or clock.today(row.recorded_at) for row in asked if row.is_withdrawal]
        told = standing.notices(flow, changes, on, withdrawn)
        found[version.id] = Standing(version, flow, refusal(version, on), told, tuple(rows))
    return found


def published_flows(session: Session) -> list[Version]:
    """Every flow in force, by slug; one statement."""
    return items.current_versions(session, KIND)


def unpublished_flows(session: Session, actor: Actor) -> list[Version]:
    """Drafts and versions in review that the actor may see, the newest first."""
    if not actor.is_signed_in:
        return []
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == KIND,
            Version.state.in_((State.DRAFT, State.IN_REVIEW, State.DECIDED)),
            items.visible(actor),
        )
        .order_by(Version.changed_at.desc())
        .options(selectinload(Version.decisions))
    )
    return list(session.scalars(query))


def assessment_of(session: Session, version: Version) -> FlowAssessment | None:
    """The newest round's answers to the control questions."""
    return session.scalar(
        select(FlowAssessment)
        .where(FlowAssessment.version_id == version.id)
        .order_by(FlowAssessment.round.desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """One version that a flow rests on, and the version that is in force in its stead, where there is one."""

    version: Version
    newer: Version | None
    change: Change | None


def bound_versions(session: Session, flow: Flow) -> tuple[Bound | None, list[Bound]]:
    """The model version that a flow binds, and the versions in that model's lockfile, with what has come after them."""
    model = items.version_by_hash(session, flow.model_version) if flow.model_version else None
    if model is None:
        return None, []
    lockfile = [str(one) for one in model.content.get("lockfile", ())]
    locked = list(items.versions_by_hash(session, lockfile).values())
    everything = [model, *sorted(locked, key=lambda version: (version.item.kind, version.item.slug))]
    newer = _in_force(session, [version.item_id for version in everything])
    bound = []
    for version in everything:
        current = newer.get(version.item_id)
        later = current if current is not None and current.number > version.number else None
        bound.append(Bound(version, later, Change(later.change) if later is not None and later.change else None))
    return bound[0], bound[1:]


def _in_force(session: Session, item_ids: Sequence[str]) -> dict[str, Version]:
    rows = session.scalars(select(Version).where(Version.item_id.in_(item_ids), Version.state == State.PUBLISHED))
    return {version.item_id: version for version in rows}


def _applies(on: date) -> ColumnElement[bool]:
    return and_(
        or_(Version.valid_from.is_(None), Version.valid_from <= on),
        or_(Version.valid_to.is_(None), Version.valid_to >= on),
    )
