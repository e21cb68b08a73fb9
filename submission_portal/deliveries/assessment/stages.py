"""The six stages: which findings belong to each, how it went, and why it did not run. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from information_models.checks import Checked
from registry.finding_catalogue import Stage as FoundIn
from registry.findings import Finding, Severity, Text, worst
from submission_portal.deliveries.assessment.outcome import Stage
from submission_portal.deliveries.checks import CheckOutcome
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.needs import AFTER_FILE

STAGES = ("file", "structure", "rows", "consistency", "history", "law")

READ_IN = ("file", "structure")
"""The stages of the reading."""


def sorted_by_stage(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings of every stage, those without any among them."""
    sorted_: dict[str, list[Finding]] = {name: [] for name in STAGES}
    for finding in findings:
        sorted_[stage_of(finding.code)].append(finding)
    return sorted_


def stage_of(code: str) -> str:
    """The stage that a finding is shown in; what a correction changes is shown with the history.

    >>> [str(stage_of(code)) for code in ("FIL-009", "ROW-004", "ROW-008", "COR-001")]
    ['file', 'rows', 'consistency', 'history']
    """
    made = FINDINGS[code].stage if code in FINDINGS else FoundIn.ROWS
    return FoundIn.HISTORY if made is FoundIn.CORRECTION else made


def read_stage(
    name: str,
    findings: Mapping[str, Sequence[Finding]],
    checks: Sequence[CheckOutcome],
    facts: Mapping[str, str | int],
) -> Stage:
    """A stage of the reading; its findings may since have been answered. Where it is not known which checks ran (the reader
    was stopped, or an earlier version read the file), what was found says whether the stage was reached."""
    told = run_stage(name, checks, facts)
    if told.status == "idle":
        return told
    if not checks and name != "file" and not findings[name] and worst(findings["file"]) is Severity.ERROR:
        return idle(name, AFTER_FILE)
    return replace(told, status=_sign(findings[name]), ran=told.ran or 1)


def idle(name: str, why: Text) -> Stage:
    """A stage that did not run, and why."""
    return Stage(name, "idle", not_run=((Text("", ""), why),))


def checks_stage(
    name: str,
    checked: Checked,
    findings: Sequence[Finding],
    facts: Mapping[str, str | int],
    besides: Sequence[CheckOutcome] = (),
) -> Stage:
    """A stage of the model's checks on rows, and of those ``besides``: those that ran, with examples, and those that could
    not."""
    others = run_stage(name, besides)
    mine = [run for run in checked.checks_run if (stage_of(run.code) == name)]
    skipped = [run for run in checked.checks_not_run if (stage_of(run.code) == name)]
    return Stage(
        name,
        _sign(findings),
        len(mine) + others.ran,
        tuple(dict.fromkeys(run.what for run in mine))[:3],
        (*((run.what, run.why) for run in skipped), *others.not_run),
        facts,
    )


def run_stage(name: str, outcomes: Sequence[CheckOutcome], facts: Mapping[str, str | int] | None = None) -> Stage:
    """A stage of checks from a tuple: which ran, which did not and why; idle where none of them ran."""
    mine = [one for one in outcomes if stage_of(one.code) == name]
    not_run = [(_looks_for(one.code), one.why_not) for one in mine if one.why_not is not None]
    ran = len(mine) - len(not_run)
    if not ran and not_run:
        return idle(name, not_run[0][1])
    findings = [finding for one in mine for finding in one.findings]
    return Stage(name, _sign(findings), ran, (), tuple(not_run), facts or {})


def law_stage(outcomes: Sequence[CheckOutcome], facts: Mapping[str, str | int]) -> Stage:
    """The stage of the law. A machine approves nothing there: what was found is said, and where one check could not run nothing is
    said to be in order."""
    told = run_stage("law", outcomes, facts)
    if told.status != "ok":
        return told
    found = [finding for one in outcomes if stage_of(one.code) == "law" for finding in one.findings]
    return replace(told, status="idle" if told.not_run else "info" if found else "ok")


def _looks_for(code: str) -> Text:
    entry = FINDINGS[code]
    return entry.looks_for or entry.title


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
