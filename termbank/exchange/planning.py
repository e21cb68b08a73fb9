"""What an import would do, before anything is done: which concepts are new, changed, the same, gone or refused, and why. Pure.

A record is the concept that it is named after: by our own IRI, by the IRI that the concept has elsewhere, or by its key.
What the file does not mention is gone only where the file is said to be the whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from registry.content.written_texts import written_in
from registry.directions import misdirection_in
from registry.findings import Finding, Param, Severity, Text
from registry.provenance import Provenance
from termbank.concepts import content as concept_content
from termbank.concepts.circles import circles
from termbank.concepts.concept import Concept, Foreign, Relation, Source, Target
from termbank.concepts.vouching import Earlier, has_other_words, unvouched
from termbank.concepts.wordings import Wordings
from termbank.exchange.changes import Change, changes
from termbank.exchange.conditions_of_plans import broken_conditions
from termbank.exchange.merging import is_same, merged
from termbank.exchange.names import former_names, nodes_of
from termbank.exchange.reading.tbx import NAMELESS
from termbank.exchange.records import Account, Reading, Record
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.views_of import as_seen
from termbank.finding_texts.all import FINDINGS
from termbank.notions import HIERARCHICAL, RELATION_TEXTS, Origin, TermStatus

REFUSED, NOWHERE = "refused", "nowhere"
"""What is lost with a refused concept, and what leads to none, in an account."""
LOST_TEXTS = {
    REFUSED: Text("avvisade begrepp", "refused concepts"),
    NOWHERE: Text("relationer som leder ingenstans", "relations that lead nowhere"),
}


_THE_CONCEPT = Text("Begreppet", "The concept")
"""What a row without key or term is called."""


class Fate(StrEnum):
    """What becomes of a concept."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Planned:
    """A concept with what becomes of it. ``item`` is its id, where it is here already."""

    fate: Fate
    name: str
    title: Text
    row: int = 0
    item: str = ""
    before: Concept | None = None
    after: Concept | None = None
    """Its relations name new concepts by the names of their records (``Target(iri=…)``)."""
    findings: tuple[Finding, ...] = ()

    @property
    def is_nameless(self) -> bool:
        """Whether the file calls it nothing: its row is all that tells it."""
        return self.name == f"row {self.row}"

    def changes(self, titles: Mapping[str, str] | None = None) -> list[Change]:
        """What changes, text by text; ``titles`` by item id or IRI, for the concepts that it names."""
        return changes(self.before, self.after, titles or {})


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do."""

    concepts: tuple[Planned, ...] = ()
    account: Account = field(default_factory=Account)
    findings: tuple[Finding, ...] = ()
    unreadable: Finding | None = None

    def of(self, *fates: Fate) -> list[Planned]:
        return [one for one in self.concepts if one.fate in fates]

    @property
    def counts(self) -> dict[Fate, int]:
        found = Counter(one.fate for one in self.concepts)
        return {fate: found[fate] for fate in Fate}

    @property
    def to_do(self) -> list[Planned]:
        """What a change set would hold."""
        return self.of(Fate.NEW, Fate.CHANGED, Fate.GONE)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register has that a file may name.

    ``source`` is the scheme that is imported into, whole, with the bases that it has had; ``elsewhere`` gives the ids, by IRI and key, of concepts in other
    schemes; ``open`` the terms, by foreign IRI, of concepts that an earlier import made and that are not published.
    """

    source: SchemeExport
    own: tuple[str, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    open: Mapping[str, str] = field(default_factory=dict)


def plan(reading: Reading, known: Known, *, source: Source, whole: bool = False, read_as: Wordings = ()) -> Plan:
    """What an import of ``reading`` would do. ``source`` is where new concepts of somebody else's were read, and ``read_as`` says how
    those were whose words are others now."""
    if reading.unreadable is not None:
        return Plan(unreadable=reading.unreadable, account=reading.account)
    return _Planning(reading, known, source, whole, read_as).plan()


class _Planning:
    def __init__(self, reading: Reading, known: Known, source: Source, whole: bool, read_as: Wordings) -> None:
        self.reading, self.known, self.whole, self.cited = reading, known, whole, source
        self.read_as = read_as
        self.here = {one.item_id: one for one in known.source.concepts}
        own = (*known.source.concepts, *known.source.gone)
        ids = {**known.source.known, **{one.slug: one.item_id for one in own}}
        schemes = {known.source.scheme.slug: known.source.scheme.item}
        self.concepts = {item: one.concept.settled(item, ids, schemes) for item, one in self.here.items()}
        """By id, as they are kept: naming others by their ids."""
        nodes = nodes_of(known.source)
        self.items = dict(known.elsewhere)
        """Ids of concepts by every name that a file may have for them."""
        self.scheme: dict[str, str] = {}
        """The same, of this scheme alone."""
        for one in known.source.concepts:
            names = [one.slug, str(nodes[one.slug]), *former_names(known.source, one)]
            if one.slug in known.numbers:
                names.append(str(known.numbers[one.slug]))
            if one.concept.foreign:
                names.append(one.concept.foreign.iri)
            for name in names:
                self.scheme.setdefault(name, one.item_id)
        left = [(one, (str(nodes[one.slug]), *former_names(known.source, one))) for one in known.source.gone]
        self.items |= {name: one.item_id for one, names in left for name in names} | self.scheme
        self.gone = {name: one.item_id for one, names in left for name in (one.slug, *names)}
        self.passed_over: dict[str, str] = {}
        """Ids of withdrawn concepts, by the names of records that say that they are withdrawn."""
        self.matched: dict[str, str] = {}
        """Ids by the names of records."""
        self.refused: dict[str, list[Finding]] = {}
        self.remarks: dict[str, list[Finding]] = {one.name: list(one.findings) for one in reading.records}
        self.records = {one.name: one for one in reading.records}
        self.nowhere: dict[str, int] = {}
        """How many values of a record lead to what does not come along."""

    def plan(self) -> Plan:
        for record in self.reading.records:
            self._match(record)
        self._refuse_doubles()
        seen = self._seen()
        records = [record for record in self.reading.records if record.name not in self.passed_over]
        after = {record.name: self._after(record, seen) for record in records}
        for record in records:
            self._judge(record, after[record.name])
        self._refuse_circles(after)
        after = {
            name: concept if self.refused.get(name) else self._settled(name, concept) for name, concept in after.items()
        }
        self._tell_broken(after)
        concepts = [self._planned(record, after[record.name]) for record in records]
        account = self.reading.account
        kept = {record.name: record.kept for record in self.reading.records}
        refused = {one.name for one in concepts if one.fate is Fate.REFUSED}
        account = account.owned(sum(kept[name] for name in self.passed_over))
        account = account.moved(sum(kept[name] for name in refused), REFUSED)
        account = account.moved(sum(self.nowhere.values()), NOWHERE)
        for record in records:
            account = account if record.name in refused else _with_tops(account, record, after[record.name])
        return Plan((*concepts, *self._gone()), account, self.reading.findings)

    def _match(self, record: Record) -> None:
        names = [record.name, *record.also]
        if self.reading.kind == "table" and record.also:
            names = [*record.also]
        elif self.reading.kind == "tbx":
            names = [*record.also, f"urn:tbx:{record.name}"]
        item = next((self.scheme[name] for name in names if name in self.scheme), None)
        own = [name for name in names if name.startswith(self.known.own)]
        withdrawn = next((self.gone[name] for name in names if name in self.gone), None)
        if item is None and withdrawn is not None and record.is_withdrawn:
            self.passed_over[record.name] = withdrawn
            return
        if record.is_withdrawn and self.reading.kind == "table":
            self._remark(record, "IMPORT-029")
        is_key = self.reading.kind == "table" and not record.also and not record.name.startswith("row ")
        if item is None and (own or is_key):
            self._refuse(record, "IMPORT-017", name=(own or names)[0][:200])
        elif item is None and (being := next((name for name in names if name in self.known.open), None)):
            self._refuse(record, "IMPORT-023", name=being[:200], term=self.known.open[being])
        elif item is not None:
            self.matched[record.name] = item
            if is_key and record.concept.terms and not _share_a_term(record.concept, self.here[item].concept):
                title = self.here[item].concept.title.sv
                self._remark(record, "IMPORT-018", name=record.name, term=title)

    def _refuse_doubles(self) -> None:
        records: dict[str, list[Record]] = {}
        for record in self.reading.records:
            if record.name in self.matched:
                records.setdefault(self.matched[record.name], []).append(record)
        for item, those in records.items():
            title = self.here[item].concept.title.sv
            for record in those if len(those) > 1 else ():
                other = next(one for one in those if one is not record)
                self._refuse(record, "IMPORT-022", name=record.name[:200], other=other.name[:200], term=title)

    def _seen(self) -> dict[str, Concept]:
        """The matched concepts as a file of this kind shows them, by id."""
        chosen = [self.here[item] for item in dict.fromkeys(self.matched.values())]
        if not chosen:
            return {}
        others = {one.slug: one.item_id for one in self.known.source.concepts}
        source = replace(
            self.known.source, concepts=chosen, applications=(), known={**self.known.source.known, **others}
        )
        reading = as_seen(self.reading.kind, source, self.known.own)
        own = {one.name: self._item_of(one) for one in reading.records}
        return {own[one.name]: self._resolved(one.concept, own) for one in reading.records if own[one.name]}

    def _item_of(self, record: Record) -> str:
        return next((self.scheme[name] for name in (*record.also, record.name) if name in self.scheme), "")

    def _resolved(self, concept: Concept, records: Mapping[str, str]) -> Concept:
        """The concept with ids for what is here; names of new records and addresses elsewhere stay."""
        relations = tuple(replace(one, target=self._target(one, records)) for one in concept.relations)
        return replace(concept, relations=tuple(dict.fromkeys(relations)))

    def _target(self, relation: Relation, records: Mapping[str, str]) -> Target:
        name = relation.target.iri
        item = records.get(name, "") or ("" if name in self.remarks else self.items.get(name, ""))
        return Target(item=item) if item else Target(iri=name)

    def _after(self, record: Record, seen: Mapping[str, Concept]) -> Concept:
        told = self._resolved(record.concept, {**self.matched, **self.passed_over})
        item = self.matched.get(record.name)
        if item is None:
            return self._new(record, told)
        before = self.concepts[item]
        return self._read_anew(record, before, merged(before, seen.get(item, before), told, self.reading.says))

    def _read_anew(self, record: Record, before: Concept, after: Concept) -> Concept:
        """A concept of somebody else's vocabulary whose words are others in its file was read anew: in the file."""
        theirs = before.foreign.iri if before.foreign else ""
        is_theirs = theirs in (record.name, f"urn:tbx:{record.name}")
        if not (is_theirs and has_other_words(after, before)):
            return after
        first = replace(after.source or self.cited, verification=self.read_as)
        return replace(after, sources=(first, *after.sources[1:]))

    def _new(self, record: Record, told: Concept) -> Concept:
        scheme = Target(item=self.known.source.scheme.item, key=self.known.source.scheme.slug)
        foreign, is_tbx = told.foreign, self.reading.kind == "tbx"
        if is_tbx and not record.name.startswith(NAMELESS):
            foreign = Foreign(f"urn:tbx:{record.name}")
        if foreign is None and not is_tbx:
            return replace(told, scheme=scheme, foreign=None)
        return replace(
            told, scheme=scheme, origin=Origin.OFFICIAL, provenance=Provenance.REPRODUCED, sources=(self.cited,), foreign=foreign
        )  # fmt: skip

    def _judge(self, record: Record, concept: Concept) -> None:
        """Refuse a concept that could not be kept."""
        if self.reading.kind == "table" and not concept.terms:
            name = _THE_CONCEPT if record.is_nameless else record.name[:200]
            self._refuse(record, "IMPORT-008", name=name, line=record.row)
        for finding in record.findings:
            if finding.severity is Severity.ERROR:
                self.refused.setdefault(record.name, []).append(finding)
        preferred = Counter(one.language for one in concept.terms if one.status is TermStatus.PREFERRED)
        for language, number in preferred.items():
            if number > 1:
                terms = ", ".join(concept.labels(language, TermStatus.PREFERRED)[:10])
                self._refuse(record, "IMPORT-020", language=language or "?", terms=terms)
        item = self.matched.get(record.name)
        if item and is_same(self.concepts[item], concept):
            return
        if turned := next(filter(None, map(misdirection_in, written_in(concept.as_content()))), None):
            self.refused.setdefault(record.name, []).append(replace(turned, places=(record.place,)))
        already = {one.code for one in _errors(self.concepts[item])} if item else set()
        for finding in _errors(concept):
            if finding.code not in already and not self.refused.get(record.name):
                self.refused.setdefault(record.name, []).append(replace(finding, places=(record.place,)))

    def _refuse_circles(self, after: Mapping[str, Concept]) -> None:
        """Refuse concepts that would be broader than themselves."""
        above: dict[str, list[str]] = {}
        for item, one in self.concepts.items():
            above[item] = [target.item for target in _broader(one)]
        for name, concept in after.items():
            if not self.refused.get(name):
                above[self.matched.get(name, name)] = [target.item or target.iri for target in _broader(concept)]
        for circle in circles(above):
            names = [name for name in after if self.matched.get(name, name) in circle]
            titles = ", ".join(after[name].title.sv for name in names[:10])
            for record in self.reading.records:
                if record.name in names:
                    self._refuse(record, "IMPORT-021", terms=titles)

    def _tell_broken(self, after: Mapping[str, Concept]) -> None:
        """Say which concepts a change set would be refused for; they are mended in it, so they come along."""
        coming = {self.matched.get(name, name): one for name, one in after.items() if not self.refused.get(name)}
        gone = {one.item for one in self._gone()}
        stay = {item: one for item, one in self.concepts.items() if item not in gone}
        names = {self.matched.get(name, name): name for name in after}
        for one, found in broken_conditions(self.concepts, {**stay, **coming}).items():
            if one in names:
                self.remarks[names[one]] += [
                    replace(finding, places=(self.records[names[one]].place,)) for finding in found
                ]
        for item, concept in coming.items():
            if item in self.concepts and item in names:
                before = Earlier(self.here[item].number, self.concepts[item])
                place = self.records[names[item]].place
                self.remarks[names[item]] += [
                    replace(finding, places=(place,))
                    for finding in unvouched(concept, [before], before.concept)
                    if finding.severity is Severity.ERROR
                ]

    def _settled(self, name: str, concept: Concept) -> Concept:
        """The concept without relations to what does not come along; those are named."""
        relations: list[Relation] = []
        record = self.records[name]
        dropped: set[str] = set()
        for one in concept.relations:
            target = one.target
            is_refused = bool(self.refused.get(target.iri))
            is_unknown = target.iri not in self.remarks and "://" not in target.iri
            if not target.item and (is_refused or is_unknown):
                finding = FINDINGS.found(
                    "IMPORT-032" if is_refused else "IMPORT-019",
                    {"name": target.iri[:200], "relation": RELATION_TEXTS[one.kind]},
                    (record.place,),
                )
                self.remarks[name].append(finding)
                dropped.add(target.iri)
            else:
                relations.append(one)
        self.nowhere[name] = sum(record.leading.get(other, 0) for other in dropped)
        return replace(concept, relations=tuple(relations))

    def _planned(self, record: Record, after: Concept) -> Planned:
        item = self.matched.get(record.name, "")
        before = self.concepts[item] if item else None
        reasons = self.refused.get(record.name, [])
        remarks = [one for one in self.remarks[record.name] if one not in reasons]
        fate = (
            Fate.REFUSED
            if reasons
            else Fate.NEW
            if before is None
            else Fate.SAME
            if is_same(before, after)
            else Fate.CHANGED
        )
        unnamed = Text(f"rad {record.row}", record.name) if record.is_nameless else Text(record.name, record.name)
        title = after.title if after.title.sv else before.title if before else unnamed
        return Planned(fate, record.name, title, record.row, item, before, after, (*reasons, *remarks))

    def _gone(self) -> Iterator[Planned]:
        if self.whole:
            there = set(self.matched.values())
            for item, one in self.here.items():
                if item not in there:
                    yield Planned(Fate.GONE, one.slug, one.concept.title, 0, item, self.concepts[item])

    def _refuse(self, record: Record, code: str, **params: Param) -> None:
        self.refused.setdefault(record.name, []).append(FINDINGS.found(code, params, (record.place,)))

    def _remark(self, record: Record, code: str, **params: str | int) -> None:
        self.remarks[record.name].append(FINDINGS.found(code, params, (record.place,)))


def _with_tops(account: Account, record: Record, concept: Concept) -> Account:
    """The account with what the file says of a concept on top: it is lost where something is above the concept as it comes to
    be, though not in the file, and kept where all that the file has above it is refused."""
    if any(target.item for target in _broader(concept)):
        for predicate, number in record.tops.items():
            account = account.moved(number, predicate)
    if not _broader(concept):
        for predicate, number in record.buried.items():
            account = account.moved(-number, predicate)
    return account


def _broader(concept: Concept) -> list[Target]:
    return [one.target for one in concept.related_by(*HIERARCHICAL)]


def _without_names(concept: Concept) -> Concept:
    """The concept without relations to new records, which have no ids yet: for its form to be judged."""
    return replace(
        concept, relations=tuple(one for one in concept.relations if one.target.item or "://" in one.target.iri)
    )


def _errors(concept: Concept) -> list[Finding]:
    """What keeps the content from being sent to review."""
    _, findings = concept_content.parse(_without_names(concept).as_content())
    return [one for one in findings if one.severity is Severity.ERROR]


def _share_a_term(one: Concept, other: Concept) -> bool:
    mine = {term.text.casefold() for term in one.terms}
    return any(term.text.casefold() in mine for term in other.terms)
