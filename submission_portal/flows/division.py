"""What a line's deliveries may be divided by, held against the model that it binds. Pure."""

from collections.abc import Iterable, Sequence

from information_models.code_lists import Code
from information_models.definitions import Element, LoadedModel, Role
from information_models.presentation import PERIOD_LABELS
from registry.findings import Finding, Param, Place, Text
from registry.period import PeriodKind
from submission_portal.flows.content import Line, Parts
from submission_portal.flows.finding_texts import FINDINGS


def dividing_elements(loaded: LoadedModel) -> list[Element]:
    """The elements that a period may be divided by: what rows are told apart by, with a code list."""
    model = loaded.model
    named = [model.element(name) for name in model.key if name != model.period_element]
    return [one for one in named if one.role is Role.DIMENSION and one.code_list is not None]


def dividing_element(loaded: LoadedModel, name: str) -> Element | None:
    """The one of them with this name."""
    return next((one for one in dividing_elements(loaded) if one.name == name), None)


def period_kinds(loaded: LoadedModel) -> tuple[PeriodKind, ...]:
    """The kinds of periods that the model's rows may be about."""
    return loaded.model.element(loaded.model.period_element).period_kinds


def as_codes(loaded: LoadedModel, parts: Parts, region: str | None) -> Parts:
    """Parts as they are kept: names as their codes, and where none is named, all that the region has. What is not known stays as
    it was written."""
    element = dividing_element(loaded, parts.element)
    if element is None:
        return parts
    codes = loaded.code_list(element)
    if not parts.codes:
        return Parts(parts.element, tuple(one.code for one in codes.offered_in(region)) if region else ())
    named = ((codes.resolve(text), text) for text in parts.codes)
    return Parts(parts.element, tuple(dict.fromkeys(code.code if code else text for code, text in named)))


def unfitting(line: Line, loaded: LoadedModel, region: str | None) -> list[Finding]:
    """What of the line's parts and periods its model does not have."""
    return [*_unfitting_parts(line.parts, loaded, region), *_unfitting_periods(line.periodicity, loaded)]


def _unfitting_parts(parts: Parts | None, loaded: LoadedModel, region: str | None) -> list[Finding]:
    if parts is None or not parts.element:
        return []
    element = dividing_element(loaded, parts.element)
    if element is None:
        there = listed([one.label for one in dividing_elements(loaded)])
        return [FINDINGS.found("FLOW-013", {"elements": there}, (Place(field="parts.element"),))]
    unknown = [code for code in parts.codes if not _is_of(loaded, element, code, region)]
    if not unknown:
        return []
    params: dict[str, Param] = {"codes": ", ".join(unknown), "element": element.label}
    return [FINDINGS.found("FLOW-014", params, (Place(field="parts.codes"),))]


def _is_of(loaded: LoadedModel, element: Element, code: str, region: str | None) -> bool:
    """Whether the element has the code, and where it says which region a row is about, the region does."""
    if code not in loaded.code_list(element).by_code:
        return False
    return region is None or element.name != loaded.model.region_element or loaded.regions.get(code) == region


def _unfitting_periods(periodicity: Sequence[PeriodKind], loaded: LoadedModel) -> list[Finding]:
    has = period_kinds(loaded)
    missing = [kind for kind in periodicity if kind not in has]
    if not missing:
        return []
    params = {
        "periods": listed([PERIOD_LABELS[one] for one in missing]),
        "model": listed([PERIOD_LABELS[one] for one in has]),
    }
    return [FINDINGS.found("FLOW-015", params, (Place(field="periodicity"),))]


def part_label(loaded: LoadedModel, parts: Parts, code: str) -> Text:
    """What people call a part; its code where the model does not know it."""
    element = dividing_element(loaded, parts.element)
    known: Code | None = loaded.code_list(element).by_code.get(code) if element is not None else None
    return known.label if known is not None else Text(code, code)


def listed(texts: Iterable[Text]) -> Text:
    """Some texts after each other.

    >>> listed([Text("dag", "day"), Text("vecka", "week")]).sv
    'dag, vecka'
    """
    texts = list(texts)
    return Text(", ".join(one.sv for one in texts), ", ".join(one.en for one in texts))
