"""What a backup, its check and its restoration can find."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

_MEND_INSTANCE = Text(
    "Säkerhetskopian är tagen ändå. Lägg tillbaka filen från en tidigare säkerhetskopia, och ta reda på varför den är borta.",
    "The backup was taken all the same. Put the file back from an earlier backup, and find out why it is gone.",
)
_OTHER_BACKUP = Text("Använd en annan säkerhetskopia.", "Use another backup.")

TEXTS = (
    FindingEntry(
        "BACK-001", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Objekt saknas i registret", "Objects are missing in the registry"),
        Text("{count} objekt som databasen anger finns inte på disken.", "{count} objects that the database names are not on the disk."),
        _MEND_INSTANCE,
    ),
    FindingEntry(
        "BACK-002", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Objekt är skadade i registret", "Objects are damaged in the registry"),
        Text("{count} objekt har andra byte än de som deras hash anger.", "{count} objects have other bytes than their hash says."),
        _MEND_INSTANCE,
    ),
    FindingEntry(
        "BACK-003", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Händelseloggen håller inte", "The audit log does not hold"),
        Text("Kedjan är bruten vid händelse {number}.", "The chain is broken at event {number}."),
        Text(
            "Kör `flask --app wsgi audit verify` i registret och jämför med en tidigare säkerhetskopia.",
            "Run `flask --app wsgi audit verify` in the registry, and compare with an earlier backup.",
        ),
    ),
    FindingEntry(
        "BACK-004", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Databasens kopia är skadad", "The database’s copy is damaged"),
        Text("Databasens egen kontroll säger att den inte är hel.", "The database’s own check says that it is not whole."),
        _OTHER_BACKUP,
    ),
    FindingEntry(
        "BACK-005", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Filer saknas i säkerhetskopian", "Files are missing in the backup"),
        Text("{count} filer i förteckningen finns inte.", "{count} files of the manifest are not there."),
        _OTHER_BACKUP,
    ),
    FindingEntry(
        "BACK-006", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Filer i säkerhetskopian har ändrats", "Files in the backup have changed"),
        Text("{count} filer har annan storlek eller hash än förteckningen säger.", "{count} files have another size or hash than the manifest says."),
        _OTHER_BACKUP,
    ),
    FindingEntry(
        "BACK-007", Severity.INFO, Stage.OPERATION, Scope.INSTANCE,
        Text("Okända filer i säkerhetskopian", "Unknown files in the backup"),
        Text("{count} filer finns inte i förteckningen. De återställs inte.", "{count} files are not in the manifest. They are not restored."),
        Text("Ta reda på vem som lade dit dem.", "Find out who put them there."),
    ),
    FindingEntry(
        "BACK-008", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Händelseloggen når inte dit förteckningen säger", "The audit log does not reach what the manifest says"),
        Text("Huvudet {head} finns inte i kedjan.", "The chain does not contain the head {head}."),
        _OTHER_BACKUP,
    ),
    FindingEntry(
        "BACK-009", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Rader i databasen pekar på rader som saknas", "Rows of the database point at rows that are missing"),
        Text("{count} hänvisningar leder ingenstans.", "{count} references lead nowhere."),
        Text(
            "Säkerhetskopian är tagen ändå. Ta reda på vad som har ändrat databasen vid sidan av registret.",
            "The backup was taken all the same. Find out what has changed the database beside the registry.",
        ),
    ),
    FindingEntry(
        "BACK-010", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Huvudet som angavs finns inte i loggen", "The head that was named is not in the log"),
        Text(
            "Händelseloggen i säkerhetskopian innehåller inte {head}: den togs före den händelsen, eller är av ett annat register.",
            "The audit log in the backup does not contain {head}: it was taken before that event, or is of another registry.",
        ),
        Text("Använd en senare säkerhetskopia.", "Use a later backup."),
    ),
    FindingEntry(
        "BACK-011", Severity.WARNING, Stage.OPERATION, Scope.INSTANCE,
        Text("Det som är lagrat stämmer inte med det som är känt", "What is stored does not agree with what is known"),
        Text("{count} avvikelser finns i det som återställdes, som i registret när säkerhetskopian togs.", "There are {count} differences in what was restored, as there were in the registry when the backup was taken."),
        Text("Kör `flask --app wsgi storage verify` för att se dem.", "Run `flask --app wsgi storage verify` to see them."),
    ),
    FindingEntry(
        "BACK-012", Severity.WARNING, Stage.OPERATION, Scope.INSTANCE,
        Text("En nyckel som registret signerar med saknas", "A key that the registry signs with is missing"),
        Text("Den privata delen finns inte i instansens mapp signing_keys, och inte heller i säkerhetskopian.", "The private half is not in the instance's folder signing_keys, and so not in the backup."),
        Text("Lägg tillbaka filen ur en tidigare säkerhetskopia, eller kör `flask --app wsgi keys rotate`.", "Put the file back from an earlier backup, or run `flask --app wsgi keys rotate`."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
