"""Reading flows: which apply on a day, which an actor may deliver in, and what is on record about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from information_models import gravity
from information_models.definitions import read as read_model
from registry import clock
from registry.actors import Actor, Role
from registry.columns import told_in
from registry.errors import NotFound
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding, Text
from registry.items import queries as items
from registry.items.lifecycle import Change, State
from registry.items.tables import Item, Version
from registry.paging import Page, page_of
from submission_portal.flows import standing
from submission_portal.flows.carryover import KIND, standings
from submission_portal.flows.content import Line, read
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.standing import Consequence
from submission_portal.flows.tables import FlowAssessment, FlowStanding
from submission_portal.flows.uses import queries as uses
from submission_portal.flows.uses.standing import StandingUse

APPROVED = (State.PUBLISHED, State.SUPERSEDED)
_LINES: dict[str, Line] = {}
MOST_KEPT = 1024


def flow_item(session: Session, slug: str) -> Item:
    """The flow by its readable key. Raises `NotFound`."""
    item = items.item_by_slug(session, KIND, slug)
    if item is None:
        raise NotFound("flow")
    return item


def approved_version(session: Session, item: Item, on: date | None = None) -> Version | None:
    """The approved version that applies on a day; without a day, the newest that was approved and not withdrawn."""
    if on is not None:
        return session.scalar(_APPLYING, {"item": item.id, "day": on})
    return session.scalar(_NEWEST, {"item": item.id})


def line_by_hash(session: Session, version_hash: str) -> Line:
    """What the version of a line with this content says. It never changes under its hash, so what was read once is kept.

    Raises ``LookupError`` where no version has that content.
    """
    if (kept := _LINES.get(version_hash)) is not None:
        return kept
    version = items.version_by_hash(session, version_hash)
    if version is None:
        raise LookupError(f"no flow version {version_hash}")
    if len(_LINES) >= MOST_KEPT:
        _LINES.pop(next(iter(tuple(_LINES)), ""), None)
    return _LINES.setdefault(version_hash, read(version.content))


def open_flows(session: Session, actor: Actor, on: date) -> list[Version]:
    """The flows that the actor's organisations may deliver in on the day, by slug: approved, and not refused."""
    own = actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
    query = select(Version).join(Item).where(Item.kind == KIND, Version.state.in_(APPROVED), _applies(on))
    if not actor.is_system:
        query = query.where(Version.organisation_id.in_(own))
    versions = session.scalars(query.order_by(Item.slug)).all()
    used = uses.uses_of_lines(session, [version.item_id for version in versions], on)
    return [one for one in versions if uses.refusal_with(one, used.get(one.item_id, ()), on) is None]


def flows_of_organisations(session: Session, organisation_ids: Iterable[str]) -> list[Version]:
    """These organisations' flows by slug: the version in force of each, or the one that is approved and coming."""
    own = set(organisation_ids)
    return [version for version in items.standing_versions(session, KIND) if version.organisation_id in own]


@dataclass(frozen=True, slots=True)
class Standing:
    """A published version of a line with its uses and what is on record about it, on a day."""

    version: Version
    flow: Line
    uses: tuple[StandingUse, ...]
    refusal: Finding | None
    notices: tuple[Finding, ...]
    rows: tuple[FlowStanding, ...]

    @property
    def sunset(self) -> date:
        """The last day on which it takes deliveries."""
        return uses.last_day(self.version, self.uses)

    @property
    def must_reconfirm(self) -> bool:
        """Whether a change of meaning applies already, or something was withdrawn. What is to come is among the notices."""
        asked = (AnswerKind.CONFIRMATION, AnswerKind.NEW_VERSION)
        return any(FINDINGS[notice.code].answer in asked for notice in self.notices)


def standing_of(session: Session, versions: Sequence[Version], on: date) -> dict[str, Standing]:
    """Where each published version stands, by version id; three statements."""
    on_record = standings(session, [version.id for version in versions])
    used = uses.uses_of_lines(session, [version.item_id for version in versions], on)
    found = {}
    for version in versions:
        flow, rows = read(version.content), on_record[version.id]
        asked = [row for row in rows if row.consequence == Consequence.RECONFIRM]
        changes = [row.applies_from for row in asked if not row.is_withdrawal]
        withdrawn = [row.applies_from or clock.today(row.recorded_at) for row in asked if row.is_withdrawal]
        mine = tuple(used.get(version.item_id, ()))
        grounds = [one.use.ground for one in mine if not (one.is_to_be_decided or one.is_withdrawn)]
        told = standing.notices(flow, grounds, uses.last_day(version, mine), changes, on, withdrawn)
        refusal = uses.refusal_with(version, mine, on)
        found[version.id] = Standing(version, flow, mine, refusal, told, tuple(rows))
    return found


def published_flows(session: Session) -> list[Version]:
    """Every flow by slug: the version in force, or the one that is approved and coming; one statement."""
    return items.standing_versions(session, KIND)


@dataclass(frozen=True, slots=True)
class FlowList:
    """A page of the flows, how many each model has of them on whatever page, and who discloses in any."""

    page: Page[Version]
    totals: Mapping[str, int]
    disclosers: frozenset[str]
    chosen: str
    """The discloser whose flows these are; empty where they are everybody's."""


def list_of_flows(session: Session, discloser: str, number: int, places: Mapping[str, int]) -> FlowList:
    """Page ``number`` of the flows in force or coming, of one discloser where they have any: by model, and within a model by
    the place of the discloser and the flow's key. Four statements, whatever there is."""
    standing = items.standing_of_kind(KIND)
    model = told_in(Version.content_text, "model")
    present = frozenset(session.scalars(standing.with_only_columns(Version.organisation_id).distinct()))
    if discloser in present:
        standing = standing.where(Version.organisation_id == discloser)
    totals = session.execute(standing.with_only_columns(model, func.count()).group_by(model))
    place = case({"": -1, **places}, value=Version.organisation_id, else_=-1)
    page = page_of(session, standing.order_by(model, place, Item.slug), number)
    return FlowList(page, dict(totals.all()), present, discloser if discloser in present else "")


def unpublished_flows(session: Session, actor: Actor) -> list[Version]:
    """Drafts and versions in review that the actor may see, the newest first."""
    if not actor.is_signed_in:
        return []
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == KIND,
            items.is_open(),
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
    """One version that a flow rests on, and the newest that is published in its stead, in force or coming."""

    version: Version
    newer: Version | None
    change: Change | None
    """The gravest change on the way from the one to the other: an editorial version after a change of meaning is no
    editorial change to a flow that rests on what was before both."""
    computed: Text | None = None
    """Of a model, what the registry computes of the way from the one to the other."""


def bound_versions(session: Session, flow: Line) -> tuple[Bound | None, list[Bound]]:
    """The model version that a flow binds, and the versions in that model's lockfile, with what has come after them."""
    model = items.version_by_hash(session, flow.model_version) if flow.model_version else None
    if model is None:
        return None, []
    locked = list(items.versions_by_hash(session, read_model(model.content).lockfile).values())
    everything = [model, *sorted(locked, key=lambda version: (version.item.kind, version.item.slug))]
    since = _published(session, [version.item_id for version in everything])
    bound = [_bound(version, since.get(version.item_id, ())) for version in everything]
    return _computed(session, bound[0]), bound[1:]


def _computed(session: Session, model: Bound) -> Bound:
    if model.newer is None:
        return model
    day = model.newer.valid_from or clock.today()
    [found] = gravity.history(session, [model.version, model.newer], [day])
    return replace(model, computed=found.in_words)


def _bound(version: Version, published: Sequence[Version]) -> Bound:
    newest = next((one for one in published if one.state == State.PUBLISHED), None)
    if newest is None or newest.number <= version.number:
        return Bound(version, None, None)
    between = [one.change for one in published if version.number < one.number <= newest.number and one.change]
    if not between:
        return Bound(version, newest, None)
    return Bound(version, newest, next((one for one in between if Change(one).is_of_meaning), Change(between[0])))


def _published(session: Session, item_ids: Sequence[str]) -> dict[str, list[Version]]:
    """The versions of each item that are or were in force, or are coming; one statement."""
    rows = session.scalars(
        select(Version).where(Version.item_id.in_(item_ids), Version.state.in_(APPROVED)).order_by(Version.number)
    )
    found: dict[str, list[Version]] = {}
    for version in rows:
        found.setdefault(version.item_id, []).append(version)
    return found


def _applies(on: date | ColumnElement[date]) -> ColumnElement[bool]:
    return and_(
        or_(Version.valid_from.is_(None), Version.valid_from <= on),
        or_(Version.valid_to.is_(None), Version.valid_to >= on),
    )


_NEWEST = (
    select(Version)
    .where(Version.item_id == bindparam("item"), Version.state.in_(APPROVED))
    .order_by(Version.number.desc())
    .limit(1)
)
"""Every file asks these two: made once, since to say them anew takes longer than to carry them out."""
_APPLYING = _NEWEST.where(_applies(bindparam("day", type_=Date())))
