"""Texts of the findings about flows."""

from legal_checks.finding_texts import FINDING_TEXTS as LEGAL
from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

PROPOSE_NEW = Text(
    "Föreslå en ny version av flödet. Det som redan är levererat påverkas inte.",
    "Propose a new version of the flow. What is already delivered is not touched.",
)

TEXTS = (
    FindingEntry(
        "FLOW-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Uppgifter saknas", "Something is missing"),
        Text("Ännu inte ifyllt: {missing}.", "Not filled in yet: {missing}."),
        Text("Fyll i det innan flödet skickas till granskning.", "Fill it in before the flow is sent to review."),
    ),
    FindingEntry(
        "FLOW-007", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som ett flöde ska ha.", "The content does not have the shape of a flow."),
        Text("Rätta fältet, eller skriv flödet i formuläret.", "Mend the field, or write the flow in the form."),
        stops=True,
    ),
    FindingEntry(
        "FLOW-002", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet slutar innan det börjar", "The flow ends before it begins"),
        Text("Sista dagen ligger före den första.", "The last day is before the first."),
        Text("Rätta något av datumen.", "Correct one of the dates."),
    ),
    FindingEntry(
        "FLOW-003", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Grunden har upphört innan flödet börjar", "The ground has ended before the flow begins"),
        Text("Den rättsliga grunden gäller inte på flödets första dag.", "The legal ground is not valid on the flow's first day."),
        Text("Ange en grund som gäller, eller rätta datumen.", "State a ground that is valid, or correct the dates."),
    ),
    FindingEntry(
        "FLOW-004", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Grunden upphör före flödet", "The ground ends before the flow"),
        Text(
            "Den rättsliga grunden gäller till och med {valid_to}. Efter det tar flödet inte emot leveranser, fast det självt gäller längre.",
            "The legal ground is valid until {valid_to}. After that the flow takes no deliveries, though it is valid longer itself.",
        ),
        Text("Kortare giltighet för flödet gör det tydligare.", "A shorter validity of the flow makes that plainer."),
    ),
    FindingEntry(
        "FLOW-005", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Gränsen för småtal går inte att använda", "The threshold for small numbers cannot be used"),
        Text("Gränsen ska vara ett heltal mellan 0 och {highest}.", "The threshold has to be a whole number from 0 to {highest}."),
        Text("Ange 0 om inget ska döljas.", "Give 0 if nothing is to be hidden."),
    ),
    FindingEntry(
        "FLOW-006", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Utlämnare och mottagare är densamma", "Discloser and recipient are the same"),
        Text("Ett flöde går från en organisation till en annan.", "A flow goes from one organisation to another."),
        Text("Välj en annan mottagare.", "Choose another recipient."),
    ),
    FindingEntry(
        "FLOW-011", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Modellversionen är inte publicerad", "The model version is not published"),
        Text("Ett flöde kan bara binda en modellversion som är publicerad.", "A flow can only bind a model version that is published."),
        Text("Välj en version ur listan.", "Choose a version from the list."),
    ),
    FindingEntry(
        "FLOW-012", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Mottagaren tar inte emot flöden", "The recipient takes no flows"),
        Text("Organisationen är inte mottagare i registret.", "The organisation is not a recipient in the registry."),
        Text("Välj en mottagare ur listan.", "Choose a recipient from the list."),
    ),
    FindingEntry(
        "FLOW-101", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet är inte godkänt", "The flow is not approved"),
        Text("Mottagaren har inte beslutat om flödet än.", "The recipient has not decided on the flow yet."),
        Text("Leveranser kan skickas när både kvalitet och juridik är godkända.", "Deliveries can be sent once both quality and law are approved."),
    ),
    FindingEntry(
        "FLOW-102", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet är återtaget", "The flow is withdrawn"),
        Text("Flödet tar inte emot fler leveranser.", "The flow takes no more deliveries."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-110", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet är avslaget", "The flow was refused"),
        Text("Mottagaren har beslutat att inte godkänna flödet.", "The recipient has decided not to approve the flow."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-111", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet är stoppat tills vidare", "The flow is suspended"),
        Text(
            "Det stoppades av {side} {day}. Det som är levererat ligger kvar, och det som är förberett väntar: inget tas emot eller släpps fram.",
            "It was suspended by {side} on {day}. What was delivered stays, and what is prepared waits: nothing is received or released.",
        ),
        Text(
            "Fortsätt när flödet är öppnat igen av den som stoppade det. Inget av det som är förberett behöver göras om.",
            "Go on when whoever suspended it has resumed it. Nothing that is prepared has to be done again.",
        ),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "FLOW-112", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet är redan stoppat", "The flow is suspended already"),
        Text("Någon hos {side} har redan stoppat det.", "Somebody at {side} has suspended it already."),
        Text("Läs in sidan igen för att se vem, och varför.", "Reload the page to see who, and why."),
    ),
    FindingEntry(
        "FLOW-113", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Det finns inget att öppna igen", "There is nothing to resume"),
        Text("Flödet är inte stoppat av {side}.", "The flow is not suspended by {side}."),
        Text("Läs in sidan igen. Den sida som har stoppat är den som öppnar.", "Reload the page. The side that suspended it resumes it."),
    ),
    FindingEntry(
        "FLOW-114", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Den som har stoppat flödet öppnar det inte", "Whoever suspended the flow does not resume it"),
        Text("Du har själv stoppat det. En person stoppar, en annan öppnar.", "You suspended it yourself. One person suspends, another resumes."),
        Text("Be en kollega på samma sida.", "Ask a colleague of the same side."),
    ),
    FindingEntry(
        "FLOW-115", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Den andra sidan behöver veta varför.", "The other side needs to know why."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "FLOW-103", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet har en nyare version", "The flow has a newer version"),
        Text("Den här versionen gällde till och med {valid_to}.", "This version was valid until {valid_to}."),
        Text("Börja om under den version som gäller nu.", "Begin again under the version that is valid now."),
    ),
    FindingEntry(
        "FLOW-104", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet gäller inte än", "The flow is not valid yet"),
        Text("Flödet gäller från och med {valid_from}.", "The flow is valid from {valid_from}."),
        Text("Leverera från den dagen.", "Deliver from that day."),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "FLOW-105", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet har upphört", "The flow has ended"),
        Text("Flödet gällde till och med {valid_to}. Inget har lämnat regionen.", "The flow was valid until {valid_to}. Nothing has left the region."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-106", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Flödet upphör snart", "The flow ends soon"),
        Text("Flödet gäller till och med {valid_to}, om {days} dagar.", "The flow is valid until {valid_to}, in {days} days."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-107", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Något som flödet vilar på har fått ny betydelse", "Something that the flow rests on has changed its meaning"),
        Text(
            "Flödet fortsätter under det som är godkänt, längst till och med {sunset}. Det flyttar inte av sig självt.",
            "The flow goes on under what is approved, until {sunset} at the latest. It does not move by itself.",
        ),
        Text(
            "Regionen föreslår en ny version av flödet, och mottagaren beslutar om den.",
            "The region proposes a new version of the flow, and the recipient decides on it.",
        ),
        answer=AnswerKind.CONFIRMATION,
    ),
    FindingEntry(
        "FLOW-108", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Något som flödet vilar på får ny betydelse", "Something that the flow rests on will change its meaning"),
        Text(
            "En ny version gäller från och med {valid_from}. Flödet fortsätter under det som är godkänt.",
            "A new version is valid from {valid_from}. The flow goes on under what is approved.",
        ),
        Text(
            "Vill regionen flytta till den nya versionen föreslår den en ny version av flödet, och mottagaren beslutar.",
            "If the region wants to move to the new version, it proposes a new version of the flow, and the recipient decides.",
        ),
    ),
    FindingEntry(
        "FLOW-109", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Något som flödet vilar på är återtaget", "Something that the flow rests on has been withdrawn"),
        Text(
            "Det återtogs {withdrawn_on}. Flödet fortsätter under det som är godkänt, längst till och med {sunset}.",
            "It was withdrawn on {withdrawn_on}. The flow goes on under what is approved, until {sunset} at the latest.",
        ),
        Text(
            "Regionen föreslår en ny version av flödet, och mottagaren beslutar om den.",
            "The region proposes a new version of the flow, and the recipient decides on it.",
        ),
        answer=AnswerKind.NEW_VERSION,
    ),
    FindingEntry(
        "FLOW-201", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Utlämnarens folk beslutar inte för mottagaren", "The discloser's people do not decide for the recipient"),
        Text("Du hör också till regionen som lämnar ut uppgifterna.", "You also belong to the region that discloses the data."),
        Text("Be en kollega hos mottagaren som inte hör dit att besluta.", "Ask a colleague at the recipient who does not belong there to decide."),
    ),
    FindingEntry(
        "FLOW-202", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Kontrollfrågorna är inte besvarade", "The control questions are not answered"),
        Text("Ett rättsligt godkännande av ett flöde behöver svar på kontrollfrågorna.", "A legal approval of a flow needs answers to the control questions."),
        Text("Besvara dem på flödets granskningssida.", "Answer them on the flow's review page."),
    ),
    FindingEntry(
        "FLOW-203", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Flödet kan inte godkännas som det står", "The flow cannot be approved as it stands"),
        Text("Det som flödet anger gäller inte i dag: grunden, tiden eller modellversionen.", "What the flow states does not hold today: its ground, its time or its model version."),
        Text("Lämna tillbaka det till regionen för komplettering.", "Return it to the region for completion."),
    ),
)  # fmt: skip

FINDINGS = Catalogue((*TEXTS, *LEGAL))
"""Everything that can be found about a flow, its legal ground and the control questions included."""
