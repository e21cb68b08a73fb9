"""A concept while it is read from triples, and the record that it becomes. Pure."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field

from registry.findings import Finding
from termbank.concepts.concept import Definition, Foreign, Notation, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.records import Record, blank
from termbank.exchange.skos_losses import says_more
from termbank.notions import RelationKind, TermStatus


@dataclass
class Parts:
    """A concept that is being read."""

    terms: dict[Term, None] = field(default_factory=dict)
    definitions: list[Definition] = field(default_factory=list)
    remarks: dict[str, list[Note]] = field(default_factory=lambda: {"notes": [], "examples": [], "problems": []})
    relations: dict[tuple[str, str], RelationKind] = field(default_factory=dict)
    """By the other concept and whether it is up, beside or a mapping; the finest kind that is said of it."""
    mappings: dict[Relation, None] = field(default_factory=dict)
    subject_field: list[Wording] = field(default_factory=list)
    notations: list[Notation] = field(default_factory=list)
    concerns_persons: bool | None = None
    lines: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    deprecated: set[tuple[str, str]] = field(default_factory=set)
    kept: int = 0
    leading: Counter[str] = field(default_factory=Counter)
    """How many of these triples lead to each other concept."""
    tops: Counter[str] = field(default_factory=Counter)
    """Statements that it is on top of the scheme, by their predicate: what follows from its relations."""
    buried: Counter[str] = field(default_factory=Counter)
    """The same where the file says what is above it: they are lost."""
    findings: list[Finding] = field(default_factory=list)

    def is_on_top(self, concepts: Container[str]) -> bool:
        """Whether none of ``concepts`` is above it; one that is not of the file is of another scheme, as far as it tells."""
        return not any(side.startswith("up") and other in concepts for other, side in self.relations)

    def relate(self, other: str, kind: RelationKind) -> None:
        """Lead to another concept; of what is said of it in one direction the finest kind stays, and kinds that differ stay both."""
        side = "beside" if kind is RelationKind.ASSOCIATIVE else "up"
        place = (other, side)
        if self.relations.get(place) in (None, RelationKind.BROADER_UNKNOWN):
            self.relations[place] = kind
        elif kind not in (self.relations[place], RelationKind.BROADER_UNKNOWN):
            self.relations[other, f"up as {kind}"] = kind
        self.leading[other] += 1
        self.kept += 1

    def record(self, one: str, own: tuple[str, ...]) -> Record:
        """The concept that was read, under the name ``one``. ``own``: how names begin that this register gives."""
        terms = [
            Term(term.text, term.language, TermStatus.DEPRECATED, term.source, term.grammar, term.abbreviation, term.homograph)
            if term.status is TermStatus.HIDDEN and (term.text, term.language) in self.deprecated
            else term
            for term in self.terms
        ]  # fmt: skip
        said_more = {(term.text, term.language, term.status) for term in terms if says_more(term)}
        terms = [term for term in terms if says_more(term) or (term.text, term.language, term.status) not in said_more]
        relations = [Relation(kind, Target(iri=other)) for (other, _), kind in self.relations.items()]
        foreign_iri = self.also[0] if self.also else "" if one.startswith(own) and not self.lines else one
        concept = blank(
            terms=tuple(dict.fromkeys(terms)),
            definitions=tuple(dict.fromkeys(self.definitions)),
            **{name: tuple(dict.fromkeys(notes)) for name, notes in self.remarks.items()},
            relations=(*relations, *self.mappings),
            subject_field=tuple(dict.fromkeys(self.subject_field)),
            notations=tuple(dict.fromkeys(self.notations)),
            concerns_persons=self.concerns_persons,
            foreign=Foreign(foreign_iri, tuple(sorted(self.lines))) if foreign_iri else None,
        )
        return Record(
            one, concept, 0, tuple(self.also), self.kept, tuple(self.findings), self.leading, former=tuple(self.former),
            tops=dict(self.tops), buried=dict(self.buried),
        )  # fmt: skip
