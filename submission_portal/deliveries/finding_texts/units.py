"""Findings about a delivery beside the region's register of units: ``UNI``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

REGISTERED = (
    FindingEntry(
        "UNI-001", Severity.ERROR, Stage.HISTORY, Scope.ROW,
        Text(
            "{count:En rad gäller en enhet|Rader gäller enheter} som inte fanns då",
            "{count:A row is about a unit|Rows are about units} that did not exist then",
        ),
        Text(
            "Rader med uppgifter för enheter som enligt regionens enhetsregister hade stängt, eller inte hade öppnat: {count}. "
            "Enheter: {units}.",
            "Rows with figures for units that had closed, or had not opened, by the region's register of units: {count}. "
            "Units: {units}.",
        ),
        Text(
            "Ta bort raderna ur filen och läs in den igen. Är det datumet som är fel: rätta det i enhetsregistret och "
            "kontrollera leveransen igen.",
            "Take the rows out of the file and read it in again. If the date is wrong: correct it in the register of units "
            "and check the delivery again.",
        ),
        looks_for=Text(
            "enheterna fanns i den period som raderna gäller", "the units existed in the period that the rows are about"
        ),
    ),
    FindingEntry(
        "UNI-002", Severity.WARNING, Stage.HISTORY, Scope.UNIT,
        Text(
            "{count:En enhet|Enheter} finns inte i enhetsregistret",
            "{count:A unit is|Units are} not in the register of units",
        ),
        Text(
            "Enheter som har rader men inte finns i det register som regionen har bekräftat: {count}.",
            "Units that have rows but are not in the register that the region has confirmed: {count}.",
        ),
        Text(
            "Lägg till dem i enhetsregistret, eller ge den enhet som menas namnet som står i filen, och kontrollera "
            "leveransen igen. Annars: förklara varför de är med.",
            "Add them to the register, or give the unit that is meant the name that is in the file, and check the delivery "
            "again. Otherwise explain why they are there.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("enheterna finns i enhetsregistret", "the units are in the register of units"),
    ),
)  # fmt: skip
