"""Each concept's own address, ``<number>-<term>``: kept with its item, and written into links without asking the database.

A concept's key, and its number with other words, lead to its own address with 301. Links of the product do not take that way:
`links_to_own_addresses` has `url_for` write the address of every concept that the request has loaded, however its key came
into the link. `know` loads those that are only named.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint
from sqlalchemy import event, select
from sqlalchemy.orm import QueryContext, Session, aliased, joinedload, object_session

from registry import clock
from registry.db import db, transaction
from registry.events import Happening
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.jobs import JobRun
from termbank.bank.neighbours import concept_of
from termbank.bank.tables import ConceptNumber
from termbank.concepts.concept import Concept, slug_of
from termbank.notions import CONCEPT

FOLLOW = "termbank.follow-addresses"
"""The daily job that gives concepts their addresses of the day (`run_following`)."""
LOOKED_BACK = timedelta(days=60)
"""So long after a version took force its concept is looked at: no worker may have run on the day."""
AT_ONCE = 500
_KNOWN = "concept_addresses"
"""Where a session has the addresses of the concepts that it has loaded, by key."""


def address_name(number: int, concept: Concept) -> str:
    """What a concept's own address ends with: the number, and its term as far as it can be spelled there.

    >>> from registry.provenance import Provenance
    >>> from termbank.concepts.concept import Target, Term
    >>> from termbank.notions import Origin
    >>> row, omega = (Concept(Target(), Origin.PROPOSAL, False, Provenance.OWN, (Term(text),)) for text in ("rad", "Ω"))
    >>> address_name(41, row), address_name(42, omega)
    ('41-rad', '42')
    """
    name = slug_of(concept.title.sv)
    return f"{number}-{name}" if name else str(number)


def keep_address(session: Session, happening: Happening) -> None:
    """Handler of what may change the term that a concept's page has for its heading: that of the version in force, or of the
    only draft that there is."""
    if happening.data.get("kind") != CONCEPT or _is_of_a_set(happening):
        return
    version = session.get_one(Version, str(happening.data["version"]))
    is_draft = version.published_at is None
    if is_draft and version.number > 1:
        return
    if is_draft or version.is_in_force(clock.today()):
        shown = version
    else:
        shown = items.foremost(items.versions_of(session, version.item))
    if (number := _number(session, version.item)) is not None:
        version.item.address = address_name(number, concept_of(shown))


def _is_of_a_set(happening: Happening) -> bool:
    """Whether the addresses of many are kept together: those that are published in a set, or begun in one."""
    return "change_set" in happening.data and happening.type in ("VersionPublished", "DraftCreated")


def keep_all(session: Session, versions: Sequence[Version]) -> None:
    """The same of versions that are published together, from one day."""
    found = of_published(session, [version.id for version in versions], versions[0].valid_from)
    for item_id, address in found.items():
        session.get_one(Item, item_id).address = address


def of_published(session: Session, version_ids: Sequence[str], first: date | None) -> dict[str, str]:
    """The addresses, by item, that become others where these versions are published from a day. A concept that has been
    published before keeps its own until then."""
    is_coming, other = first is not None and first > clock.today(), aliased(Version)
    earlier = select(other.id).where(
        other.item_id == Version.item_id, other.id != Version.id, other.published_at.is_not(None)
    )
    found: dict[str, str] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        query = select(Version, ConceptNumber.number).join(ConceptNumber, ConceptNumber.item_id == Version.item_id)
        query = query.where(Version.id.in_(version_ids[start : start + AT_ONCE]))
        for version, number in session.execute(query.where(~earlier.exists()) if is_coming else query):
            address = address_name(number, concept_of(version))
            if address != version.item.address:
                found[version.item_id] = address
    return found


def complete(session: Session) -> int:
    """Write the addresses that are missing, as after an upgrade. Gives their number."""
    missing = session.scalars(select(Item).where(Item.kind == CONCEPT, Item.address.is_(None))).all()
    numbers = dict(session.execute(select(ConceptNumber.item_id, ConceptNumber.number)).all()) if missing else {}
    written = 0
    for start in range(0, len(missing), AT_ONCE):
        some = {item.id: item for item in missing[start : start + AT_ONCE] if item.id in numbers}
        query = select(Version).where(Version.item_id.in_(sorted(some))).order_by(Version.item_id, Version.number)
        for item_id, versions in groupby(session.scalars(query), key=lambda version: version.item_id):
            some[item_id].address = address_name(numbers[item_id], concept_of(items.foremost(list(versions))))
            written += 1
    return written


def follow(session: Session, day: date) -> int:
    """Write the addresses that have become others without an event, since a version that was published for a later day has
    taken force by ``day``. Gives their number."""
    begun = session.execute(
        select(Version.id, Version.published_at, Version.valid_from)
        .join(Item)
        .where(
            Item.kind == CONCEPT,
            Version.state == State.PUBLISHED,
            Version.valid_from.between(day - LOOKED_BACK, day),
        )
    ).all()
    ids = [row.id for row in begun if clock.today(row.published_at) < row.valid_from]
    written = 0
    for start in range(0, len(ids), AT_ONCE):
        some = select(Version).options(joinedload(Version.item)).where(Version.id.in_(ids[start : start + AT_ONCE]))
        for version in session.scalars(some):
            number = _number(session, version.item)
            if number is None or not version.is_in_force(day):
                continue
            address = address_name(number, concept_of(version))
            if address != version.item.address:
                version.item.address = address
                written += 1
    return written


def run_following(job: JobRun) -> None:
    """Handler of `FOLLOW`."""
    with transaction(bookkeeping=True) as session:
        follow(session, clock.today(job.now))


def _number(session: Session, item: Item) -> int | None:
    if item.address:
        return int(item.address.partition("-")[0])
    found = session.get(ConceptNumber, item.id)
    return found.number if found else None


def know(session: Session, keys: Collection[str]) -> None:
    """Load the concepts with these keys, so that links to them are their own addresses; one statement."""
    if keys:
        session.scalars(select(Item).where(Item.kind == CONCEPT, Item.slug.in_(sorted(keys)))).all()


def links_to_own_addresses(blueprint: Blueprint) -> None:
    """Have `url_for` write a concept's own address for its key."""

    @blueprint.app_url_defaults
    def own(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "termbank.concept":
            key = values.get("slug")
            values["slug"] = db.session.info.get(_KNOWN, {}).get(key, key)


@event.listens_for(Item, "load")
def _remember(item: Item, _context: QueryContext) -> None:
    said = item.__dict__
    if said.get("kind") == CONCEPT and said.get("address") and (session := object_session(item)) is not None:
        session.info.setdefault(_KNOWN, {})[item.slug] = item.address
