"""What is left before a delivery can go on, read from what is stored with it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.finding_catalogue import AnswerKind
from registry.findings import Finding, Severity
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.layouts.questions import Mapped
from submission_portal.deliveries.reading.sheets import Preview


@dataclass(frozen=True, slots=True)
class Remaining:
    """One finding that holds the delivery up: its key, and what it needs (``mend``, ``answer`` or ``explain``)."""

    key: str
    finding: Finding
    needs: str


def findings_of(assessment: Assessment) -> list[tuple[str, Finding]]:
    """The stored findings with their keys, gravest first; before them what the file is, since the others follow from that."""
    order = [Severity.ERROR, Severity.QUESTION, Severity.WARNING, Severity.INFO]

    def place(pair: tuple[str, Finding]) -> tuple[bool, int]:
        says_what_it_is = FINDINGS.stored(pair[1]).answer is AnswerKind.CORRECTION_OR_REPLACEMENT
        return not says_what_it_is, order.index(pair[1].severity)

    return sorted(assessment.keyed, key=place)


def remaining(assessment: Assessment, explanations: Mapping[str, str]) -> list[Remaining]:
    """What must be mended, answered or explained, gravest first."""
    left = []
    for key, finding in findings_of(assessment):
        match finding.severity:
            case Severity.ERROR:
                left.append(Remaining(key, finding, "mend"))
            case Severity.QUESTION:
                left.append(Remaining(key, finding, "answer"))
            case Severity.WARNING if not explanations.get(key, "").strip():
                left.append(Remaining(key, finding, "explain"))
    return left


def lapsed_explanations(
    explanations: Mapping[str, str], explained: Mapping[str, Sequence[str]], about: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The explanations that do not count any more, by finding key: their findings are about something now that they were not
    given for.

    ``explained`` is what each was given for and ``about`` what each finding is about now (`assessment.identity`). An
    explanation of which it is not known what it was given for, by an earlier version, goes on counting.

    >>> lapsed_explanations({"HIS-002": "new ward"}, {"HIS-002": ["a"]}, {"HIS-002": ["a", "b"]})
    {'HIS-002': 'new ward'}
    >>> lapsed_explanations({"HIS-002": "new ward"}, {"HIS-002": ["a", "b"]}, {"HIS-002": ["b"]})
    {}
    """
    return {
        key: text
        for key, text in explanations.items()
        if key in explained and key in about and not set(about[key]) <= set(explained[key])
    }


def questions_of_export(assessment: Assessment, mapped: Mapped) -> int:
    """How many questions there are about what columns and names are, where they hold a draft up."""
    is_held_up = any(
        finding.severity is Severity.QUESTION and FINDINGS.stored(finding).answer is AnswerKind.LAYOUT
        for finding in assessment.findings
    )
    return mapped.count if is_held_up else 0


def is_header_asked(preview: Preview, mapped: Mapped) -> bool:
    """Whether no row was found to have the headings, so that the sender may say which has."""
    return preview.header_row is None and bool(mapped.first_rows) and not preview.readings


def may_be_read_otherwise(preview: Preview) -> bool:
    """Whether the file has headings in a row that its sender may choose: records name theirs themselves."""
    return preview.file_kind in ("csv", "xlsx") and preview.header_row is not None


def is_asked_what_it_corrects(assessment: Assessment) -> bool:
    """Whether it is to be chosen first what a delivery is to one that stands for the same days: a correction may lack columns."""
    return any(
        FINDINGS.stored(finding).answer is AnswerKind.CORRECTION_OR_REPLACEMENT for finding in assessment.findings
    )


def has_warnings(assessment: Assessment) -> bool:
    """Whether a reviewer has something to read."""
    return any(finding.severity is Severity.WARNING for _, finding in findings_of(assessment))
