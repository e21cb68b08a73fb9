"""Findings about units and periods that are missing: ``GAP``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

GAPS = (
    FindingEntry(
        "GAP-001",
        Severity.QUESTION,
        Stage.CONSISTENCY,
        Scope.UNIT,
        Text("Perioder saknas mitt i filen", "Periods are missing in the middle of the file"),
        Text(
            "Enheter som har rader både före och efter men inte för perioder däremellan: {units}. Luckor: {count}.",
            "Units that have rows before and after but not for periods in between: {units}. Gaps: {count}.",
        ),
        Text(
            "Säg för varje lucka om enheten var stängd eller om uppgiften inte har rapporterats. Har raderna fallit bort: "
            "lägg till dem i filen och läs in den igen.",
            "Say for each gap whether the unit was closed or the figures have not been reported. If the rows were lost, add "
            "them to the file and read it in again.",
        ),
        answer=AnswerKind.CLOSED_NOT_REPORTED_OR_ENDED,
        looks_for=Text(
            "varje enhet har alla perioder mellan sin första och sista",
            "each unit has every period between its first and last",
        ),
    ),
    FindingEntry(
        "GAP-002",
        Severity.QUESTION,
        Stage.HISTORY,
        Scope.UNIT,
        Text("Enheter eller perioder som brukar finnas saknas", "Units or periods that are usually there are missing"),
        Text(
            "Enheter som finns i de senaste leveranserna men saknar rader för hela eller en del av perioden: {units}. "
            "Luckor: {count}.",
            "Units that are in the latest deliveries but have no rows for all or part of the period: {units}. Gaps: {count}.",
        ),
        Text(
            "Säg för varje lucka om enheten var stängd, om uppgiften inte har rapporterats eller om enheten har upphört. Har "
            "raderna fallit bort: lägg till dem i filen och läs in den igen.",
            "Say for each gap whether the unit was closed, the figures have not been reported or the unit has ended. If the "
            "rows were lost, add them to the file and read it in again.",
        ),
        answer=AnswerKind.CLOSED_NOT_REPORTED_OR_ENDED,
        looks_for=Text(
            "enheterna i de senaste leveranserna finns för hela perioden",
            "the units of the latest deliveries are there for the whole period",
        ),
    ),
    FindingEntry(
        "GAP-003",
        Severity.QUESTION,
        Stage.HISTORY,
        Scope.UNIT,
        Text("Enheter i enhetsregistret saknar rader", "Units of the register have no rows"),
        Text(
            "Enheter som regionen har bekräftat i sitt enhetsregister men som saknar rader för hela eller en del av "
            "perioden: {units}. Luckor: {count}.",
            "Units that the region has confirmed in its register but that have no rows for all or part of the period: "
            "{units}. Gaps: {count}.",
        ),
        Text(
            "Säg för varje lucka om enheten var stängd, om uppgiften inte har rapporterats eller om enheten har upphört. Har "
            "raderna fallit bort: lägg till dem i filen och läs in den igen. Har enheten upphört: ge den en sista dag i "
            "registret.",
            "Say for each gap whether the unit was closed, the figures have not been reported or the unit has ended. If the "
            "rows were lost, add them to the file and read it in again. If the unit has ended, give it a last day in the "
            "register.",
        ),
        answer=AnswerKind.CLOSED_NOT_REPORTED_OR_ENDED,
        looks_for=Text(
            "enheterna i enhetsregistret finns för hela perioden",
            "the units of the register are there for the whole period",
        ),
    ),
)  # fmt: skip
