"""What TBX calls things (ISO 30042:2019, TBX-Basic; ISO 30042:2008 for version 2). Pure."""

from termbank.notions import TermStatus

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
UNDETERMINED = "und"
"""The language tag of what nobody has said the language of: TBX demands one (ISO 639-2)."""
STATUSES = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "deprecatedTerm-admn-sts",
}
WITHDRAWN, SUPERSEDED = "deprecatedTerm-admn-sts", "supersededTerm-admn-sts"
"""The status of each term of a concept that is no longer used, without and with another that is used instead."""
READ_STATUSES = {
    **{name: status for status, name in STATUSES.items()},
    SUPERSEDED: TermStatus.DEPRECATED,
    "preferredTerm": TermStatus.PREFERRED,
    "admittedTerm": TermStatus.ADMITTED,
    "deprecatedTerm": TermStatus.DEPRECATED,
    "supersededTerm": TermStatus.DEPRECATED,
    "preferred": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "deprecated": TermStatus.DEPRECATED,
    "notRecommended": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
}
"""What other banks write as well, TBX-Basic of version 2 and IATE among them."""
PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other")
"""Those of TBX-Basic."""
ABBREVIATIONS = ("abbreviation", "acronym", "initialism")
STATUS_OF_TYPE = {
    "entryTerm": TermStatus.PREFERRED,
    "mainEntryTerm": TermStatus.PREFERRED,
    "synonym": TermStatus.ADMITTED,
}
"""What version 2 says by the kind of a term."""
SOURCES = ("source", "sourceIdentifier", "xSource")
