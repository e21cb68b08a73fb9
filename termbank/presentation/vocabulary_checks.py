"""The check of a whole scheme, or of the file of an edition, as its page shows it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.findings import Finding, Severity
from registry.i18n import read, show_figure
from registry.web.problems import readable
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.quality import NOT_RUN

_COUNTED = {
    "concepts": _l("Concepts"),
    "collections": _l("Collections"),
    "triples": _l("Triples"),
}
_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A check that ran: what it looks for, after which source, and how often it found something."""

    code: str
    title: str
    mend: str
    source: str
    severity: Severity
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something that a check found, in words; ``url`` leads to what it is about, where that has a page."""

    body: str
    url: str


def outcome_rows(found: Iterable[tuple[str, int]], address: Callable[[str], str]) -> list[OutcomeRow]:
    """The checks that found something, the gravest first, and then those that found nothing. ``found``: their codes, and how
    often; ``address``: where what one found is listed, by its code."""
    entries = [(FINDINGS[code], number) for code, number in found]
    rows = [
        OutcomeRow(one.code, read(one.title), read(one.mend), one.source, one.severity, number, address(one.code))
        for one, number in entries
    ]
    return sorted(rows, key=lambda one: (not one.number, _ORDER.index(one.severity)))


def found_row(finding: Mapping[str, Any], address: Callable[[str], str]) -> FoundRow:
    """Something that a check found; ``address`` of the resource that it is about, by its IRI, or nothing."""
    told = Finding.from_dict(finding)
    named = next((str(place.value) for place in told.places if place.value), "")
    return FoundRow(readable(told).body, address(named) if named else "")


def summed(rows: Sequence[OutcomeRow]) -> str:
    """How many of the checks found something, and how many nothing; empty where none has run."""
    if not rows:
        return ""
    number = sum(bool(one.number) for one in rows)
    found = ngettext("%(num)d check found something", "%(num)d checks found something", number)
    return str(_("%(found)s, %(number)s found nothing", found=found, number=len(rows) - number))


def left_out(kept: int, number: int) -> str:
    """What is said where fewer findings are kept than were counted; empty where all are."""
    if kept == number:
        return ""
    if not kept:
        return str(_("Where in the file was not kept when it was checked. Check it again to see it."))
    return str(_("The first %(number)s are kept here, of all that were counted.", number=show_figure(kept)))


def counted(counts: Mapping[str, int] | None) -> list[tuple[str, str]]:
    """How much there was to check."""
    return [
        (str(label), show_figure((counts or {})[name])) for name, label in _COUNTED.items() if name in (counts or {})
    ]


def not_run() -> list[tuple[str, str]]:
    """The checks that did not run, and why."""
    return [(read(what), read(why)) for what, why in NOT_RUN]


def work_stages(progress: Mapping[str, Any] | None) -> list[tuple[str, str, str, str]]:
    """How far the worker has come."""
    is_begun = progress is not None
    return [
        (
            _("The whole scheme is checked"),
            "wait" if is_begun else "idle",
            _("Under way") if is_begun else _("Not begun"),
            "",
        )
    ]
