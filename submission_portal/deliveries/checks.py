"""Checks as data: what each looks for, what it needs, and the loop that runs them.

A tuple of checks is run over a case. Which ran, which did not and why follows from the loop, so that no page and no
stage has to know one check from another. How to add one: ``docs/checks.md``. Pure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from registry.findings import Finding, Text

CaseT = TypeVar("CaseT")


@dataclass(frozen=True)
class Need(Generic[CaseT]):
    """Something without which a check cannot run."""

    is_met: Callable[[CaseT, Sequence[Finding]], bool]
    """Given the case and what has been found in it so far."""
    why_not: Callable[[CaseT], Text | None]
    """Why a check that needs it did not run; ``None`` where such a check does not concern the case at all."""


@dataclass(frozen=True)
class Check(Generic[CaseT]):
    """One check: the code of what it finds, what it needs (the first need that is not met says why it did not run), and
    the function that looks."""

    code: str
    needs: tuple[Need[CaseT], ...]
    run: Callable[[CaseT], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """One check of a case: what it found, or why it did not run."""

    code: str
    findings: tuple[Finding, ...] = ()
    why_not: Text | None = None

    def as_dict(self) -> dict[str, object]:
        """Whether it ran, for storage and messages; what it found is told for itself."""
        return {"code": self.code} | ({"why_not": self.why_not.as_dict()} if self.why_not is not None else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "CheckOutcome":
        """As `as_dict` gave it, without what was found."""
        return cls(data["code"], why_not=Text.from_dict(data["why_not"]) if "why_not" in data else None)


def run_checks(
    checks: Iterable[Check[CaseT]], case: CaseT, found_before: Sequence[Finding] = ()
) -> tuple[CheckOutcome, ...]:
    """Every check that concerns the case, in order. Raises ``ValueError`` where a check finds another code than its own."""
    outcomes: list[CheckOutcome] = []
    found = list(found_before)
    for check in checks:
        unmet = next((need for need in check.needs if not need.is_met(case, found)), None)
        if unmet is None:
            findings = tuple(check.run(case))
            if any(finding.code != check.code for finding in findings):
                raise ValueError(f"the check {check.code} found something else")
            found += findings
            outcomes.append(CheckOutcome(check.code, findings))
        elif (why := unmet.why_not(case)) is not None:
            outcomes.append(CheckOutcome(check.code, why_not=why))
    return tuple(outcomes)


def found_by(outcomes: Iterable[CheckOutcome]) -> list[Finding]:
    """All findings of these checks, in their order."""
    return [finding for outcome in outcomes for finding in outcome.findings]
