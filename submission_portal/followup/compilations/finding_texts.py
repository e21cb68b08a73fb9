"""What the findings about compilations say."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "VIEW-001", Severity.WARNING, Stage.FORMATS, Scope.TABLE,
        Text("Siffror som kräver beslut", "Figures that need a decision"),
        Text(
            "{number} siffror hör till en sammanställning över flera regioner som ingen har beslutat om. De står i filen utan värde.",
            "{number} figures belong to a compilation over several regions that nobody has decided about. They are in the file without a value.",
        ),
        Text(
            "Sidan säger vilken regel som stänger dem. Mottagarens rättsgranskare kan besluta om sammanställningen.",
            "The page says which rule closes them. The recipient's legal reviewer can decide about the compilation.",
        ),
    ),
    FindingEntry(
        "VIEW-002", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Det finns ingen sådan sammanställning att besluta om", "There is no such compilation to decide about"),
        Text(
            "Ingen regel stänger det som angavs av måttet {measure}: {view}.",
            "No rule closes what was named of the measure {measure}: {view}.",
        ),
        Text("Välj en av sammanställningarna i listan.", "Choose one of the compilations in the list."),
    ),
    FindingEntry(
        "VIEW-003", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Regionerna är inte angivna", "The regions are not named"),
        Text(
            "Ett beslut öppnar bara de regioner som det nämner. {regions}",
            "A decision opens only the regions that it names. {regions}",
        ),
        Text("Välj minst en region; i terminalen med dess länskod.", "Choose one region at least; in the terminal by its county code."),
    ),
    FindingEntry(
        "VIEW-004", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Nivån ovanför är sluten", "The level above is closed"),
        Text(
            "Den som summerar det som skulle öppnas får siffrorna på nivån ovanför, och den är sluten för {regions}.",
            "Whoever adds up what would be opened gets the figures of the level above, and that is closed for {regions}.",
        ),
        Text("Besluta om nivån ovanför först, eller ta med färre regioner.", "Decide about the level above first, or name fewer regions."),
    ),
    FindingEntry(
        "VIEW-005", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tillsammans blir det en annan sammanställning", "Together it becomes another compilation"),
        Text(
            "Det som är öppet för alla läser också mottagaren. Med beslutet skulle mottagaren läsa {regions} tillsammans, och det "
            "har ingen beslutat om.",
            "What is open to everybody the recipient reads as well. With this decision the recipient would read {regions} together, "
            "and nobody has decided about that.",
        ),
        Text(
            "Låt det som är öppet för alla ingå i det som är öppet för mottagaren: ta med regionerna, eller besluta om det andra först.",
            "Let what is open to everybody be part of what is open to the recipient: name the regions, or decide about the other first.",
        ),
    ),
    FindingEntry(
        "VIEW-006", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Sista dagen har varit", "The last day is in the past"),
        Text("{day} har redan varit.", "{day} is in the past."),
        Text("Ange en dag som kommer, eller lämna fältet tomt.", "Give a day to come, or leave the field empty."),
    ),
    FindingEntry(
        "VIEW-007", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Inget beslut gäller längre", "No decision stands any more"),
        Text(
            "Någon annan har redan avslutat beslutet, eller fattat ett nytt.",
            "Somebody else has ended the decision already, or taken a new one.",
        ),
        Text("Läs på sidan vad som gäller nu.", "Read on the page what applies now."),
    ),
    FindingEntry(
        "VIEW-008", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Du står för en region vars siffror ingår", "You stand for a region whose figures are part of it"),
        Text(
            "Den som hör till en region som lämnar uppgifterna, eller har handlat för en, beslutar inte om sammanställningen. Det "
            "gäller vad du har gjort, också när du har bytt roll.",
            "Whoever belongs to a region that delivers the figures, or has acted for one, does not decide about the compilation. What "
            "counts is what you have done, also when your role is another now.",
        ),
        Text("Låt en annan rättsgranskare besluta.", "Let another legal reviewer decide."),
    ),
    FindingEntry(
        "VIEW-009", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut om en sammanställning ska ha skäl som andra kan läsa.", "A decision about a compilation needs reasons that others can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "VIEW-010", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Åldern är inte rimlig", "The age is not reasonable"),
        Text("Perioderna ska ha slutat för 0 till 36 500 dagar sedan.", "Periods must have ended 0 to 36,500 days ago."),
        Text("Ange ett antal dagar.", "Give a number of days."),
    ),
    FindingEntry(
        "VIEW-011", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tillsammans med ett annat beslut blir det en annan sammanställning", "Together with another decision it becomes another compilation"),
        Text(
            "Ett annat beslut har öppnat {regions} av måttet {measure}, som gäller samma siffror. Den som läser båda läser {together} "
            "tillsammans, och det har ingen beslutat om.",
            "Another decision has opened {regions} of the measure {measure}, which is of the same figures. Whoever reads both reads "
            "{together} together, and nobody has decided about that.",
        ),
        Text(
            "Ta med regionerna i det andra beslutet, ta bara med regioner som är med där, eller låt det andra beslutet avslutas först.",
            "Name the regions of the other decision, name only regions that are in it, or have the other decision ended first.",
        ),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
