"""What an import would do, as rows of a page: the sums, and the concepts by what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from registry.finding_catalogue import ReadableFinding
from registry.findings import Language, Severity
from registry.web.problems import readable
from termbank.exchange.planning import LOST_TEXTS, Fate, Plan, Planned
from termbank.exchange.records import Account

SHOWN = 50
"""So many concepts of each fate are on the page; all are counted."""
CHANGES_SHOWN = 20
SAID_OF_NEW = 6
"""Texts of a new concept: enough to know it by."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One text before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept with what changes in it and what was found."""

    title: str
    where: str
    changes: Sequence[ChangeRow]
    more_changes: int
    problems: Sequence[ReadableFinding]


@dataclass(frozen=True, slots=True)
class FateSection:
    """The concepts that the same becomes of."""

    id: str
    heading: str
    total: int
    rows: Sequence[ConceptRow]

    @property
    def more(self) -> int:
        """How many are not on the page."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the page of a report shows."""

    counts: Sequence[tuple[str, int]]
    sections: Sequence[FateSection]
    sum: str
    lost: Sequence[tuple[str, int]]
    findings: Sequence[ReadableFinding]
    to_do: int


def report_of(plan: Plan, titles: Mapping[str, str], language: Language) -> Report:
    """A plan as its page shows it."""
    headings = {
        Fate.REFUSED: _("Refused concepts"),
        Fate.NEW: _("New concepts"),
        Fate.CHANGED: _("Changed concepts"),
        Fate.GONE: _("Gone concepts"),
        Fate.SAME: _("Unchanged concepts"),
    }
    sections = [
        FateSection(fate.value, headings[fate], len(chosen), [_row(one, titles, language) for one in chosen[:SHOWN]])
        for fate in (Fate.REFUSED, Fate.CHANGED, Fate.NEW, Fate.GONE)
        if (chosen := plan.of(fate))
    ]
    return Report(
        [(headings[fate], plan.counts[fate]) for fate in headings],
        sections,
        sum_of(plan.account),
        [
            (LOST_TEXTS[name].in_language(language) if name in LOST_TEXTS else name, number)
            for name, number in plan.account.lost.items()
        ],
        [readable(one) for one in plan.findings[:SHOWN]],
        len(plan.to_do),
    )


def sum_of(account: Account) -> str:
    """What was read is what was kept and what was lost."""
    numbers = {
        "read": account.read,
        "kept": account.kept,
        "own": account.own,
        "lost": sum(account.lost.values()),
    }
    if account.unit == "triples":
        return str(_("%(read)s triples read = %(kept)s kept + %(own)s the registry's own + %(lost)s lost", **numbers))
    return str(_("%(read)s values read = %(kept)s kept + %(own)s the registry's own + %(lost)s lost", **numbers))


def _row(one: Planned, titles: Mapping[str, str], language: Language) -> ConceptRow:
    told = one.changes(titles) if one.fate is Fate.CHANGED else []
    said = one.changes(titles)[:SAID_OF_NEW] if one.fate is Fate.NEW else told
    where = _("line %(line)s", line=one.row) if one.row else one.name
    return ConceptRow(
        one.title.in_language(language),
        where,
        [ChangeRow(each.label.in_language(language), each.before, each.after) for each in said[:CHANGES_SHOWN]],
        max(len(told) - CHANGES_SHOWN, 0),
        [readable(each) for each in sorted(one.findings, key=lambda each: each.severity is not Severity.ERROR)[:10]],
    )
