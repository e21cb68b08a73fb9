"""How regions apply the concepts: their published statements, and those that are being written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.paging import Page, page_of_sequence
from registry.swedish import sort_key
from termbank.applications.question_sets import QuestionSet, shipped
from termbank.applications.question_sets import read as read_question_set
from termbank.applications.regions import region_name
from termbank.applications.statement import Application
from termbank.applications.statement import read as read_application_content
from termbank.bank import neighbours
from termbank.bank.queries.term_banks import concept_of
from termbank.bank.tables import TermRow
from termbank.notions import APPLICATION, CONCEPT, QUESTION_SET


@dataclass(frozen=True, slots=True)
class Stated:
    """A published application statement with its version."""

    version: Version
    application: Application


def application_of(version: Version) -> Application:
    """The version's content as an application statement."""
    return _read_application(version.content_text)


def applications_of(session: Session, concept_slug: str) -> list[Version]:
    """Published statements on a concept, by region and then by beginning; one statement."""
    return [stated.version for stated in published_statements(session, concept_slug)]


def application_at(session: Session, concept_slug: str, organisation_id: str, on: date) -> Version | None:
    """How an organisation applied a concept on the day ``on``: the statement that began last and has not ended."""
    return applied_on(published_statements(session, concept_slug, organisation_id), on)


def statements_on(
    session: Session, concept_slugs: Collection[str], organisation_id: str
) -> dict[str, Sequence[Stated]]:
    """An organisation's published statements on each of some concepts, by beginning (`applied_on`); one statement."""
    begins = or_(*(Item.slug.startswith(f"{slug}.", autoescape=True) for slug in concept_slugs))
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == APPLICATION,
            Version.state == State.PUBLISHED,
            Version.organisation_id == organisation_id,
            begins,
        )
    )
    found: dict[str, Sequence[Stated]] = {slug: [] for slug in concept_slugs}
    if found:
        for one in in_order(Stated(version, application_of(version)) for version in session.scalars(query)):
            found[one.application.concept] = [*found.get(one.application.concept, ()), one]
    return found


def applied_on(stated: Iterable[Stated], on: date) -> Version | None:
    """Of an organisation's statements on one concept the one that began last by a day, where it has not ended."""
    begun = [one for one in stated if (one.application.valid_from or date.min) <= on]
    if not begun:
        return None
    latest = max(begun, key=lambda one: one.application.valid_from or date.min)
    return latest.version if on <= (latest.application.valid_to or date.max) else None


def published_statements(
    session: Session, concept_slug: str | None = None, organisation_id: str | None = None
) -> list[Stated]:
    """Published statements, read; by concept, region and beginning. One statement."""
    query = select(Version).join(Item).where(Item.kind == APPLICATION, Version.state == State.PUBLISHED)
    if concept_slug is not None:
        query = query.where(Item.slug.startswith(f"{concept_slug}.", autoescape=True))
    if organisation_id is not None:
        query = query.where(Version.organisation_id == organisation_id)
    return in_order(Stated(version, application_of(version)) for version in session.scalars(query))


def page_of_applied(session: Session, number: int, concept_slug: str | None = None) -> Page[tuple[str, str]]:
    """A page of the concepts in force with the regions that apply them, as (key, county code): concepts in Swedish order, and
    regions by name. Only keys are read of what is not on the page."""
    query = select(Item.slug).join(Version).where(Item.kind == APPLICATION, Version.state == State.PUBLISHED)
    if concept_slug is not None:
        query = query.where(Item.slug.startswith(f"{concept_slug}.", autoescape=True))
    applied = {(parts[0], parts[1]) for slug in session.scalars(query) if len(parts := slug.split(".")) == 3}
    slugs = sorted({slug for slug, _region in applied})
    order: dict[str, bytes] = {}
    for start in range(0, len(slugs), neighbours.AT_ONCE):
        names = (
            select(Item.slug, TermRow.sort_key)
            .join(Version, Version.item_id == Item.id)
            .join(TermRow, and_(TermRow.version_id == Version.id, TermRow.names_sv))
            .where(Item.kind == CONCEPT, Item.slug.in_(slugs[start : start + neighbours.AT_ONCE]), items.in_force())
        )
        order |= dict(session.execute(names).all())
    there = [one for one in applied if one[0] in order]
    return page_of_sequence(
        sorted(there, key=lambda one: (order[one[0]], one[0], sort_key(region_name(one[1])))), number
    )


def statement_named(session: Session, slug: str) -> Version | None:
    """The published statement, whatever days it states."""
    return session.scalar(
        select(Version).join(Item).where(Item.kind == APPLICATION, Item.slug == slug, Version.state == State.PUBLISHED)
    )


def questions_on(session: Session, concept: Version) -> tuple[Version | None, QuestionSet]:
    """What regions are asked now on how they apply a wording: the version in force, if any, and what it says."""
    version = items.current_by_slug(session, QUESTION_SET, concept.item.slug)
    if version is not None:
        return version, read_question_set(version.content)
    return None, shipped(concept.item.slug, concept_of(concept).title)


def claimed(session: Session, concept_slug: str, organisation_id: str, *, but_item: str) -> list[Stated]:
    """Statements that other items of an organisation make on a concept, published or on their way; for the checks."""
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Item.kind == APPLICATION,
            Item.slug.startswith(f"{concept_slug}.", autoescape=True),
            Item.id != but_item,
            Version.organisation_id == organisation_id,
            Version.state.in_((State.IN_REVIEW, State.DECIDED, State.PUBLISHED)),
        )
    )
    return in_order(Stated(version, application_of(version)) for version in rows)


def in_order(stated: Iterable[Stated]) -> list[Stated]:
    """By concept, then region, then beginning; the one without a known beginning first."""
    return sorted(
        stated,
        key=lambda one: (one.application.concept, one.application.region, one.application.valid_from or date.min),
    )


def open_applications(session: Session, actor: Actor, concept_slug: str | None = None) -> list[Version]:
    """Statements being worked on that ``actor`` may see; newest first."""
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == APPLICATION,
            items.is_open(),
            items.visible(actor),
        )
        .order_by(Version.changed_at.desc())
    )
    if concept_slug is not None:
        query = query.where(Item.slug.startswith(f"{concept_slug}.", autoescape=True))
    return list(session.scalars(query))


def next_application_slug(session: Session, concept_slug: str, region: str) -> str:
    """A free slug for a region's next statement on a concept."""
    prefix = f"{concept_slug}.{region}."
    taken = set(
        session.scalars(
            select(Item.slug).where(Item.kind == APPLICATION, Item.slug.startswith(prefix, autoescape=True))
        )
    )
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


@lru_cache(maxsize=4096)
def _read_application(content_text: str) -> Application:
    return read_application_content(canonical_content.parse(content_text))
