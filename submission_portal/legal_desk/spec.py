"""SPEC.json, the description of a table to protect, and how it becomes a ``Problem``.

The schema is strict: an unknown field is an error, so that a misspelt ``publish`` never goes unnoticed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from legal_checks.small_numbers.table import (
    Attacker,
    Cell,
    CostKind,
    Demand,
    Dimension,
    Dominance,
    Interval,
    Policy,
    Problem,
    Protection,
    ProtectionKind,
    PublishedRate,
    Zeros,
)
from registry.findings import Finding, Place, Severity
from submission_portal.legal_desk.spec_reasons import in_swedish


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class _DimensionSchema(_Strict):
    column = fields.Str(required=True)
    total = fields.Str(required=True)
    hierarchy = fields.Dict(keys=fields.Str(), values=fields.List(fields.Str()), allow_none=True)


class _DominanceSchema(_Strict):
    n = fields.Int(required=True, validate=validate.Range(min=1))
    percent = fields.Decimal(required=True)


class _PolicySchema(_Strict):
    threshold = fields.Int(validate=validate.Range(min=1))
    zeros = fields.Raw()
    hide_zeros = fields.Bool(allow_none=True)
    dominance = fields.Nested(_DominanceSchema)
    p_percent = fields.Decimal()


class _AttackerSchema(_Strict):
    minimum = fields.Int(validate=validate.OneOf([0, 1]))
    # An attacker who also reckons with whole numbers is not offered; saying so beats ignoring the wish.
    integer = fields.Bool(validate=validate.Equal(False))


class _ProtectionSchema(_Strict):
    kind = fields.Str(required=True, validate=validate.OneOf([one.value for one in ProtectionKind]))
    percent = fields.Decimal(validate=validate.Range(min=0))


class _CellSchema(_Strict):
    cell = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)


class _PrimarySchema(_CellSchema):
    down = fields.Decimal(allow_none=True, validate=validate.Range(min=0))
    up = fields.Decimal(allow_none=True, validate=validate.Range(min=0))


class _KnownSchema(_CellSchema):
    value = fields.Int()
    lowest = fields.Int()
    highest = fields.Int()


class _RateSchema(_Strict):
    numerator = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)
    denominator = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)
    value = fields.Decimal(required=True)
    per = fields.Int(validate=validate.Range(min=1))
    decimals = fields.Int(validate=validate.Range(min=0, max=6))


class SpecSchema(_Strict):
    """The shape of SPEC.json."""

    value = fields.Str(load_default="value")
    dimensions = fields.List(fields.Nested(_DimensionSchema), required=True, validate=validate.Length(min=1))
    policy = fields.Nested(_PolicySchema)
    attacker = fields.Nested(_AttackerSchema)
    protection = fields.Nested(_ProtectionSchema)
    cost = fields.Raw()
    primary = fields.List(fields.Nested(_PrimarySchema))
    publish = fields.List(fields.Nested(_CellSchema))
    known = fields.List(fields.Nested(_KnownSchema))
    rates = fields.List(fields.Nested(_RateSchema))
    tables = fields.List(fields.List(fields.Str()), allow_none=True)


@dataclass(frozen=True)
class Spec:
    """A read SPEC.json: the column of the value, that of the weights if any, and everything but the cells."""

    value: str
    weight: str | None
    problem: Problem

    @property
    def columns(self) -> tuple[str, ...]:
        return self.problem.columns


def read_spec(text: str) -> tuple[Spec | None, list[Finding]]:
    """The specification in a JSON text, or ``None`` and what is wrong with it."""
    try:
        content = json.loads(text)
        data = SpecSchema().load(content if isinstance(content, dict) else {})
        return _spec(data), []
    except json.JSONDecodeError as error:
        return None, [_unreadable("SPEC", f"line {error.lineno}: {error.msg}")]
    except RecursionError:
        return None, [_unreadable("SPEC", "too deep")]
    except ValidationError as error:
        return None, [_unreadable(where, why) for where, why in _flat(error.messages)]


def _unreadable(where: str, why: str) -> Finding:
    params = {"field": where, "reason": why.rstrip("."), "reason_sv": in_swedish(why)}
    return Finding("small-numbers-spec-unreadable", Severity.ERROR, params, (Place(field=where),))


def _flat(messages: Any, prefix: str = "") -> list[tuple[str, str]]:
    """Every message of a validation error with the path of its field."""
    if isinstance(messages, Mapping):
        return [
            one
            for name, inner in messages.items()
            for one in _flat(inner, prefix if name == "_schema" else f"{prefix}.{name}".lstrip("."))
        ]
    return [(prefix or "SPEC", " ".join(str(one) for one in messages))]


def _spec(data: Mapping[str, Any]) -> Spec:
    dimensions = tuple(Dimension(one["column"], one["total"], one.get("hierarchy")) for one in data["dimensions"])
    columns = tuple(one.column for one in dimensions)
    protection = data.get("protection", {})
    cost, weight = _cost(data.get("cost", CostKind.VALUES.value))
    problem = Problem(
        dimensions,
        {},
        policy=_policy(data.get("policy", {}), columns),
        attacker=Attacker(data.get("attacker", {}).get("minimum", 0)),
        protection=Protection(ProtectionKind(protection.get("kind", "ex")), Fraction(protection.get("percent", 0))),
        cost=cost,
        primary={
            _cell(one["cell"], columns, "primary"): Demand(_fraction(one.get("down")), _fraction(one.get("up")))
            for one in data.get("primary", ())
        },
        publish=frozenset(_cell(one["cell"], columns, "publish") for one in data.get("publish", ())),
        known={_cell(one["cell"], columns, "known"): _interval(one) for one in data.get("known", ())},
        rates=tuple(
            PublishedRate(
                _cell(one["numerator"], columns, "rates"),
                _cell(one["denominator"], columns, "rates"),
                Fraction(one["value"]),
                one.get("decimals", max(0, -one["value"].as_tuple().exponent)),
                one.get("per", 100),
            )
            for one in data.get("rates", ())
        ),
        tables=None if data.get("tables") is None else tuple(tuple(one) for one in data["tables"]),
    )
    return Spec(data["value"], weight, problem)


def _policy(data: Mapping[str, Any], columns: tuple[str, ...]) -> Policy:
    """``zeros``: ``"published"``, ``"sensitive"``, a list of structural zeros (other zeros are then sensitive), or
    ``{"observed": "published" | "sensitive", "structural": [cells]}``."""
    zeros = data.get("zeros", Zeros.PUBLISHED.value)
    structural: Any = []
    if isinstance(zeros, list):
        zeros, structural = Zeros.SENSITIVE.value, zeros
    elif isinstance(zeros, dict):
        if set(zeros) - {"observed", "structural"}:
            raise ValidationError("observed, structural", "policy.zeros")
        zeros, structural = zeros.get("observed", Zeros.PUBLISHED.value), zeros.get("structural", [])
    if zeros not in {one.value for one in Zeros} or not isinstance(structural, list):
        raise ValidationError("published, sensitive, or a list of structural zeros", "policy.zeros")
    cells = []
    for one in structural:
        inner = one.get("cell", one) if isinstance(one, dict) else one
        cells.append(_cell(inner, columns, "policy.zeros"))
    dominance = data.get("dominance")
    return Policy(
        threshold=data.get("threshold", 5),
        zeros=Zeros(zeros),
        structural_zeros=frozenset(cells),
        hide_zeros=data.get("hide_zeros"),
        dominance=None if dominance is None else Dominance(dominance["n"], Fraction(dominance["percent"])),
        p_percent=_fraction(data.get("p_percent")),
    )


def _cost(data: Any) -> tuple[CostKind, str | None]:
    if isinstance(data, dict) and set(data) == {"column"} and isinstance(data["column"], str):
        return CostKind.VALUES, data["column"]
    if data in {one.value for one in CostKind}:
        return CostKind(data), None
    raise ValidationError('values, count or {"column": name}', "cost")


def _cell(data: Any, columns: tuple[str, ...], where: str) -> Cell:
    if not isinstance(data, dict) or set(data) != set(columns):
        raise ValidationError(f"a code for each of {', '.join(columns)}", where)
    return tuple(str(data[column]) for column in columns)


def _interval(data: Mapping[str, Any]) -> Interval:
    if "value" in data:
        return Interval(data["value"], data["value"])
    return Interval(data.get("lowest", 0), data.get("highest", float("inf")))


def _fraction(number: Any) -> Fraction | None:
    return None if number is None else Fraction(number)
