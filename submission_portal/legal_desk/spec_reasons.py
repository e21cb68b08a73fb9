"""Why a field of SPEC.json is not as it should be, in Swedish: the reader of the schema gives its reasons in English."""

import re

_REASONS = (
    (r"Missing data for required field\.", "fältet saknas"),
    (r"Unknown field\.", "fältet finns inte i beskrivningen av en tabell"),
    (r"Field may not be null\.", "fältet får inte vara null"),
    (r"Field may not be (?:missing|empty)\.", "fältet får inte vara tomt"),
    (r"Not a valid integer\.", "ska vara ett heltal"),
    (r"Not a valid number\.", "ska vara ett tal"),
    (r"Special numeric values .*", "ska vara ett vanligt tal"),
    (r"Not a valid string\.", "ska vara en text"),
    (r"Not a valid list\.", "ska vara en lista"),
    (r"Not a valid boolean\.", "ska vara true eller false"),
    (r"Not a valid mapping type\.|Invalid input type\.|Invalid type\.", "ska vara ett objekt"),
    (r"Must be one of: (.*)\.", r"ska vara något av {0}"),
    (r"Must be greater than or equal to (.*) and less than or equal to (.*)\.", r"ska vara minst {0} och högst {1}"),
    (r"Must be greater than or equal to (.*)\.", r"ska vara minst {0}"),
    (r"Must be equal to (.*)\.", r"ska vara {0}"),
    (r"Shorter than minimum length (.*)\.", r"ska ha minst {0} element"),
    (r"at most (.*) and (.*) decimals", r"ska vara högst {0} och ha högst {1} decimaler"),
    (r"not value, status or the column of the count", "får inte vara value, status eller antalets kolumn, som den publicerade tabellen har själv"),
    (r"given twice", "står två gånger; bara en får gälla"),
    (r"value, or lowest and highest", "ska ha antingen value eller lowest och highest"),
    (r"line (\d+): .*", r"rad {0} är inte giltig JSON"),
    (r"too deep", "för många nivåer i varandra"),
    (r"a code for each of (.*)", r"ska ha en kod för vart och ett av {0}"),
    (r"published, sensitive, or a list of structural zeros", "ska vara published, sensitive eller en lista av strukturella nollor"),
    (r"observed, structural", "ska ha observed och structural"),
    (r'values, count or \{"column": name\}', 'ska vara values, count eller {"column": namn}'),
)  # fmt: skip


def in_swedish(reason: str) -> str:
    """
    >>> in_swedish("Must be one of: ex, interval.")
    'ska vara något av ex, interval'
    """
    for pattern, swedish in _REASONS:
        if match := re.fullmatch(pattern, reason):
            return swedish.format(*match.groups()) if match.groups() else swedish
    return reason
