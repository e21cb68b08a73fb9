"""What a check of a file gives back, and how it is put together as the checks run. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from information_models.definitions import Element, LoadedModel, Rule
from information_models.finding_texts.all import FINDINGS
from information_models.typed_rows import TypedRows
from registry.findings import Finding, Param, Place, Severity, Text


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A check that ran: ``judged`` rows, of which ``found`` fail it; ``not_judged`` rows lacked what it needs."""

    code: str
    subject: str
    what: Text
    judged: int
    found: int
    not_judged: int = 0


@dataclass(frozen=True, slots=True)
class CheckNotRun:
    """A check that could not run, and why."""

    code: str
    subject: str
    what: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Checked:
    """A file after the checks.

    ``rows``, and their ``frame``, have ``__sheet``, ``__row`` (as in the sender's file), ``__region`` (code, or null), the model's elements
    typed (codes and periods in their canonical spelling, numbers as Int64 or Decimal, dates), ``<value>__status``
    beside every value (``observed``, ``closed``, ``not_reported``; null where the cell is empty or wrong), and
    ``<period>__first`` and ``<period>__last`` as dates. Rows that sum others are left out of it.
    """

    rows: TypedRows
    findings: tuple[Finding, ...]
    checks_run: tuple[CheckRun, ...]
    checks_not_run: tuple[CheckNotRun, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """The rows as a frame."""
        return self.rows.frame


WHY = {
    "no_column": Text("filen har inte kolumnen", "the file lacks the column"),
    "no_period": Text("filen saknar kolumn för period", "the file lacks a column for the period"),
    "no_region": Text(
        "modellen eller filen har ingen kolumn för region", "the model or the file has no column for the region"
    ),
    "no_discloser": Text("ingen uppgiftslämnande region är angiven", "no disclosing region is stated"),
}


class Log:
    """Collects findings and what ran."""

    def __init__(self, loaded: LoadedModel) -> None:
        self._loaded = loaded
        self._findings: list[Finding] = []
        self._run: list[CheckRun] = []
        self._not_run: list[CheckNotRun] = []

    def checked(self, rows: TypedRows) -> Checked:
        return Checked(rows, tuple(self._findings), tuple(self._run), tuple(self._not_run))

    def ran(self, code: str, element: Element | None, judged: int, found: int) -> None:
        self._run.append(
            CheckRun(code, element.name if element else "", _about(_looks_for(code), element), judged, found)
        )

    def skipped(self, code: str, element: Element | None, why: str) -> None:
        self._not_run.append(
            CheckNotRun(code, element.name if element else "", _about(_looks_for(code), element), WHY[why])
        )

    def found(self, code: str, element: Element | None, places: Sequence[Place] = (), **params: Param) -> None:
        self._findings.append(FINDINGS.found(code, {**named(element), **params}, places))

    def found_at_columns(self, code: str, element: Element) -> None:
        self._findings.append(FINDINGS.found(code, named(element), (Place(field=element.name),)))

    def rule_ran(self, rule: Rule, judged: int, found: int, not_judged: int) -> None:
        self._run.append(CheckRun("RULE-001", rule.id, rule.text, judged, found, not_judged))

    def rule_skipped(self, rule: Rule, element: Element) -> None:
        why = Text(
            f"filen har inte kolumnen {element.label.sv.lower()}",
            f"the file lacks the column {element.label.en.lower()}",
        )
        self._not_run.append(CheckNotRun("RULE-001", rule.id, rule.text, why))

    def rule_broken(self, rule: Rule, places: Sequence[Place]) -> None:
        self._findings.append(FINDINGS.found(rule_code(rule), rule_params(rule), places))


def _looks_for(code: str) -> Text:
    entry = FINDINGS[code]
    return entry.looks_for or entry.title


def rule_code(rule: Rule) -> str:
    """Errors and warnings have a code each, since they are mended differently."""
    return "RULE-001" if rule.severity is Severity.ERROR else "RULE-002"


def rule_params(rule: Rule) -> dict[str, Param]:
    return {"rule": rule.id, "text": rule.text, "reason": rule.reason}


def named(element: Element | None) -> dict[str, Param]:
    """An element as parameters of a finding."""
    return {} if element is None else {"element": element.name, "label": element.label}


def _about(what: Text, element: Element | None) -> Text:
    if element is None:
        return Text(what.sv[:1].upper() + what.sv[1:], what.en[:1].upper() + what.en[1:])
    return Text(f"{element.label.sv}: {what.sv}", f"{element.label.en}: {what.en}")
