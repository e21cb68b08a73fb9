"""Findings about the register of units itself; those about rows of units are with deliveries."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "UNI-101", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Enheten finns redan", "The unit is there already"),
        Text("Linjens enhetsregister har redan {unit}.", "The line's register of units already has {unit}."),
        Text("Ändra den som finns i stället.", "Change the one that is there instead."),
    ),
    FindingEntry(
        "UNI-102", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("{element} saknas eller finns inte", "{element} is missing or does not exist"),
        Text("«{value}» är inget värde som {element} kan ha i linjen.", "“{value}” is no value that {element} can have in the line."),
        Text("Välj ett värde ur listan, eller skriv det som det står i era filer.", "Choose a value of the list, or write it as it stands in your files."),
    ),
    FindingEntry(
        "UNI-103", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Två enheter har samma namn", "Two units have the same name"),
        Text("Namn som skulle betyda två enheter på samma ställe: {names}.", "Names that would mean two units of the same place: {names}."),
        Text("Ge den ena ett annat namn, eller ta bort namnet från den.", "Give one of them another name, or take the name from it."),
    ),
    FindingEntry(
        "UNI-104", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Enheten stänger innan den öppnar", "The unit closes before it opens"),
        Text("Sista dagen, {closed}, ligger före den första, {opened}.", "The last day, {closed}, is before the first, {opened}."),
        Text("Rätta något av datumen.", "Correct one of the dates."),
        field="closed",
    ),
    FindingEntry(
        "UNI-105", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Registret har ändrats", "The register has changed"),
        Text("Någon ändrade enheterna efter att sidan öppnades.", "Somebody changed the units after the page was opened."),
        Text("Läs om sidan, och gör ändringen på nytt.", "Load the page again, and make the change anew."),
    ),
    FindingEntry(
        "UNI-106", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("För många enheter", "Too many units"),
        Text("En linje har högst {most} enheter.", "A line has at most {most} units."),
        Text("Ta bort enheter som lades till av misstag.", "Remove units that were added by mistake."),
    ),
    FindingEntry(
        "UNI-107", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Det finns inga enheter att bekräfta", "There are no units to confirm"),
        Text("Linjens enhetsregister är tomt.", "The line's register of units is empty."),
        Text("Lägg till enheterna först.", "Add the units first."),
    ),
    FindingEntry(
        "UNI-108", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Linjen har inga enheter", "The line has no units"),
        Text("Linjens modell skiljer inte enheter åt: en rad gäller hela regionen.", "The line's model tells no units apart: a row is about the whole region."),
        Text("Ett enhetsregister behövs inte.", "No register of units is needed."),
    ),
    FindingEntry(
        "UNI-109", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("{field} är för långt", "{field} is too long"),
        Text("Högst {most} tecken, och högst {names} andra namn.", "At most {most} characters, and at most {names} other names."),
        Text("Korta det.", "Shorten it."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
