"""Importing a file of concepts into a scheme: a plan of what would be done, and a change set that does it.

A plan reads only. A change set is made of the same plan, in one transaction: all of it, or nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.columns import new_id
from registry.errors import NotFound, Refused
from registry.findings import Text
from registry.items import queries as items
from registry.items.change_sets import writing
from registry.items.change_sets.examining import AT_MOST_IMPORTED
from registry.items.outlines import Content
from registry.items.steps import Draft, drafts_of
from registry.items.tables import ChangeSet, Item
from termbank.bank.addresses import address_name
from termbank.bank.numbers import next_number, numbers_of
from termbank.bank.queries import exports, published_schemes, term_banks
from termbank.bank.queries.term_banks import TermBank
from termbank.bank.queries.versions import open_versions
from termbank.bank.scheme_names import bases_had, earlier_bases
from termbank.bank.tables import ConceptNumber
from termbank.concepts.concept import Concept, Source, Target
from termbank.concepts.schemes import Scheme
from termbank.concepts.wordings import wordings_of
from termbank.exchange import caged
from termbank.exchange.names import Names, former_names, nodes_of
from termbank.exchange.planning import Fate, Known, Plan
from termbank.exchange.planning import plan as planned
from termbank.exchange.records import Reading
from termbank.exchange.views_of import as_seen
from termbank.finding_texts.all import FINDINGS
from termbank.notions import CONCEPT, SCHEME

LONGEST_SOURCE = 200


def own_names(session: Session, base: str) -> tuple[str, ...]:
    """How names begin that this instance gives or has given: the address of its term bank, and every base that a scheme has
    had. A file is older than the base that a scheme has now."""
    had = dict.fromkeys(one for bases in bases_had(session).values() for one in bases if one)
    return (f"{base.rstrip('/')}/termbank/", *had)


def read(session: Session, data: bytes, name: str, base: str) -> Reading:
    """A file as its concepts, read in a child that can harm nobody."""
    return caged.read(data, name, own_names(session, base))


def plan(
    session: Session,
    actor: Actor,
    reading: Reading,
    scheme: Scheme,
    base: str,
    *,
    cited: str,
    at: datetime,
    whole: bool = False,
) -> Plan:
    """What an import of ``reading`` into ``scheme`` would do. ``cited``: what the source of new concepts is called, where
    the file does not say; ``at``: when it came."""
    source = Source(title=(reading.title or cited)[:LONGEST_SOURCE])
    name, moment = cited[:LONGEST_SOURCE], clock.local(at).strftime("%Y-%m-%d %H:%M:%S")
    read_as = wordings_of(Text(f"I filen {name}, inläst {moment}", f"In the file {name}, imported {moment}"))
    return planned(reading, known_of(session, actor, scheme, base), source=source, whole=whole, read_as=read_as)


def known_of(session: Session, actor: Actor, scheme: Scheme, base: str) -> Known:
    """What the register has that a file may name, when it is imported into ``scheme``."""
    bank = term_banks.term_bank(session)
    had = bases_had(session)
    source = exports.export_of(
        bank, (), scheme, base, withdrawn=exports.gone(session), before=earlier_bases(session, scheme.item, scheme.base)
    )
    others = {slug: one for slug, one in bank.concepts.items() if one.scheme.key != scheme.slug}
    return Known(
        replace(source, known={slug: bank.versions[slug].item_id for slug in others}),
        own_names(session, base),
        numbers_of(session, [one.slug for one in source.concepts]) if source.concepts else {},
        _names_elsewhere(bank, others, base, had),
        _being_written(session, actor, bank),
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a change set is made of, worked out before anything is held: drafts, the items of those that are new (with what
    their addresses say), and the items that are to be withdrawn."""

    drafts: Sequence[Draft]
    new: Sequence[tuple[Item, Concept]]
    gone: Sequence[str]

    def __len__(self) -> int:
        return len(self.drafts) + len(self.gone)


def require_doable(to_do: int) -> None:
    """See that a change set can hold what is to be done. Raises `Refused`."""
    if not to_do:
        raise Refused(FINDINGS.found("IMPORT-025"))
    if to_do > AT_MOST_IMPORTED:
        raise Refused(FINDINGS.found("IMPORT-024", {"number": to_do, "most": AT_MOST_IMPORTED}))


def prepare(session: Session, actor: Actor, done: Plan, *, organisation_id: str, reason: str = "") -> Prepared:
    """What `make_change_set` writes, of a plan made in the same session; nothing is written. Raises `Refused` where there is
    nothing to do, or too much, and `Invalid` for what cannot be kept."""
    to_do = done.to_do
    require_doable(len(to_do))
    new = {
        one.name: Item(id=new_id(), kind=CONCEPT, slug="", organisation_id=organisation_id) for one in done.of(Fate.NEW)
    }
    known = _items(session, [one.item for one in to_do if one.item])
    written: list[tuple[Item, Content]] = []
    named: list[tuple[Item, Concept]] = []
    for one in to_do:
        item = known.get(one.item) or new[one.name]
        if one.fate is not Fate.GONE and one.after is not None:
            written.append((item, _named(one.after, new, item).as_content()))
            if one.name in new:
                named.append((item, one.after))
    drafts = drafts_of(session, actor, items.kind_named(CONCEPT), written, reason)
    return Prepared(drafts, named, [one.item for one in done.of(Fate.GONE)])


def make_change_set(
    session: Session, actor: Actor, now: datetime, done: Prepared, *, organisation_id: str, title: str, reason: str = ""
) -> ChangeSet:
    """A change set with everything that was prepared."""
    made = writing.create(
        session, actor, now, organisation_id=organisation_id, title=title, reason=reason, is_imported=True
    )
    _add_items(session, now, done.new)
    for item in _items(session, done.gone).values():
        version = items.standing_version(session, item)
        if version is not None:
            writing.put_in_withdrawal(session, actor, now, made, version, reason=reason or title)
    writing.begin_all(session, actor, now, made, done.drafts, reason=reason)
    return made


def owner_of(session: Session, scheme: Scheme) -> str:
    """The organisation whose terminologists write the scheme. Raises `NotFound` for one that nobody has loaded."""
    item = items.item_by_slug(session, SCHEME, scheme.slug)
    if item is None:
        raise NotFound("scheme")
    return item.organisation_id


def _add_items(session: Session, now: datetime, new: Sequence[tuple[Item, Concept]]) -> None:
    """Keep new items with their numbers, and the addresses that follow from these."""
    if not new:
        return
    number = next_number(session)
    taken = _keys_that_are_numbers(session, number)
    rows: list[dict[str, Any]] = []
    for item, concept in new:
        while number in taken:
            number += 1
        rows.append(
            {
                "id": item.id, "kind": CONCEPT, "slug": str(number), "address": address_name(number, concept),
                "organisation_id": item.organisation_id, "created_at": now,
            }
        )  # fmt: skip
        number += 1
    session.execute(insert(Item), rows)
    session.execute(insert(ConceptNumber), [{"item_id": row["id"], "number": int(row["slug"])} for row in rows])


def _keys_that_are_numbers(session: Session, least: int) -> set[int]:
    """The keys of concepts from before there were numbers that look like a number from ``least`` on, as of later ones."""
    rows = session.scalars(select(Item.slug).where(Item.kind == CONCEPT, Item.slug.between("1", "9" * 12)))
    return {int(slug) for slug in rows if slug.isascii() and slug.isdecimal() and int(slug) >= least}


def _items(session: Session, ids: Sequence[str]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for start in range(0, len(ids), 500):
        rows = session.scalars(select(Item).where(Item.id.in_(ids[start : start + 500])))
        found |= {item.id: item for item in rows}
    return found


def _named(concept: Concept, ids: Mapping[str, Item], item: Item) -> Concept:
    """The concept with the ids of the new ones that it names."""
    relations = tuple(
        replace(one, target=Target(item=ids[one.target.iri].id)) if one.target.iri in ids else one
        for one in concept.relations
    )
    return replace(concept, relations=relations, item=item.id)


def _names_elsewhere(
    bank: TermBank, others: Mapping[str, Concept], base: str, had: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """The ids of concepts in other schemes, by every IRI that they have or had."""
    names = Names(base)
    bases = {one.slug: ("", *had.get(one.item, ())) for one in bank.schemes}
    found: dict[str, str] = {}
    for slug, concept in others.items():
        item_id = bank.versions[slug].item_id
        for each in bases.get(concept.scheme.key, ("",)):
            found[str(names.concept(item_id, each))] = item_id
    return found


def _being_written(session: Session, actor: Actor, bank: TermBank) -> dict[str, str]:
    """The terms, by foreign IRI, of concepts that are being written and never were in force."""
    found: dict[str, str] = {}
    for slug, version in open_versions(session, actor, None).items():
        concept = term_banks.concept_of(version)
        if slug not in bank.versions and concept.foreign is not None:
            found[concept.foreign.iri] = concept.title.sv
    return found


def titles(session: Session) -> dict[str, str]:
    """What every published concept and every scheme is called, by the id of its item."""
    bank = term_banks.term_bank(session)
    schemes = {one.item: one.title.sv or one.title.en for one in bank.schemes if one.item}
    return schemes | {bank.versions[slug].item_id: concept.title.sv for slug, concept in bank.concepts.items()}


def scheme_seen(session: Session, scheme: Scheme, base: str, kind: str) -> Reading:
    """A scheme as a file of this kind shows it: for comparing it with one."""
    bank = term_banks.term_bank(session)
    before = earlier_bases(session, scheme.item, scheme.base)
    source = exports.export_of(bank, (), scheme, base, withdrawn=exports.gone(session), before=before)
    seen, nodes = as_seen(kind, source, own_names(session, base)), nodes_of(source)
    former = {str(nodes[one.slug]): tuple(former_names(source, one)) for one in source.concepts}
    records = [
        replace(one, former=next((former[name] for name in (one.name, *one.also) if name in former), ()))
        for one in seen.records
    ]
    return replace(seen, records=tuple(records))


def version_named(session: Session, name: str) -> Concept | None:
    """A published version of a concept by its hash or by ``KEY@NUMBER``."""
    key, at, number = name.rpartition("@")
    version = items.version_by_hash(session, name)
    if version is None and at and number.isdecimal():
        item = items.item_by_slug(session, CONCEPT, key)
        versions = items.versions_of(session, item, None) if item is not None else []
        version = next((one for one in versions if one.number == int(number)), None)
    if version is None or version.item.kind != CONCEPT or version.published_at is None:
        return None
    return term_banks.located_by_id(session, term_banks.concept_of(version), published_schemes.schemes(session))
