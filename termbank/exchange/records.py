"""The neutral form of a file of concepts, whichever format it is in: what readers give, and imports and comparisons take. Pure.

A `Record` is one concept as a file tells it. Its content is a `Concept` whose relations name other concepts as the file does:
by IRI, or by the name of another record (``Target(iri=…)``). What is not a concept of the file is counted in the `Account`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.findings import Finding, Place
from registry.provenance import Provenance
from termbank.concepts import content as concept_content
from termbank.concepts.concept import Concept, Target
from termbank.finding_texts.all import FINDINGS
from termbank.notions import Origin

MOST_FINDINGS = 1_000
"""Findings that are made of one file; all are counted."""
Says = frozenset[tuple[str, ...]]
"""What a file of its kind can say of a concept: fields of `Concept`, or a field with what narrows it down, such as
``("terms", "preferred", "sv")``. What it cannot say is left as it is by an import."""
EVERYTHING: Says = frozenset(
    (name,)
    for name in ("terms", "definitions", "notes", "examples", "problems", "relations", "subject_field", "notations", "foreign")
)  # fmt: skip


def covers(says: Says, *named: str) -> bool:
    """Whether a file that says these things says this one.

    >>> says = frozenset({("notes",), ("terms", "preferred", "sv")})
    >>> covers(says, "notes", "en"), covers(says, "terms", "preferred", "sv"), covers(says, "terms", "preferred", "en")
    (True, True, False)
    """
    return any(named[:length] in says for length in range(1, len(named) + 1))


@dataclass(frozen=True, slots=True)
class Record:
    """A concept as a file tells it."""

    name: str
    """What the file calls it: an IRI, an id, a key or a row. No two records have the same."""
    concept: Concept
    row: int = 0
    """The line or row where it begins; 0 where the format has none."""
    also: tuple[str, ...] = ()
    """Other names by which it may be known: IRIs that it says it is a version of, or refers to."""
    kept: int = 0
    """How many of the file's values are in ``concept``."""
    findings: tuple[Finding, ...] = ()
    leading: Mapping[str, int] = field(default_factory=dict)
    """How many of those values lead to each other record, by its name."""
    is_withdrawn: bool = False
    """Whether the file says that the concept is no longer used."""
    former: tuple[str, ...] = ()
    """What it was called in files before the base of its scheme was another."""
    tops: Mapping[str, int] = field(default_factory=dict)
    """How many of its values say, by their predicate, that it is on top of the scheme."""
    buried: Mapping[str, int] = field(default_factory=dict)
    """The same, lost since the file says what is above it."""

    @property
    def is_nameless(self) -> bool:
        """Whether it is a row of a table that says neither key nor IRI."""
        return self.name == f"row {self.row}"

    @property
    def place(self) -> Place:
        """Where it is, for a finding."""
        return Place(row=self.row) if self.row else Place(value=self.name)

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "concept": self.concept.as_content(),
            "row": self.row,
            "also": list(self.also),
            "kept": self.kept,
            "findings": [one.as_dict() for one in self.findings],
            "leading": dict(self.leading),
            "is_withdrawn": self.is_withdrawn,
            "former": list(self.former),
            "tops": dict(self.tops),
            "buried": dict(self.buried),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Record":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what `as_dict` cannot have given."""
        return cls(
            str(data["name"]),
            concept_content.read(data["concept"]),
            int(data["row"]),
            tuple(map(str, data["also"])),
            int(data["kept"]),
            tuple(map(_finding, data["findings"])),
            {str(name): int(number) for name, number in data["leading"].items()},
            bool(data["is_withdrawn"]),
            tuple(map(str, data["former"])),
            {str(name): int(number) for name, number in data["tops"].items()},
            {str(name): int(number) for name, number in data["buried"].items()},
        )


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everything that was read: ``read`` = ``kept`` + ``own`` + the sum of ``lost``."""

    unit: str = "triples"
    """What is counted: ``triples``, or ``values`` of elements or cells."""
    read: int = 0
    kept: int = 0
    """In the records."""
    own: int = 0
    """Written by this register itself, which has them already: versions, states, descriptions of its vocabulary."""
    lost: Mapping[str, int] = field(default_factory=dict)
    """By what they were: a predicate, an element, a column."""

    @property
    def adds_up(self) -> bool:
        return self.read == self.kept + self.own + sum(self.lost.values())

    def moved(self, number: int, name: str) -> "Account":
        """The same where so many kept ones were lost after all, for what ``name`` says; fewer than none: kept after all."""
        if not number:
            return self
        lost = Counter(self.lost)
        lost[name] += number
        return Account(self.unit, self.read, self.kept - number, self.own, dict(sorted((+lost).items())))

    def owned(self, number: int) -> "Account":
        """The same where so many kept ones are the register's own after all."""
        return Account(self.unit, self.read, self.kept - number, self.own + number, self.lost)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: its concepts in their order, and what became of everything in it."""

    records: tuple[Record, ...] = ()
    says: Says = EVERYTHING
    account: Account = field(default_factory=Account)
    findings: tuple[Finding, ...] = ()
    """On the file as a whole, or on places in it that belong to no concept."""
    kind: str = "skos"
    """What it was read as: ``skos`` or ``skosxl``, with ``-xml`` where it was RDF/XML, which cannot say everything; ``tbx`` or ``table``."""
    title: str = ""
    """What the file calls the vocabulary."""
    unreadable: Finding | None = None

    def as_dict(self) -> dict[str, Any]:
        account = self.account
        return {
            "records": [one.as_dict() for one in self.records],
            "says": sorted(map(list, self.says)),
            "account": [account.unit, account.read, account.kept, account.own, dict(account.lost)],
            "findings": [one.as_dict() for one in self.findings],
            "kind": self.kind,
            "title": self.title,
            "unreadable": self.unreadable.as_dict() if self.unreadable else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Reading":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what `as_dict` cannot have given."""
        unit, read, kept, own, lost = data["account"]
        account = Account(str(unit), int(read), int(kept), int(own), {str(name): int(n) for name, n in lost.items()})
        records = tuple(map(Record.from_dict, data["records"]))
        if len({one.name for one in records}) < len(records):
            raise ValueError("two records have one name")
        return cls(
            records,
            frozenset(tuple(map(str, one)) for one in data["says"]),
            account,
            tuple(map(_finding, data["findings"])),
            str(data["kind"]),
            str(data["title"]),
            _finding(data["unreadable"]) if data["unreadable"] else None,
        )


def blank(**parts: Any) -> Concept:
    """A concept of which nothing is said but these parts."""
    return Concept(Target(), Origin.PROPOSAL, False, Provenance.OWN, **parts)


def distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """The first record of each name."""
    found: dict[str, Record] = {}
    for one in records:
        found.setdefault(one.name, one)
    return tuple(found.values())


def _finding(data: Mapping[str, Any]) -> Finding:
    finding = Finding.from_dict(data)
    if finding.severity is not FINDINGS.of(finding).severity:
        raise ValueError(f"{finding.code} is not as grave as its entry says")
    return finding
