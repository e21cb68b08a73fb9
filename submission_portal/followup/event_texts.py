"""What the events of follow-up say, by type."""

from registry.findings import Text

TEXTS = {
    "TableComposed": Text("En tabell sattes samman.", "A table was composed."),
    "TablesAskedForAgain": Text(
        "Tabeller ska sättas samman på nytt, eftersom sättet att göra det har ändrats eller någon har bett om det.",
        "Tables are to be composed again, since the way of doing it has changed or somebody asked for it.",
    ),
    "TableRefused": Text("En tabell stoppades i granskningen.", "A table was stopped in review."),
    "TablePublished": Text("En tabell publicerades.", "A table was published."),
    "SourceChangeDeclared": Text(
        "Ett byte av källsystem eller mätsätt anmäldes.", "A change of source system or measuring was declared."
    ),
    "SourceChangeWithdrawn": Text(
        "En anmälan om byte av källsystem eller mätsätt togs tillbaka.",
        "A declared change of source system or measuring was withdrawn.",
    ),
}
