"""What findings on boundary cases say."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_BOUNDARY_CASES = (
    FindingEntry(
        "CASE-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Gränsfallen har kommit längre", "The boundary cases have moved on"),
        Text("De är utskickade, avslutade eller bortplockade, och det här går inte längre att göra med dem.", "They have been sent out, closed or removed, and this can no longer be done with them."),
        Text("Öppna gränsfallens sida på nytt och se var de är.", "Open the page of the boundary cases again and see where they are."),
    ),
    FindingEntry(
        "CASE-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Det finns inga gränsfall", "There are no boundary cases"),
        Text("Omgången har ingenting att svara på.", "The round has nothing to answer."),
        Text("Skriv minst ett fall.", "Write at least one case."),
    ),
    FindingEntry(
        "CASE-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Sista svarsdagen har varit", "The last day has passed"),
        Text("{day} är före i dag.", "{day} is before today."),
        Text("Välj i dag eller en senare dag.", "Choose today or a later day."),
    ),
    FindingEntry(
        "CASE-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Regionens svar är redan lämnade", "The region's answers have been sent"),
        Text("Ett svar ändras inte när det är lämnat, eftersom svararen då har sett andras.", "An answer does not change once it is sent, since whoever answered has then seen those of others."),
        Text("Skriv till den som ställde frågan, om något blev fel.", "Write to whoever asked, if something went wrong."),
    ),
    FindingEntry(
        "CASE-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ingenting är räknat", "Nothing is counted"),
        Text("Inget av fallen har ett svar.", "None of the cases has an answer."),
        Text("Svara på minst ett fall. Lämna fältet tomt för dem som inte går att räkna.", "Answer at least one case. Leave the field empty for those that cannot be counted."),
    ),
    FindingEntry(
        "CASE-006", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("För många fall eller sätt att räkna", "Too many cases or ways of counting"),
        Text("En omgång har högst {most} fall och 1–{ways} sätt att räkna.", "A round has at most {most} cases and 1–{ways} ways of counting."),
        Text("Ta bort några, eller gör en omgång till.", "Remove some, or make another round."),
    ),
    FindingEntry(
        "CASE-007", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Gränsfall är ute för svar", "Boundary cases are out for answers"),
        Text("Regionerna svarar till och med {day} på gränsfall som prövar ordalydelsen av {term}.", "Until {day} inclusive, regions answer boundary cases that try the wording of {term}."),
        Text("Vänta på svaren, eller avsluta omgången från gränsfallens sida.", "Wait for the answers, or close the round on the page of the boundary cases."),
    ),
    FindingEntry(
        "CASE-008", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Regionerna räknar olika efter ordalydelsen", "Regions count differently by the wording"),
        Text("{different} av {pairs} par av svar på gränsfallen för {term} är olika, och ingen har sagt varför ordalydelsen ska gälla ändå.", "{different} of {pairs} pairs of answers to the boundary cases for {term} differ, and nobody has said why the wording is to apply all the same."),
        Text("Skriv om ordalydelsen, eller skriv på gränsfallens sida varför den beslutas ändå.", "Reword it, or write on the page of the boundary cases why it is decided all the same."),
    ),
    FindingEntry(
        "CASE-009", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Någon annan förklarar", "Somebody else explains"),
        Text("Den som skrev gränsfallen eller ordalydelsen avgör inte att den duger trots olika svar.", "Whoever wrote the cases or the wording does not settle that it will do although answers differ."),
        Text("Be en annan terminolog.", "Ask another terminologist."),
    ),
    FindingEntry(
        "CASE-010", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Definition saknas", "There is no definition"),
        Text("Regionerna kan inte räkna efter en ordalydelse som inte finns.", "Regions cannot count by a wording that is not there."),
        Text("Skriv en definition i utkastet, och skicka ut gränsfallen därefter.", "Write a definition in the draft, and send the cases out after that."),
    ),
    FindingEntry(
        "CASE-011", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Någon annan hann före", "Somebody else was first"),
        Text("Det som du håller på med har ändrats sedan du öppnade formuläret. Det du skrev är inte sparat, men står kvar i fälten.", "What you are working on was changed after you opened the form. What you wrote is not kept, but is still in the fields."),
        Text("Läs på gränsfallens sida vad som finns nu, och spara igen: då ersätts det av vad som står i fälten.", "Read on the page of the boundary cases what there is now, and save again: it is then replaced by what is in the fields."),
    ),
    FindingEntry(
        "CASE-012", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Ordalydelsen prövas på gränsfall", "The wording is tried on boundary cases"),
        Text("Regionerna svarar till och med {day}. Innan dess kan den inte godkännas.", "Regions answer until {day} inclusive. Until then it cannot be approved."),
        Text("Vänta på svaren.", "Wait for the answers."),
    ),
    FindingEntry(
        "CASE-013", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Ordalydelsen är prövad på gränsfall", "The wording has been tried on boundary cases"),
        Text("{regions} regioner har svarat, och {equal} av {pairs} par av svar är lika. {explained}", "{regions} regions have answered, and {equal} of {pairs} pairs of answers are equal. {explained}"),
        Text("Läs svaren på gränsfallens sida.", "Read the answers on the page of the boundary cases."),
    ),
)  # fmt: skip
