"""What is said of flow files: what they are refused for, and what they do not know."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

_FETCH = Text(
    "Hämta en ny flödesfil på linjens sida i portalen.", "Fetch a new flow file from the line's page in the portal."
)

FLOW_FILES = (
    FindingEntry(
        "FLF-001", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Det är ingen flödesfil", "It is no flow file"),
        Text("Filen har inte den form som en flödesfil har, eller är större än en sådan får vara.", "The file does not have the form of a flow file, or is larger than one may be."),
        Text("Ange flödesfilen först och filen som ska kontrolleras sedan. Hämta en flödesfil på linjens sida i portalen.", "Name the flow file first and then the file to check. Fetch a flow file from the line's page in the portal."),
        stops=True,
    ),
    FindingEntry(
        "FLF-002", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Flödesfilen har ett annat format", "The flow file has another format"),
        Text("Den är {found}; det här programmet läser {expected}.", "It is {found}; this program reads {expected}."),
        Text("Installera den version av kontrollprogrammet som hör till portalen, eller hämta en ny flödesfil.", "Install the version of the checking program that belongs to the portal, or fetch a new flow file."),
        stops=True,
    ),
    FindingEntry(
        "FLF-003", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Flödesfilen är signerad med en okänd nyckel", "The flow file is signed with an unknown key"),
        Text("Nyckeln {kid} finns inte bland de sparade nycklarna.", "The key {kid} is not among the keys that are kept."),
        Text("Har portalen bytt nyckel hämtas nycklarna på nytt från dess adress /.well-known/signing-keys.json. Annars kommer filen inte från portalen: använd den inte.", "If the portal has a new key, fetch the keys again from its address /.well-known/signing-keys.json. Otherwise the file is not the portal's: do not use it."),
        stops=True,
    ),
    FindingEntry(
        "FLF-004", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Flödesfilen har ändrats", "The flow file was altered"),
        Text("Den är inte, byte för byte, vad portalen signerade.", "It is not, byte by byte, what the portal signed."),
        Text("Hämta den på nytt, och spara den som den är: öppna den inte i ett program som skriver om den.", "Fetch it again, and save it as it is: do not open it in a program that writes it anew."),
        stops=True,
    ),
    FindingEntry(
        "FLF-005", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Modellen i flödesfilen kan inte läsas", "The model in the flow file cannot be read"),
        Text("Den är skriven för en annan version av programmet, eller stämmer inte med sin egen hash ({codes}).", "It is written for another version of the program, or does not agree with its own hash ({codes})."),
        Text("Installera den version av kontrollprogrammet som hör till portalen, och hämta en ny flödesfil.", "Install the version of the checking program that belongs to the portal, and fetch a new flow file."),
        stops=True,
    ),
    FindingEntry(
        "FLF-006", Severity.INFO, Stage.DELIVERY, Scope.FILE,
        Text("Flödesfilen är gammal", "The flow file is old"),
        Text("Den gjordes {made}, för {days} dagar sedan. Leveranser, enheter och beslut efter det är inte med.", "It was made on {made}, {days} days ago. Deliveries, units and decisions since then are not in it."),
        _FETCH,
    ),
    FindingEntry(
        "FLF-007", Severity.INFO, Stage.DELIVERY, Scope.FILE,
        Text("Linjens version gäller inte längre", "The line's version does not apply any more"),
        Text("Den gällde till och med {last}.", "It applied up to and including {last}."),
        _FETCH,
    ),
    FindingEntry(
        "FLF-008", Severity.INFO, Stage.DELIVERY, Scope.FILE,
        Text("Flödesfilen har inte hela historiken för de här dagarna", "The flow file does not have the whole history for these days"),
        Text("Den har allt som portalen jämför med för filer om {first} till {last}. Historikens kontroller kan säga något annat i portalen.", "It has all that the portal compares with for files about {first} to {last}. The checks of the history may say something else in the portal."),
        _FETCH,
    ),
    FindingEntry(
        "FLF-009", Severity.INFO, Stage.DELIVERY, Scope.FILE,
        Text("Portalen kontrollerar mer än det här programmet", "The portal checks more than this program"),
        Text("Den kontrollerar också {codes}. Portalen har version {program}.", "It also checks {codes}. The portal has version {program}."),
        Text("Installera den version av kontrollprogrammet som hör till portalen.", "Install the version of the checking program that belongs to the portal."),
    ),
)  # fmt: skip
