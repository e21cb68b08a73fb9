"""Findings about what a delivery corrects or replaces: ``COR``."""

from registry.finding_catalogue import AnswerKind, Evidence, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

CORRECTED = (
    FindingEntry(
        "COR-001", Severity.INFO, Stage.CORRECTION, Scope.CELL,
        Text("Detta rättas", "This is corrected"),
        Text(
            "Celler som får ett nytt värde: {count}. Rader som står kvar som de levererades: {kept}.",
            "Cells that get a new value: {count}. Rows that stay as they were delivered: {kept}.",
        ),
        Text("Kontrollera att det är rätt celler.", "Check that they are the right cells."),
        evidence=Evidence.CORRECTED,
        looks_for=Text("vad som rättas", "what is corrected"),
    ),
    FindingEntry(
        "COR-002", Severity.WARNING, Stage.CORRECTION, Scope.ROW,
        Text(
            "Rättelsen lägger till {count:en rad|rader}", "The correction adds {count:a row|rows}"
        ),
        Text(
            "Rader som inte fanns i den leverans som rättas: {count}.",
            "Rows that were not in the delivery that is corrected: {count}.",
        ),
        Text(
            "Förklara varför de tillkommer, eller rätta deras nyckel (period, sjukhus, avdelning).",
            "Explain why they are added, or mend their key (period, hospital, ward).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("rättelsen lägger inte till rader", "the correction adds no rows"),
    ),
    FindingEntry(
        "COR-003", Severity.ERROR, Stage.CORRECTION, Scope.DELIVERY,
        Text("Rättelsen ändrar ingenting", "The correction changes nothing"),
        Text(
            "Alla rader i filen är lika med dem som redan har levererats.",
            "Every row in the file equals what has been delivered already.",
        ),
        Text("Kontrollera att rätt fil valdes.", "Check that the right file was chosen."),
        looks_for=Text("rättelsen ändrar något", "the correction changes something"),
    ),
    FindingEntry(
        "COR-004", Severity.ERROR, Stage.CORRECTION, Scope.ROW,
        Text(
            "Filen har rader utanför den period som rättas eller ersätts",
            "The file has rows outside the period that is corrected or replaced",
        ),
        Text(
            "Rader utanför {period}, som leveransen gäller: {count}.",
            "Rows outside {period}, which the delivery is about: {count}.",
        ),
        Text(
            "Lämna raderna för en annan period som en egen leverans, och läs in filen igen utan dem. Gäller filen flera leveranser: "
            "rätta eller ersätt dem var för sig, med bara deras egna dagar. Valdes fel leverans: säg det.",
            "Deliver the rows for another period as a delivery of their own, and read in the file again without them. If the file is "
            "about several deliveries: correct or replace them one by one, with only their own days. If the wrong delivery was chosen, say so.",
        ),
        answer=AnswerKind.CHOSEN_ANEW,
        looks_for=Text("rader om den period som leveransen gäller", "rows about the period of the delivery"),
    ),
    FindingEntry(
        "COR-005", Severity.WARNING, Stage.CORRECTION, Scope.ROW,
        Text(
            "Ersättningen tar bort {count:en rad|rader}", "The replacement takes {count:a row|rows} away"
        ),
        Text(
            "Rader som har levererats men inte finns i filen: {count} av {before}. Enheter som försvinner helt: {units}. "
            "Perioder som försvinner helt: {periods}.",
            "Rows that have been delivered but are not in the file: {count} of {before}. Units that disappear altogether: "
            "{units}. Periods that disappear altogether: {periods}.",
        ),
        Text(
            "Gäller filen bara enstaka rader: välj rättelse. Ska raderna bort: förklara varför. En granskare läser det.",
            "If the file is about single rows only, choose a correction. If the rows are to go, explain why. A reviewer reads it.",
        ),
        answer=AnswerKind.EXPLANATION_OR_CORRECTION,
        evidence=Evidence.ROWS,
        looks_for=Text("ersättningen tar inte bort rader", "the replacement takes no rows away"),
    ),
    FindingEntry(
        "COR-006", Severity.INFO, Stage.CORRECTION, Scope.ROW,
        Text(
            "Ersättningen lägger till {count:en rad|rader}", "The replacement adds {count:a row|rows}"
        ),
        Text(
            "Rader som inte fanns i den leverans som ersätts: {count}.",
            "Rows that were not in the delivery that is replaced: {count}.",
        ),
        Text("Kontrollera att de ska vara med.", "Check that they belong."),
        evidence=Evidence.ROWS,
        looks_for=Text("vilka rader som läggs till", "which rows are added"),
    ),
    FindingEntry(
        "COR-007", Severity.WARNING, Stage.CORRECTION, Scope.CELL,
        Text(
            "Ersättningen tar bort {count:ett värde|värden}", "The replacement takes {count:a value|values} away"
        ),
        Text(
            "Celler som hade ett tal och nu är stängda eller inte rapporterade: {count}.",
            "Cells that had a number and are now closed or not reported: {count}.",
        ),
        Text(
            "Fyll i talen, eller förklara varför de tas bort.",
            "Fill in the numbers, or explain why they are taken away.",
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.ROWS,
        looks_for=Text("ersättningen tar inte bort värden", "the replacement takes no values away"),
    ),
    FindingEntry(
        "COR-008", Severity.WARNING, Stage.CORRECTION, Scope.DELIVERY,
        Text("Ersättningen kan inte jämföras rad för rad", "The replacement cannot be compared row by row"),
        Text(
            "Leveransen som ersätts gjordes enligt en modell med en annan nyckel. Dess rader, {before} stycken, försvinner.",
            "The delivery that is replaced was made under a model with another key. Its rows, {before} in number, disappear.",
        ),
        Text(
            "Kontrollera att filen har allt som ska finnas kvar, och skriv hur det är kontrollerat.",
            "Check that the file holds everything that is to stay, and write how it was checked.",
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.ROWS,
        looks_for=Text("samma nyckel som det som ersätts", "the same key as what is replaced"),
    ),
    FindingEntry(
        "COR-009", Severity.INFO, Stage.CORRECTION, Scope.CELL,
        Text(
            "Ersättningen ändrar {count:ett värde|värden}", "The replacement changes {count:a value|values}"
        ),
        Text(
            "Celler som får ett annat värde än i den leverans som ersätts: {count}. Rader som är desamma: {kept}.",
            "Cells that get another value than in the delivery that is replaced: {count}. Rows that are the same: {kept}.",
        ),
        Text("Kontrollera att det är rätt celler.", "Check that they are the right cells."),
        evidence=Evidence.CORRECTED,
        looks_for=Text("vilka värden som ändras", "which values change"),
    ),
)  # fmt: skip
