"""What every finding about a delivery says, in Swedish and English; those about its file are in `reading`."""

from information_models.finding_texts.all import TEXTS as MODEL_TEXTS
from registry.finding_catalogue import AnswerKind, Catalogue, Evidence, FindingEntry, Scope, Stage
from registry.findings import Severity, Text
from submission_portal.deliveries.reading.finding_texts.all import TEXTS as READING

ABSENT = (
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
)
COMPARED = (
    FindingEntry(
        "HIS-001", Severity.WARNING, Stage.HISTORY, Scope.UNIT,
        Text(
            "{count:En enhet|Enheter} som fanns förra gången saknas",
            "{count:A unit that was|Units that were} there last time {count:is|are} missing",
        ),
        Text(
            "Enheter som fanns i leveransen för {period} men inte i den här: {count}.",
            "Units that were in the delivery for {period} but not in this one: {count}.",
        ),
        Text(
            "Lägg till dem, eller förklara varför de inte är med (stängd, sammanslagen, annan huvudman).",
            "Add them, or explain why they are left out (closed, merged, another principal).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("enheter som fanns förra gången finns kvar", "units that were there last time are still there"),
    ),
    FindingEntry(
        "HIS-002", Severity.WARNING, Stage.HISTORY, Scope.CELL,
        Text(
            "{count:Ett värde|Värden} har ändrats mycket mot förra leveransen",
            "{count:A value has|Values have} changed much from the delivery before",
        ),
        Text(
            "Värden som har ändrats mer än {share} procent jämfört med {period}: {count}.",
            "Values that have changed by more than {share} per cent compared with {period}: {count}.",
        ),
        Text(
            "Det kan stämma. Skriv varför, så slipper ni frågan från granskaren.",
            "It may be right. Write why, and the reviewer need not ask.",
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.CHANGES,
        looks_for=Text("stora ändringar mot förra leveransen", "large changes from the delivery before"),
    ),
    FindingEntry(
        "HIS-003", Severity.INFO, Stage.HISTORY, Scope.UNIT,
        Text("{count:En enhet är ny|Enheter är nya}", "{count:A unit is|Units are} new"),
        Text(
            "Enheter som inte fanns i leveransen för {period}: {count}.",
            "Units that were not in the delivery for {period}: {count}.",
        ),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if it is right."),
        looks_for=Text("nya enheter", "new units"),
    ),
    FindingEntry(
        "HIS-004", Severity.WARNING, Stage.HISTORY, Scope.ROW,
        Text(
            "Alla värden är desamma som perioden före", "All values are the same as in the period before"
        ),
        Text(
            "Varje värde i filen är det som lämnades för {period}: {count} {count:rad|rader}.",
            "Every value in the file is what was delivered for {period}: {count} {count:row|rows}.",
        ),
        Text(
            "Kontrollera att rätt fil valdes. Stämmer det, förklara varför ingenting har ändrats.",
            "Check that the right file was chosen. If it is right, explain why nothing has changed.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inte samma värden som perioden före", "not the same values as the period before"),
    ),
    FindingEntry(
        "COR-001", Severity.INFO, Stage.CORRECTION, Scope.CELL,
        Text("Detta rättas", "This is corrected"),
        Text(
            "Celler som får ett nytt värde: {count}. Rader som står kvar som de levererades: {kept}.",
            "Cells that get a new value: {count}. Rows that stay as they were delivered: {kept}.",
        ),
        Text("Kontrollera att det är rätt celler.", "Check that they are the right cells."),
        evidence=Evidence.CORRECTED,
        looks_for=Text("vad som rättas", "what is corrected"),
    ),
    FindingEntry(
        "COR-002", Severity.WARNING, Stage.CORRECTION, Scope.ROW,
        Text(
            "Rättelsen lägger till {count:en rad|rader}", "The correction adds {count:a row|rows}"
        ),
        Text(
            "Rader som inte fanns i den leverans som rättas: {count}.",
            "Rows that were not in the delivery that is corrected: {count}.",
        ),
        Text(
            "Förklara varför de tillkommer, eller rätta deras nyckel (period, sjukhus, avdelning).",
            "Explain why they are added, or mend their key (period, hospital, ward).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("rättelsen lägger inte till rader", "the correction adds no rows"),
    ),
    FindingEntry(
        "COR-003", Severity.ERROR, Stage.CORRECTION, Scope.DELIVERY,
        Text("Rättelsen ändrar ingenting", "The correction changes nothing"),
        Text(
            "Alla rader i filen är lika med dem som redan har levererats.",
            "Every row in the file equals what has been delivered already.",
        ),
        Text("Kontrollera att rätt fil valdes.", "Check that the right file was chosen."),
        looks_for=Text("rättelsen ändrar något", "the correction changes something"),
    ),
    FindingEntry(
        "COR-004", Severity.ERROR, Stage.CORRECTION, Scope.ROW,
        Text(
            "Filen har rader utanför den period som rättas eller ersätts",
            "The file has rows outside the period that is corrected or replaced",
        ),
        Text(
            "Rader utanför {period}, som leveransen gäller: {count}.",
            "Rows outside {period}, which the delivery is about: {count}.",
        ),
        Text(
            "Lämna raderna för en annan period som en egen leverans, och läs in filen igen utan dem. Gäller filen flera leveranser: "
            "rätta eller ersätt dem var för sig, med bara deras egna dagar. Valdes fel leverans: säg det.",
            "Deliver the rows for another period as a delivery of their own, and read in the file again without them. If the file is "
            "about several deliveries: correct or replace them one by one, with only their own days. If the wrong delivery was chosen, say so.",
        ),
        answer=AnswerKind.CHOSEN_ANEW,
        looks_for=Text("rader om den period som leveransen gäller", "rows about the period of the delivery"),
    ),
    FindingEntry(
        "COR-005", Severity.WARNING, Stage.CORRECTION, Scope.ROW,
        Text(
            "Ersättningen tar bort {count:en rad|rader}", "The replacement takes {count:a row|rows} away"
        ),
        Text(
            "Rader som har levererats men inte finns i filen: {count} av {before}. Enheter som försvinner helt: {units}. "
            "Perioder som försvinner helt: {periods}.",
            "Rows that have been delivered but are not in the file: {count} of {before}. Units that disappear altogether: "
            "{units}. Periods that disappear altogether: {periods}.",
        ),
        Text(
            "Gäller filen bara enstaka rader: välj rättelse. Ska raderna bort: förklara varför. En granskare läser det.",
            "If the file is about single rows only, choose a correction. If the rows are to go, explain why. A reviewer reads it.",
        ),
        answer=AnswerKind.EXPLANATION_OR_CORRECTION,
        evidence=Evidence.ROWS,
        looks_for=Text("ersättningen tar inte bort rader", "the replacement takes no rows away"),
    ),
    FindingEntry(
        "COR-006", Severity.INFO, Stage.CORRECTION, Scope.ROW,
        Text(
            "Ersättningen lägger till {count:en rad|rader}", "The replacement adds {count:a row|rows}"
        ),
        Text(
            "Rader som inte fanns i den leverans som ersätts: {count}.",
            "Rows that were not in the delivery that is replaced: {count}.",
        ),
        Text("Kontrollera att de ska vara med.", "Check that they belong."),
        evidence=Evidence.ROWS,
        looks_for=Text("vilka rader som läggs till", "which rows are added"),
    ),
    FindingEntry(
        "COR-007", Severity.WARNING, Stage.CORRECTION, Scope.CELL,
        Text(
            "Ersättningen tar bort {count:ett värde|värden}", "The replacement takes {count:a value|values} away"
        ),
        Text(
            "Celler som hade ett tal och nu är stängda eller inte rapporterade: {count}.",
            "Cells that had a number and are now closed or not reported: {count}.",
        ),
        Text(
            "Fyll i talen, eller förklara varför de tas bort.",
            "Fill in the numbers, or explain why they are taken away.",
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.ROWS,
        looks_for=Text("ersättningen tar inte bort värden", "the replacement takes no values away"),
    ),
    FindingEntry(
        "COR-008", Severity.WARNING, Stage.CORRECTION, Scope.DELIVERY,
        Text("Ersättningen kan inte jämföras rad för rad", "The replacement cannot be compared row by row"),
        Text(
            "Leveransen som ersätts gjordes enligt en modell med en annan nyckel. Dess rader, {before} stycken, försvinner.",
            "The delivery that is replaced was made under a model with another key. Its rows, {before} in number, disappear.",
        ),
        Text(
            "Kontrollera att filen har allt som ska finnas kvar, och skriv hur det är kontrollerat.",
            "Check that the file holds everything that is to stay, and write how it was checked.",
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.ROWS,
        looks_for=Text("samma nyckel som det som ersätts", "the same key as what is replaced"),
    ),
    FindingEntry(
        "COR-009", Severity.INFO, Stage.CORRECTION, Scope.CELL,
        Text(
            "Ersättningen ändrar {count:ett värde|värden}", "The replacement changes {count:a value|values}"
        ),
        Text(
            "Celler som får ett annat värde än i den leverans som ersätts: {count}. Rader som är desamma: {kept}.",
            "Cells that get another value than in the delivery that is replaced: {count}. Rows that are the same: {kept}.",
        ),
        Text("Kontrollera att det är rätt celler.", "Check that they are the right cells."),
        evidence=Evidence.CORRECTED,
        looks_for=Text("vilka värden som ändras", "which values change"),
    ),
    FindingEntry(
        "TIM-001", Severity.ERROR, Stage.ROWS, Scope.ROW,
        Text("{label} ligger i framtiden", "{label} lies in the future"),
        Text(
            "Rader om en period som börjar efter i dag ({today}): {count}. Personer kan inte räknas i förväg.",
            "Rows about a period that begins after today ({today}): {count}. Persons cannot be counted beforehand.",
        ),
        Text("Rätta perioden.", "Mend the period."),
        looks_for=Text("perioden ligger inte i framtiden", "the period does not lie in the future"),
    ),
    FindingEntry(
        "TIM-002", Severity.WARNING, Stage.ROWS, Scope.ROW,
        Text("{label} är inte slut än", "{label} has not ended yet"),
        Text(
            "Rader om en period som slutar efter i dag ({today}): {count}.",
            "Rows about a period that ends after today ({today}): {count}.",
        ),
        Text(
            "Rätta perioden, eller förklara varför uppgiften kan lämnas redan nu (till exempel ett beslut som gäller framåt).",
            "Mend the period, or explain why the figure can be given already (for example a decision that takes effect later).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("perioden är slut", "the period has ended"),
    ),
    FindingEntry(
        "TIM-003", Severity.WARNING, Stage.ROWS, Scope.ROW,
        Text("{label} ligger långt tillbaka", "{label} lies far back"),
        Text(
            "Rader om en period för mer än {years} år sedan: {count}. Året är kanske felskrivet.",
            "Rows about a period more than {years} years ago: {count}. The year may be miswritten.",
        ),
        Text("Rätta året, eller förklara varför det är riktigt.", "Mend the year, or explain why it is right."),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("perioden ligger inte långt tillbaka", "the period does not lie far back"),
    ),
    FindingEntry(
        "LEG-001", Severity.INFO, Stage.LAW, Scope.CELL,
        Text("Småtal om personer: {label}", "Small numbers about persons: {label}"),
        Text(
            "Celler över 0 och under {below} som rör personer: {count}. De lämnas till mottagaren som de är och skyddas tillsammans med de andra regionernas när en tabell publiceras.",
            "Cells above 0 and below {below} that concern persons: {count}. They go to the recipient as they are and are protected together with those of the other regions when a table is published.",
        ),
        Text("Regionens utlämnare tar ställning till det.", "The region's disclosing officer considers it."),
        looks_for=Text("småtal om personer", "small numbers about persons"),
    ),
    FindingEntry(
        "LEG-002", Severity.INFO, Stage.LAW, Scope.DELIVERY,
        Text("Regionens tillämpning är inte beskriven", "The region's application is not described"),
        Text(
            "För {concepts} finns ingen tillämpning som gäller under perioden. Siffrorna går att lämna, men ingen kan säga "
            "om de är jämförbara.",
            "For {concepts} there is no application statement in force in the period. The figures can be delivered, but "
            "nobody can say whether they are comparable.",
        ),
        Text("Beskriv tillämpningen i termbanken.", "Describe the application in the term bank."),
        looks_for=Text("regionens tillämpning är beskriven", "the region's application is described"),
    ),
)  # fmt: skip

LIFE = (
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

TEXTS = (*READING, *ABSENT, *COMPARED, *LIFE)

FINDINGS = Catalogue((*TEXTS, *MODEL_TEXTS))
"""Everything that can be found about a delivery: of its file, of its rows under its model, and of what happens to it."""
