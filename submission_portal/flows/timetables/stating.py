"""What every proposal and step states: reasons that others can read, and a day that is not far off."""

from datetime import date, datetime, timedelta

from registry import clock
from registry.errors import Refused
from registry.findings import Place
from submission_portal.flows.timetables.finding_texts import FINDINGS, LONGEST_REASON
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

FAR_OFF = timedelta(days=10 * 366)


def require_words(reason: str) -> None:
    """See that there are reasons, of at most `LONGEST_REASON` characters and without identity numbers. Raises `Refused`."""
    if not reason.strip():
        raise Refused(FINDINGS.found("DUE-009", places=(Place(field="reason"),)))
    if len(reason) > LONGEST_REASON:
        raise Refused(FINDINGS.found("DUE-011", {"most": LONGEST_REASON}, (Place(field="reason"),)))
    refuse_unfit_texts(reason)


def refuse_far_off(day: date, now: datetime) -> None:
    """See that a day is within ten years: what is further off was mistyped. Raises `Refused`."""
    if day > (latest := clock.today(now) + FAR_OFF):
        raise Refused(FINDINGS.found("DUE-012", {"day": latest.isoformat()}, (Place(field="first"),)))
