"""Fields of what machines read and write, where marshmallow's own say something else than we do.

Decimals are texts with a point, as they were counted and never through a float. Moments are RFC 3339: any time zone in, UTC out.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import marshmallow as ma

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Whole(ma.fields.Integer):
    """A whole number: digits in an address, a number in JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        is_whole = _WHOLE.fullmatch(value) if isinstance(value, str) else type(value) is int
        if not is_whole:
            raise self.make_error("invalid", input=value)
        return int(value)


class DecimalText(ma.fields.String):
    """A decimal number as a text with a point."""

    default_error_messages = {"invalid": "Not a valid number."}  # noqa: RUF012  (marshmallow's own form)

    def _serialize(self, value: Decimal | str | int | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return format(value, "f") if isinstance(value, Decimal) else None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str) or _DECIMAL.fullmatch(value) is None:
            raise self.make_error("invalid")
        return Decimal(value)


class Moment(ma.fields.DateTime):
    """A moment (RFC 3339): with any time zone in, never without; in UTC out."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else moment_text(value)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
            raise self.make_error("invalid", input=value, obj_type="datetime")
        try:
            return datetime.fromisoformat(value.upper().replace(" ", "T")).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self.make_error("invalid", input=value, obj_type="datetime") from error


class Day(ma.fields.Date):
    """A date (RFC 3339, full-date)."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str) or _DAY.fullmatch(value) is None:
            raise self.make_error("invalid", input=value, obj_type="date")
        return super()._deserialize(value, attr, data, **kwargs)


class TextSchema(ma.Schema):
    """A text in both languages."""

    sv = ma.fields.String(required=True, metadata={"description": "In Swedish."})
    en = ma.fields.String(required=True, metadata={"description": "In English."})


def bilingual(**options: Any) -> ma.fields.Field[Any]:
    """A `Text`, or a mapping of one, as ``{"sv": …, "en": …}``."""
    return ma.fields.Nested(TextSchema, **options)


def moment_text(moment: datetime) -> str:
    """A moment in UTC as RFC 3339 has it, to the second or, where there is more, the microsecond.

    >>> moment_text(datetime(2027, 1, 18, 22, 59, 59, tzinfo=UTC))
    '2027-01-18T22:59:59Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
