"""Findings about standing disclosure decisions, and about what falls outside them: ``DIS``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

OFFICER = Text(
    "Regionens utlämnare prövar leveransen för sig.",
    "The region's disclosing officer decides on the delivery by itself.",
)
ANEW = Text(
    "Regionens utlämnare prövar leveransen för sig, eller beslutar stående på nytt.",
    "The region's disclosing officer decides on the delivery by itself, or takes a new standing decision.",
)

STANDING_DISCLOSURES = (
    FindingEntry(
        "DIS-001", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Villkoren har inte rätt form", "The conditions are not of the right form"),
        Text("{place}: {problem}. Inget har beslutats.", "{place}: {problem}. Nothing was decided."),
        Text("Rätta det som står där.", "Mend what stands there."),
    ),
    FindingEntry(
        "DIS-002", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Villkor om små tal saknas", "A condition on small numbers is missing"),
        Text(
            "Ska ha ett villkor var, eftersom de räknar personer: {elements}.",
            "Must have one condition each, since they count persons: {elements}.",
        ),
        Text(
            "Säg för vart och ett: inga små tal, högst så många, eller som användningarna skyddar dem.",
            "Say for each: no small numbers, at most so many, or as the uses protect them.",
        ),
        field="conditions",
    ),
    FindingEntry(
        "DIS-003", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Villkoret gäller inget som räknar personer", "The condition is on nothing that counts persons"),
        Text("Modellen räknar inte personer i: {elements}.", "The model counts no persons in: {elements}."),
        Text("Välj bland: {known}.", "Choose among: {known}."),
        field="conditions",
    ),
    FindingEntry(
        "DIS-004", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Nivån går inte att räkna på", "The level cannot be counted at"),
        Text(
            "Nivån för {element} ska bestå av element ur modellens nyckel, med perioden. Över radernas nivå räknas bara "
            "det som går att lägga ihop.",
            "The level of {element} must be of elements of the model's key, with the period. Above the level of the rows only "
            "what can be added up is counted.",
        ),
        Text("Välj bland: {key}.", "Choose among: {key}."),
        field="conditions",
    ),
    FindingEntry(
        "DIS-005", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Skälet till att skyddet räcker saknas", "The ground for the protection being enough is missing"),
        Text(
            "Små tal i {element} får lämnas ut för att användningarna döljer dem. Då ska beslutet säga varför det räcker.",
            "Small numbers in {element} may be disclosed since the uses hide them. The decision must then say why that is enough.",
        ),
        Text("Skriv skälet.", "Write the ground."),
        field="conditions",
    ),
    FindingEntry(
        "DIS-006", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Användningen skyddar inte så mycket", "The use does not protect that much"),
        Text(
            "{use} döljer tal under {threshold}. Villkoret för {element} räknar tal under {below} som små.",
            "{use} hides numbers below {threshold}. The condition on {element} counts numbers below {below} as small.",
        ),
        Text(
            "Sänk gränsen, låt bli att nämna användningen, eller säg hur många små tal som får finnas.",
            "Lower the limit, leave out the use, or say how many small numbers there may be.",
        ),
        field="conditions",
    ),
    FindingEntry(
        "DIS-007", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Dagarna går inte ihop", "The days do not fit"),
        Text(
            "Beslutet kan gälla tidigast från och med {first} och längst till och med {last}, då det som det vilar på upphör.",
            "The decision can be valid from {first} at the earliest, and until {last} at the latest, when what it rests on ends.",
        ),
        Text("Välj dagar däremellan, den sista inte före den första.", "Choose days between, the last not before the first."),
        field="valid_to",
    ),
    FindingEntry(
        "DIS-008", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Ett annat stående beslut gäller de dagarna", "Another standing decision is valid on those days"),
        Text(
            "Linjen har ett stående beslut som gäller {first} till {last}.",
            "The line has a standing decision that is valid {first} to {last}.",
        ),
        Text(
            "Låt det nya börja dagen efter, eller återta det andra först.",
            "Let the new one begin on the day after, or withdraw the other first.",
        ),
        field="valid_from",
    ),
    FindingEntry(
        "DIS-009", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Linjen måste bekräftas först", "The line must be confirmed first"),
        Text(
            "Något som linjen vilar på har ändrat betydelse. Ett stående beslut skulle vila på det som var.",
            "Something that the line rests on has changed its meaning. A standing decision would rest on what was.",
        ),
        Text("Föreslå linjens nästa version.", "Propose the line's next version."),
    ),
    FindingEntry(
        "DIS-010", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det stående beslutet är återtaget", "The standing decision is withdrawn"),
        Text("Det återtogs {day}. Inget har skickats.", "It was withdrawn on {day}. Nothing has been sent."),
        ANEW,
        answer=AnswerKind.DISCLOSURE,
    ),
    FindingEntry(
        "DIS-011", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det stående beslutet gäller inte i dag", "The standing decision is not valid today"),
        Text("Det gäller {first} till {last}. Inget har skickats.", "It is valid {first} to {last}. Nothing has been sent."),
        ANEW,
        answer=AnswerKind.DISCLOSURE,
    ),
    FindingEntry(
        "DIS-012", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det som det stående beslutet vilar på har ändrats", "What the standing decision rests on has changed"),
        Text("{what}. Inget har skickats.", "{what}. Nothing has been sent."),
        ANEW,
        answer=AnswerKind.DISCLOSURE,
    ),
    FindingEntry(
        "DIS-013", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Leveransen ligger utanför det stående beslutet", "The delivery is outside the standing decision"),
        Text("{what}. Inget har skickats.", "{what}. Nothing has been sent."),
        OFFICER,
        answer=AnswerKind.DISCLOSURE,
    ),
    FindingEntry(
        "DIS-014", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Ett villkor i det stående beslutet är inte uppfyllt", "A condition of the standing decision is not met"),
        Text(
            "{what}. Leveransen väntar på regionens prövning. Inget har skickats.",
            "{what}. The delivery waits for the region's decision. Nothing has been sent.",
        ),
        OFFICER,
        answer=AnswerKind.DISCLOSURE,
    ),
    FindingEntry(
        "DIS-015", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Det finns inget att återta", "There is nothing to withdraw"),
        Text(
            "Beslutet är redan återtaget, eller har upphört.", "The decision is withdrawn already, or has ended."
        ),
        Text("Läs in sidan igen för att se vad som gäller.", "Reload the page to see how it stands."),
    ),
    FindingEntry(
        "DIS-016", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("En maskin förklarar inte", "A machine does not explain"),
        Text(
            "En förklaring av en varning är en persons. Inget har sparats.",
            "The explanation of a warning is a person's. Nothing was kept.",
        ),
        Text(
            "Låt regionens uppgiftslämnare förklara varningen.", "Let the region's data officer explain the warning."
        ),
    ),
    FindingEntry(
        "DIS-017", Severity.ERROR, Stage.DELIVERY, Scope.ITEM,
        Text("Den som sköter maskiners tillgång beslutar inte stående", "Whoever administers clients takes no standing decisions"),
        Text(
            "Ett stående beslut släpper fram det som regionens maskiner skickar, och du har gjort eller ändrat en maskinklient.",
            "A standing decision lets through what the region's machines send, and you have made or changed a machine client.",
        ),
        Text(
            "En annan utlämnare i regionen beslutar.", "Another disclosing officer of the region decides."
        ),
    ),
    FindingEntry(
        "DIS-018", Severity.ERROR, Stage.ACCOUNTS, Scope.ITEM,
        Text("Den som har beslutat stående sköter inte maskiners tillgång", "Whoever took a standing decision administers no clients"),
        Text(
            "Du har tagit ett stående beslut om utlämnande som gäller. Det släpper fram det som regionens maskiner skickar.",
            "You have taken a standing disclosure decision that lasts. It lets through what the region's machines send.",
        ),
        Text("En annan regionadministratör gör det.", "Another region administrator does it."),
    ),
)  # fmt: skip
