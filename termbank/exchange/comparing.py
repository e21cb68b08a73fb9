"""Two readings concept by concept: which are only in the one, only in the other, or in both and said otherwise. Pure.

Two records are one concept where they have a name in common: an IRI, an id or a key. Only what both kinds of file can say is compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from registry.findings import Text
from termbank.concepts.concept import Concept, Definition, Relation, Target, Term
from termbank.exchange.changes import Change, changes
from termbank.exchange.merging import sayable
from termbank.exchange.records import Reading, Record, blank


@dataclass(frozen=True, slots=True)
class Difference:
    """A concept that is not the same on both sides; ``changes`` is empty where only one side has it."""

    name: str
    title: Text
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second side has otherwise than the first."""

    new: tuple[Difference, ...] = ()
    changed: tuple[Difference, ...] = ()
    gone: tuple[Difference, ...] = ()
    same: int = 0


def compare(first: Reading, second: Reading) -> Comparison:
    """What ``second`` has otherwise than ``first``."""
    known = {name: one for one in reversed(first.records) for name in names_of(one)}
    pairs = [(next((known[name] for name in names_of(one) if name in known), None), one) for one in second.records]
    names = {name: old.name for old, new in pairs if old is not None for name in names_of(new)}
    names |= {name: one.name for one in first.records for name in names_of(one)}
    titles = {one.name: one.concept.title.sv for one in (*second.records, *first.records)}
    changed: list[Difference] = []
    same = 0
    for old, new in pairs:
        if old is None:
            continue
        found = tuple(
            changes(
                _comparable(old.concept, first, second, names), _comparable(new.concept, first, second, names), titles
            )
        )
        if found:
            changed.append(Difference(old.name, new.concept.title, found))
        else:
            same += 1
    matched = {old.name for old, _ in pairs if old is not None}
    return Comparison(
        tuple(Difference(new.name, new.concept.title) for old, new in pairs if old is None),
        tuple(changed),
        tuple(Difference(one.name, one.concept.title) for one in first.records if one.name not in matched),
        same,
    )


def names_of(record: Record) -> Iterator[str]:
    """Every name that a record may be known by."""
    yield record.name
    yield from record.also
    yield from record.former
    if record.concept.foreign is not None and record.concept.foreign.iri:
        yield record.concept.foreign.iri


def _comparable(concept: Concept, first: Reading, second: Reading, names: Mapping[str, str]) -> Concept:
    """What both sides can say, with one name for each concept that is named. What is said of single terms is compared in
    files of one kind alone."""
    told = sayable(sayable(concept, first.says), second.says)
    foreign = concept.foreign if concept.foreign and concept.foreign.statements else None
    is_alike = first.kind.removesuffix("-xml") == second.kind.removesuffix("-xml")
    return blank(
        terms=told.terms if is_alike else tuple(Term(one.text, one.language, one.status) for one in told.terms),
        definitions=told.definitions
        if is_alike
        else tuple(Definition(one.text, one.language) for one in told.definitions),
        notes=told.notes,
        examples=told.examples,
        problems=told.problems,
        relations=tuple(sorted({_named(one, names) for one in told.relations}, key=lambda one: one.target.iri)),
        subject_field=told.subject_field,
        notations=told.notations,
        foreign=replace(foreign, iri="urn:") if foreign and ("foreign",) in first.says & second.says else None,
    )


def _named(relation: Relation, names: Mapping[str, str]) -> Relation:
    name = relation.target.iri
    return Relation(relation.kind, Target(iri=names.get(name, name)))
