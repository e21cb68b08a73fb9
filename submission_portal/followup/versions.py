"""Table versions for those who compose them and decide about them, in whatever state. What readers may have is `gateway`'s."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.errors import NotFound
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import METHOD
from submission_portal.followup.frames import frame_of, stored_frame
from submission_portal.followup.published_cells import PublishedCells, Settled, as_each_has, settled_by
from submission_portal.followup.small_number_rules import PROTECTED, AudienceRules, Rules
from submission_portal.followup.tables import TableDecision, TableRelease, TableState, TableVersion
from submission_portal.forwarding.tables import Release

REVIEWERS = (Role.LEGAL_REVIEWER, Role.QUALITY_REVIEWER)
MOST_DIGITS = 10
"""Digits of a version's number, in what somebody typed."""


def latest_version(session: Session, measure_slug: str, audience: Audience = Audience.PUBLIC) -> TableVersion | None:
    """The newest version for an audience of the main series, in whatever state."""
    return session.scalar(
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, TableVersion.audience == audience, TableVersion.is_main)
        .order_by(TableVersion.number.desc())
        .limit(1)
    )


def newest_of(session: Session, measure_slug: str, owner: str) -> dict[Audience, TableVersion]:
    """A recipient's newest version for each protected audience, in whatever state."""
    query = select(TableVersion).where(TableVersion.measure_slug == measure_slug, TableVersion.organisation_id == owner)
    newest = query.order_by(TableVersion.number.desc())
    found: dict[Audience, TableVersion] = {}
    for audience in PROTECTED:
        table = session.scalar(newest.where(TableVersion.audience == audience).limit(1))
        if table is not None:
            found[audience] = table
    return found


def series_that_were(session: Session, measure_slug: str) -> dict[tuple[str, Audience], bool]:
    """Which recipients' audiences have had a table of a measure, by owner and audience, and whether in the main series."""
    columns = (TableVersion.organisation_id, TableVersion.audience, TableVersion.is_main)
    rows = session.execute(select(*columns).where(TableVersion.measure_slug == measure_slug).distinct())
    return {(owner, Audience(audience)): is_main for owner, audience, is_main in rows}


def next_number(session: Session, measure_slug: str, owner: str) -> int:
    """The number of a recipient's next composition."""
    is_theirs = (TableVersion.measure_slug == measure_slug, TableVersion.organisation_id == owner)
    return (session.scalar(select(func.max(TableVersion.number)).where(*is_theirs)) or 0) + 1


def next_sequence(session: Session, measure_slug: str) -> int:
    """The place of the next version among all of a measure's, whoever they are for."""
    largest = session.scalar(select(func.max(TableVersion.sequence)).where(TableVersion.measure_slug == measure_slug))
    return (largest or 0) + 1


def newest_of_regions(session: Session, measure_slug: str) -> dict[str, TableVersion]:
    """The newest version of each region's own figures, by the region's id."""
    query = select(TableVersion).where(
        TableVersion.measure_slug == measure_slug, TableVersion.audience == Audience.OWN_REGION
    )
    return {str(one.region_id): one for one in session.scalars(query.order_by(TableVersion.number))}


def composed_with(session: Session, table: TableVersion) -> Sequence[TableVersion]:
    """The versions of one composition that are decided about: for the recipient, and for everybody."""
    is_same = (
        TableVersion.measure_slug == table.measure_slug,
        TableVersion.organisation_id == table.organisation_id,
        TableVersion.number == table.number,
        TableVersion.audience.in_(PROTECTED),
    )
    return session.scalars(select(TableVersion).where(*is_same).order_by(TableVersion.sequence)).all()


def waiting_for_recipient(session: Session, table: TableVersion) -> TableVersion | None:
    """The version that waits for the recipient alone, of the composition of ``table``, which is another."""
    waits = (one for one in composed_with(session, table) if one.state == TableState.AWAITING_REVIEW)
    return next((one for one in waits if one.audience == Audience.RECIPIENT and one.id != table.id), None)


def newer_version(session: Session, table: TableVersion) -> TableVersion | None:
    """The newest version after ``table``, for the same audience, that waits for a decision."""
    query = select(TableVersion).where(
        TableVersion.measure_slug == table.measure_slug,
        TableVersion.audience == table.audience,
        TableVersion.organisation_id == table.organisation_id,
        TableVersion.region_id.is_not_distinct_from(table.region_id),
        TableVersion.number > table.number,
        TableVersion.state == TableState.AWAITING_REVIEW,
    )
    return session.scalar(query.order_by(TableVersion.number.desc()).limit(1))


def measures_with_tables(session: Session) -> list[str]:
    """The slugs of the measures of which a table was ever composed, in order."""
    query = select(TableVersion.measure_slug).distinct().order_by(TableVersion.measure_slug)
    return list(session.scalars(query))


def to_decide(session: Session, actor: Actor) -> list[TableVersion]:
    """What waits for a decision which ``actor`` may take or see prepared, one for each composition: for everybody, or for the
    recipient alone where nothing waits for everybody. First what is open without a decision, then the oldest."""
    rows = session.scalars(
        select(TableVersion)
        .where(or_(TableVersion.state == TableState.AWAITING_REVIEW, _is_undecided()), _is_reviewed_by(actor))
        .order_by(TableVersion.is_carried_over.desc(), TableVersion.composed_at, TableVersion.sequence.desc())
    )
    found: dict[tuple[str, str, int], TableVersion] = {}
    for row in rows:  # the public's first: it is kept last
        found.setdefault((row.measure_slug, row.organisation_id, row.number), row)
    return list(found.values())


def all_awaiting(session: Session) -> Sequence[TableVersion]:
    """Every version that waits for a decision for everybody, by measure."""
    query = select(TableVersion).where(
        TableVersion.state == TableState.AWAITING_REVIEW, TableVersion.audience == Audience.PUBLIC
    )
    return session.scalars(query.order_by(TableVersion.measure_slug, TableVersion.number)).all()


def all_standing(session: Session) -> Sequence[TableVersion]:
    """Every version for everybody that is published now or waits for a decision, by measure."""
    states = (TableState.PUBLISHED, TableState.AWAITING_REVIEW)
    query = select(TableVersion).where(TableVersion.state.in_(states), TableVersion.audience == Audience.PUBLIC)
    return session.scalars(query.order_by(TableVersion.measure_slug, TableVersion.number)).all()


def standing_at(session: Session, organisations: Collection[str]) -> Sequence[TableVersion]:
    """What these recipients and everybody have of theirs now, or may have by a decision: by measure and recipient, the newest last,
    and of one number that for the recipient last."""
    query = select(TableVersion).where(
        TableVersion.organisation_id.in_(organisations),
        TableVersion.audience.in_(PROTECTED),
        TableVersion.state.in_((TableState.PUBLISHED, TableState.AWAITING_REVIEW)),
    )
    is_recipients = TableVersion.audience == Audience.RECIPIENT
    by_number = (TableVersion.measure_slug, TableVersion.organisation_id, TableVersion.number, is_recipients)
    return session.scalars(query.order_by(*by_number)).all()


def version_composed(session: Session, table_id: str) -> TableVersion | None:
    """A version in whatever state, for what goes on with it once it is composed; never for a reader."""
    return session.get(TableVersion, table_id)


def version_to_review(session: Session, actor: Actor, table_id: str) -> TableVersion:
    """A version in whatever state, for the reviewers of the recipient that owns it: none that is a region's own. Raises
    ``NotFound``."""
    found = session.scalar(select(TableVersion).where(TableVersion.id == table_id, _is_reviewed_by(actor)))
    if found is None:
        raise NotFound("table")
    return found


def version_to_review_named(session: Session, actor: Actor, name: str) -> TableVersion:
    """As `version_to_review`, by id or by measure and number (``utlokaliserade-patienter/2``): of one composition's versions
    that for the widest audience, which is the one that is decided about. Raises ``NotFound``."""
    slug, slash, number = name.rpartition("/")
    if not slash:
        return version_to_review(session, actor, name)
    if not (number.isascii() and number.isdecimal() and len(number) < MOST_DIGITS):
        raise NotFound("table")
    is_named = (TableVersion.measure_slug == slug, TableVersion.number == int(number))
    found = session.scalars(select(TableVersion).where(*is_named, _is_reviewed_by(actor))).all()
    if not found:
        raise NotFound("table")
    return max(found, key=lambda one: Audience(one.audience).breadth)


def to_be_released(session: Session, actor: Actor) -> Sequence[TableVersion]:
    """What is decided and not yet released at the recipients where ``actor`` is a reviewer, the first to come out first."""
    query = select(TableVersion).where(
        _is_reviewed_by(actor),
        TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED)),
        TableVersion.release_at > clock.now(),
    )
    return session.scalars(query.order_by(TableVersion.release_at, TableVersion.sequence)).all()


def waiting_and_recent(
    session: Session, organisations: Collection[str], since: datetime, limit: int
) -> Sequence[TableVersion]:
    """What waits for a decision at these recipients, and what their audiences have since a moment and still stands."""
    query = select(TableVersion).where(
        TableVersion.organisation_id.in_(organisations),
        TableVersion.audience.in_(PROTECTED),
        or_(
            and_(TableVersion.state == TableState.AWAITING_REVIEW, TableVersion.audience == Audience.PUBLIC),
            and_(TableVersion.state == TableState.PUBLISHED, TableVersion.release_at >= since),
        ),
    )
    return session.scalars(query.order_by(TableVersion.composed_at.desc(), TableVersion.sequence).limit(limit)).all()


def undecided_with(session: Session, organisations: Collection[str]) -> Sequence[TableVersion]:
    """What is open to everybody without a decision and rests on deliveries of these organisations, by measure."""
    made = (
        select(TableRelease.table_version_id)
        .join(Release, Release.id == TableRelease.release_id)
        .where(Release.organisation_id.in_(organisations))
    )
    query = select(TableVersion).where(_is_undecided(), TableVersion.id.in_(made))
    return session.scalars(query.order_by(TableVersion.measure_slug)).all()


def ids_numbered(measure_slug: str, number: int) -> Select[str]:
    """The statement for the ids of the versions of one composition, as a condition for others."""
    return select(TableVersion.id).where(TableVersion.measure_slug == measure_slug, TableVersion.number == number)


def carried_over_in(session: Session, table: TableVersion) -> Sequence[TableVersion]:
    """The versions of the table's measure that are open to everybody and were never decided."""
    shown = TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED))
    never = and_(TableVersion.is_carried_over, TableVersion.decided_by.is_(None), shown)
    query = select(TableVersion).where(TableVersion.measure_slug == table.measure_slug, never)
    return session.scalars(query.order_by(TableVersion.number)).all()


def latest_decision(session: Session, table: TableVersion) -> tuple[TableVersion, TableDecision] | None:
    """The last decision by which everybody got a version of the table's measure, with that version."""
    query = (
        select(TableVersion, TableDecision)
        .join(TableDecision, TableDecision.table_version_id == TableVersion.id)
        .where(
            TableVersion.measure_slug == table.measure_slug,
            TableVersion.organisation_id == table.organisation_id,
            TableVersion.audience == Audience.PUBLIC,
            TableDecision.outcome == "publish",
        )
        .order_by(TableDecision.decided_at.desc(), TableVersion.number.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def published_cells_of(
    session: Session, measure_slug: str, rules: AudienceRules | None, before: int | None = None
) -> dict[Audience, PublishedCells]:
    """What each protected audience has of a measure's table, those of several recipients taken together: two may put what they
    have side by side. Frames of old versions are read and let go, each content once. ``before``: of the versions that were kept
    before the one with this sequence. Without ``rules`` nothing of it is settled.
    """
    versions = session.scalars(
        select(TableVersion)
        .where(
            TableVersion.measure_slug == measure_slug,
            TableVersion.published_at.is_not(None),
            TableVersion.audience.in_(PROTECTED),
            true() if before is None else TableVersion.sequence < before,
        )
        .order_by(TableVersion.sequence.desc())
    ).all()
    found = as_each_has(PROTECTED, ((whom, stored_frame(session, one)) for one, whom in each_content_once(versions)))
    if rules is None:
        return found
    return {
        audience: replace(cells, settled=_settled(session, versions, audience, rules[audience]))
        for audience, cells in found.items()
    }


def each_content_once(tables: Iterable[TableVersion]) -> list[tuple[TableVersion, set[Audience]]]:
    """One of the versions with the same figures, and the audiences of all of them."""
    found: dict[str | None, tuple[TableVersion, set[Audience]]] = {}
    for table in tables:
        found.setdefault(table.parquet_key, (table, set()))[1].add(Audience(table.audience))
    return list(found.values())


def _settled(
    session: Session, newest_first: Sequence[TableVersion], audience: Audience, rules: Rules
) -> Settled | None:
    """The newest version for an audience, where it is safe and made by the rules and in the way that hold now."""
    newest = next((one for one in newest_first if one.audience == audience), None)
    if newest is None:
        return None
    kept = newest.protection
    if not kept.is_safe or (kept.rules, kept.method) != (rules, METHOD):
        return None
    return settled_by(frame_of(session, newest), kept.primary, kept.secondary)


def _is_reviewed_by(actor: Actor) -> ColumnElement[bool]:
    """Whether a version is for an audience that decisions give it to, and is of a recipient where ``actor`` is a reviewer."""
    own = TableVersion.organisation_id.in_(actor.organisations(*REVIEWERS))
    return and_(own, TableVersion.audience.in_(PROTECTED))


def _is_undecided() -> ColumnElement[bool]:
    """As `TableVersion.awaits_its_first_decision`."""
    is_open = TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED))
    stands = or_(TableVersion.ended_at.is_(None), TableVersion.ended_at > clock.now())
    return and_(TableVersion.is_carried_over, TableVersion.decided_by.is_(None), is_open, stands)
