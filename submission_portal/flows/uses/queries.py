"""Reading uses: which a line has, which an organisation answers for, and whether a line takes deliveries on a day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session, selectinload

from registry import clock
from registry.actors import Actor
from registry.columns import told_in
from registry.findings import Finding
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.locks import Hold, holding
from submission_portal.flows import carried, standing
from submission_portal.flows.audiences import Audience
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.content import read as read_line
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.standing import Validity
from submission_portal.flows.uses import standing as of_use
from submission_portal.flows.uses.content import read
from submission_portal.flows.uses.standing import CARRIED, CARRIED_PUBLIC, USE, StandingUse

KIND = USE
APPROVED = (State.PUBLISHED, State.SUPERSEDED)
SEEN = (*APPROVED, State.WITHDRAWN)
"""A use that was withdrawn is told of, and covers nothing."""
_LINES: BindParameter[str] = bindparam("lines", expanding=True)
_OF_LINES = (
    select(Version)
    .join(Item)
    .where(
        Item.kind == KIND,
        told_in(Version.content_text, "line").in_(_LINES),
        Version.published_at.is_not(None),
        Version.state.in_(SEEN),
    )
    .order_by(Item.slug, Version.number)
)
"""Every file and page asks it: made once, since to say it anew takes longer than to carry it out."""
_CARRIED = (
    select(Version)
    .join(Item)
    .where(
        Item.kind == LINE,
        Item.id.in_(_LINES),
        Version.published_at.is_not(None),
        Version.state.in_(SEEN),
        told_in(Version.content_text, "content_schema") == carried.NAME,
    )
    .order_by(Version.number)
)


def uses_of_line(session: Session, line_item_id: str, on: date | None = None) -> list[StandingUse]:
    """Every use that the line has or had: of each item the version that applies on a day, today by default, or else the newest
    approved one, and what is carried over and nothing has taken the place of; the recipients' before everybody's."""
    return uses_of_lines(session, [line_item_id], on).get(line_item_id, [])


def uses_of_lines(
    session: Session, line_item_ids: Collection[str], on: date | None = None
) -> dict[str, list[StandingUse]]:
    """The same of several lines, by the line's item id; two statements."""
    on = on or clock.today()
    if not line_item_ids:
        return {}
    rows = session.scalars(_OF_LINES, {"lines": list(line_item_ids)})
    found: dict[str, list[StandingUse]] = {}
    taken: set[str] = set()
    for version in _applying(rows, on):
        made = of_version(version)
        found.setdefault(made.line_item_id, []).append(made)
        taken |= {made.use.succeeds} if _began(version, on) else set()
    for version in _carried_versions(session, line_item_ids, on):
        found.setdefault(version.item_id, []).extend(one for one in carried_uses(version) if one.ref not in taken)
    return {key: sorted(uses, key=order) for key, uses in found.items()}


def uses_in_versions(session: Session, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], StandingUse]:
    """Uses that decisions named, by reference and version hash, each in that version and as it stands now; one statement."""
    # Two uses may say the same, and then have one hash: each is known by its item as well.
    hashes = {version_hash for _ref, version_hash in named}
    is_named = (Version.content_hash.in_(hashes), Version.published_at.is_not(None))
    found: dict[tuple[str, str], StandingUse] = {}
    for version in session.scalars(select(Version).where(*is_named).order_by(Version.number)):
        for one in carried_uses(version) if carried.is_carried(version.content) else [of_version(version)]:
            found[one.ref, one.version_hash] = one
    return {key: found[key] for key in named if key in found}


def hold_uses(session: Session, refs: Collection[str]) -> None:
    """See that nobody withdraws, succeeds or suspends these uses until the transaction ends. Held after their line.

    What is carried over has no item of its own: its line's is held in its place (`flows.suspending.refuse_suspended`).
    """
    ids = [ref.partition(":")[2] for ref in refs if ref.startswith(f"{USE}:")]
    query = select(Item.id).where(Item.id.in_(ids)).order_by(Item.id)
    session.execute(holding(query, Hold.UNCHANGED)).all()


def _began(version: Version, on: date) -> bool:
    """Whether an approved use had begun by the day. What it took the place of then is over, whatever becomes of the use; one
    that was withdrawn before its first day took the place of nothing."""
    first = version.valid_from
    ended = clock.today(version.ended_at) if version.state == State.WITHDRAWN and version.ended_at else None
    return version.has_begun(on) and (first is None or ended is None or ended >= first)


def approved_versions_of(session: Session, item_id: str) -> Sequence[Version]:
    """The versions of a use that were approved, whatever became of them, by number."""
    query = select(Version).where(Version.item_id == item_id, Version.published_at.is_not(None))
    return session.scalars(query.order_by(Version.number)).all()


def of_version(version: Version) -> StandingUse:
    """An approved version of a use."""
    use = read(version.content)
    validity = Validity(State(version.state), version.valid_from, version.valid_to)
    return StandingUse(f"{USE}:{version.item_id}", use.line, use, version.content_hash, validity, is_carried_over=False)


def carried_uses(version: Version) -> list[StandingUse]:
    """The two uses in an approved ``flow/1`` version. They last until their own end, whatever version the line has since."""
    content, line = version.content, version.item_id
    state = State.WITHDRAWN if version.state == State.WITHDRAWN else State.PUBLISHED
    validity = Validity(state, version.valid_from)
    return [
        StandingUse(
            f"{kind}:{line}",
            line,
            read(made(content, line, version.content_hash)),
            version.content_hash,
            validity,
            True,
        )
        for kind, made in ((CARRIED, carried.first_use), (CARRIED_PUBLIC, carried.public_use))
    ]


def _applying(rows: Iterable[Version], on: date) -> list[Version]:
    """Of each item the version that applies on the day, or else the newest; ``rows`` by number."""
    chosen: dict[str, Version] = {}
    for version in rows:
        before = chosen.get(version.item_id)
        if before is None or not before.is_in_force(on):
            chosen[version.item_id] = version
    return list(chosen.values())


def _carried_versions(session: Session, line_item_ids: Collection[str], on: date) -> list[Version]:
    """Of each line the ``flow/1`` version that was approved and applies on the day, or else the newest."""
    return _applying(session.scalars(_CARRIED, {"lines": list(line_item_ids)}), on)


def uses_of_organisation(session: Session, organisation_ids: Collection[str]) -> list[StandingUse]:
    """Every use that some recipients answer for, by line."""
    lines = session.scalars(select(Item.id).where(Item.kind == LINE).order_by(Item.slug)).all()
    return [
        one for uses in uses_of_lines(session, lines).values() for one in uses if one.use.recipient in organisation_ids
    ]


def that_may_be_named(uses: Sequence[StandingUse], on: date) -> list[StandingUse]:
    """The uses that a decision to disclose may name on the day. What is open to everybody without a decision follows the
    recipient's own, and is named by nobody."""
    return [one for one in uses if not one.is_to_be_decided and of_use.refusal(one, on) is None]


def refusal(session: Session, version: Version, on: date) -> Finding | None:
    """Why a version of a line takes no delivery on the day: for its own sake, or since no use stands; ``None`` where it does."""
    return refusal_with(version, uses_of_line(session, version.item_id, on), on)


def refusal_with(version: Version, uses: Sequence[StandingUse], on: date) -> Finding | None:
    """The same with the line's uses at hand."""
    validity = Validity(State(version.state), version.valid_from, version.valid_to)
    line = read_line(version.content)
    stop = standing.refusal(line, validity, on)
    if stop is not None and on <= line.valid_to:
        return stop
    reasons = [of_use.refusal(one, on) for one in uses if not one.is_to_be_decided]
    if None in reasons:
        return stop
    # A line and its last use may end on one day: what carried it says more than that it is over.
    return next((one for one in reasons if one is not None), stop or FINDINGS.found("FLOW-116"))


def last_day(version: Version, uses: Sequence[StandingUse]) -> date:
    """The last day on which a line takes deliveries: its own, or that of its last use, whichever comes first."""
    ends = [one.sunset for one in uses if not one.is_to_be_decided and not one.is_withdrawn]
    return min([read_line(version.content).valid_to, *([max(ends)] if ends else [])])


def unpublished_uses(session: Session, actor: Actor) -> list[Version]:
    """Drafts of uses, and uses that wait for a decision, that the actor may see, the newest first."""
    if not actor.is_signed_in:
        return []
    rows = (
        select(Version)
        .join(Item)
        .where(Item.kind == KIND, items.is_open(), items.visible(actor))
        .order_by(Version.changed_at.desc())
        .options(selectinload(Version.decisions))
    )
    return list(session.scalars(rows))


def use_item(session: Session, slug: str) -> Item | None:
    """The use by its readable key."""
    return items.item_by_slug(session, KIND, slug)


def order(one: StandingUse) -> tuple[int, bool, str]:
    """How uses are listed: the narrowest audience first, the carried-over ones before the others."""
    return NARROWEST.index(one.use.audience), not one.is_carried_over, one.ref


NARROWEST = tuple(Audience)
