"""The six stages: which findings belong to each, how it went, and why it did not run. Pure."""

from collections.abc import Mapping, Sequence

from information_models.checks import Checked
from registry.finding_catalogue import Stage as FoundIn
from registry.findings import Finding, Severity, Text, worst
from submission_portal.deliveries.assessment.known import Corrected, Earlier
from submission_portal.deliveries.assessment.outcome import Stage
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind

STAGES = ("file", "structure", "rows", "consistency", "history", "law")

AFTER_FILE = Text("Körs när filen kan läsas.", "Runs when the file can be read.")
AFTER_STRUCTURE = Text("Körs när kolumnerna är rätt.", "Runs when the columns are right.")
AFTER_ROWS = Text("Körs när raderna är klara.", "Runs when the rows are done.")

OFFLINE = Text(
    "Körs i portalen: kontrollen här har inget register att se i.",
    "Runs in the portal: this check has no register to look in.",
)

NO_HISTORY = Text(
    "Det finns ingen tidigare leverans i flödet att jämföra med.",
    "There is no earlier delivery in the flow to compare with.",
)

NOT_CHOSEN = Text("Körs när ni har valt vad filen är.", "Runs when you have chosen what the file is.")

_COMPARISON = Text("jämförelse med tidigare leverans", "comparison with an earlier delivery")


def sorted_by_stage(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings of every stage, those without any among them."""
    sorted_: dict[str, list[Finding]] = {name: [] for name in STAGES}
    for finding in findings:
        sorted_[stage_of(finding.code)].append(finding)
    return sorted_


def stage_of(code: str) -> str:
    """The stage that a finding is shown in; what a correction changes is shown with the history.

    >>> stage_of("FIL-009"), stage_of("ROW-004"), stage_of("ROW-008"), stage_of("COR-001")
    ('file', 'rows', 'consistency', 'history')
    """
    made = FINDINGS[code].stage if code in FINDINGS else FoundIn.ROWS
    return FoundIn.HISTORY if made is FoundIn.CORRECTION else made


def stage(
    name: str, findings: Sequence[Finding], *, facts: Mapping[str, str | int] | None = None, ran: int = 0
) -> Stage:
    """A stage that ran."""
    return Stage(name, _sign(findings), ran, facts=facts or {})


def idle(name: str, why: Text) -> Stage:
    """A stage that did not run, and why."""
    return Stage(name, "idle", not_run=((Text("", ""), why),))


def checks_stage(name: str, checked: Checked, findings: Sequence[Finding], facts: Mapping[str, str | int]) -> Stage:
    """A stage of checks on rows: those that ran, with examples, and those that could not."""
    mine = [run for run in checked.checks_run if (stage_of(run.code) == name)]
    skipped = [run for run in checked.checks_not_run if (stage_of(run.code) == name)]
    return Stage(
        name,
        _sign(findings),
        len(mine),
        tuple(dict.fromkeys(run.what for run in mine))[:3],
        tuple((run.what, run.why) for run in skipped),
        facts,
    )


def history_stage(
    findings: Sequence[Finding], earlier: Earlier | None, corrected: Corrected | None, *, stopped: bool, why_not: Text
) -> Stage:
    """The comparison with what was delivered before, as far as there was something to compare with."""
    if stopped and not findings:
        return idle("history", AFTER_ROWS)
    if earlier is None and corrected is None:
        return idle("history", why_not)
    missing = (
        () if earlier or (corrected and corrected.kind == CorrectionKind.CORRECTION) else ((_COMPARISON, NO_HISTORY),)
    )
    facts = {"period": earlier.period} if earlier else {}
    return Stage("history", _sign(findings), 1, (), missing, facts)


_SIGNS = {
    Severity.ERROR: "stop",
    Severity.QUESTION: "stop",
    Severity.WARNING: "warn",
    Severity.INFO: "info",
    None: "ok",
}


def _sign(findings: Sequence[Finding]) -> str:
    sign = _SIGNS[worst(findings)]
    return "ok" if sign == "info" else sign
