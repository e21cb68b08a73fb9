"""What the register knows that an assessment is made with. Frames and policies; nothing is queried. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from registry.findings import Text
from submission_portal.deliveries.lifecycle import CorrectionKind


@dataclass(frozen=True, slots=True)
class DeliveryBefore:
    """What was delivered before in the same flow: typed rows and what the period is called."""

    frame: pl.DataFrame
    period: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The delivery that this one corrects."""

    frame: pl.DataFrame
    kind: CorrectionKind
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Law:
    """What the registry knows that bears on the law."""

    threshold: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)
    undescribed: tuple[Text, ...] = ()
    """The terms of concepts for which the region has no application statement in force."""
