"""Texts of the findings about last days and participation."""

from collections.abc import Iterable
from datetime import date

from information_models.presentation import PERIOD_LABELS
from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text
from registry.period import PeriodKind

LONGEST_REASON = 5000
ASK = Text("Rätta fältet och skicka igen.", "Correct the field and send it again.")

TEXTS = (
    FindingEntry(
        "DUE-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Fristen går inte att använda", "The delay cannot be used"),
        Text("Fristen ska vara ett heltal från 1 till {most} {unit}.", "The delay has to be a whole number from 1 to {most} {unit}."),
        ASK,
    ),
    FindingEntry(
        "DUE-002", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen levereras inte för sådana perioder", "The line does not deliver such periods"),
        Text("Linjens perioder kan räknas per {kinds}.", "The line's periods can be counted by {kinds}."),
        Text("Välj ett av de sätten.", "Choose one of these."),
    ),
    FindingEntry(
        "DUE-003", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Ett förslag väntar redan", "A proposal waits already"),
        Text("En linje har ett öppet förslag om sista dagar i taget.", "A line has one open proposal on last days at a time."),
        Text(
            "Besluta om det som väntar, eller be den som föreslog att ta tillbaka det.",
            "Settle the one that waits, or ask its proposer to take it back.",
        ),
    ),
    FindingEntry(
        "DUE-004", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Regeln skulle gälla bakåt", "The rule would count backwards"),
        Text(
            "Den första perioden skulle ha haft {due} som sista dag, och den dagen har passerat.",
            "The first period would have been due on {due}, and that day has passed.",
        ),
        Text(
            "Låt regeln börja med en period som ännu kan levereras i tid.",
            "Let the rule begin with a period that can still be delivered in time.",
        ),
    ),
    FindingEntry(
        "DUE-005", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Perioden väntas inte", "The period is not expected"),
        Text(
            "Enligt det som är överenskommet väntas ingen leverans för {period}.",
            "By what is agreed on, no delivery is expected for {period}.",
        ),
        Text("Välj en period ur kalendern.", "Choose a period from the calendar."),
    ),
    FindingEntry(
        "DUE-006", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Dagen kan inte vara sista dag", "The day cannot be the last one"),
        Text(
            "En sista dag är en arbetsdag inom ett år efter periodens slut.",
            "A last day is a working day within a year after the end of the period.",
        ),
        Text("Välj en arbetsdag efter perioden.", "Choose a working day after the period."),
    ),
    FindingEntry(
        "DUE-008", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Inget förslag väntar", "No proposal waits"),
        Text("Förslaget är redan avgjort eller tillbakataget.", "The proposal has been settled or taken back already."),
        Text("Läs om sidan för att se vad som gäller.", "Load the page again to see what counts."),
    ),
    FindingEntry(
        "DUE-009", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Både regionen och mottagaren läser skälen.", "Both the region and the recipient read the reasons."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "DUE-010", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen återger publicerade siffror", "The line reproduces published figures"),
        Text("Ingen region levererar i den, så inget kan vara sent.", "No region delivers in it, so nothing can be late."),
        Text("Föreslå sista dagar för en linje som en region levererar i.", "Propose last days for a line that a region delivers in."),
    ),
    FindingEntry(
        "DUE-011", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Skälen är för långa", "The reasons are too long"),
        Text("Skälen får ha högst {most} tecken.", "The reasons may have {most} characters at most."),
        Text("Korta texten.", "Shorten the text."),
    ),
    FindingEntry(
        "DUE-012", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Dagen är för långt bort", "The day is too far off"),
        Text("En dag kan anges till och med {day}.", "A day can be stated until {day}."),
        Text("Rätta årtalet.", "Correct the year."),
    ),
    FindingEntry(
        "JOIN-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Steget följer inte på det förra", "The step does not follow on the last one"),
        Text("Regionens läge är: {part}. Därifrån går det inte att välja: {step}.", "The region's state is: {part}. From there one cannot choose: {step}."),
        Text("Välj ett steg som följer på det som gäller.", "Choose a step that follows on what counts."),
    ),
    FindingEntry(
        "JOIN-002", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Dagen ligger för tidigt", "The day is too early"),
        Text(
            "Ett steg gäller tidigast {day}: aldrig bakåt, och aldrig före det förra steget.",
            "A step counts from {day} at the earliest: never backwards, and never before the last step.",
        ),
        Text("Ange den dagen eller en senare.", "State that day or a later one."),
    ),
)  # fmt: skip
FINDINGS = Catalogue(TEXTS)


def kinds_in_words(kinds: Iterable[PeriodKind]) -> Text:
    """
    >>> kinds_in_words([PeriodKind.MONTH]).sv
    'månad'
    """
    labels = [PERIOD_LABELS[one] for one in kinds]
    return Text(", ".join(one.sv for one in labels), ", ".join(one.en for one in labels))


def span_in_words(first: date, last: date) -> str:
    """The days of a period, as they are kept: both that are meant, whatever they are called."""
    return f"{first.isoformat()}–{last.isoformat()}"
