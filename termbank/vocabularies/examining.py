"""What there is to say about a vocabulary: how much it holds, and what each check of it came to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.findings import Finding, Severity
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.conditions import Outcome, outcomes
from termbank.vocabularies.index import Triple, vocabulary_of
from termbank.vocabularies.quality import VOCABULARY_CHECKS
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, triples_of


@dataclass(frozen=True, slots=True)
class Examination:
    """A vocabulary after its checks; ``unreadable`` says why none of them ran."""

    counts: Mapping[str, int] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    unreadable: Finding | None = None

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong, and not only worth mending."""
        return self.unreadable is not None or any(
            one.count and FINDINGS[one.code].severity is Severity.ERROR for one in self.outcomes
        )

    def as_dict(self) -> dict[str, object]:
        return {
            "counts": dict(self.counts),
            "outcomes": [
                {"code": one.code, "count": one.count, "findings": [each.as_dict() for each in one.findings]}
                for one in self.outcomes
            ],
            "unreadable": self.unreadable.as_dict() if self.unreadable else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Examination":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what `as_dict` cannot have given."""
        found = tuple(
            Outcome(FINDINGS[one["code"]].code, int(one["count"]), tuple(map(_finding, one["findings"])))
            for one in data["outcomes"]
        )
        counts = {str(name): int(count) for name, count in data["counts"].items()}
        return cls(counts, found, _finding(data["unreadable"]) if data["unreadable"] else None)


def examined(data: bytes, name: str, *, most: int) -> Examination:
    """Read and check a file; of each check at most ``most`` findings are made, and all are counted."""
    try:
        return examined_triples(triples_of(data, name), most=most)
    except UnreadableVocabularyError as error:
        return Examination(unreadable=error.finding)


def examined_triples(triples: Iterable[Triple], *, most: int) -> Examination:
    """Check a vocabulary from wherever its triples come."""
    vocabulary = vocabulary_of(triples)
    counts = {
        "triples": vocabulary.triples,
        "schemes": len(vocabulary.schemes),
        "concepts": len(vocabulary.concepts),
        "collections": len(vocabulary.collections),
    }
    if not vocabulary.concepts:
        return Examination(counts, unreadable=FINDINGS.found("VOC-106", {"triples": vocabulary.triples}))
    return Examination(counts, tuple(outcomes(vocabulary, VOCABULARY_CHECKS, most)))


def _finding(data: Mapping[str, Any]) -> Finding:
    finding = Finding.from_dict(data)
    if finding.severity is not FINDINGS.of(finding).severity:
        raise ValueError(f"{finding.code} is not as grave as its entry says")
    return finding
