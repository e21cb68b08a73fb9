"""Whether two applications of the same wording count the same thing: answer by answer, and as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.findings import Text
from termbank.applications.statement import Answer, Answered, Application


class Verdict(StrEnum):
    """What two answers, or two whole statements, say about each other."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """One of them does not say, or both answer *partly*, each in its own words."""


VERDICT_TEXTS = {
    Verdict.SAME: Text("Samma svar", "Same answer"),
    Verdict.DIFFERENT: Text("Olika svar", "Different answers"),
    Verdict.UNKNOWN: Text("Går inte att avgöra", "Cannot be told"),
}


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """The two answers to one question."""

    question: str
    text: Text
    left: Answered
    right: Answered
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements on the same concept, question by question."""

    pairs: tuple[AnswerPair, ...]
    same_wording: bool
    """Whether both rest on the same version of the concept."""

    @property
    def differing(self) -> tuple[AnswerPair, ...]:
        return tuple(pair for pair in self.pairs if pair.verdict is Verdict.DIFFERENT)

    @property
    def undecided(self) -> tuple[AnswerPair, ...]:
        return tuple(pair for pair in self.pairs if pair.verdict is Verdict.UNKNOWN)

    @property
    def verdict(self) -> Verdict:
        """Different as soon as one answer differs; the same only where every answer is known to be."""
        if self.differing:
            return Verdict.DIFFERENT
        return Verdict.UNKNOWN if self.undecided or not self.pairs else Verdict.SAME


def compare(left: Application, right: Application) -> Comparison:
    """The two statements side by side. Raises ``ValueError`` where they are about different concepts."""
    if left.concept != right.concept:
        raise ValueError(f"{left.concept} and {right.concept} are different concepts")
    pairs = []
    for question in _questions(left, right):
        mine, theirs = left.answer_to(question), right.answer_to(question)
        pairs.append(AnswerPair(question, _asked(left, right, question), mine, theirs, _verdict(mine, theirs)))
    return Comparison(tuple(pairs), left.concept_version == right.concept_version)


def _questions(left: Application, right: Application) -> Sequence[str]:
    return list(dict.fromkeys((*left.questions, *right.questions)))


def _asked(left: Application, right: Application, question: str) -> Text:
    """The question in words, as the one was asked it; where that one was not, as the other was."""
    return (left if question in left.questions else right).question(question)


def _verdict(left: Answered, right: Answered) -> Verdict:
    answers = {left.answer, right.answer}
    if Answer.NOT_STATED in answers:
        return Verdict.UNKNOWN
    if len(answers) > 1:
        return Verdict.DIFFERENT
    if left.answer is Answer.PARTLY and left.text != right.text:
        return Verdict.UNKNOWN
    return Verdict.SAME
