"""What an import would do, as rows of a page: the sums, and the concepts by what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Language, Severity, Text
from registry.i18n import show_datetime, show_size
from registry.web.problems import readable
from termbank.exchange.planning import LOST_TEXTS, Fate
from termbank.exchange.records import Account


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One text before and after."""

    label: Text
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
    more_problems: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a file comes to: how many concepts have each fate, with the address of those; the sums; what was found of it."""

    counts: Sequence[tuple[Fate, str, int]]
    sum: str
    lost: Sequence[tuple[str, int]]
    findings: Sequence[ReadableFinding]
    to_do: int


HEADINGS = {
    Fate.REFUSED: _l("Refused concepts"),
    Fate.NEW: _l("New concepts"),
    Fate.CHANGED: _l("Changed concepts"),
    Fate.GONE: _l("Gone concepts"),
    Fate.SAME: _l("Unchanged concepts"),
}
LISTED = (Fate.REFUSED, Fate.CHANGED, Fate.NEW, Fate.GONE)
"""Those that a page lists, the first that there are any of first."""


def report_of(told: Mapping[str, Any], language: Language) -> Report:
    """What was told of a file (`termbank.imports`), as its page shows it."""
    said = told["account"]
    account = Account(said["unit"], said["read"], said["kept"], said["own"], said["lost"])
    return Report(
        [(fate, str(HEADINGS[fate]), told["counts"][fate.value]) for fate in HEADINGS],
        sum_of(account),
        [
            (LOST_TEXTS[name].in_language(language) if name in LOST_TEXTS else name, number)
            for name, number in account.lost.items()
        ],
        [readable(Finding.from_dict(one)) for one in told["findings"]],
        told["to_do"],
    )


def concept_row(title: Text, told: Mapping[str, Any], language: Language) -> ConceptRow:
    """A concept of a file with what would become of it."""
    findings = [Finding.from_dict(one) for one in told["findings"]]
    return ConceptRow(
        title.in_language(language),
        _("line %(line)s", line=told["row"]) if told["row"] else told["name"],
        [
            ChangeRow(Text.from_dict(label), _said(before, language), _said(after, language))
            for label, before, after in told["changes"]
        ],
        told["more_changes"],
        [readable(one) for one in sorted(findings, key=lambda one: one.severity is not Severity.ERROR)],
        told["more_findings"],
    )


def _said(told: Mapping[str, str] | str, language: Language) -> str:
    return told if isinstance(told, str) else Text.from_dict(told).in_language(language)


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


@dataclass(frozen=True, slots=True)
class ImportRowShown:
    """A file that was sent in before."""

    name: str
    url: str
    status: tuple[str, str]
    about: str


STAGE_TEXTS = {
    "reading": ("wait", _l("Is being read")),
    "told": ("info", _l("Read")),
    "making": ("wait", _l("The change set is being made")),
    "made": ("ok", _l("The change set is made")),
    "failed": ("stop", _l("Cannot be read")),
}
WORK = {
    "reading": _l("The file is being read"),
    "comparing": _l("It is being compared with the scheme"),
    "writing": _l("It is being written"),
}


def import_row(name: str, url: str, stage: str, size: int, sent_at: datetime) -> ImportRowShown:
    """A file that was sent in, as a list shows it."""
    kind, words = STAGE_TEXTS[stage]
    return ImportRowShown(name, url, (kind, str(words)), f"{show_size(size)}, {show_datetime(sent_at)}")


def work_stages(progress: Mapping[str, Any] | None) -> list[tuple[str, str, str, str]]:
    """What the worker does with a file, and how far it has come."""
    order = list(WORK)
    stage = (progress or {}).get("stage")
    reached = order.index(stage) if stage in WORK else -1
    found = []
    for place, label in enumerate(WORK.values()):
        status = ("ok", _("Done")) if place < reached else ("wait", _("Under way")) if place == reached else None
        found.append((str(label), *(status or ("idle", _("Not begun"))), ""))
    return found
