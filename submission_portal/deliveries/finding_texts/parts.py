"""Findings about the parts and the kinds of periods that a line is delivered in: ``DEL-031`` to ``DEL-037``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

DIVIDED = (
    FindingEntry(
        "DEL-031", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Filen har rader för flera delar", "The file has rows of several parts"),
        Text(
            "Linjen lämnas i delar, en fil för varje {element}. Filen har rader för {found}.",
            "The line is delivered in parts, one file for each {element}. The file has rows of {found}.",
        ),
        Text(
            "Dela filen, och läs in en del i taget. De blir tillsammans en leverans av perioden.",
            "Divide the file, and read in one part at a time. Together they are one delivery of the period.",
        ),
    ),
    FindingEntry(
        "DEL-032", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Linjen har inte den delen", "The line does not have that part"),
        Text(
            "Filen gäller {found}. Linjens delar är: {parts}.",
            "The file is about {found}. The line's parts are: {parts}.",
        ),
        Text(
            "Läs in en fil för någon av dem, eller föreslå en ny version av linjen med delen.",
            "Read in a file of one of them, or propose a new version of the line with the part.",
        ),
    ),
    FindingEntry(
        "DEL-033", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Raderna gäller en annan del", "The rows are of another part"),
        Text(
            "Ni angav att filen gäller {expected}. Den har rader för {found}.",
            "You said that the file is about {expected}. It has rows of {found}.",
        ),
        Text(
            "Läs in rätt fil, eller läs in den här för den del som den gäller.",
            "Read in the right file, or read in this one for the part that it is about.",
        ),
    ),
    FindingEntry(
        "DEL-034", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Raderna gäller en annan del än det som rättas", "The rows are of another part than what is corrected"),
        Text(
            "Leveransen som rättas eller ersätts gäller {expected}. Filen har rader för {found}.",
            "The delivery that is corrected or replaced is about {expected}. The file has rows of {found}.",
        ),
        Text(
            "Rätta den leverans som gäller samma del, eller läs in filen som en egen leverans.",
            "Correct the delivery of the same part, or read in the file as a delivery of its own.",
        ),
    ),
    FindingEntry(
        "DEL-035", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Linjen lämnas för andra perioder", "The line is delivered for other periods"),
        Text(
            "Filen har rader per {found}. Linjen lämnas per {periods}.",
            "The file has rows by {found}. The line is delivered by {periods}.",
        ),
        Text(
            "Läs in en fil med linjens perioder, eller föreslå en ny version av linjen.",
            "Read in a file with the line's periods, or propose a new version of the line.",
        ),
    ),
    FindingEntry(
        "DEL-036", Severity.QUESTION, Stage.DELIVERY, Scope.DELIVERY,
        Text("Perioden är redan levererad hel", "The period has been delivered whole already"),
        Text(
            "Linjen lämnas nu i delar, men för de dagarna står redan en hel leverans: {standing}. En del kan inte stå bredvid den.",
            "The line is delivered in parts now, but a whole delivery stands for those days already: {standing}. A part cannot stand "
            "beside it.",
        ),
        Text(
            "Välj om filen rättar rader i den. Vill ni i stället lämna perioden i delar, återta först den leveransen.",
            "Choose whether the file corrects rows of it. To deliver the period in parts instead, first take that delivery back.",
        ),
        answer=AnswerKind.CORRECTION_OR_REPLACEMENT,
    ),
    FindingEntry(
        "DEL-037", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Perioden är redan levererad i delar", "The period has been delivered in parts already"),
        Text(
            "För de dagarna står redan delar: {standing}. En fil för hela perioden kan inte stå bredvid dem.",
            "Parts stand for those days already: {standing}. A file of the whole period cannot stand beside them.",
        ),
        Text(
            "Rätta eller ersätt delarna var för sig, eller återta dem och läs sedan in filen.",
            "Correct or replace the parts by themselves, or take them back and then read in the file.",
        ),
    ),
)  # fmt: skip
