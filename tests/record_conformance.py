"""One record against its model: JSON Schema first, then what JSON Schema cannot say.

The second opinion on `information_models.columns`: property tests hold the two to the same verdicts. A record is as the schema
says: codes and periods in their canonical spelling, numbers as numbers, and ``closed`` or ``not_reported`` where there is none.
"""

import json
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from information_models import values
from information_models.checks import named, rule_code, rule_params
from information_models.code_lists import CodeList
from information_models.definitions import Element, ElementType, LoadedModel, Role
from information_models.finding_texts.all import FINDINGS
from information_models.formats.json_schema import DIALECT, MISSING, definitions
from information_models.rules import Value
from registry.findings import Finding, Param, Place
from registry.period import Period

_WRONG_FORM = {
    ElementType.CODE: "ROW-005",
    ElementType.PERIOD: "ROW-007",
    ElementType.DATE: "ROW-012",
    ElementType.TEXT: "ROW-011",
    ElementType.INTEGER: "ROW-002",
    ElementType.DECIMAL: "ROW-002",
}


def _is_integer(_: object, value: Any) -> bool:
    """An integer as JSON Schema means it: ``3.0`` is one, however it was read."""
    return _is_number(value) and math.isfinite(value) and value == int(value)


_Validator = extend(  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
)


def read_records(text: str) -> list[Mapping[str, Any]]:
    """The records in a JSON text, with numbers exact. Raises ``ValueError`` where it is not an array of objects."""
    records = json.loads(text, parse_float=Decimal)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ValueError("not an array of objects")
    return records


class Conformance:
    """A model made ready to check records."""

    def __init__(self, loaded: LoadedModel) -> None:
        self._loaded = loaded
        self._model = loaded.model
        self._validator = _Validator({"$schema": DIALECT, "$ref": "#/$defs/record", "$defs": definitions(loaded)})

    def check(self, record: Mapping[str, Any], *, region: str | None = None) -> tuple[Finding, ...]:
        """What is wrong with ``record``; each finding's place names the field."""
        wrong = dict(self._shape(record))
        wrong |= {name: finding for name, finding in self._beyond_schema(record) if name not in wrong}
        found = list(wrong.values())
        good = {name: value for name, value in record.items() if name not in wrong and name in self._model.by_name}
        found.extend(self._codes_in_time(good))
        found.extend(self._region(good, region))
        found.extend(self._rules(good))
        return tuple(found)

    def _shape(self, record: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
        for error in self._validator.iter_errors(record):
            if error.path:
                name = str(error.path[0])
                yield name, self._misfit(self._model.element(name), error.instance)
            else:
                yield from self._fields(error, record)

    def _fields(self, error: ValidationError, record: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
        if error.validator == "required":
            for element in self._model.elements:
                if element.required and element.name not in record:
                    yield element.name, _empty(element)
        else:
            for name in record:
                if name not in self._model.by_name:
                    yield name, FINDINGS.found("ROW-013", {"field": name}, (Place(field=name),))

    def _misfit(self, element: Element, value: Any) -> Finding:
        if value is None or (value == "" and (element.required or element.role is Role.VALUE)):
            return _empty(element)
        if element.is_number and _is_number(value):
            return self._number_problem(element, value) or self._outside(element, value)
        if element.role is Role.DIMENSION and isinstance(value, str) and values.is_total(value):
            return FINDINGS.found("SUM-003", {}, (Place(field=element.name, value=value),))
        return self._found(_WRONG_FORM[element.type], element, value, **self._right_form(element))

    def _right_form(self, element: Element) -> dict[str, Param]:
        """What a text of the element should be, as a finding on it says it."""
        match element.type:
            case ElementType.PERIOD:
                return {"forms": values.period_forms(element.period_kinds)}
            case ElementType.CODE:
                codes: CodeList = self._loaded.code_list(element)
                return {"list": codes.title}
            case ElementType.TEXT:
                return {"longest": element.max_length}
        return {}

    def _beyond_schema(self, record: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
        for element in self._model.elements:
            value = record.get(element.name)
            if element.is_number and _is_number(value):
                if problem := self._number_problem(element, value):
                    yield element.name, problem
            elif element.type is ElementType.PERIOD and isinstance(value, str):
                period = values.period_of(value)
                if period is None or period.kind not in element.period_kinds:
                    allowed = values.period_forms(element.period_kinds)
                    yield element.name, self._found("ROW-007", element, value, forms=allowed)
            elif element.type is ElementType.DATE and isinstance(value, str) and values.day_of(value) is None:
                yield element.name, self._found("ROW-012", element, value)

    def _number_problem(self, element: Element, value: Any) -> Finding | None:
        """Wrong kind of number: not finite, a fraction where a whole number is asked for, too many decimals."""
        if not math.isfinite(value):
            return self._found("ROW-002", element, value)
        plain = _plain(value)
        if values.scaled_number(plain, element.decimals) is not None:
            return None
        if element.type is ElementType.INTEGER:
            return self._found("ROW-002", element, value)
        if len(plain.lstrip("-").partition(".")[0]) > values.MOST_DIGITS:
            return self._outside(element, value)
        return self._found("ROW-010", element, value, decimals=element.decimals)

    def _outside(self, element: Element, value: Any) -> Finding:
        return self._found("ROW-003", element, value, minimum=str(element.low), maximum=str(element.high))

    def _codes_in_time(self, good: Mapping[str, Any]) -> Iterator[Finding]:
        stated = good.get(self._model.period_element)
        if stated is None:
            return
        period = Period.parse(stated)
        for element in self._model.elements:
            if element.type is not ElementType.CODE or good.get(element.name) is None:
                continue
            codes = self._loaded.code_list(element)
            if not codes.by_code[good[element.name]].is_valid(period):
                yield self._found("ROW-006", element, good[element.name], **self._right_form(element))

    def _region(self, good: Mapping[str, Any], region: str | None) -> Iterator[Finding]:
        name = self._model.region_element
        if region is None or name is None or good.get(name) is None:
            return
        if self._loaded.regions.get(good[name]) != region:
            yield self._found("ROW-009", self._model.element(name), good[name], region=region)

    def _rules(self, good: Mapping[str, Any]) -> Iterator[Finding]:
        row: dict[str, Value] = {}
        for element in self._model.elements:
            value = good.get(element.name)
            is_missing = value is None or (element.role is Role.VALUE and value in MISSING)
            row[element.name] = (
                None if is_missing else values.scaled_number(_plain(value), element.decimals)
                if element.is_number
                else str(value)
            )  # fmt: skip
        for rule, compiled in self._model.compiled_rules:
            if compiled.judge(row) is False:
                first = compiled.elements[0] if compiled.elements else None
                yield FINDINGS.found(rule_code(rule), rule_params(rule), (Place(field=first),))

    def _found(self, code: str, element: Element, value: Any, **params: Param) -> Finding:
        return FINDINGS.found(code, named(element) | params, (Place(field=element.name, value=str(value)[:200]),))


def _empty(element: Element) -> Finding:
    is_value = element.role is Role.VALUE
    return FINDINGS.found(
        "ROW-004" if is_value else "ROW-001",
        named(element),
        (Place(field=element.name),),
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _plain(value: Any) -> str:
    """A number without exponent. A float stands for the shortest decimal that it prints as."""
    return format(Decimal(str(value)), "f")
