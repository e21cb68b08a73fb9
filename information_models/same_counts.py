"""That a measure counts the same as an element of another model: the same, the sum of it, or its mean. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registry.content import shapes


class Over(StrEnum):
    """What the other is added or averaged over."""

    PERIOD = "period"
    """The shorter periods within the measure's: days in a month."""
    PLACE = "place"
    """The places below the measure's: wards in a hospital."""


class By(StrEnum):
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class SameCount:
    """The measure's ``element`` is the sum or the mean, over shorter periods or smaller places, of ``element`` in ``model``.

    ``decimals``: how many it was rounded to.
    """

    model: str
    element: str
    over: Over
    by: By
    decimals: int = 0

    def content(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "element": self.element,
            "over": self.over.value,
            "by": self.by.value,
            "decimals": self.decimals,
        }

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "SameCount":
        return cls(content["model"], content["element"], Over(content["over"]), By(content["by"]), content["decimals"])


SHAPE = shapes.list_of(
    shapes.record(
        {
            "model": {"type": "string", "pattern": shapes.SLUG},
            "element": {"type": "string", "pattern": shapes.NAME},
            "over": shapes.one_of(Over),
            "by": shapes.one_of(By),
            "decimals": {"type": "integer", "minimum": 0, "maximum": 6},
        }
    ),
    most=20,
)
