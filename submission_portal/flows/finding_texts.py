"""Texts of the findings about lines."""

from legal_checks.finding_texts import FINDING_TEXTS as LEGAL
from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text
from submission_portal.flows.use_finding_texts import TEXTS as OF_USES

PROPOSE_NEW = Text(
    "Föreslå en ny version av linjen. Det som redan är levererat påverkas inte.",
    "Propose a new version of the line. What is already delivered is not touched.",
)

TEXTS = (
    FindingEntry(
        "FLOW-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Uppgifter saknas", "Something is missing"),
        Text("Ännu inte ifyllt: {missing}.", "Not filled in yet: {missing}."),
        Text("Fyll i det innan linjen skickas till granskning.", "Fill it in before the line is sent to review."),
    ),
    FindingEntry(
        "FLOW-007", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som en linje ska ha.", "The content does not have the shape of a line."),
        Text("Rätta fältet, eller skriv linjen i formuläret.", "Mend the field, or write the line in the form."),
        stops=True,
    ),
    FindingEntry(
        "FLOW-002", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen slutar innan den börjar", "The line ends before it begins"),
        Text("Sista dagen ligger före den första.", "The last day is before the first."),
        Text("Rätta något av datumen.", "Correct one of the dates."),
    ),
    FindingEntry(
        "FLOW-003", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Grunden har upphört innan linjen börjar", "The ground has ended before the line begins"),
        Text("Den rättsliga grunden gäller inte på linjens första dag.", "The legal ground is not valid on the line's first day."),
        Text("Ange en grund som gäller, eller rätta datumen.", "State a ground that is valid, or correct the dates."),
    ),
    FindingEntry(
        "FLOW-004", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Grunden upphör före linjen", "The ground ends before the line"),
        Text(
            "Den rättsliga grunden gäller till och med {valid_to}. Efter det tar linjen inte emot leveranser, fast den själv gäller längre.",
            "The legal ground is valid until {valid_to}. After that the line takes no deliveries, though it is valid longer itself.",
        ),
        Text("Kortare giltighet för linjen gör det tydligare.", "A shorter validity of the line makes that plainer."),
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
        Text("En linje går från en organisation till en annan.", "A line goes from one organisation to another."),
        Text("Välj en annan mottagare.", "Choose another recipient."),
    ),
    FindingEntry(
        "FLOW-011", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Modellversionen är inte publicerad", "The model version is not published"),
        Text("En linje kan bara binda en modellversion som är publicerad.", "A line can only bind a model version that is published."),
        Text("Välj en version ur listan.", "Choose a version from the list."),
    ),
    FindingEntry(
        "FLOW-012", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Mottagaren tar inte emot leveranser", "The recipient takes no deliveries"),
        Text("Organisationen är inte mottagare i registret.", "The organisation is not a recipient in the registry."),
        Text("Välj en mottagare ur listan.", "Choose a recipient from the list."),
    ),
    FindingEntry(
        "FLOW-013", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Modellen kan inte delas upp så", "The model cannot be divided so"),
        Text(
            "Det som delar upp en period ska vara ett dataelement som skiljer raderna åt och har en kodlista. I modellen: {elements}.",
            "What divides a period has to be a data element that rows are told apart by, with a code list. In the model: {elements}.",
        ),
        Text("Välj ett av dem, eller att perioden lämnas hel.", "Choose one of them, or that the period is delivered whole."),
    ),
    FindingEntry(
        "FLOW-014", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Delar som inte finns", "Parts that do not exist"),
        Text(
            "Finns inte bland regionens koder för {element}: {codes}.", "Not among the region's codes for {element}: {codes}."
        ),
        Text("Skriv koder eller namn ur modellens kodlista.", "Write codes or names of the model's code list."),
    ),
    FindingEntry(
        "FLOW-015", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Perioder som modellen inte har", "Periods that the model does not have"),
        Text("Modellen har inte {periods}. Den har {model}.", "The model does not have {periods}. It has {model}."),
        Text("Välj bland modellens perioder.", "Choose among the model's periods."),
    ),
    FindingEntry(
        "FLOW-016", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Skrivet före linjer och användningar", "Written before lines and uses"),
        Text(
            "Innehållet säger både vad som levereras och vad som görs med det. Det är nu två: en linje och en användning.",
            "The content says both what is delivered and what is done with it. Those are two now: a line and a use.",
        ),
        Text(
            "Öppna utkastet i formuläret och spara det som en linje. Föreslå sedan en användning på linjens sida.",
            "Open the draft in the form and keep it as a line. Then propose a use on the line's page.",
        ),
    ),
    FindingEntry(
        "FLOW-101", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen är inte godkänd", "The line is not approved"),
        Text("Mottagaren har inte beslutat om linjen än.", "The recipient has not decided on the line yet."),
        Text("Leveranser kan skickas när linjen är godkänd, och en användning av den.", "Deliveries can be sent once the line is approved, and a use of it."),
    ),
    FindingEntry(
        "FLOW-102", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen är återtagen", "The line is withdrawn"),
        Text("Linjen tar inte emot fler leveranser.", "The line takes no more deliveries."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-110", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen är avslagen", "The line was refused"),
        Text("Mottagaren har beslutat att inte godkänna linjen.", "The recipient has decided not to approve the line."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-111", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen är stoppad tills vidare", "The line is suspended"),
        Text(
            "Den stoppades av {side} {day}. Det som är levererat ligger kvar, och det som är förberett väntar: inget tas emot eller släpps fram.",
            "It was suspended by {side} on {day}. What was delivered stays, and what is prepared waits: nothing is received or released.",
        ),
        Text(
            "Fortsätt när linjen är öppnad igen av den sida som stoppade den. Inget av det som är förberett behöver göras om.",
            "Go on when the side that suspended it has resumed it. Nothing that is prepared has to be done again.",
        ),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "FLOW-112", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen är redan stoppad", "The line is suspended already"),
        Text("Någon hos {side} har redan stoppat den.", "Somebody at {side} has suspended it already."),
        Text("Läs in sidan igen för att se vem, och varför.", "Reload the page to see who, and why."),
    ),
    FindingEntry(
        "FLOW-113", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Det finns inget att öppna igen", "There is nothing to resume"),
        Text("Linjen är inte stoppad av {side}.", "The line is not suspended by {side}."),
        Text("Läs in sidan igen. Den sida som har stoppat är den som öppnar.", "Reload the page. The side that suspended it resumes it."),
    ),
    FindingEntry(
        "FLOW-114", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Den som har stoppat linjen öppnar den inte", "Whoever suspended the line does not resume it"),
        Text("Du har själv stoppat den. En person stoppar, en annan öppnar.", "You suspended it yourself. One person suspends, another resumes."),
        Text("Be en kollega på samma sida.", "Ask a colleague of the same side."),
    ),
    FindingEntry(
        "FLOW-115", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Den andra sidan behöver veta varför.", "The other side needs to know why."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "FLOW-116", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Ingen användning gäller", "No use is in force"),
        Text(
            "Linjen lämnar ingenting till någon: ingen har godkänt en användning av det som levereras.",
            "The line gives nothing to anybody: nobody has approved a use of what is delivered.",
        ),
        Text(
            "Föreslå en användning av linjen, om ingen redan väntar på beslut.",
            "Propose a use of the line, unless one waits for its decisions already.",
        ),
    ),
    FindingEntry(
        "FLOW-117", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen tar inte emot den vägen", "The line does not take this road"),
        Text("Leveransen kommer som {channel}. Linjen tar emot: {channels}.", "The delivery comes by {channel}. The line takes: {channels}."),
        Text(
            "Lämna på en väg som linjen tar emot, eller föreslå en ny version av linjen.",
            "Deliver by a road that the line takes, or propose a new version of the line.",
        ),
    ),
    FindingEntry(
        "FLOW-103", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen har en nyare version", "The line has a newer version"),
        Text("Den här versionen gällde till och med {valid_to}. Inget av det som är förberett har skickats, och inget går förlorat.", "This version was valid until {valid_to}. Nothing of what is prepared has been sent, and nothing is lost."),
        Text("Läs in filen en gång till: då prövas den mot den version som gäller nu. Lämnas linjen nu i delar, läs in en fil för varje del.", "Read the file in once more: it is then checked against the version that is valid now. If the line is delivered in parts now, read in one file for each part."),
    ),
    FindingEntry(
        "FLOW-104", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen gäller inte än", "The line is not valid yet"),
        Text("Linjen gäller från och med {valid_from}.", "The line is valid from {valid_from}."),
        Text("Leverera från den dagen.", "Deliver from that day."),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "FLOW-105", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen har upphört", "The line has ended"),
        Text("Linjen gällde till och med {valid_to}. Inget har lämnat regionen.", "The line was valid until {valid_to}. Nothing has left the region."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-106", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Linjen upphör snart", "The line ends soon"),
        Text("Linjen gäller till och med {valid_to}, om {days} dagar.", "The line is valid until {valid_to}, in {days} days."),
        PROPOSE_NEW,
    ),
    FindingEntry(
        "FLOW-107", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Något som linjen vilar på har fått ny betydelse", "Something that the line rests on has changed its meaning"),
        Text(
            "Linjen fortsätter under det som är godkänt, längst till och med {sunset}. Den flyttar inte av sig själv.",
            "The line goes on under what is approved, until {sunset} at the latest. It does not move by itself.",
        ),
        Text(
            "Regionen föreslår en ny version av linjen, och mottagaren beslutar om den.",
            "The region proposes a new version of the line, and the recipient decides on it.",
        ),
        answer=AnswerKind.CONFIRMATION,
    ),
    FindingEntry(
        "FLOW-108", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Något som linjen vilar på får ny betydelse", "Something that the line rests on will change its meaning"),
        Text(
            "En ny version gäller från och med {valid_from}. Linjen fortsätter under det som är godkänt.",
            "A new version is valid from {valid_from}. The line goes on under what is approved.",
        ),
        Text(
            "Vill regionen flytta till den nya versionen föreslår den en ny version av linjen, och mottagaren beslutar.",
            "If the region wants to move to the new version, it proposes a new version of the line, and the recipient decides.",
        ),
    ),
    FindingEntry(
        "FLOW-109", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Något som linjen vilar på är återtaget", "Something that the line rests on has been withdrawn"),
        Text(
            "Det återtogs {withdrawn_on}. Linjen fortsätter under det som är godkänt, längst till och med {sunset}.",
            "It was withdrawn on {withdrawn_on}. The line goes on under what is approved, until {sunset} at the latest.",
        ),
        Text(
            "Regionen föreslår en ny version av linjen, och mottagaren beslutar om den.",
            "The region proposes a new version of the line, and the recipient decides on it.",
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
        Text("Ett rättsligt godkännande av en linje behöver svar på kontrollfrågorna.", "A legal approval of a line needs answers to the control questions."),
        Text("Besvara dem på linjens granskningssida.", "Answer them on the line's review page."),
    ),
    FindingEntry(
        "FLOW-203", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen kan inte godkännas som den står", "The line cannot be approved as it stands"),
        Text("Det som linjen anger gäller inte i dag: grunden, tiden eller modellversionen.", "What the line states does not hold today: its ground, its time or its model version."),
        Text("Lämna tillbaka den till regionen för komplettering.", "Return it to the region for completion."),
    ),
)  # fmt: skip

FINDINGS = Catalogue((*TEXTS, *OF_USES, *LEGAL))
"""Everything that can be found about a line, its legal ground and the control questions included."""
