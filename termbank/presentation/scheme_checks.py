"""The check of a whole scheme, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.finding_catalogue import ReadableFinding
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


def outcome_rows(found: Sequence[Sequence[Any]] | None, slug: str) -> list[OutcomeRow]:
    """The checks that found something, the gravest first, and then those that found nothing."""
    rows = []
    for code, number in found or ():
        entry = FINDINGS[code]
        url = url_for("termbank.scheme_check", slug=slug, kontroll=code)
        rows.append(
            OutcomeRow(
                code, read(entry.title), read(entry.mend), entry.source,
                entry.severity, number, url,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda one: (not one.number, _ORDER.index(one.severity)))


def found(finding: Mapping[str, Any]) -> ReadableFinding:
    """Something that a check found, in words."""
    return readable(Finding.from_dict(finding))


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
