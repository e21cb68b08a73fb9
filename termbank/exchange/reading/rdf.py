"""A file of SKOS or SKOS-XL → records. Runs in the cage (`termbank.exchange.child`). Pure.

What has a place in a concept becomes part of it; what else is said of a concept is kept as statements, with what hangs below
it (blank nodes get names that follow from what they say). Inverse relations are read as what they are the inverse of.
Triples of schemes and collections have no place in a concept, and are named as lost.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from termbank.concepts.concept import Definition, Notation, Note, Relation, Target, Term
from termbank.concepts.kept_statements import is_address
from termbank.concepts.schema import MOST_TERMS
from termbank.concepts.wordings import Wording, plain, tag
from termbank.exchange.reading.blank_nodes import Fact, names_of_blanks, renamed
from termbank.exchange.reading.kept_facts import KeptFacts
from termbank.exchange.reading.rdf_parts import Parts
from termbank.exchange.reading.rdf_remarks import remarks
from termbank.exchange.reading.rdf_words import (
    DC_TITLE,
    DCT,
    DOWN,
    FORM,
    GENERATED,
    LABELS,
    MATCHES,
    NOTES,
    OWL,
    OWN_FACTS,
    RDF_VALUE,
    UP,
    VERSION_OF,
    XL_LABELS,
    datatype,
    is_a,
    is_deprecated,
    short,
)
from termbank.exchange.records import EVERYTHING, Account, Reading
from termbank.finding_texts.all import FINDINGS
from termbank.notions import RelationKind, TermStatus
from termbank.vocabularies.index import RDF_TYPE, SKOS, SKOS_XL
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, format_of, quads_of, reading_faults, resource_of


def read(data: bytes, name: str, own: Sequence[str]) -> Reading:
    """The concepts of a file. ``own``: how names begin that this instance gives, its term bank's address first."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    count = 0
    seen: set[Any] = set()
    try:
        with reading_faults(data):
            for quad in quads_of(data, name):
                triple = quad.triple
                if triple not in seen:
                    seen.add(triple)
                    count += 1
                    by_subject[resource_of(quad.subject)].append((quad.predicate.value, quad.object))
    except UnreadableVocabularyError as error:
        return Reading(unreadable=error.finding)
    del seen
    names = names_of_blanks(by_subject)
    nameless = {one for one in names if is_a(f"{SKOS}Concept", by_subject.get(one, ()))}
    if nameless:
        by_subject = renamed(by_subject, {one: names[one] for one in nameless})
    reading = _Reading(by_subject, names, {names[one] for one in nameless}, count, tuple(own)).reading()
    return replace(reading, kind=f"{reading.kind}-xml") if format_of(name, data) == ox.RdfFormat.RDF_XML else reading


class _Reading:
    def __init__(
        self,
        by_subject: dict[str, list[Fact]],
        names: Mapping[str, str],
        nameless: Set[str],
        count: int,
        own: tuple[str, ...],
    ) -> None:
        self.facts, self.count, self.own = by_subject, count, own
        self.vocabulary = f"{own[0]}ns#"
        self.has_labels = False
        self.structural = 0
        """Triples that say no more than that there is a scheme and what is on top of it."""
        self.lost: Counter[str] = Counter()
        self.own_facts = 0
        kinds = {subject: {one.value for predicate, one in facts if predicate == RDF_TYPE and isinstance(one, ox.NamedNode)}
                 for subject, facts in by_subject.items()}  # fmt: skip
        self.concepts = {one: Parts() for one, told in kinds.items() if f"{SKOS}Concept" in told}
        for one in nameless:
            self.concepts[one].findings.append(FINDINGS.found("IMPORT-028"))
        self.gone = {one for one in self.concepts if one.startswith(own) and is_deprecated(by_subject[one])}
        """Concepts of this register that it has withdrawn."""
        self.schemes = [one for one, told in kinds.items() if f"{SKOS}ConceptScheme" in told]
        self.others = {one for one, told in kinds.items() if told & {f"{SKOS}Collection", f"{SKOS}OrderedCollection"}}
        self.claimed: set[str] = {*self.concepts, *self.schemes, *self.others}
        self.labels = self._owned_labels()
        """The concept that each label of SKOS-XL is a term of, until it is taken."""
        self.claimed |= self.labels.keys()
        self.kept = KeptFacts(by_subject, names, self.claimed, self.lost)

    def reading(self) -> Reading:
        if not self.concepts:
            return Reading(unreadable=FINDINGS.found("VOC-106", {"triples": self.count}))
        order = sorted(self.concepts, key=self._known_as)  # what several lead to is kept with the same one in any file
        for one in order:
            for predicate, value in self.facts[one]:
                self._take(one, self.concepts[one], predicate, value)
        for parts in map(self.concepts.__getitem__, order):
            for alias in parts.also:
                self.kept.keep_aliased(parts, alias)
        for subject, facts in self.facts.items():
            if subject not in self.concepts:
                self._take_rest(subject, facts)
        for parts in self.concepts.values():
            self._settle_top(parts)
        self.own_facts += sum(self.concepts[one].kept for one in self.gone)
        records = tuple(parts.record(one, self.own) for one, parts in self.concepts.items() if one not in self.gone)
        kept = sum(one.kept for one in records) + self.structural
        account = Account("triples", self.count, kept, self.own_facts, dict(sorted(self.lost.items())))
        return Reading(
            records, EVERYTHING, account, remarks(self.schemes, self.concepts),
            kind="skosxl" if self.has_labels else "skos", title=self._title(),
        )  # fmt: skip

    def _known_as(self, one: str) -> str:
        """The IRI that a concept had before it was this register's."""
        if not one.startswith(self.own):
            return one
        facts = self.facts[one]
        aliases = (said.value for what, said in facts if what == VERSION_OF and isinstance(said, ox.NamedNode))
        return next(aliases, one)

    def _owned_labels(self) -> dict[str, str]:
        """Labels with one form, each with the first concept that has it: so that no label that names another takes it along."""
        found: dict[str, str] = {}
        for one in sorted(self.concepts, key=self._known_as):
            for predicate, value in self.facts[one]:
                if predicate in XL_LABELS and not isinstance(value, ox.Literal):
                    name = resource_of(value)
                    if name not in self.claimed and len(self._forms(name)) == 1:
                        found.setdefault(name, one)
        return found

    def _forms(self, label: str) -> list[ox.Literal]:
        facts = self.facts.get(label, ())
        return [said for what, said in facts if what == FORM and isinstance(said, ox.Literal)]

    def _take(self, one: str, parts: Parts, predicate: str, value: Any) -> None:
        is_own = one.startswith(self.own)
        text = value if isinstance(value, ox.Literal) else None
        if predicate in LABELS and text is not None:
            self._term(one, parts, predicate, text, LABELS[predicate])
        elif predicate in XL_LABELS:
            self._label(one, parts, predicate, value)
        elif predicate == f"{SKOS}definition":
            self._said(
                one,
                parts,
                predicate,
                value,
                lambda said: parts.definitions.append(Definition(said.text, said.language)),
            )
        elif predicate in NOTES:
            self._note(one, parts, predicate, value)
        elif predicate == f"{SKOS}notation" and text is not None and not text.language:
            parts.notations.append(Notation(plain(text.value), datatype(text)))
            self._count_text(parts, predicate, text.value)
        elif predicate in UP and self._leads_on(value):
            parts.relate(resource_of(value), UP[predicate])
        elif predicate in DOWN and self._is_concept(value):
            self.concepts[resource_of(value)].relate(one, DOWN[predicate])
        elif predicate == f"{SKOS}related" and self._leads_on(value):
            other = resource_of(value)
            parts.relate(other, RelationKind.ASSOCIATIVE)
            if other in self.concepts and one not in self.gone:
                self.concepts[other].relations.setdefault((one, "beside"), RelationKind.ASSOCIATIVE)
        elif predicate in MATCHES and self._leads_on(value):
            parts.mappings[Relation(MATCHES[predicate], Target(iri=resource_of(value)))] = None
            parts.leading[resource_of(value)] += 1
            parts.kept += 1
        elif (predicate == RDF_TYPE and resource_of(value) == f"{SKOS}Concept") or (
            predicate == f"{SKOS}inScheme" and self._is_main(value)
        ):
            parts.kept += 1
        elif predicate == f"{SKOS}topConceptOf" and self._is_main(value):
            parts.tops[short(predicate)] += 1
        elif predicate.startswith(self.vocabulary):
            self._own_word(parts, predicate.removeprefix(self.vocabulary), value)
        elif is_own and predicate in OWN_FACTS:
            self.own_facts += 1
            if predicate == f"{OWL}sameAs" and isinstance(value, ox.NamedNode):
                parts.former.append(value.value)
        elif is_own and predicate == VERSION_OF and isinstance(value, ox.NamedNode):
            parts.also.append(value.value)
            parts.kept += 1
        else:
            self.kept.keep(parts, one, predicate, value)

    def _own_word(self, parts: Parts, word: str, value: Any) -> None:
        if word == "subjectField" and isinstance(value, ox.Literal):
            parts.subject_field.append(Wording(plain(value.value), tag(value.language or "")))
            parts.kept += 1
        elif word == "deprecatedLabel" and isinstance(value, ox.Literal):
            parts.deprecated.add((plain(value.value), tag(value.language or "")))
            parts.kept += 1
        elif word == "concernsPersons" and isinstance(value, ox.Literal):
            parts.concerns_persons = value.value == "true"
            parts.kept += 1
        else:
            self.own_facts += 1

    def _term(self, one: str, parts: Parts, predicate: str, text: ox.Literal, status: TermStatus) -> None:
        said = plain(text.value)
        if not said:
            self.lost[f"{short(predicate)} (empty)"] += 1
            return
        if len(parts.terms) >= MOST_TERMS:
            self.lost[f"{short(predicate)} (> {MOST_TERMS})"] += 1
            if (finding := FINDINGS.found("IMPORT-003", {"most": MOST_TERMS})) not in parts.findings:
                parts.findings.append(finding)
            return
        parts.terms[Term(said, tag(text.language or ""), status)] = None
        self._count(one, parts, predicate, text)

    def _label(self, one: str, parts: Parts, predicate: str, value: Any) -> None:
        """A label that is a resource: its form is the term, and what else is said of it is kept beside, with its name."""
        name = resource_of(value)
        if self.labels.get(name) != one:
            self.kept.keep(parts, one, predicate, value)
            return
        del self.labels[name]
        self.has_labels = True
        facts, form = self.facts[name], self._forms(name)[0]
        term = Term(plain(form.value), tag(form.language or ""), XL_LABELS[predicate])
        told: dict[str, Any] = {}
        has_more = bool(datatype(form))
        for what, said in facts:
            if (field_ := self._of_label(what, said)) is not None:
                told |= field_
            elif said is not form and not (what == RDF_TYPE and resource_of(said) == f"{SKOS_XL}Label"):
                has_more = True
        parts.terms.pop(term, None)
        if not term.text or len(parts.terms) >= MOST_TERMS:
            self.lost[short(predicate)] += 1 + len(facts)
            return
        status = TermStatus(told.pop("status", term.status))
        parts.terms[Term(term.text, term.language, status, **told)] = None
        if has_more or (is_address(name) and not name.startswith(self.own)):
            self.kept.keep(parts, one, predicate, value)
            for what, said in facts:
                self.kept.keep(parts, name, what, said)
        else:
            parts.kept += 1
            for what, said in facts:
                if isinstance(said, ox.Literal):
                    self._count_text(parts, what, said.value)
                else:
                    parts.kept += 1

    def _of_label(self, predicate: str, value: Any) -> dict[str, Any] | None:
        """What a fact of a label says of the term in words of this register, or ``None``."""
        if not isinstance(value, ox.Literal):
            return None
        if predicate == f"{DCT}source" and not value.language and not datatype(value):
            return {"source": plain(value.value)}
        word = predicate.removeprefix(self.vocabulary)
        if word == "grammar":
            return {"grammar": plain(value.value)}
        if word == "isAbbreviation":
            return {"abbreviation": value.value == "true"}
        if word == "homograph" and value.value.isdecimal():
            return {"homograph": int(value.value)}
        if word == "termStatus" and value.value in set(TermStatus):
            return {"status": value.value}
        return None

    def _said(self, one: str, parts: Parts, predicate: str, value: Any, take: Callable[[Wording], None]) -> None:
        """A text that is a literal, or the value of a resource (https://www.w3.org/TR/skos-primer/, 4.2)."""
        if isinstance(value, ox.Literal):
            if said := plain(value.value):
                take(Wording(said, tag(value.language or "")))
                self._count(one, parts, predicate, value)
            else:
                self.lost[f"{short(predicate)} (empty)"] += 1
            return
        facts = self.facts.get(resource_of(value), [])
        for what, said in facts:
            if what == RDF_VALUE and isinstance(said, ox.Literal) and plain(said.value):
                take(Wording(plain(said.value), tag(said.language or "")))
        self.kept.keep(parts, one, predicate, value)

    def _note(self, one: str, parts: Parts, predicate: str, value: Any) -> None:
        if isinstance(value, ox.Literal) and one.startswith(self.own) and value.value in GENERATED:
            self.own_facts += 1
            return
        notes = parts.remarks[NOTES[predicate]]
        if predicate == f"{SKOS}note" and isinstance(value, ox.Literal):
            if plain(value.value):
                notes.append(Note((Wording(plain(value.value), tag(value.language or "")),)))
            self.kept.keep(parts, one, predicate, value)
            return
        self._said(one, parts, predicate, value, lambda said: notes.append(Note((said,))))

    def _is_concept(self, value: Any) -> bool:
        return resource_of(value) in self.concepts

    def _is_main(self, value: Any) -> bool:
        return resource_of(value) in self.schemes[:1]

    def _leads_on(self, value: Any) -> bool:
        """Whether a relation can name it: a concept of the file, or one elsewhere that has an address."""
        return self._is_concept(value) or (isinstance(value, ox.NamedNode) and is_address(value.value))

    def _take_rest(self, subject: str, facts: list[Fact]) -> None:
        """Facts of what is no concept: schemes, collections, and what hangs below nothing."""
        if subject in self.claimed and subject not in self.schemes and subject not in self.others:
            return
        for predicate, value in facts:
            if subject.startswith(self.own):
                self.own_facts += 1
            elif subject not in self.schemes[:1]:
                self.lost[short(predicate)] += 1
            elif predicate == RDF_TYPE and resource_of(value) == f"{SKOS}ConceptScheme":
                self.structural += 1
            elif predicate == f"{SKOS}hasTopConcept" and (top := self.concepts.get(resource_of(value))) is not None:
                top.tops[short(predicate)] += 1
            else:
                self.lost[short(predicate)] += 1

    def _settle_top(self, parts: Parts) -> None:
        if parts.is_on_top(self.concepts):
            parts.kept += parts.tops.total()
        else:
            self.lost.update(parts.tops)
            parts.buried, parts.tops = parts.tops, Counter()

    def _count(self, one: str, parts: Parts, predicate: str, text: ox.Literal) -> None:
        """A text that is kept; with the statement itself where the text is of a datatype, which no part of a concept has."""
        if datatype(text):
            self.kept.keep(parts, one, predicate, text)
        else:
            self._count_text(parts, predicate, text.value)

    def _count_text(self, parts: Parts, predicate: str, text: str) -> None:
        """A text that is kept as it stands, or without blanks and control characters around and in it: those are named."""
        if plain(text) == text:
            parts.kept += 1
        else:
            self.lost[f"{short(predicate)} (blanks)"] += 1

    def _title(self) -> str:
        """What the first scheme is called: in Swedish before English before anything else."""
        titles: list[tuple[bool, bool, str]] = []
        for scheme in self.schemes[:1]:
            for predicate, value in self.facts.get(scheme, []):
                if isinstance(value, ox.Literal) and predicate in (f"{DCT}title", f"{SKOS}prefLabel", DC_TITLE):
                    titles.append((value.language != "sv", value.language != "en", value.value))
        return plain(min(titles)[2]) if titles else ""
