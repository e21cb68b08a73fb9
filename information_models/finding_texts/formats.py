"""What the formats of a model cannot carry, or carry without checking it."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

NOTHING_TO_DO = Text(
    "Registret kontrollerar det när filen lämnas.",
    "The registry checks it when the file is delivered.",
)
SEE_THE_PAGE = Text(
    "Modellens sida visar det.",
    "The model's page shows it.",
)

IN_A_FORMAT = (
    FindingEntry(
        "FMT-003", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Ett språk",
            "One language",
        ),
        Text(
            "Rubriker, anvisningar och namn på koder står på ett språk i taget.",
            "Headings, instructions and the names of codes are in one language at a time.",
        ),
        Text(
            "Hämta filen på det andra språket också.",
            "Download the file in the other language too.",
        ),
    ),
    FindingEntry(
        "FMT-004", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Reglerna kontrolleras inte",
            "The rules are not checked",
        ),
        Text(
            "Det som ska stämma mellan värdena ({number} regler) står i filen men kontrolleras inte av den.",
            "What must hold between the values ({number} rules) is in the file but is not checked by it.",
        ),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "FMT-005", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Koder som inte erbjuds",
            "Codes that are not offered",
        ),
        Text(
            "{number} koder är för försök eller ligger i andra regioner och finns inte i listorna.",
            "{number} codes are for trials or lie in other regions and are not in the lists.",
        ),
        Text(
            "Modellfilen har alla koder.",
            "The model file has all codes.",
        ),
    ),
    FindingEntry(
        "FMT-006", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Textens form kontrolleras inte",
            "The form of texts is not checked",
        ),
        Text(
            "{number} kolumner har en bestämd form för sin text, som filen inte kontrollerar.",
            "{number} columns have a set form of their text, which the file does not check.",
        ),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "FMT-007", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Andra namn",
            "Other names",
        ),
        Text(
            "{number} andra namn på kolumner och koder, som registret känner igen i en fil, står inte här.",
            "{number} other names of columns and codes, which the registry recognises in a file, are not here.",
        ),
        SEE_THE_PAGE,
    ),
    FindingEntry(
        "FMT-008", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Dubbletter kontrolleras inte",
            "Duplicates are not checked",
        ),
        Text(
            "Filen kontrollerar inte att det finns högst en rad om samma sak.",
            "The file does not check that there is at most one row about the same thing.",
        ),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "FMT-009", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "När koderna gäller",
            "When the codes are valid",
        ),
        Text(
            "{number} koder gäller bara en viss tid. Filen tar emot dem för alla perioder.",
            "{number} codes are valid for some time only. The file takes them for every period.",
        ),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "FMT-010", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Antalet decimaler kontrolleras inte",
            "The number of decimals is not checked",
        ),
        Text(
            "{number} kolumner med decimaler tar emot hur många som helst.",
            "{number} columns with decimals take any number of them.",
        ),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "FMT-011", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Dagar kontrolleras inte mot almanackan",
            "Days are not checked against the calendar",
        ),
        Text(
            "{number} kolumner med dagar tar emot sådana som inte finns, som 30 februari.",
            "{number} columns of days take days that do not exist, such as 30 February.",
        ),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "FMT-012", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Begreppens ordalydelser",
            "The wordings of concepts",
        ),
        Text(
            "{number} begrepp är namngivna med sin version, men deras termer och definitioner står inte i filen.",
            "{number} concepts are named with their version, but their terms and definitions are not in the file.",
        ),
        Text(
            "Modellfilen har dem.",
            "The model file has them.",
        ),
    ),
    FindingEntry(
        "FMT-013", Severity.INFO, Stage.FORMATS, Scope.ITEM,
        Text(
            "Enheter",
            "Units",
        ),
        Text(
            "{number} kolumner har en enhet, som inte har en egen plats i filen.",
            "{number} columns have a unit, which has no place of its own in the file.",
        ),
        SEE_THE_PAGE,
    ),
)  # fmt: skip
