"""Findings about how days and times were read: ``STR``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

MOMENTS = (
    FindingEntry(
        "STR-009", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Datum lästes med dagen först", "Dates were read with the day first"),
        Text(
            "Datum som kunde ha haft månaden först: {rows}. De lästes som dag, månad, år.",
            "Dates that could have had the month first: {rows}. They were read as day, month, year.",
        ),
        Text("Skriv hellre 2026-10-01.", "Better write 2026-10-01."),
        looks_for=Text("datum med dagen först", "dates with the day first"),
    ),
    FindingEntry(
        "STR-015", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Datum kan läsas på två sätt: {element}", "Dates can be read in two ways: {element}"),
        Text(
            "Celler där både dagen och månaden kan stå först: {rows}. Inget annat i kolumnen avgör det, och registret gissar inte.",
            "Cells where either the day or the month may stand first: {rows}. Nothing else in the column settles it, and the "
            "registry does not guess.",
        ),
        Text(
            "Svara hur de är skrivna, eller skriv dem som 2018-02-01 eller 2018-02 i filen.",
            "Say how they are written, or write them as 2018-02-01 or 2018-02 in the file.",
        ),
        answer=AnswerKind.DATE_ORDER,
        looks_for=Text("datum som kan läsas på två sätt", "dates that can be read in two ways"),
    ),
    FindingEntry(
        "STR-016", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Datum lästes med månaden först", "Dates were read with the month first"),
        Text(
            "Datum som kunde ha haft dagen först: {rows}. De lästes som månad, dag, år.",
            "Dates that could have had the day first: {rows}. They were read as month, day, year.",
        ),
        Text("Skriv hellre 2026-10-01.", "Better write 2026-10-01."),
        looks_for=Text("datum med månaden först", "dates with the month first"),
    ),
    FindingEntry(
        "STR-011", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Tal lästes som datum", "Numbers were read as dates"),
        Text(
            "Celler i en datumkolumn med kalkylprogrammets löpande dagsnummer: {rows}. De lästes som datum.",
            "Cells in a date column with the spreadsheet's serial day numbers: {rows}. They were read as dates.",
        ),
        Text("Kontrollera datumen i förhandsvisningen.", "Check the dates in the preview."),
        looks_for=Text("datum som kalkylprogrammets dagsnummer", "dates as serial day numbers"),
    ),
    FindingEntry(
        "STR-022", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Tider med tidszon lästes som svensk tid", "Times with a time zone were read as Swedish time"),
        Text(
            "{rows} {rows:cell|celler} i {element} har en tidszon. Dagen är den som det då är i Sverige: 2026-10-01T23:00Z är den "
            "2 oktober.",
            "{rows} {rows:cell|cells} of {element} {rows:has|have} a time zone. The day is the one that it then is in Sweden: "
            "2026-10-01T23:00Z is 2 October.",
        ),
        Text(
            "Kontrollera dagarna. Skriv hellre svensk tid utan tidszon, eller bara dagen.",
            "Check the days. Better write Swedish time without a zone, or the day alone.",
        ),
        looks_for=Text("tider med tidszon", "times with a time zone"),
    ),
    FindingEntry(
        "STR-023", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("24:00 lästes som slutet av dagen", "24:00 was read as the end of the day"),
        Text(
            "{rows} {rows:cell|celler} i {element} har klockslaget 24:00. Dagen är den som står där.",
            "{rows} {rows:cell|cells} of {element} {rows:has|have} the time 24:00. The day is the one that is written.",
        ),
        Text(
            "Menar ni början av nästa dag: skriv den dagen med 00:00.",
            "If you mean the beginning of the next day: write that day with 00:00.",
        ),
        looks_for=Text("klockslaget 24:00", "the time 24:00"),
    ),
    FindingEntry(
        "STR-029", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Dagar lästes ur en ovanlig form", "Days were read from an unusual form"),
        Text(
            "{rows} {rows:cell|celler} i {element} har tvåsiffrigt år efter månadens namn (01-OCT-26: 1 oktober 2026), veckodag i en "
            "vecka (2026-W40-4), sekunder sedan 1970 (räknas om till svensk tid) eller AM och PM.",
            "{rows} {rows:cell|cells} of {element} {rows:has|have} a year of two digits after the name of the month (01-OCT-26: 1 "
            "October 2026), a day of a week (2026-W40-4), seconds since 1970 (converted to Swedish time) or AM and PM.",
        ),
        Text(
            "Kontrollera dagarna i förhandsvisningen. Skriv hellre 2026-10-01.",
            "Check the days in the preview. Better write 2026-10-01.",
        ),
        looks_for=Text("dagar i ovanlig form", "days in an unusual form"),
    ),
)  # fmt: skip
