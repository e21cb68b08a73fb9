"""A file of TBX → records: ``martif`` of version 2 and ``tbx`` of version 3, style DCA or DCT. Runs in the cage. Pure.

A category is named by the ``type`` of an element (DCA) or by the element itself (DCT). Names and places are ISO 30042:2019 and,
for version 2, ISO 30042:2008. No DTD is loaded and no entity expanded but short ones of the file's own (`rdf_files`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.parsers import expat

from registry.findings import Finding, Place
from termbank.concepts.concept import Definition, Note, Relation, Target, Term
from termbank.concepts.schema import MOST_TERMS
from termbank.concepts.wordings import Wording, plain, tag
from termbank.exchange.records import Account, Reading, Record, Says, blank, distinct
from termbank.exchange.tbx_names import ABBREVIATIONS, READ_STATUSES, SOURCES, STATUS_OF_TYPE, UNDETERMINED
from termbank.finding_texts.all import FINDINGS
from termbank.notions import RelationKind, TermStatus
from termbank.vocabularies.file_faults import fault_in
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, in_utf_8, refuse_growing_entities

SAYS: Says = frozenset(
    {("terms", "preferred"), ("terms", "admitted"), ("terms", "deprecated"), ("definitions",), ("notes",), ("subject_field",),
     ("relations", "generic"), ("relations", "partitive"), ("relations", "broader_unknown"), ("relations", "associative")}
)  # fmt: skip
NAMELESS = "line "
"""Begins the name of an entry without an id."""
DEEPEST = 60
"""Elements within each other."""
_ENTRIES = ("conceptEntry", "termEntry")
_SECTIONS = ("langSec", "langSet")
_TERM_SECTIONS = ("termSec", "tig", "ntig")
_GROUPS = ("descripGrp", "termNoteGrp", "adminGrp", "termGrp", "transacGrp")
_RELATIONS = {
    "crossReference": RelationKind.ASSOCIATIVE,
    "relatedConcept": RelationKind.ASSOCIATIVE,
    "associatedConcept": RelationKind.ASSOCIATIVE,
    "superordinateConceptGeneric": RelationKind.GENERIC,
    "broaderConceptGeneric": RelationKind.GENERIC,
    "superordinateConceptPartitive": RelationKind.PARTITIVE,
    "broaderConceptPartitive": RelationKind.PARTITIVE,
    "relatedConceptBroader": RelationKind.BROADER_UNKNOWN,
}
_NARROWER = {
    "subordinateConceptGeneric": RelationKind.GENERIC,
    "narrowerConceptGeneric": RelationKind.GENERIC,
    "subordinateConceptPartitive": RelationKind.PARTITIVE,
    "narrowerConceptPartitive": RelationKind.PARTITIVE,
    "relatedConceptNarrower": RelationKind.BROADER_UNKNOWN,
}
"""Relations that are read from their other end."""
_LANG = "http://www.w3.org/XML/1998/namespace lang"


@dataclass(slots=True)
class Node:
    """An element: its local name, its attributes, its text with that of what is within it, and its line."""

    name: str
    attributes: dict[str, str]
    line: int
    text: list[str] = field(default_factory=list)
    below: list["Node"] = field(default_factory=list)

    @property
    def category(self) -> str:
        """The category of data: what the element is of, or is called."""
        return self.attributes.get("type", self.name)

    @property
    def said(self) -> str:
        return plain(" ".join("".join(self.text).split()))

    @property
    def cited(self) -> str:
        """What it says, and where it leads to where it says nothing."""
        return self.said or plain(self.attributes.get("target", ""))


def read(data: bytes, name: str, own: Sequence[str] = ()) -> Reading:
    """The concepts of a file. ``own``: how names begin that this instance gives; other external references are lost."""
    try:
        data = in_utf_8(data)
        refuse_growing_entities(data)
    except UnreadableVocabularyError as error:
        return Reading(unreadable=error.finding)
    reading = _Reading(tuple(own))
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        words = expat.errors.messages.get(error.code, str(error))
        return Reading(unreadable=fault_in(error.lineno, words, error.offset + 1))
    except _TooDeep as error:
        return Reading(unreadable=FINDINGS.found("IMPORT-004", {"line": error.args[0], "most": DEEPEST}))
    if not reading.is_tbx:
        return Reading(unreadable=FINDINGS.found("IMPORT-002"))
    return reading.done()


def is_tbx(data: bytes) -> bool:
    """Whether a file looks like TBX: by its first element.

    >>> is_tbx(b"<?xml version='1.0'?><!DOCTYPE martif SYSTEM 'x'><martif>"), is_tbx(b"<rdf:RDF>")
    (True, False)
    """
    return _ROOT.match(data[:_MOST_OF_A_PROLOG].replace(b"\x00", b"")) is not None


_MOST_OF_A_PROLOG = 1_000_000
"""Bytes before the first element."""
_ROOT = re.compile(
    rb"[\xef\xbb\xbf\xfe\xff\s]*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.-]+:)?(?:martif|tbx)\b",
    re.DOTALL | re.IGNORECASE,
)
"""What a file begins with up to the name of its first element."""


class _TooDeep(Exception):
    """With the line as its argument."""


class _Reading:
    """Takes one event of the parser at a time, and one entry when it is whole."""

    def __init__(self, own: tuple[str, ...]) -> None:
        self.own = own
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.SkippedEntityHandler = self._skipped
        self.is_tbx: bool
        self.open: list[str] = []
        self.entry: list[Node] = []
        self.records: list[Record] = []
        self.findings: list[Finding] = []
        self.lost: Counter[str] = Counter()
        self.read = self.kept = 0
        self.title = self.language = ""
        self.has_text = False
        """Whether an element behind the entries has text: of sources and persons, which no concept has a place for."""
        self.narrower: list[tuple[str, str, RelationKind, str]] = []
        """Relations said from above: whose, of which concept, of which kind, and what the file calls it."""
        self.numbers: Counter[str] = Counter()

    def done(self) -> Reading:
        if not self.records and not self.findings:
            return Reading(unreadable=FINDINGS.found("IMPORT-005"))
        records = self._with_narrower(distinct(self.records))
        kept = sum(one.kept for one in records)
        first = {id(one) for one in distinct(self.records)}
        if twice := sum(one.kept for one in self.records if id(one) not in first):
            self.lost["id"] += twice
        account = Account("values", self.read, kept, 0, dict(sorted(self.lost.items())))
        return Reading(records, SAYS, account, tuple(self.findings), "tbx", self.title)

    def _with_narrower(self, records: tuple[Record, ...]) -> tuple[Record, ...]:
        """The records with the relations that were said from above; those of concepts that are not here are lost."""
        found = {one.name: one for one in records}
        for above, name, kind, category in self.narrower:
            one = found.get(name)
            if one is None:
                self.lost[category] += 1
                continue
            relations = dict.fromkeys([*one.concept.relations, Relation(kind, Target(iri=above))])
            leading = Counter(one.leading) + Counter([above])
            concept = replace(one.concept, relations=tuple(relations))
            found[name] = replace(one, concept=concept, kept=one.kept + 1, leading=leading)
        return tuple(found.values())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if not self.open:
            self.is_tbx = local.lower() in ("martif", "tbx")
            self.language = _tag(attributes.get(_LANG, ""))
        self.open.append(local)
        if len(self.open) > DEEPEST:
            raise _TooDeep(self.parser.CurrentLineNumber)
        if self.entry or local in _ENTRIES:
            node = Node(local, attributes, self.parser.CurrentLineNumber)
            if self.entry:
                self.entry[-1].below.append(node)
            self.entry.append(node)

    def _characters(self, text: str) -> None:
        if self.entry:
            for node in reversed(self.entry):
                node.text.append(text)
                if node.name not in _INLINE:  # markup within a text is part of it
                    break
        elif self.open[-1] == "title":
            self.title = plain(self.title + text)[:200]
        elif "back" in self.open and text.strip():
            self.has_text = True

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            line = self.parser.CurrentLineNumber
            self.findings.append(FINDINGS.found("IMPORT-006", {"name": name[:80], "line": line}, (Place(row=line),)))

    def _end(self, name: str) -> None:
        self.open.pop()
        if self.has_text:
            self.has_text = False
            self.read += 1
            self.lost["back"] += 1
        if self.entry:
            node = self.entry.pop()
            if not self.entry:
                self._take(node)

    def _take(self, entry: Node) -> None:
        made = _Entry(self, entry)
        name = made.name
        self.numbers[name] += 1
        if self.numbers[name] > 1:
            finding = FINDINGS.found("IMPORT-007", {"name": name[:200], "line": entry.line}, (Place(row=entry.line),))
            self.findings.append(finding)
        self.records.append(made.record())


_INLINE = ("hi", "foreign", "bpt", "ept", "it", "ph", "ut", "sub", "sup")


class _Entry:
    """One entry, part by part."""

    def __init__(self, reading: _Reading, entry: Node) -> None:
        self.reading, self.entry = reading, entry
        self.name = entry.attributes.get("id", "") or f"{NAMELESS}{entry.line}"
        self.terms: list[tuple[str, str, dict[str, Any]]] = []
        """Text, language and what else is said of it."""
        self.definitions: list[Definition] = []
        self.notes: list[Note] = []
        self.fields: list[Wording] = []
        self.relations: list[Relation] = []
        self.also: list[str] = []
        self.findings: list[Finding] = []
        self.has_too_many = False
        self.kept = 0
        for node in entry.below:
            if node.name in _SECTIONS:
                self._section(node)
            else:
                self._of_concept(node, "")

    def record(self) -> Record:
        if not self.terms:
            self._found("IMPORT-008", self.entry.line, name=self.name[:200])
        elif self.name.startswith(NAMELESS):
            self._found("IMPORT-033", self.entry.line)
        concept = blank(
            terms=tuple(dict.fromkeys(self._settled())), definitions=tuple(dict.fromkeys(self.definitions)),
            notes=tuple(dict.fromkeys(self.notes)), subject_field=tuple(dict.fromkeys(self.fields)),
            relations=tuple(dict.fromkeys(self.relations)),
        )  # fmt: skip
        leading = Counter(one.target.iri for one in self.relations)
        is_withdrawn = bool(concept.terms) and all(one.status is TermStatus.DEPRECATED for one in concept.terms)
        return Record(
            self.name,
            concept,
            self.entry.line,
            tuple(self.also),
            self.kept,
            tuple(self.findings),
            leading,
            is_withdrawn,
        )

    def _settled(self) -> Iterator[Term]:
        """The terms, each with a status: the first of a language is preferred where none is said to be."""
        preferred = {language for _, language, told in self.terms if told.get("status") is TermStatus.PREFERRED}
        for text, language, told in self.terms:
            status = TermStatus.ADMITTED if language in preferred else TermStatus.PREFERRED
            if "status" not in told:
                preferred.add(language)
            yield Term(text, language, **{"status": status, **told})

    def _section(self, section: Node) -> None:
        language = section.attributes.get(_LANG, section.attributes.get("lang", ""))
        language = _tag(language)
        for node in section.below:
            if node.name in _TERM_SECTIONS:
                self._term(node, language)
            else:
                self._of_concept(node, language)

    def _term(self, section: Node, language: str) -> None:
        for node in [one for one in section.below if _is_of_concept(one)]:
            self._of_concept(node, language)
        for parts in _parted(section):
            self._one_term(parts, section.line, language)

    def _one_term(self, parts: Sequence[Node], line: int, language: str) -> None:
        word = next((node for node in parts if node.name == "term" and node.said), None)
        told: dict[str, Any] = {}
        before = self.kept
        for node in parts:
            self._count(node)
            if node is word or self._said_of_term(node, told):
                self._keep()
            else:
                self._lose(node)
        if word is None:
            self._found("IMPORT-009", line, language=language or UNDETERMINED)
            self._drop(before)
            return
        if len(self.terms) >= MOST_TERMS:
            if not self.has_too_many:
                self.has_too_many = True
                self._found("IMPORT-003", line, most=MOST_TERMS)
            self._drop(before)
            return
        if (status := told.pop("status of type", None)) is not None:
            told.setdefault("status", status)
        self.terms.append((word.said, language, told))

    @staticmethod
    def _said_of_term(node: Node, told: dict[str, Any]) -> bool:
        """Put what is said of a term into ``told``; ``False`` where it has no place."""
        category, said = node.category, node.said
        if category in ("administrativeStatus", "normativeAuthorization") and said in READ_STATUSES:
            told["status"] = READ_STATUSES[said]
        elif category == "termType" and said in ABBREVIATIONS:
            told["abbreviation"] = True
        elif category == "termType" and said in STATUS_OF_TYPE:
            told["status of type"] = STATUS_OF_TYPE[said]
        elif category in ("partOfSpeech", "grammaticalGender", "grammaticalNumber") and said:
            told["grammar"] = ", ".join(filter(None, (told.get("grammar"), said)))
        elif category in SOURCES and node.cited and "source" not in told:
            told["source"] = node.cited
        else:
            return False
        return True

    def _of_concept(self, node: Node, language: str) -> None:
        """Something at the level of the concept or of a language."""
        if node.name in _GROUPS:
            self._group(node, language)
            return
        self._count(node)
        category, said = node.category, node.said
        said_language = node.attributes.get(_LANG)
        own = language or self._main_language() if said_language is None else _tag(said_language)
        if category == "definition" and said:
            self.definitions.append(Definition(said, own))
        elif (category == "note" or node.name == "note") and said:
            self.notes.append(Note((Wording(said, own),)))
        elif category == "subjectField" and said:
            self.fields.append(Wording(said, own))
        elif category in _RELATIONS and node.attributes.get("target"):
            self.relations.append(
                Relation(_RELATIONS[category], Target(iri=node.attributes["target"].removeprefix("#")))
            )
        elif category in _NARROWER and node.attributes.get("target"):
            below = node.attributes["target"].removeprefix("#")
            self.reading.narrower.append((self.name, below, _NARROWER[category], category))
            return
        elif category == "externalCrossReference" and node.attributes.get("target", "").startswith(self.reading.own):
            self.also.append(node.attributes["target"])
        else:
            self._lose(node)
            return
        self._keep()

    def _group(self, group: Node, language: str) -> None:
        """A category with what is said of it: the source of a definition."""
        before = len(self.definitions)
        for node in group.below:
            if (
                node.category in SOURCES
                and node.cited
                and len(self.definitions) > before
                and not self.definitions[-1].source
            ):
                last = self.definitions[-1]
                self.definitions[-1] = Definition(last.text, last.language, node.cited)
                self._count(node)
                self._keep()
            else:
                self._of_concept(node, language)

    def _main_language(self) -> str:
        """The language of what is said of the concept as a whole: the file's, as the concept writes it, or else its first."""
        sections = [node for node in self.entry.below if node.name in _SECTIONS]
        tags = [_tag(node.attributes.get(_LANG, node.attributes.get("lang", ""))) for node in sections]
        main = self.reading.language.partition("-")[0]
        return next((one for one in tags if main and one.partition("-")[0] == main), tags[0] if tags else "")

    def _count(self, node: Node) -> None:
        self.reading.read += 1

    def _keep(self) -> None:
        self.kept += 1

    def _drop(self, before: int) -> None:
        """What was kept of a term since ``before`` is lost with it."""
        self.reading.lost["term"] += self.kept - before
        self.kept = before

    def _lose(self, node: Node) -> None:
        self.reading.lost[node.category] += 1

    def _found(self, code: str, line: int, **params: str | int) -> None:
        self.findings.append(FINDINGS.found(code, {"line": line, **params}, (Place(row=line),)))


def _tag(written: str) -> str:
    """
    >>> _tag("sv_SE"), _tag("und")
    ('sv-SE', '')
    """
    return "" if written == UNDETERMINED else tag(written.replace("_", "-"))


def _is_of_concept(node: Node) -> bool:
    """Whether something that stands with a term is said of the concept: a definition, with its source, or a note."""
    inner = node.below if node.name in _GROUPS else [node]
    return any(one.category in ("definition", "note") for one in inner)


def _parted(section: Node) -> list[list[Node]]:
    """What is said of each term of a section: a nested one may have several, and what is not within one is said of the first."""
    groups = [one for one in section.below if one.name == "termGrp"]
    rest = [one for one in section.below if one.name != "termGrp"]
    if len(groups) < 2:
        return [_flat(section.below)]
    return [_flat([groups[0], *rest]), *(_flat([one]) for one in groups[1:])]


def _flat(nodes: Sequence[Node]) -> list[Node]:
    """The categories, without the groups that they are in; without what is said of the concept (`_is_of_concept`)."""
    found: list[Node] = []
    for one in nodes:
        if _is_of_concept(one):
            continue
        found += _flat(one.below) if one.name in _GROUPS else [one]
    return found
