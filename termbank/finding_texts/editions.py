"""What findings on an edition of somebody else's vocabulary say."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_AN_EDITION = (
    FindingEntry(
        "EDITION-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som en utgåva ska ha.", "The content does not have the shape of an edition."),
        Text("Rätta fältet, eller beskriv utgåvan i formuläret.", "Mend the field, or describe the edition in the form."),
    ),
    FindingEntry(
        "EDITION-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Titel saknas", "The title is missing"),
        Text("En utgåva ska ha den titel som vokabulären är känd under.", "An edition needs the title that the vocabulary is known by."),
        Text("Skriv titeln på svenska eller engelska.", "Write the title in Swedish or English."),
    ),
    FindingEntry(
        "EDITION-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Källa saknas", "The source is missing"),
        Text("Den som läser en utgåva ska se vem som har gett ut den.", "Whoever reads an edition must see who publishes it."),
        Text("Skriv utgivaren och gärna webbadressen.", "Write the publisher, and preferably the web address."),
    ),
    FindingEntry(
        "EDITION-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Licens saknas", "The licence is missing"),
        Text("Utan licens vet ingen om vokabulären får visas här.", "Without a licence nobody knows whether the vocabulary may be shown here."),
        Text("Skriv licensens namn eller adress.", "Write the licence's name or address."),
    ),
    FindingEntry(
        "EDITION-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Datum saknas eller går inte att läsa", "The date is missing or cannot be read"),
        Text("En utgåva har ett datum: {date}.", "An edition has a date: {date}."),
        Text("Skriv år, år och månad, eller dag: 2026, 2026-03 eller 2026-03-01.", "Write a year, a year and month, or a day: 2026, 2026-03 or 2026-03-01."),
        absent={"date": Text("inget skrevs", "nothing was written")},
    ),
    FindingEntry(
        "EDITION-006", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ingen webbadress", "No web address"),
        Text("{value} är ingen adress på webben.", "{value} is no address on the web."),
        Text("Skriv en adress som börjar med http:// eller https://.", "Write an address that begins with http:// or https://."),
    ),
    FindingEntry(
        "EDITION-011", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("En adress är för lång", "An address is too long"),
        Text("{iri} … är längre än {most} tecken.", "{iri} … is longer than {most} characters."),
        Text("Förkorta adressen i filen, eller ta bort utsagan.", "Shorten the address in the file, or remove the statement."),
    ),
    FindingEntry(
        "EDITION-012", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("En text har ett nolltecken", "A text has a null character"),
        Text("En text om {concept} innehåller tecknet U+0000, som inga databaser kan bevara.", "A text about {concept} holds the character U+0000, which databases cannot keep."),
        Text("Ta bort tecknet ur filen.", "Remove the character from the file."),
    ),
    FindingEntry(
        "EDITION-013", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Filen är inte inläst", "The file is not read"),
        Text("Filen {name} är inte färdigläst, eller så har raderna tagits bort.", "The file {name} has not been read to its end, or its rows were removed."),
        Text("Vänta tills inläsningen är klar, eller läs in filen igen.", "Wait until it has been read, or read the file in again."),
    ),
    FindingEntry(
        "EDITION-014", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen används", "The file is in use"),
        Text("Utgåvan {title} bygger på filen, så raderna är kvar.", "The edition {title} rests on the file, so its rows stay."),
        Text("Ta först tillbaka utkastet som använder filen.", "Withdraw the draft that uses the file first."),
    ),
    FindingEntry(
        "EDITION-015", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Allt kom inte med i utkastet", "Not everything came into the draft"),
        Text("{number} uppgifter om {concept} fick inte plats i ett begrepp här. De står kvar i utgåvan.", "{number} statements about {concept} had no place in a concept here. They are still in the edition."),
        Text("Inget behöver göras. Utkastet har adressen till begreppet i utgåvan.", "Nothing needs to be done. The draft has the address of the concept in the edition."),
    ),
)  # fmt: skip
