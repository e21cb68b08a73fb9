"""What findings on consultations say."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_CONSULTATIONS = (
    FindingEntry(
        "CONS-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Remissen har kommit längre", "The consultation has moved on"),
        Text("Den är utskickad, avslutad eller borttagen, och det här går inte längre att göra med den.", "It has been sent out, settled or removed, and this can no longer be done with it."),
        Text("Öppna remissens sida på nytt och se var den är.", "Open the page of the consultation again and see where it is."),
    ),
    FindingEntry(
        "CONS-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("För många texter eller remissinstanser", "Too many texts or addressees"),
        Text("En remiss har högst {texts} texter och {addressees} remissinstanser.", "A consultation has at most {texts} texts and {addressees} addressees."),
        Text("Dela den i flera.", "Divide it into several."),
    ),
    FindingEntry(
        "CONS-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Diarienumret är upptaget", "The registry number is taken"),
        Text("En annan remiss har redan diarienummer {number}.", "Another consultation has the registry number {number} already."),
        Text("Ange remissens eget diarienummer.", "Give the consultation's own registry number."),
    ),
    FindingEntry(
        "CONS-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Texter eller remissinstanser saknas", "Texts or addressees are missing"),
        Text("En remiss frågar minst en remissinstans om minst en text.", "A consultation asks at least one addressee about at least one text."),
        Text("Välj vad som remitteras och vem som ska svara.", "Choose what is asked about and who is to answer."),
    ),
    FindingEntry(
        "CONS-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Sista svarsdagen har varit", "The last day has passed"),
        Text("{day} är före i dag.", "{day} is before today."),
        Text("Välj i dag eller en senare dag i utkastet.", "Choose today or a later day in the draft."),
    ),
    FindingEntry(
        "CONS-006", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Svarstiden blir inte längre", "That is not more time"),
        Text("Remissinstansen får redan svara till och med {day}.", "The addressee may answer until {day} inclusive already."),
        Text("Välj en senare dag.", "Choose a later day."),
    ),
    FindingEntry(
        "CONS-007", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Dagen stämmer inte", "The day cannot be right"),
        Text("Ett svar kan inte ha kommit {day}: det är före utskicket eller efter i dag.", "An answer cannot have come on {day}: that is before it was sent out, or after today."),
        Text("Ange dagen då brevet kom in.", "Give the day on which the letter came in."),
    ),
    FindingEntry(
        "CONS-008", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Svarstiden pågår", "Answers are still being written"),
        Text("Svaren visas och bemöts efter {day}, när ingen som är tillfrågad längre skriver utan att ha sett andras.", "Answers are shown and responded to after {day}, when nobody who was asked is still writing without having seen those of others."),
        Text("Vänta till dagen efter.", "Wait until the day after."),
    ),
    FindingEntry(
        "CONS-009", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Alla svar är inte bemötta", "Not every answer has been responded to"),
        Text("{waiting} synpunkter väntar på ett bemötande.", "{waiting} opinions wait for a response."),
        Text("Säg för var och en vad som blev av den och varför.", "Say of each what came of it and why."),
    ),
    FindingEntry(
        "CONS-010", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Orden finns inte i texten", "The words are not in the text"),
        Text("«{quoted}» står inte i text {number} så som den skickades ut.", "“{quoted}” does not stand in text {number} as it was sent out."),
        Text("Kopiera orden ur texten, eller lämna fältet tomt.", "Copy the words out of the text, or leave the field empty."),
    ),
    FindingEntry(
        "CONS-011", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Svaret är tomt", "The answer is empty"),
        Text("Ingen ståndpunkt är vald och inget är skrivet.", "No position is chosen and nothing is written."),
        Text("Välj en ståndpunkt för minst en text. «Avstår» är också ett svar.", "Choose a position on at least one text. “Abstains” is an answer too."),
    ),
    FindingEntry(
        "CONS-012", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Svaren visas redan", "The answers are shown already"),
        Text("Efter {day} kan alla läsa svaren, och ingen kan längre svara utan att ha kunnat se andras.", "After {day} everybody can read the answers, and nobody can answer any more without having been able to see those of others."),
        Text("Svaret tas emot ändå, och räknas som sent.", "The answer is taken all the same, and counts as late."),
    ),
    FindingEntry(
        "CONS-013", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Någon annan hann före", "Somebody else was first"),
        Text("Det som du håller på med har ändrats eller lämnats sedan du öppnade formuläret. Det du skrev är inte sparat, men står kvar i fälten.", "What you are working on was changed or sent after you opened the form. What you wrote is not kept, but is still in the fields."),
        Text("Öppna formuläret i en ny flik och läs vad som finns nu. Spara sedan igen här: då ersätts det, eller tillkommer om svaret är lämnat.", "Open the form in a new tab and read what there is now. Then save again here: it is then replaced, or added to where the answer has been sent."),
    ),
    FindingEntry(
        "CONS-014", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Brevet är redan rättat", "The letter has been corrected already"),
        Text("Det har registrerats om av någon annan.", "Somebody else has recorded it anew."),
        Text("Öppna den senaste registreringen och rätta den.", "Open the newest record, and correct that one."),
    ),
    FindingEntry(
        "CONS-015", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Filen är inget brev som tas emot", "The file is no letter that is taken"),
        Text("«{name}» är av ett annat slag än de som tas emot: PDF, Word (.docx), OpenDocument (.odt), text (.txt) och bilder (PNG, JPEG, TIFF).", "“{name}” is of another kind than those that are taken: PDF, Word (.docx), OpenDocument (.odt), text (.txt) and pictures (PNG, JPEG, TIFF)."),
        Text("Spara brevet som PDF, och välj den filen.", "Save the letter as a PDF, and choose that file."),
    ),
    FindingEntry(
        "CONS-016", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Filen är för stor", "The file is too large"),
        Text("«{name}» är större än {largest} MiB, som är det mesta för ett brev.", "“{name}” is larger than {largest} MiB, the most for a letter."),
        Text("Spara den med bilder i lägre upplösning.", "Save it with pictures of a lower resolution."),
    ),
    FindingEntry(
        "CONS-017", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Något i filen kan köras", "Something in the file can run"),
        Text("«{name}» innehåller makron, skript, inbäddade filer eller en mall på annan plats. Det kunde köras hos den som öppnar brevet.", "“{name}” holds macros, scripts, embedded files or a template from elsewhere. It could run where somebody opens the letter."),
        Text("Be om brevet utan dem, eller skriv ut det som PDF och välj den filen.", "Ask for the letter without them, or print it as a PDF and choose that file."),
    ),
    FindingEntry(
        "CONS-018", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Filen är något annat än den heter", "The file is something else than its name says"),
        Text("Innehållet i «{name}» är inte av det slag som namnet slutar på.", "What is in “{name}” is not of the kind that the name ends with."),
        Text("Ge filen rätt ändelse, eller spara brevet som PDF.", "Give the file the right ending, or save the letter as a PDF."),
    ),
    FindingEntry(
        "CONS-019", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Filen kan inte läsas", "The file cannot be read"),
        Text("«{name}» är tom, skadad eller låst med lösenord, eller packar upp till för mycket.", "“{name}” is empty, damaged or locked with a password, or unpacks to too much."),
        Text("Öppna den och spara den på nytt utan lösenord, eller som PDF.", "Open it and save it anew without a password, or as a PDF."),
    ),
    FindingEntry(
        "CONS-020", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Ordalydelsen har varit på remiss", "The wording has been out for consultation"),
        Text("«{title}» ({number}): {answered} av {asked} tillfrågade har svarat. Om definitionen (eller termen, där definition saknas) tillstyrker {supports}, tillstyrker {with_change} med ändring, avstyrker {opposes} och avstår {abstains}. {changed}", "“{title}” ({number}): {answered} of {asked} who were asked have answered. Of the definition (or the term, without one), {supports} support it, {with_change} support it with a change, {opposes} oppose it and {abstains} abstain. {changed}"),
        Text("Läs svaren och bemötandena på remissens sida.", "Read the answers and the responses on the page of the consultation."),
    ),
    FindingEntry(
        "CONS-021", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Ordalydelsen är på remiss", "The wording is out for consultation"),
        Text("«{title}» ({number}) pågår till och med {day}, och svaren är dolda till dess.", "“{title}” ({number}) goes on until {day} inclusive, and the answers are hidden until then."),
        Text("Vänta in svaren, eller skriv i skälen varför det beslutas innan.", "Wait for the answers, or write in the reasons why it is decided before."),
    ),
)  # fmt: skip
