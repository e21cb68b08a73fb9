"""The column that an element of a model is delivered in, in the words of the reading. Pure."""

from information_models.definitions import Element, ElementType, LoadedModel, Role
from registry.period import PeriodKind
from submission_portal.deliveries.reading.expected import ExpectedColumn, Written

_WRITTEN = {
    ElementType.INTEGER: Written.INTEGER,
    ElementType.DECIMAL: Written.DECIMAL,
    ElementType.DATE: Written.DAY,
    ElementType.PERIOD: Written.PERIOD,
}


def expected_column(loaded: LoadedModel, element: Element, language: str = "sv") -> ExpectedColumn:
    """What is expected of the element's column; its label is in ``language``."""
    kinds = element.period_kinds
    return ExpectedColumn(
        name=element.name,
        headings=tuple(dict.fromkeys(element.headings())),
        label=element.label.in_language(language),
        written=Written.DAY if kinds == (PeriodKind.DAY,) else _WRITTEN.get(element.type, Written.AS_IS),
        period_kind=kinds[0].value if len(kinds) == 1 else None,
        is_required=element.required,
        is_key=element.name in loaded.model.key,
        is_value=element.role is Role.VALUE,
        is_additive=element.role is Role.VALUE and element.additive,
        decimals=element.decimals,
        largest=None if element.maximum is None else int(element.maximum),
        codes=loaded.code_list(element).by_name if element.type is ElementType.CODE else {},
        is_closed=element.type is ElementType.CODE,
    )
