"""What stands already for the days of a file, and what the file may be beside it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.findings import Finding, Text
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.parts import WHOLE
from submission_portal.deliveries.spans import span_label


@dataclass(frozen=True, slots=True)
class Standing:
    """A received delivery that stands, and corrects nothing partial."""

    number: str
    period: str
    part: str
    """Its code, or `WHOLE`."""
    part_name: Text
    """What the part is called; empty for a whole period."""
    corrected_by: tuple[str, ...] = ()
    """The numbers of the corrections that count in it."""

    @property
    def label(self) -> Text:
        """It with its period, its part and the corrections that count in it."""
        numbers = ", ".join(self.corrected_by)
        sv, en = (
            ", ".join(filter(None, (span_label(self.period, language), name)))
            for language, name in (("sv", self.part_name.sv), ("en", self.part_name.en))
        )
        return Text(
            f"{self.number} ({sv})" + (f", rättad genom {numbers}" if numbers else ""),
            f"{self.number} ({en})" + (f", corrected by {numbers}" if numbers else ""),
        )


def is_said_again(standing: str, part: str | None) -> bool:
    """Whether a file of ``part`` says again what a delivery of the part ``standing`` says.

    A part is said again by the same part and by the whole, the whole by every part; where nobody knows which part it is
    (``None``) only by the whole.
    """
    return part == WHOLE or standing in (part or WHOLE, WHOLE)


def conflict_with(standing: Sequence[Standing], part: str | None) -> Finding | None:
    """The question what a file of ``part`` (as `parts.Judged` has it) is to what stands for the same days, the latest first; of
    several it can be none. ``None`` where nothing stands.

    Different parts of a period do not stand in each other's way; a whole period and its parts do.
    """
    if not standing:
        return None
    named = [one.label for one in standing]
    standing_for = Text("; ".join(text.sv for text in named), "; ".join(text.en for text in named))
    return FINDINGS.found(_code(part, standing), {"standing": standing_for})


def _code(part: str | None, standing: Sequence[Standing]) -> str:
    if part == WHOLE and any(one.part for one in standing):
        return "DEL-037"
    if len(standing) > 1:
        return "DEL-016"
    return "DEL-036" if part and standing[0].part == WHOLE else "DEL-002"
