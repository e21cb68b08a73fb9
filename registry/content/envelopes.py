"""What is sent and received: specifications, receipts, downloads. marshmallow schemas, strict on what comes in.

Content that is decided on is stored under its hash and has a `ContentSchema`; an envelope is made when it is handed out
and read when it is handed in. Pure.
"""

from typing import Any

from marshmallow import RAISE, Schema, fields

from registry.findings import Finding, Text


class Envelope(Schema):
    """Base of every envelope: a field that it does not have is an error, so that a misspelt one never goes unnoticed."""

    class Meta:
        unknown = RAISE


class Truth(fields.Bool):
    """``true`` or ``false``: no word or number that could mean either."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **other: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class BothLanguages(fields.Field[Text]):
    """A text as ``{"sv": …, "en": …}``."""

    default_error_messages = {"invalid": "Not a text in both languages."}  # noqa: RUF012 (marshmallow's own way)

    def _serialize(self, value: Text | None, attr: str | None, obj: Any, **other: Any) -> dict[str, str] | None:
        return None if value is None else value.as_dict()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **other: Any) -> Text:
        if (
            not isinstance(value, dict)
            or set(value) != {"sv", "en"}
            or not all(type(one) is str for one in value.values())
        ):
            raise self.make_error("invalid", input=value)
        return Text.from_dict(value)


class FindingList(fields.Field[Any]):
    """Findings, as they are stored."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **other: Any) -> list[dict[str, object]]:
        found: list[Finding] = list(value or ())
        return [one.as_dict() for one in found]
