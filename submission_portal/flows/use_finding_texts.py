"""Texts of the findings about uses."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

PROPOSE_NEW = Text(
    "Föreslå en ny version av användningen. Det som redan är levererat påverkas inte.",
    "Propose a new version of the use. What is already delivered is not touched.",
)

TEXTS = (
    FindingEntry(
        "USE-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Uppgifter saknas", "Something is missing"),
        Text("Ännu inte ifyllt: {missing}.", "Not filled in yet: {missing}."),
        Text("Fyll i det innan användningen skickas för beslut.", "Fill it in before the use is sent to be decided."),
    ),
    FindingEntry(
        "USE-002", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen slutar innan den börjar", "The use ends before it begins"),
        Text("Sista dagen ligger före den första.", "The last day is before the first."),
        Text("Rätta något av datumen.", "Correct one of the dates."),
    ),
    FindingEntry(
        "USE-003", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Grunden har upphört innan användningen börjar", "The ground has ended before the use begins"),
        Text("Den rättsliga grunden gäller inte på användningens första dag.", "The legal ground is not valid on the use's first day."),
        Text("Ange en grund som gäller, eller rätta datumen.", "State a ground that is valid, or correct the dates."),
    ),
    FindingEntry(
        "USE-004", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Grunden upphör före användningen", "The ground ends before the use"),
        Text(
            "Den rättsliga grunden gäller till och med {valid_to}. Efter det lämnas inget mer ut för användningen, fast den själv gäller längre.",
            "The legal ground is valid until {valid_to}. After that nothing more is disclosed for the use, though it is valid longer itself.",
        ),
        Text("Kortare giltighet för användningen gör det tydligare.", "A shorter validity of the use makes that plainer."),
    ),
    FindingEntry(
        "USE-005", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Gränsen för småtal går inte att använda", "The threshold for small numbers cannot be used"),
        Text("Gränsen ska vara ett heltal mellan 0 och {highest}.", "The threshold has to be a whole number from 0 to {highest}."),
        Text("Ange 0 om inget ska döljas.", "Give 0 if nothing is to be hidden."),
    ),
    FindingEntry(
        "USE-006", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Utlämnare och mottagare är densamma", "Discloser and recipient are the same"),
        Text(
            "Regionen ser alltid sina egna uppgifter oskadda. Det behöver ingen användning.",
            "The region always sees its own figures undamaged. That needs no use.",
        ),
        Text("Välj en annan mottagare.", "Choose another recipient."),
    ),
    FindingEntry(
        "USE-007", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som en användning ska ha.", "The content does not have the shape of a use."),
        Text("Rätta fältet, eller skriv användningen i formuläret.", "Mend the field, or write the use in the form."),
        stops=True,
    ),
    FindingEntry(
        "USE-008", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Bevarandetiden går inte att använda", "The retention cannot be used"),
        Text("Ange månader, från 0 till {longest}.", "Give months, from 0 to {longest}."),
        Text("0 betyder att uppgifterna lämnar uppföljningen när användningen upphör.", "0 means that the data leaves the follow-up when the use ends."),
    ),
    FindingEntry(
        "USE-101", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen är inte godkänd", "The use is not approved"),
        Text("Båda sidor har inte beslutat om {use} än.", "Both sides have not decided on {use} yet."),
        Text("Leverera för den när den är godkänd.", "Deliver for it once it is approved."),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "USE-102", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen är återtagen", "The use is withdrawn"),
        Text("Inget mer lämnas ut för {use}.", "Nothing more is disclosed for {use}."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "USE-103", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen har en nyare version", "The use has a newer version"),
        Text("Den här versionen av {use} gällde till och med {valid_to}.", "This version of {use} was valid until {valid_to}."),
        Text("Besluta om utlämnande för den version som gäller nu.", "Decide on disclosure for the version that is valid now."),
    ),
    FindingEntry(
        "USE-104", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen gäller inte än", "The use is not valid yet"),
        Text("{use} gäller från och med {valid_from}.", "{use} is valid from {valid_from}."),
        Text("Leverera för den från den dagen.", "Deliver for it from that day."),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "USE-105", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen har upphört", "The use has ended"),
        Text("{use} gällde till och med {valid_to}. Inget har lämnat regionen för den.", "{use} was valid until {valid_to}. Nothing has left the region for it."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "USE-106", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen är stoppad tills vidare", "The use is suspended"),
        Text(
            "Den stoppades av {side} {day}. Det som är levererat ligger kvar, men inget nytt når mottagaren för den.",
            "It was suspended by {side} on {day}. What was delivered stays, but nothing new reaches the recipient for it.",
        ),
        Text(
            "Vänta tills den sida som stoppade den öppnar den igen.", "Wait until the side that suspended it has resumed it."
        ),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "USE-107", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen är redan stoppad", "The use is suspended already"),
        Text("Någon hos {side} har redan stoppat den.", "Somebody at {side} has suspended it already."),
        Text("Läs in sidan igen för att se vem, och varför.", "Reload the page to see who, and why."),
    ),
    FindingEntry(
        "USE-108", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Det finns inget att öppna igen", "There is nothing to resume"),
        Text("Användningen är inte stoppad av {side}.", "The use is not suspended by {side}."),
        Text("Läs in sidan igen. Den sida som har stoppat är den som öppnar.", "Reload the page. The side that suspended it resumes it."),
    ),
    FindingEntry(
        "USE-109", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Den som har stoppat användningen öppnar den inte", "Whoever suspended the use does not resume it"),
        Text("Du har själv stoppat den. En person stoppar, en annan öppnar.", "You suspended it yourself. One person suspends, another resumes."),
        Text("Be en kollega på samma sida.", "Ask a colleague of the same side."),
    ),
    FindingEntry(
        "USE-110", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Varje användning är stoppad tills vidare", "Every use is suspended"),
        Text(
            "Stoppat: {uses}. Det finns ingen annan användning att lämna till, så inget tas emot eller släpps fram. Det som är "
            "förberett väntar.",
            "Suspended: {uses}. There is no other use to deliver for, so nothing is received or released. What is prepared waits.",
        ),
        Text(
            "Fortsätt när en användning är öppnad igen av den sida som stoppade den. Inget av det som är förberett behöver göras om.",
            "Go on when the side that suspended a use has resumed it. Nothing that is prepared has to be done again.",
        ),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "USE-010", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Leveranslinjen finns inte", "There is no such delivery line"),
        Text("En användning gäller en leveranslinje som är godkänd. Den angivna är det inte.", "A use is of a delivery line that is approved. The one stated is not."),
        Text("Välj en godkänd leveranslinje.", "Choose an approved delivery line."),
        stops=True,
    ),
    FindingEntry(
        "USE-011", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjens version gäller inte", "The version of the line is not valid"),
        Text(
            "Användningen anger en version av leveranslinjen som varken gäller eller är på väg att gälla.",
            "The use states a version of the delivery line that is neither in force nor coming.",
        ),
        Text("Öppna utkastet och spara det igen: då anges den version som gäller.", "Open the draft and keep it again: the version in force is then stated."),
    ),
    FindingEntry(
        "USE-012", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Mottagaren finns inte", "There is no such recipient"),
        Text("Den organisation som anges är ingen mottagare i registret.", "The organisation stated is no recipient in the registry."),
        Text("Välj en mottagare.", "Choose a recipient."),
    ),
    FindingEntry(
        "USE-013", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Det som användningen ersätter kan den inte ersätta", "The use cannot succeed what it states"),
        Text(
            "Bara en överförd användning av samma linje, för samma krets och mottagare, kan ersättas, och bara en gång.",
            "Only a carried-over use of the same line, for the same audience and recipient, can be succeeded, and only once.",
        ),
        Text("Föreslå användningen från linjens sida, eller ange inte att den ersätter något.", "Propose the use from the line's page, or do not state that it succeeds anything."),
    ),
    FindingEntry(
        "USE-014", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Mottagaren har redan en användning av linjen", "The recipient has a use of the line already"),
        Text(
            "Användningen {other} gäller för samma krets under samma tid. Gäller båda så skyddas små tal efter den strängaste av dem.",
            "The use {other} is for the same audience at the same time. Where both are in force, small numbers are protected by the stricter of them.",
        ),
        Text("Är ändamålet detsamma: föreslå en ny version av den, eller ersätt den.", "Where the purpose is the same: propose a new version of that one, or succeed it."),
    ),
    FindingEntry(
        "USE-015", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Mottagaren kan inte publicera ur linjen", "The recipient cannot publish from the line"),
        Text(
            "Den som svarar för publicering till alla måste själv få uppgifterna: vara linjens mottagare, eller ha en egen användning av den.",
            "Whoever answers for publishing to everybody has to have the data: be the line's recipient, or have a use of its own.",
        ),
        Text("Föreslå mottagarens egen användning först.", "Propose the recipient's own use first."),
    ),
    FindingEntry(
        "USE-016", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Behovet finns inte", "There is no such need"),
        Text("{need} är inget av de behov som registret känner.", "{need} is none of the needs that the registry knows."),
        Text("Välj bland behoven på sidan Angivna behov.", "Choose among those on the page Stated needs."),
    ),
    FindingEntry(
        "USE-017", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Inget döljs, fast personer räknas", "Nothing is hidden, though persons are counted"),
        Text(
            "Gränsen för små tal döljer inget värde, och linjens modell har element som rör personer.",
            "The threshold for small numbers hides no value, and the line's model has elements that concern persons.",
        ),
        Text(
            "Ange en gräns på minst 2, eller skriv varför inget behöver döljas. De som beslutar läser skälet.",
            "State a threshold of at least 2, or write why nothing need be hidden. Those who decide read the reason.",
        ),
    ),
    FindingEntry(
        "USE-201", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Ingen beslutar för båda sidor", "Nobody decides for both sides"),
        Text("Du hör till {side} och kan inte besluta för {other}.", "You belong to {side} and cannot decide for {other}."),
        Text("Be någon som bara hör till den sidan att besluta.", "Ask somebody who belongs to that side only to decide."),
    ),
    FindingEntry(
        "USE-202", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Kontrollfrågorna är inte besvarade", "The control questions are not answered"),
        Text("Ett rättsligt godkännande av en användning behöver svar på kontrollfrågorna.", "A legal approval of a use needs answers to the control questions."),
        Text("Besvara dem på användningens granskningssida.", "Answer them on the use's review page."),
    ),
    FindingEntry(
        "USE-203", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Användningen kan inte godkännas som den står", "The use cannot be approved as it stands"),
        Text("Det som användningen anger gäller inte i dag: grunden, tiden, linjens version eller det den ersätter.", "What the use states does not hold today: its ground, its time, the line's version or what it succeeds."),
        Text("Lämna tillbaka den för komplettering.", "Return it for completion."),
    ),
)  # fmt: skip
