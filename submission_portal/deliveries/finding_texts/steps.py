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
        "DEL-002", Severity.QUESTION, Stage.DELIVERY, Scope.DELIVERY,
        Text("Perioden är redan levererad", "The period has been delivered already"),
        Text(
            "Det som redan står för de dagarna i flödet: {standing}.",
            "What stands for those days in the flow already: {standing}.",
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
            "Fel, obesvarade frågor eller oförklarade varningar återstår.",
            "Errors, unanswered questions or unexplained warnings remain.",
        ),
        Text("Gå igenom det som står under «Att svara på».", "Go through what is listed to be answered."),
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
        Text("Flödet tar inte emot leveranser", "The flow does not take deliveries"),
        Text(
            "Flödet är inte godkänt, eller godkännandet gäller inte i dag.",
            "The flow is not approved, or its approval does not apply today.",
        ),
        Text("Se flödets sida för vad som saknas.", "See the flow's page for what is missing."),
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
            "* står för alla rader.",
            "Answer about a column of the file: closed, not_reported or zero of empty cells, day_first or month_first of "
            "dates. * stands for all rows.",
        ),
    ),
    FindingEntry(
        "DEL-014", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Välj rättelse eller ersättning", "Choose correction or replacement"),
        Text(
            "«{word}» är varken en rättelse (correction) eller en ersättning (replacement). Inget har sparats.",
            "“{word}” is neither a correction nor a replacement. Nothing was saved.",
        ),
        Text("Välj vad filen är på sidan.", "Choose on the page what the file is."),
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
            "Det som redan står för de dagarna i flödet: {standing}. En fil rättar eller ersätter en leverans i taget.",
            "What stands for those days in the flow already: {standing}. A file corrects or replaces one delivery at a time.",
        ),
        Text(
            "Dela filen efter leveranserna, och läs in en del i taget: här en med bara den enas dagar, och de andra som egna. Dagar "
            "som inte har levererats lämnas för sig.",
            "Divide the file by the deliveries, and read in one part at a time: here one with the days of one of them, the others by "
            "themselves. Days that have not been delivered are delivered on their own.",
        ),
        looks_for=Text("filen gäller en enda leverans", "the file is about a single delivery"),
    ),
)  # fmt: skip
