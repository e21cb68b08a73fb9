"""What the events of follow-up say, by type."""

from registry.findings import Text

TEXTS = {
    "TableComposed": Text("En tabell sattes samman.", "A table was composed."),
    "TablesAskedForAgain": Text(
        "Tabeller ska sättas samman på nytt, eftersom sättet att göra det har ändrats eller någon har bett om det.",
        "Tables are to be composed again, since the way of doing it has changed or somebody asked for it.",
    ),
    "TableFoundUnchanged": Text(
        "En tabell sattes samman på nytt och blev som den var.", "A table was composed again and came out as it was."
    ),
    "TableRefused": Text("En tabell stoppades i granskningen.", "A table was stopped in review."),
    "TablePublished": Text(
        "En tabell publicerades, eller blir det vid en bestämd tid.", "A table was published, or will be at a set time."
    ),
    "TableReleaseMoved": Text(
        "Tiden då en tabell publiceras flyttades.", "The time at which a table is published was moved."
    ),
    "TableReleaseStopped": Text(
        "En tabell stoppades före tiden då den skulle publiceras.",
        "A table was stopped before the time at which it was to be published.",
    ),
    "TableStandpointStated": Text(
        "En region sade vad den anser om en tabell som är öppen utan beslut.",
        "A region said what it thinks of a table that is open without a decision.",
    ),
    "CompilationDecided": Text(
        "En rättsgranskare beslutade om en sammanställning över flera regioner.",
        "A legal reviewer decided about a compilation over several regions.",
    ),
    "CompilationEnded": Text(
        "Ett beslut om en sammanställning avslutades.", "A decision about a compilation was ended."
    ),
    "CompilationRefused": Text(
        "Någon frågade efter en sammanställning som kräver beslut, och fick den inte.",
        "Somebody asked for a compilation that needs a decision, and did not get it.",
    ),
    "CompilationPreviewed": Text(
        "En rättsgranskare läste en sluten sammanställning inför ett beslut.",
        "A legal reviewer read a closed compilation before a decision.",
    ),
    "SourceChangeDeclared": Text(
        "Ett byte av källsystem eller mätsätt anmäldes.", "A change of source system or measuring was declared."
    ),
    "SourceChangeWithdrawn": Text(
        "En anmälan om byte av källsystem eller mätsätt togs tillbaka.",
        "A declared change of source system or measuring was withdrawn.",
    ),
}

UNSEEN = (
    "TableComposed", "TableFoundUnchanged", "TableRefused", "TablePublished", "TableReleaseMoved", "TableReleaseStopped", "TableStandpointStated",
    "CompilationDecided", "CompilationEnded", "CompilationRefused", "CompilationPreviewed",
)  # fmt: skip
"""Events that change nothing for the public but what `gateway.PUBLIC_STATE` says: a table may be published to others, or
be released later."""
