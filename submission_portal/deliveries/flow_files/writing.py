"""A flow file as plain content, and back. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from information_models.formats import model_file
from registry.findings import Finding, Text
from registry.period import PeriodKind
from submission_portal.deliveries.assessment.handed_over import UseRule
from submission_portal.deliveries.flow_files.content import FlowFile, History
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.flows.content import Parts
from submission_portal.units.unit import RegisteredUnit


def content_of(file: FlowFile) -> dict[str, Any]:
    """What is signed of the file."""
    return {
        "made_at": file.made_at.isoformat(),
        "address": file.address,
        "program": file.program,
        "checks": list(file.checks),
        "line": {
            "slug": file.slug,
            "title": file.title.as_dict(),
            "organisation": file.organisation.as_dict(),
            "region": file.region,
            "version": file.line_version,
            "valid_to": file.valid_to.isoformat(),
            "parts": {"element": file.parts.element, "codes": list(file.parts.codes)} if file.parts else None,
            "periodicity": [one.value for one in file.periodicity],
        },
        "model": model_file.content(file.loaded),
        "threshold": file.threshold,
        "units": [_unit(one) for one in file.units] if file.units is not None else None,
        "layouts": [one.as_dict() for one in file.layouts],
        "statements": {
            slug: [[_day(first), _day(last)] for first, last in spans] for slug, spans in file.statements.items()
        },
        "history": file.history.as_dict(),
        **({"uses": [one.as_dict() for one in file.uses]} if file.uses else {}),
    }


def file_of(told: Mapping[str, Any]) -> FlowFile | tuple[Finding, ...]:
    """The file that the content is of, or what is wrong with its model. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for
    content of another shape."""
    loaded = model_file.read_content(told["model"])
    if isinstance(loaded, tuple):
        return loaded
    line, units = told["line"], told["units"]
    parts = line["parts"]
    return FlowFile(
        made_at=datetime.fromisoformat(told["made_at"]),
        address=told["address"],
        program=told["program"],
        checks=tuple(told["checks"]),
        slug=line["slug"],
        title=Text.from_dict(line["title"]),
        organisation=Text.from_dict(line["organisation"]),
        line_version=line["version"],
        valid_to=date.fromisoformat(line["valid_to"]),
        loaded=loaded,
        parts=Parts(parts["element"], tuple(parts["codes"])) if parts else None,
        periodicity=tuple(PeriodKind(one) for one in line["periodicity"]),
        region=line["region"],
        threshold=told["threshold"],
        units=tuple(_read_unit(one) for one in units) if units is not None else None,
        layouts=tuple(Layout.from_dict(one) for one in told["layouts"]),
        statements={
            slug: [(_read_day(first), _read_day(last)) for first, last in spans]
            for slug, spans in told["statements"].items()
        },
        history=History.from_dict(told["history"]),
        uses=tuple(
            UseRule(Text.from_dict(one["title"]), one["threshold"], one["zeros_are_small"])
            for one in told.get("uses", ())
        ),
    )


def _unit(unit: RegisteredUnit) -> dict[str, Any]:
    return {
        "values": dict(unit.values), "name": unit.name, "aliases": list(unit.aliases),
        "opened": _day(unit.opened), "closed": _day(unit.closed),
    }  # fmt: skip


def _read_unit(told: Mapping[str, Any]) -> RegisteredUnit:
    days = _read_day(told["opened"]), _read_day(told["closed"])
    return RegisteredUnit(told["values"], told["name"], tuple(told["aliases"]), *days)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
