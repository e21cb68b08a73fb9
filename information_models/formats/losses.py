"""What the formats of a model cannot carry, or carry without checking. Pure.

The model file carries everything: it reads back as the same model.
"""

from information_models.code_lists import CodeList
from information_models.definitions import ElementType, LoadedModel
from information_models.finding_texts.all import FINDINGS
from registry.findings import Finding
from registry.formats import Options, counted_losses
from registry.period import PeriodKind


def of_workbook(loaded: LoadedModel, options: Options) -> tuple[Finding, ...]:
    """The losses of the Excel template."""
    elements = loaded.model.elements
    return counted_losses(
        FINDINGS,
        {
            "FMT-003": 1,
            "FMT-004": len(loaded.model.rules),
            "FMT-005": sum(_left_out(codes, options.region) for codes in loaded.code_lists.values()),
            "FMT-006": sum(element.pattern is not None for element in elements),
            "FMT-007": _other_names(loaded),
            "FMT-008": 1,
            "FMT-009": _bounded_codes(loaded),
            "FMT-010": sum(element.type is ElementType.DECIMAL for element in elements),
            "FMT-013": sum(element.unit is not None for element in elements),
        },
    )


def of_json_schema(loaded: LoadedModel, options: Options) -> tuple[Finding, ...]:
    """The losses of the JSON Schema. What it checks otherwise is the same in every engine."""
    elements = loaded.model.elements
    return counted_losses(
        FINDINGS,
        {
            "FMT-004": len(loaded.model.rules),
            "FMT-007": _other_names(loaded),
            "FMT-008": 1,
            "FMT-009": _bounded_codes(loaded),
            "FMT-010": sum(element.type is ElementType.DECIMAL for element in elements),
            "FMT-011": sum(
                element.type is ElementType.DATE or bool({PeriodKind.DAY, PeriodKind.SHIFT} & set(element.period_kinds))
                for element in elements
            ),
            "FMT-012": len(loaded.wordings),
        },
    )


def _left_out(codes: CodeList, region: str | None) -> int:
    return len(codes.codes) - len(codes.offered_in(region))


def _other_names(loaded: LoadedModel) -> int:
    return sum(len(element.aliases) for element in loaded.model.elements) + sum(
        len(code.aliases) for codes in loaded.code_lists.values() for code in codes.codes
    )


def _bounded_codes(loaded: LoadedModel) -> int:
    return sum(
        code.valid_from is not None or code.valid_to is not None
        for codes in loaded.code_lists.values()
        for code in codes.codes
    )
