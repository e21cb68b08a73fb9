"""Whether the rows that a measure picks may be added to one figure per place and period. Pure.

Rows of one place and period differ in the columns of the model's key that the measure neither shows as places nor picks
by code. Counts of such rows are summed, and where a sum would be wrong the measure is refused: rates, sums over time,
different things, and a total beside its parts, which would count twice.
"""

from collections.abc import Iterator, Mapping

from information_models.code_lists import Code, CodeList, folded
from information_models.definitions import Model
from information_models.elements import Element, ElementType
from information_models.finding_texts.all import FINDINGS
from information_models.measures import Measure
from information_models.values import TOTAL
from registry.findings import Finding, Place

TOTALS = (*TOTAL, "riket")
NAMED = 5
"""Codes named in a finding."""


def free(measure: Measure, model: Model) -> tuple[str, ...]:
    """The elements of the model's key in which rows of one place and period may differ; the region's own is among them,
    for its codes may be hospitals."""
    asked = {measure.period_element, *measure.dimensions, *(measure.where or {})}
    return tuple(name for name in model.key if name not in asked)


def problems(measure: Measure, model: Model, code_lists: Mapping[str, CodeList]) -> Iterator[Finding]:
    """Why rows that the measure leaves together may not be added. ``code_lists`` are by slug."""
    region = measure.region_element or model.region_element

    def codes_of(name: str) -> CodeList | None:
        element = model.by_name.get(name)
        return code_lists.get(element.code_list or "") if element else None

    listed = codes_of(region or "")
    is_region_itself = listed is None or listed.parent_list is None
    loose = [
        model.by_name[name]
        for name in free(measure, model)
        if name in model.by_name and not (name == region and is_region_itself)
    ]
    if not measure.is_summed:
        if loose:
            yield _problem("MEA-007", measure.slug, loose, columns=", ".join(one.name for one in loose))
        return
    places = [model.by_name[name] for name in measure.dimensions if name in model.by_name]
    for element in (*loose, *places):
        codes = codes_of(element.name)
        if not element.required:
            yield _problem("MEA-008", element.name, [element])
        elif codes is not None and (totals := _totals(codes)):
            yield _problem("MEA-009", element.name, [element], codes=_named(totals))
    value = model.by_name.get(measure.element)
    says_what = value is not None and value.concept is not None
    for element in loose:
        codes = codes_of(element.name)
        is_time = element.type in (ElementType.PERIOD, ElementType.DATE)
        if is_time or (not says_what and codes is not None and _tell_apart(codes)):
            yield _problem("MEA-010", element.name, [element])


def _problem(code: str, name: str, elements: list[Element], **params: str) -> Finding:
    return FINDINGS.found(code, {"name": name, **params}, tuple(Place(field=one.name) for one in elements))


def _totals(codes: CodeList) -> list[Code]:
    """Codes of which others of the same list are parts: parents within the list, and what is called a total."""
    parents = {one.parent for one in codes.codes if codes.parent_list == codes.slug}
    return [one for one in codes.codes if one.code in parents or any(folded(name) in TOTALS for name in one.names())]


def _tell_apart(codes: CodeList) -> bool:
    """Whether the codes stand for different concepts, as published measures do: where the value itself stands for none,
    the rows are of different things."""
    return len({one.concept for one in codes.codes if one.concept}) > 1


def _named(codes: list[Code]) -> str:
    return ", ".join(one.code for one in codes[:NAMED])
