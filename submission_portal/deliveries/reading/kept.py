"""How a file was read, as it is kept with the delivery: everything but its rows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from registry.findings import Finding
from submission_portal.deliveries.checks import CheckOutcome
from submission_portal.deliveries.reading.layouts.questions import Mapped
from submission_portal.deliveries.reading.sheets import Preview

if TYPE_CHECKING:
    from submission_portal.deliveries.reading.reader import Reading


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What a reading said; one that says nothing is that of a file that has not been read."""

    preview: Preview = field(default_factory=Preview)
    findings: tuple[Finding, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    """Element name → the sender's column letter."""
    identity_answer: str | None = None
    """What the sender said that it is which may be identity numbers."""
    checks: tuple[CheckOutcome, ...] = ()
    """Which checks of the file ran; unknown where an earlier version read it."""
    awaits_rows: bool = False
    """Whether an earlier version left the rows of a long file unread."""
    mapped: Mapped = field(default_factory=Mapped)
    """How the columns were read with what has been answered about them, and what is asked."""

    @classmethod
    def of(cls, reading: "Reading") -> "KeptReading":
        """What is kept of a reading."""
        letters = dict(sorted(reading.letters.items()))
        return cls(
            reading.preview,
            tuple(reading.findings),
            letters,
            reading.identity_answer,
            tuple(reading.checks),
            mapped=reading.mapped,
        )

    def as_dict(self) -> dict[str, object]:
        kept: dict[str, object] = {
            "preview": self.preview.as_dict(),
            "findings": [finding.as_dict() for finding in self.findings],
            "letters": dict(self.letters),
            "identity_answer": self.identity_answer,
            "checks": [one.as_dict() for one in self.checks],
        }
        if self.awaits_rows:
            kept["awaits_rows"] = True
        if self.mapped != Mapped():
            kept["mapped"] = self.mapped.as_dict()
        return kept

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "KeptReading":
        """As it was stored, by whichever version."""
        return cls(
            Preview.from_dict(data.get("preview", {})),
            tuple(Finding.from_dict(one) for one in data.get("findings", ())),
            data.get("letters", {}),
            data.get("identity_answer"),
            tuple(CheckOutcome.from_dict(one) for one in data.get("checks", ())),
            awaits_rows=bool(data.get("awaits_rows")),
            mapped=Mapped.from_dict(data.get("mapped", {})),
        )
