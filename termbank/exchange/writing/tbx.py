"""A concept scheme as TBX-Basic (ISO 30042:2019, version 3, style DCA). Pure.

A concept is an entry with its languages in the order of their tags. Relations become cross-references, whatever their kind;
what TBX-Basic has no place for is said by `losses`. Of a concept that was withdrawn no term is preferred or admitted: each is
superseded, where a concept is used instead (a cross-reference and a note lead to it), and otherwise deprecated.
"""

from collections.abc import Mapping
from xml.etree import ElementTree as Xml

from registry.findings import Finding, Text
from registry.formats import Options, counted_losses
from termbank.concepts.concept import Concept, Relation, Term, is_web_address
from termbank.exchange.names import Names, nodes_of
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.exchange.tbx_names import NAMESPACE, PARTS_OF_SPEECH, STATUSES, SUPERSEDED, UNDETERMINED, WITHDRAWN
from termbank.finding_texts.all import FINDINGS
from termbank.notions import RelationKind, TermStatus

_GONE = Text("Begreppet används inte längre.", "The concept is no longer used.")
_REPLACED = Text(
    "Begreppet används inte längre. Använd i stället: {term}.", "The concept is no longer used. Use instead: {term}."
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def content(source: SchemeExport, options: Options) -> bytes:
    """The scheme in UTF-8; the title of the file is in the language of ``options``."""
    nodes = {slug: str(node) for slug, node in nodes_of(source).items()}
    here = {one.slug for one in (*source.concepts, *source.gone) if _languages(one.concept)}
    languages = source.scheme.languages or (options.language,)
    main = options.language if options.language in languages else languages[0]
    root = Xml.Element("tbx", {"xmlns": NAMESPACE, "type": "TBX-Basic", "style": "dca", _LANG: main})
    described = Xml.SubElement(Xml.SubElement(root, "tbxHeader"), "fileDesc")
    title = Xml.SubElement(Xml.SubElement(described, "titleStmt"), "title")
    title.text = source.scheme.title.in_language(options.language)
    said = Xml.SubElement(Xml.SubElement(described, "sourceDesc"), "p")
    said.text = str(Names(source.base).scheme(source.scheme))
    body = Xml.SubElement(Xml.SubElement(root, "text"), "body")
    for one in source.concepts:
        if _languages(one.concept):
            _add_entry(body, one, nodes, here, main)
    titles = {one.slug: one.concept.title.in_language(options.language) for one in source.concepts}
    for one in source.gone:
        if _languages(one.concept):
            entry = _add_entry(body, one, nodes, here, main, SUPERSEDED if one.replaced_by else WITHDRAWN)
            _add_successor(entry, one, titles, here, options)
    Xml.indent(root, " ")
    text = Xml.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    """What is left out, counted."""
    concepts = [one.concept for one in (*source.concepts, *source.gone)]
    written = [one for one in concepts if _languages(one)]
    terms = [term for one in written for term in one.terms]
    relations = [(one, relation) for one in written for relation in one.relations]
    known = source.slugs
    counts = {
        "TBX-001": len(concepts) - len(written),
        "TBX-002": sum(term.status is TermStatus.HIDDEN for term in terms),
        "TBX-003": sum(
            term.status is not TermStatus.HIDDEN
            and (term.homograph is not None or (bool(term.grammar) and term.grammar not in PARTS_OF_SPEECH))
            for term in terms
        ),
        "TBX-004": sum(_address(relation, known) for _, relation in relations),
        "TBX-005": sum(not _address(relation, known) for _, relation in relations),
        "TBX-006": sum(len(one.examples) + len(one.problems) for one in written),
        "TBX-007": sum(len(one.notations) for one in written),
        "TBX-008": sum(len(one.sources) for one in written),
        "TBX-009": sum(len(one.foreign.statements) for one in written if one.foreign),
        "TBX-010": len(source.applications),
        "TBX-011": sum(_texts_elsewhere(one) for one in written),
        "TBX-012": sum(bool(_languages(one.concept)) for one in source.gone),
    }
    return counted_losses(FINDINGS, counts)


def entry_id(slug: str) -> str:
    """The id of an entry: a name of XML begins with a letter."""
    return f"c{slug}" if slug[:1].isdigit() else slug


def _shown(concept: Concept) -> list[Term]:
    return [term for term in concept.terms if term.status is not TermStatus.HIDDEN]


def _languages(concept: Concept) -> list[str]:
    """The languages that have a term: TBX has no place for a language without one."""
    return sorted({term.language for term in _shown(concept)})


def _texts_elsewhere(concept: Concept) -> int:
    """Texts in languages that the concept has no term in."""
    there = _languages(concept)
    languages = [said.language for said in concept.definitions]
    languages += [said.language for note in concept.notes for said in note.texts]
    return sum(language not in there for language in languages)


def _address(relation: Relation, known: frozenset[str]) -> bool:
    if relation.kind is RelationKind.CONTESTED:
        return False
    return is_web_address(relation.target.iri) if relation.target.iri else relation.key in known


def _add_entry(
    body: Xml.Element, one: PublishedConcept, nodes: dict[str, str], here: set[str], main: str, status: str = ""
) -> Xml.Element:
    """The entry; ``status`` is that of all terms where the concept is withdrawn."""
    concept = one.concept
    entry = Xml.SubElement(body, "conceptEntry", {"id": entry_id(one.slug)})
    for field in concept.subject_field:
        is_main = field.language == main and main in _languages(concept)
        other = {} if is_main else {_LANG: field.language or UNDETERMINED}
        _put(entry, "descrip", "subjectField", field.text, **other)
    for relation in concept.relations:
        if not _address(relation, frozenset(nodes)):
            continue
        if relation.key in here:
            _put(entry, "ref", "crossReference", relation.key, target=entry_id(relation.key))
        else:
            address = relation.target.iri or nodes[relation.key]
            _put(entry, "xref", "externalCrossReference", address, target=address)
    own = Xml.SubElement(entry, "xref", {"type": "externalCrossReference", "target": nodes[one.slug]})
    own.text = one.slug
    for language in _languages(concept):
        section = Xml.SubElement(entry, "langSec", {_LANG: language or UNDETERMINED})
        for said in concept.definitions:
            if said.language == language:
                group = Xml.SubElement(section, "descripGrp")
                _put(group, "descrip", "definition", said.text)
                if said.source or said.url:
                    _put(group, "admin", "source", ", ".join(part for part in (said.source, said.url) if part))
        for note in concept.notes:
            for text in note.texts:
                if text.language == language:
                    cited = note.source or note.url
                    Xml.SubElement(section, "note").text = f"{text.text} ({cited})" if cited else text.text
        for term in _shown(concept):
            if term.language == language:
                _add_term(section, term, status or STATUSES[term.status])
    return entry


def _add_successor(
    entry: Xml.Element, one: PublishedConcept, titles: Mapping[str, str], here: set[str], options: Options
) -> None:
    """A note that the concept is withdrawn, and what is used instead, as the first children of its entry."""
    term = titles.get(one.replaced_by, "")
    said = _REPLACED.in_language(options.language).format(term=term) if term else _GONE.in_language(options.language)
    note = Xml.Element("note", {_LANG: options.language})
    note.text = said
    entry.insert(0, note)
    if one.replaced_by in here:
        successor = Xml.Element("ref", {"type": "crossReference", "target": entry_id(one.replaced_by)})
        successor.text = one.replaced_by
        entry.insert(1, successor)


def _add_term(section: Xml.Element, term: Term, status: str) -> None:
    part = Xml.SubElement(section, "termSec")
    Xml.SubElement(part, "term").text = term.text
    if term.grammar in PARTS_OF_SPEECH:
        _put(part, "termNote", "partOfSpeech", term.grammar)
    if term.abbreviation:
        _put(part, "termNote", "termType", "abbreviation")
    _put(part, "termNote", "administrativeStatus", status)
    if term.source:
        _put(part, "admin", "source", term.source)


def _put(parent: Xml.Element, element: str, category: str, text: str, **attributes: str) -> None:
    Xml.SubElement(parent, element, {"type": category, **attributes}).text = text
