"""Findings about steps taken with a delivery: ``DEL``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

STEPS = (
    FindingEntry(
        "DEL-001", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det går inte i det här läget", "Not possible in this state"),
        Text(
            "Leveransen har ändrats sedan sidan öppnades, i en annan flik eller av en kollega.",
            "The delivery has changed since the page was opened, in another tab or by a colleague.",
        ),
        Text("Läs in sidan igen för att se vad som gäller.", "Reload the page to see how it stands."),
    ),
    FindingEntry(
        "DEL-040", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Regionen har inte beslutat om utlämnande", "The region has not decided on disclosure"),
        Text(
            "Inget återstår i leveransen, men ingen har beslutat att den får lämnas ut. Inget har skickats.",
            "Nothing remains in the delivery, but nobody has decided that it may be handed out. Nothing has been sent.",
        ),
        Text(
            "En utlämnare i regionen beslutar i portalen. Skicka sedan igen.",
            "A disclosing officer of the region decides in the portal. Then send again.",
        ),
        answer=AnswerKind.DISCLOSURE,
    ),
    FindingEntry(
        "DEL-002", Severity.QUESTION, Stage.DELIVERY, Scope.DELIVERY,
        Text("Perioden är redan levererad", "The period has been delivered already"),
        Text(
            "Det som redan står för de dagarna i linjen: {standing}.",
            "What stands for those days in the line already: {standing}.",
        ),
        Text(
            "Välj om filen är en rättelse av enstaka rader eller ersätter hela leveransen.",
            "Choose whether the file corrects single rows or replaces the whole delivery.",
        ),
        answer=AnswerKind.CORRECTION_OR_REPLACEMENT,
    ),
    FindingEntry(
        "DEL-003", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Den som förberedde prövar inte", "Whoever prepared it does not decide"),
        Text(
            "Du har själv läst in, svarat eller förklarat i leveransen.",
            "You have read in the file, answered or explained in this delivery yourself.",
        ),
        Text("En annan utlämnare i regionen prövar.", "Another disclosing officer of the region decides."),
    ),
    FindingEntry(
        "DEL-004", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Något återstår", "Something remains"),
        Text(
            "Fel, obesvarade frågor eller oförklarade varningar återstår: {what}.",
            "Errors, unanswered questions or unexplained warnings remain: {what}.",
        ),
        Text(
            "Gå igenom det som står under «Att svara på» på leveransens sida. Sedan prövas den, och kan skickas.",
            "Go through what is listed to be answered on the delivery's page. Then it is decided on, and can be sent.",
        ),
    ),
    FindingEntry(
        "DEL-005", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text(
            "Leveransen som rättas eller ersätts gäller inte längre",
            "The delivery that is corrected or replaced no longer stands",
        ),
        Text(
            "Den har redan rättats, ersatts eller återtagits.",
            "It has been corrected, replaced or withdrawn already.",
        ),
        Text("Rätta eller ersätt den senaste i stället.", "Correct or replace the latest one instead."),
    ),
    FindingEntry(
        "DEL-006", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Linjen tar inte emot leveranser", "The line does not take deliveries"),
        Text(
            "Linjen är inte godkänd, eller godkännandet gäller inte i dag.",
            "The line is not approved, or its approval does not apply today.",
        ),
        Text("Se linjens sida för vad som saknas.", "See the line's page for what is missing."),
    ),
    FindingEntry(
        "DEL-007", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Ett skäl behövs", "A reason is needed"),
        Text("Åtgärden ska ha ett skäl som andra kan läsa.", "The action needs a reason that others can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "DEL-008", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Modellen har ändrats", "The model has changed"),
        Text(
            "Leveransen som rättas gjordes enligt en annan version av modellen.",
            "The delivery that is corrected was made under another version of the model.",
        ),
        Text(
            "Ersätt hela leveransen i stället för enstaka rader.", "Replace the whole delivery instead of single rows."
        ),
    ),
    FindingEntry(
        "DEL-009", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Texten har ett personnummer", "The text holds a personal identity number"),
        Text(
            "Det du skrev ({field}) ser ut att innehålla ett personnummer. Inget har sparats.",
            "What you wrote ({field}) looks as if it holds a personal identity number. Nothing was saved.",
        ),
        Text("Skriv utan uppgifter om enskilda.", "Write without details about individuals."),
        "Folkbokföringslagen (1991:481) 18 §",
    ),
    FindingEntry(
        "DEL-010", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Välj vad filen är", "Choose what the file is"),
        Text("Filen kan inte läsas.", "The file cannot be read."),
        Text("Välj en fil.", "Choose a file."),
    ),
    FindingEntry(
        "DEL-011", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Kontrollen pågår", "The check is under way"),
        Text(
            "Filen är lång och kontrolleras fortfarande. Inget har skickats, och inget går förlorat.",
            "The file is long and still being checked. Nothing has been sent, and nothing is lost.",
        ),
        Text("Vänta tills kontrollen är klar.", "Wait until the check is done."),
        answer=AnswerKind.WAIT,
    ),
    FindingEntry(
        "DEL-012", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Leveransen jämförs på nytt", "The delivery is compared anew"),
        Text(
            "En rättelse har tagits emot eller återtagits sedan filen jämfördes med leveransen som den rättar eller ersätter. "
            "Då är det något annat som ändras nu. Inget har skickats.",
            "A correction has been received or withdrawn since the file was compared with the delivery that it corrects or "
            "replaces. Then something else changes now. Nothing has been sent.",
        ),
        Text(
            "Läs vad som ändras nu, och förklara det som är nytt. Regionens utlämnare beslutar sedan på nytt.",
            "Read what changes now, and explain what is new. The region's disclosing officer then decides again.",
        ),
    ),
    FindingEntry(
        "DEL-013", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Svaret finns inte bland valen", "The answer is not among the choices"),
        Text(
            "«{word}» är inget svar om {element}, rad {row}. Inget har sparats.",
            "“{word}” is no answer about {element}, row {row}. Nothing was saved.",
        ),
        Text(
            "Svara om en kolumn i filen: closed, not_reported eller zero om tomma celler, day_first eller month_first om datum. "
            "* står för alla rader; en rad skrivs med sitt nummer i filen, eller som platsens pointer i fyndet (/3/belagda).",
            "Answer about a column of the file: closed, not_reported or zero of empty cells, day_first or month_first of "
            "dates. * stands for all rows; a row is written by its number in the file, or as the place's pointer in the finding (/3/belagda).",
        ),
    ),
    FindingEntry(
        "DEL-014", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Välj rättelse eller ersättning", "Choose correction or replacement"),
        Text(
            "«{word}» är varken en rättelse (correction) eller en ersättning (replacement). Inget har sparats.",
            "“{word}” is neither a correction nor a replacement. Nothing was saved.",
        ),
        Text(
            "Välj på sidan vad filen är. En maskin anger corrects och correction_kind tillsammans: correction eller replacement.",
            "Choose on the page what the file is. A machine says corrects and correction_kind together: correction or replacement.",
        ),
    ),
    FindingEntry(
        "DEL-015", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Svaret om saknade rader finns inte bland valen", "The answer about missing rows is not among the choices"),
        Text("«{word}» är inget svar. Inget har sparats.", "“{word}” is no answer. Nothing was saved."),
        Text("Välj closed, not_reported eller ended.", "Choose closed, not_reported or ended."),
    ),
    FindingEntry(
        "DEL-016", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Filen gäller dagar i flera leveranser", "The file is about days of several deliveries"),
        Text(
            "Det som redan står för de dagarna i linjen: {standing}. En fil rättar eller ersätter en leverans i taget.",
            "What stands for those days in the line already: {standing}. A file corrects or replaces one delivery at a time.",
        ),
        Text(
            "Dela filen efter leveranserna, och läs in en del i taget: här en med bara den enas dagar, och de andra som egna. Dagar "
            "som inte har levererats lämnas för sig.",
            "Divide the file by the deliveries, and read in one part at a time: here one with the days of one of them, the others by "
            "themselves. Days that have not been delivered are delivered on their own.",
        ),
        looks_for=Text("filen gäller en enda leverans", "the file is about a single delivery"),
    ),
    FindingEntry(
        "DEL-021", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Ingen användning är vald", "No use is chosen"),
        Text(
            "Ett beslut att lämna ut nämner vad uppgifterna får användas till. Inget har beslutats.",
            "A decision to disclose names what the data may be used for. Nothing was decided.",
        ),
        Text("Kryssa för minst en användning.", "Tick at least one use."),
        field="uses",
    ),
    FindingEntry(
        "DEL-022", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Användningen kan inte nämnas i dag", "The use cannot be named today"),
        Text(
            "{use} hör inte till linjen, eller gäller inte i dag. Inget har beslutats.",
            "{use} does not belong to the line, or is not in force today. Nothing was decided.",
        ),
        Text("Välj bland dem som kan nämnas: {known}.", "Choose among those that may be named: {known}."),
        field="uses",
    ),
    FindingEntry(
        "DEL-023", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Inget som beslutet nämner gäller längre", "Nothing that the decision names is in force any more"),
        Text(
            "Beslutet att lämna ut gällde {why}. Inget har skickats.",
            "The decision to disclose was for {why}. Nothing has been sent.",
        ),
        Text(
            "Regionens utlämnare beslutar på nytt, för en användning som gäller.",
            "The region's disclosing officer decides again, for a use that is in force.",
        ),
    ),
    FindingEntry(
        "DEL-024", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Leveransen får inte användas till något längre", "The delivery may not be used for anything any more"),
        Text(
            "Varje användning som regionen lämnade ut den för har återtagits sedan den togs emot.",
            "Every use that the region disclosed it for has been withdrawn since it was received.",
        ),
        Text(
            "Godta den inte, eller låt regionen återta den. Godkänns en användning som omfattar perioden kan den frisläppas.",
            "Do not accept it, or let the region take it back. Once a use that covers the period is approved it can be released.",
        ),
    ),
    FindingEntry(
        "DEL-080", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Den sparade förklaringen kan inte användas här", "The kept explanation cannot be used here"),
        Text(
            "Den är avslutad, eller sparad för en annan regel eller enhet än den som varningen gäller.",
            "It has ended, or was kept for another rule or unit than the warning is about.",
        ),
        Text("Läs in sidan igen och välj bland dem som erbjuds, eller skriv en egen.", "Reload the page and choose among those that are offered, or write one."),
    ),
    FindingEntry(
        "DEL-081", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Förklaringen kan inte sparas för nästa gång", "The explanation cannot be kept for the next time"),
        Text(
            "Det finns ingen förklaring att spara, eller så gäller varningen så många enheter att de inte sparas en och en.",
            "There is no explanation to keep, or the warning is about so many units that they are not kept one by one.",
        ),
        Text("Skriv förklaringen, eller ta bort krysset.", "Write the explanation, or clear the box."),
    ),
    FindingEntry(
        "DEL-082", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Publicerade siffror har ändrats sedan sidan visades", "Published figures have changed since the page was shown"),
        Text(
            "Det som rättelsen ändrar är ett annat än det ni såg. Ingenting har skickats.",
            "What the correction changes is not what you saw. Nothing has been sent.",
        ),
        Text("Läs vad som ändras nu, och skicka igen om det stämmer.", "Read what changes now, and send again if it is right."),
    ),
    FindingEntry(
        "DEL-083", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det som rättas är inte frisläppt", "What is corrected is not released"),
        Text(
            "Leveransen rättar rader i {number}, som ännu inte är frisläppt. Dess rader skulle annars räknas i stället för rättelsens.",
            "The delivery corrects rows of {number}, which is not released yet. Its rows would otherwise count in place of the correction's.",
        ),
        Text(
            "Besluta om {number} först. Godtas den inte kan rättelsen inte heller släppas fri.",
            "Decide on {number} first. If it is not accepted, the correction cannot be released either.",
        ),
    ),
    FindingEntry(
        "DEL-084", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Luckan finns inte i leveransen", "The delivery has no such gap"),
        Text("«{gap}» är ingen lucka som har hittats i leveransen. Inget har sparats.", "“{gap}” is no gap that was found in the delivery. Nothing was saved."),
        Text("Ta luckans gap ur fyndets platser (places, key). * står för alla luckor.", "Take the gap from the finding's places (places, key). * stands for all gaps."),
    ),
    FindingEntry(
        "DEL-085", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det finns ingen kvittens", "There is no receipt"),
        Text("Leveransen är inte mottagen, så den har ingen kvittens. Den är i läget {state}.", "The delivery has not been received, so it has no receipt. Its state is {state}."),
        Text("Skicka den först (send). Kvittensen är svaret på det.", "Send it first (send). The receipt is the answer to that."),
    ),
    FindingEntry(
        "DEL-086", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Det går inte i det läge som leveransen är i", "Not possible in the state that the delivery is in"),
        Text("Leveransen är i läget «{state}». Ingenting har ändrats.", "The state of the delivery is “{state}”. Nothing was changed."),
        Text("{next}", "{next}"),
    ),
)  # fmt: skip
