"""The few words that say what a term, a relation or a wording is: enumerations that content is written with. Pure."""

from enum import StrEnum

from registry.findings import Text

CONCEPT, APPLICATION, SCHEME, EDITION = "concept", "application", "scheme", "edition"
QUESTION_SET = "question_set"
"""The kinds of administered item that the term bank owns."""


class Origin(StrEnum):
    """Where a wording comes from."""

    OFFICIAL = "official"
    PROPOSAL = "proposal"


class TermStatus(StrEnum):
    """Whether a term is to be used (ISO 10241-1 6.3.2); in national records: recommended, permitted, advised against."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    HIDDEN = "hidden"
    """Never shown as a term: a misspelling, or another form, that a search must find."""


class RelationKind(StrEnum):
    """How two concepts hang together. The first three name a broader concept; the last five map to another vocabulary."""

    GENERIC = "generic"
    PARTITIVE = "partitive"
    BROADER_UNKNOWN = "broader_unknown"
    """Broader, and nobody has said in which way."""
    ASSOCIATIVE = "associative"
    CONTESTED = "contested"
    """Applied differently in different places: counted in here, and out there."""
    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"


HIERARCHICAL = (RelationKind.GENERIC, RelationKind.PARTITIVE, RelationKind.BROADER_UNKNOWN)
MAPPINGS = (RelationKind.EXACT, RelationKind.CLOSE, RelationKind.BROAD, RelationKind.NARROW, RelationKind.RELATED)

STATUS_TEXTS = {
    TermStatus.PREFERRED: Text("Rekommenderad term", "Preferred term"),
    TermStatus.ADMITTED: Text("Tillåten term", "Admitted term"),
    TermStatus.DEPRECATED: Text("Avrådd term", "Deprecated term"),
    TermStatus.HIDDEN: Text("Dold sökform", "Hidden search form"),
}
RELATION_TEXTS = {
    RelationKind.GENERIC: Text("Överordnat begrepp (generiskt)", "Broader concept (generic)"),
    RelationKind.PARTITIVE: Text("Överordnat begrepp (partitivt)", "Broader concept (partitive)"),
    RelationKind.BROADER_UNKNOWN: Text("Överordnat begrepp", "Broader concept"),
    RelationKind.ASSOCIATIVE: Text("Relaterat begrepp", "Related concept"),
    RelationKind.CONTESTED: Text("Tillämpas olika", "Applied differently"),
    RelationKind.EXACT: Text("Samma begrepp", "Exact match"),
    RelationKind.CLOSE: Text("Nästan samma begrepp", "Close match"),
    RelationKind.BROAD: Text("Motsvarar ett vidare begrepp", "Broad match"),
    RelationKind.NARROW: Text("Motsvarar ett snävare begrepp", "Narrow match"),
    RelationKind.RELATED: Text("Motsvarar ett närliggande begrepp", "Related match"),
}
