"""Texts of the findings of review."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

RELOAD = Text("Läs in sidan igen för att se vad som har hänt.", "Reload the page to see what has happened.")

TEXTS = (
    FindingEntry(
        "REV-001", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Leveransen granskas inte längre", "The delivery is no longer in review"),
        Text(
            "Någon annan hann före, eller så har regionen återtagit den. Ditt beslut är inte sparat.",
            "Somebody else was first, or the region has withdrawn it. Your decision is not recorded.",
        ),
        RELOAD,
    ),
    FindingEntry(
        "REV-002", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Den som har handlat för regionen beslutar inte för mottagaren", "Whoever has acted for the region does not decide for the recipient"),
        Text(
            "Du har själv föreslagit, förberett, lämnat ut eller skickat något för regionen i det här flödet. Det gäller också när du har bytt roll.",
            "You have proposed, prepared, disclosed or sent something for the region in this flow. That counts also when your role is another now.",
        ),
        Text("Be en kollega med samma roll att besluta.", "Ask a colleague with the same role to decide."),
    ),
    FindingEntry(
        "REV-003", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Utlämnarens folk beslutar inte för mottagaren", "The discloser's people do not decide for the recipient"),
        Text("Du hör också till organisationen som lämnade ut uppgifterna.", "You also belong to the organisation that disclosed the data."),
        Text("Be en kollega hos mottagaren som inte hör dit att besluta.", "Ask a colleague at the recipient who does not belong there to decide."),
    ),
    FindingEntry(
        "REV-004", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut eller en fråga ska ha ord som regionen kan läsa.", "A decision or a question needs words that the region can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "REV-005", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("En fråga är redan ställd", "A question is already asked"),
        Text("Regionen har inte svarat på den förra frågan än.", "The region has not answered the last question yet."),
        Text("Vänta på svaret, eller besluta på det som finns.", "Wait for the answer, or decide on what there is."),
    ),
    FindingEntry(
        "REV-006", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Det finns ingen fråga att svara på", "There is no question to answer"),
        Text("Frågan är redan besvarad, eller så är leveransen avgjord.", "The question is answered already, or the delivery is decided."),
        RELOAD,
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
