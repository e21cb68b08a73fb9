"""What findings on application statements say."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_A_STATEMENT = (
    FindingEntry(
        "APPL-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som en tillämpning ska ha.", "The content does not have the shape of an application statement."),
        Text("Rätta fältet, eller redovisa tillämpningen i formuläret.", "Mend the field, or state the application in the form."),
    ),
    FindingEntry(
        "APPL-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ordalydelsen är inte utpekad", "The wording is not pointed out"),
        Text("En tillämpning gäller en viss version av ett begrepp.", "An application is of a certain version of a concept."),
        Text("Börja från begreppets sida.", "Begin from the concept's page."),
    ),
    FindingEntry(
        "APPL-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Okänd region", "Unknown region"),
        Text("{region} är inte en länskod.", "{region} is not a county code."),
        Text("Använd regionens länskod, två siffror.", "Use the region's county code, two digits."),
    ),
    FindingEntry(
        "APPL-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Slutet ligger före början", "The end is before the beginning"),
        Text("Tillämpningen slutar gälla innan den börjar.", "The application ends before it begins."),
        Text("Rätta datumen.", "Mend the dates."),
    ),
    FindingEntry(
        "APPL-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Okänd fråga", "Unknown question"),
        Text("Frågan {question} ställs inte om det här begreppet.", "The question {question} is not asked on this concept."),
        Text("Svara på frågorna i formuläret.", "Answer the questions in the form."),
    ),
    FindingEntry(
        "APPL-006", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Två tillämpningar samma dagar", "Two applications on the same days"),
        Text("Regionen har redan en tillämpning som gäller {first} till {last}.", "The region already has an application valid {first} to {last}."),
        Text("Låt den nya börja gälla en annan dag, eller rätta den som finns.", "Let the new one begin on another day, or correct the one that is there."),
    ),
    FindingEntry(
        "APPL-007", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Alla frågor är inte besvarade", "Not every question is answered"),
        Text("Varje fråga ska ha ett svar, också när det är att det inte framgår.", "Each question needs one answer, also when it is that nothing is stated."),
        Text("Välj ett svar på varje fråga.", "Choose an answer to each question."),
    ),
    FindingEntry(
        "APPL-008", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ingenting är redovisat", "Nothing is stated"),
        Text("Inget av svaren säger hur regionen tillämpar ordalydelsen.", "None of the answers says how the region applies the wording."),
        Text("Svara på minst en fråga.", "Answer at least one question."),
    ),
    FindingEntry(
        "APPL-009", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Delvis behöver en förklaring", "Partly needs an explanation"),
        Text("Svaret delvis säger inte vad som räknas och inte.", "The answer partly does not say what is counted and what is not."),
        Text("Skriv vad som gäller.", "Write what applies."),
    ),
    FindingEntry(
        "APPL-010", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppet har ingen gällande version", "The concept has no current version"),
        Text("Bara en publicerad ordalydelse kan tillämpas.", "Only a published wording can be applied."),
        Text("Vänta tills begreppet är publicerat.", "Wait until the concept is published."),
    ),
    FindingEntry(
        "APPL-011", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Klockslaget går inte att läsa", "The time of day cannot be read"),
        Text("{said} är inget klockslag.", "{said} is no time of day."),
        Text("Skriv timmar och minuter, som 06:00.", "Write hours and minutes, such as 06:00."),
    ),
    FindingEntry(
        "APPL-012", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Frågorna finns inte", "The questions are not there"),
        Text("Tillämpningen svarar på en version av frågorna som inte är publicerad för begreppet.", "The statement answers a version of the questions that is not published for the concept."),
        Text("Börja om från begreppets sida; där ställs de frågor som gäller.", "Begin anew from the concept's page, which asks the questions in force."),
    ),
    FindingEntry(
        "APPL-013", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Uppgifterna har ändrats sedan sidan visades", "The facts have changed since the page was shown"),
        Text("En kryssad tillämpning, dess ordalydelse eller dess frågor har fått en ny version under tiden. Ingenting har bekräftats.", "A ticked statement, its wording or its questions have got a new version meanwhile. Nothing has been confirmed."),
        Text("Läs sidan som den är nu, och bekräfta igen.", "Read the page as it is now, and confirm again."),
    ),
    FindingEntry(
        "APPL-014", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ingenting är kryssat", "Nothing is ticked"),
        Text("Det som bekräftas kryssas i listan.", "What is confirmed is ticked in the list."),
        Text("Kryssa de tillämpningar som fortfarande stämmer.", "Tick the statements that still hold."),
    ),
)  # fmt: skip
