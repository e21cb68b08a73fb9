"""The words of a recorded decision: kept when it is taken, and read again whatever the code says by then."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.words import Words, current
from registry import clock
from registry.content.canonical import canonical, content_hash
from registry.db import insert_or_ignore
from registry.finding_catalogue import ReadableFinding
from registry.findings import Severity
from registry.i18n import read
from submission_portal.legal_questions.tables import QuestionWords


@dataclass(frozen=True, slots=True)
class Shown:
    """The words that a decision is read in. ``frozen``: the day of the upgrade, where the decision kept none of its own."""

    words: Words
    frozen: date | None = None

    def replies(self, assessment: Assessment) -> list[tuple[ReadableFinding, str]]:
        """What rules asked, in these words, and what was replied."""
        told = []
        for result in assessment.asks:
            title, body = self.words.rules[result.code]
            said = ReadableFinding(result.code, Severity.QUESTION, read(title), read(body), "", ())
            told.append((said, result.reply))
        return told


@cache
def current_hash() -> str:
    """The hash of today's words: SHA-256 of their canonical content."""
    return content_hash(canonical(current().as_dict()))


def keep(session: Session, now: datetime, assessment: Assessment) -> Assessment:
    """The assessment as it is to be recorded: with the words that its questions were asked in, which are kept."""
    insert_or_ignore(session, QuestionWords, hash=current_hash(), words=current(), recorded_at=now, is_frozen=False)
    return replace(assessment, words=current_hash())


def shown(session: Session, assessment: Assessment) -> Shown:
    """The words of a recorded decision: those that it names, or those of the day of the upgrade where it names none."""
    if assessment.words == current_hash():
        return Shown(current())
    is_its = QuestionWords.hash == assessment.words if assessment.words else QuestionWords.is_frozen
    kept = session.scalar(select(QuestionWords).where(is_its).limit(1))
    if kept is None:
        return Shown(current())
    return Shown(kept.words, clock.today(kept.recorded_at) if kept.is_frozen else None)
