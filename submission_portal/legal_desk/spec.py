"""SPEC.json, the description of a table to protect, and how it becomes a ``Problem``.

The schema is strict: an unknown field is an error, so that a misspelt ``publish`` never goes unnoticed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from marshmallow import ValidationError, fields, validate

from legal_checks.small_numbers.finding_texts import FINDINGS
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
from registry.content.envelopes import Envelope, Truth
from registry.findings import Finding, Param, Place, Text
from submission_portal.legal_desk.spec_reasons import in_swedish

_Named = TypeVar("_Named")

LARGEST = 10**15
"""No number in a specification is larger. Beyond, reckoning with floating-point numbers is no longer exact."""
MOST_DECIMALS = 12
MOST_RATE_DECIMALS = 6


class _Whole(fields.Int):
    """An integer, written as one: 4.7 is not cut to 4."""

    def __init__(self, least: int = 0, most: int = LARGEST, **other: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(min=least, max=most), **other)


class _Number(fields.Decimal):
    """A number of ordinary size, so that it becomes a fraction of ordinary size."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **other: Any) -> Decimal:
        number = super()._deserialize(value, attr, data, **other)
        if number is None or isinstance(value, bool):
            raise self.make_error("invalid")
        exponent = number.as_tuple().exponent
        is_fine = not isinstance(exponent, int) or exponent < -MOST_DECIMALS
        if number and (number.adjusted() >= len(str(LARGEST)) or is_fine):
            raise ValidationError(f"at most {LARGEST} and {MOST_DECIMALS} decimals")
        if number < 0:
            raise ValidationError("Must be greater than or equal to 0.")
        return Decimal(0) if number == 0 else number


class _DimensionSchema(Envelope):
    column = fields.Str(required=True)
    total = fields.Str(required=True)
    hierarchy = fields.Dict(keys=fields.Str(), values=fields.List(fields.Str()), allow_none=True)


class _DominanceSchema(Envelope):
    n = _Whole(1, required=True)
    percent = _Number(required=True)


class _PolicySchema(Envelope):
    threshold = _Whole(1)
    zeros = fields.Raw()
    hide_zeros = Truth(allow_none=True)
    dominance = fields.Nested(_DominanceSchema)
    p_percent = _Number()


class _AttackerSchema(Envelope):
    minimum = _Whole(0, 1)
    # An attacker who also reckons with whole numbers is not offered; saying so beats ignoring the wish.
    integer = Truth(validate=validate.Equal(False))


class _ProtectionSchema(Envelope):
    kind = fields.Str(required=True, validate=validate.OneOf([one.value for one in ProtectionKind]))
    percent = _Number()


class _CellSchema(Envelope):
    cell = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)


class _PrimarySchema(_CellSchema):
    down = _Number(allow_none=True)
    up = _Number(allow_none=True)


class _KnownSchema(_CellSchema):
    value = _Whole()
    lowest = _Whole()
    highest = _Whole()


class _RateSchema(Envelope):
    numerator = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)
    denominator = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)
    value = _Number(required=True)
    per = _Whole(1, 10**9)
    decimals = _Whole(0, MOST_RATE_DECIMALS)


class SpecSchema(Envelope):
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
    tables = fields.List(fields.List(fields.Str()), allow_none=True, validate=validate.Length(min=1))


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
        content = json.loads(text, object_pairs_hook=_without_doubles)
        data = SpecSchema().load(content if isinstance(content, dict) else {})
        return _spec(data), []
    except json.JSONDecodeError as error:
        return None, [_unreadable("SPEC", f"line {error.lineno}: {error.msg}")]
    except RecursionError:
        return None, [_unreadable("SPEC", "too deep")]
    except ValidationError as error:
        return None, [_unreadable(where, why) for where, why in _flat(_by_field(error))]
    except ValueError:
        # An integer of more digits than Python reads.
        return None, [_unreadable("SPEC", f"at most {LARGEST} and {MOST_DECIMALS} decimals")]


def _by_field(error: ValidationError) -> Any:
    """Messages by field: those raised here name theirs beside a single message."""
    return error.messages if isinstance(error.messages, dict) else {error.field_name: error.messages}


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, where no name stands twice: of two hierarchies of the same name, neither may be lost unnoticed."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValidationError("given twice", next(name for name in names if names.count(name) > 1))
    return content


def _unreadable(where: str, why: str) -> Finding:
    params: dict[str, Param] = {"field": where, "reason": Text(in_swedish(why), why.rstrip("."))}
    return FINDINGS.found("small-numbers-spec-unreadable", params, (Place(field=where),))


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
    if set(columns) & {"value", "status", data["value"]}:
        raise ValidationError("not value, status or the column of the count", "dimensions.column")
    protection = data.get("protection", {})
    if protection.get("kind") == ProtectionKind.PERCENT.value and "percent" not in protection:
        raise ValidationError("Missing data for required field.", "protection.percent")
    cost, weight = _cost(data.get("cost", CostKind.VALUES.value))
    problem = Problem(
        dimensions,
        {},
        policy=_policy(data.get("policy", {}), columns),
        attacker=Attacker(data.get("attacker", {}).get("minimum", 0)),
        protection=Protection(ProtectionKind(protection.get("kind", "ex")), Fraction(protection.get("percent", 0))),
        cost=cost,
        primary=_once(
            "primary",
            [
                (_cell(one["cell"], columns, "primary"), Demand(_fraction(one.get("down")), _fraction(one.get("up"))))
                for one in data.get("primary", ())
            ],
        ),
        publish=frozenset(_cell(one["cell"], columns, "publish") for one in data.get("publish", ())),
        known=_once("known", [(_cell(one["cell"], columns, "known"), _interval(one)) for one in data.get("known", ())]),
        rates=tuple(
            PublishedRate(
                _cell(one["numerator"], columns, "rates"),
                _cell(one["denominator"], columns, "rates"),
                Fraction(one["value"]),
                _decimals(one),
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
    if zeros not in [one.value for one in Zeros] or not isinstance(structural, list):
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
    if data in [one.value for one in CostKind]:
        return CostKind(data), None
    raise ValidationError('values, count or {"column": name}', "cost")


def _cell(data: Any, columns: tuple[str, ...], where: str) -> Cell:
    is_cell = isinstance(data, dict) and set(data) == set(columns)
    if not is_cell or not all(isinstance(code, str) for code in data.values()):
        raise ValidationError(f"a code for each of {', '.join(columns)}", where)
    return tuple(data[column] for column in columns)


def _once(where: str, pairs: Sequence[tuple[Cell, _Named]]) -> dict[Cell, _Named]:
    """What is said of each cell; every cell may be named once."""
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValidationError("given twice", where)
    return named


def _interval(data: Mapping[str, Any]) -> Interval:
    if ("value" in data) == bool({"lowest", "highest"} & set(data)):
        raise ValidationError("value, or lowest and highest", "known")
    if "value" in data:
        return Interval(data["value"], data["value"])
    return Interval(data.get("lowest", 0), data.get("highest", float("inf")))


def _decimals(rate: Mapping[str, Any]) -> int:
    """The decimals that a rate is rounded to: as said, or as it is written."""
    decimals: int = rate.get("decimals", max(0, -rate["value"].as_tuple().exponent))
    if decimals > MOST_RATE_DECIMALS:
        raise ValidationError(
            f"Must be greater than or equal to 0 and less than or equal to {MOST_RATE_DECIMALS}.", "rates.decimals"
        )
    return decimals


def _fraction(number: Any) -> Fraction | None:
    return None if number is None else Fraction(number)
