"""What is wrong with a parameter or field, in both languages: marshmallow says it in English. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from registry.findings import Text

SWEDISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english), swedish)
    for english, swedish in (
        (r"Missing data for required field\.", "Den saknas och måste finnas."),
        (r"Field may not be null\.", "Den får inte vara null."),
        (r"Unknown field\.", "Den finns inte."),
        (r"Not a valid integer\.", "Den ska vara ett heltal."),
        (r"Not a valid boolean\.", "Den ska vara true eller false."),
        (r"Not a valid string\.", "Den ska vara en text."),
        (r"Not a valid list\.", "Den ska vara en lista."),
        (r"Not a valid number\.", "Den ska vara ett tal, skrivet som text med punkt."),
        (r"Not a valid date\.", "Den ska vara ett datum, ÅÅÅÅ-MM-DD (RFC 3339)."),
        (r"Not a valid datetime\.", "Den ska vara en tidpunkt med tidszon (RFC 3339)."),
        (r"Not a valid mapping type\.", "Den ska vara ett objekt."),
        (r"Invalid input type\.", "Innehållet ska vara ett objekt."),
        (r"Must be one of: (.*)\.", r"Den ska vara någon av: \1."),
        (r"Must be greater than or equal to (.*?) and less than or equal to (.*)\.", r"Den ska vara från \1 till \2."),
        (r"Must be greater than or equal to (.*)\.", r"Den ska vara minst \1."),
        (r"Must be less than or equal to (.*)\.", r"Den ska vara högst \1."),
        (r"Shorter than minimum length (.*)\.", r"Den ska ha minst \1 tecken eller delar."),
        (r"Longer than maximum length (.*)\.", r"Den ska ha högst \1 tecken eller delar."),
        (r"Length must be between (.*) and (.*)\.", r"Den ska ha från \1 till \2 tecken eller delar."),
        (r"String does not match expected pattern\.", "Den har tecken som den inte får ha."),
    )
)


def in_both_languages(message: object) -> Text:
    """What marshmallow said, in Swedish too where it is known.

    >>> in_both_languages("Must be less than or equal to 100.").sv
    'Den ska vara högst 100.'
    """
    if isinstance(message, Text):
        return message
    english = str(message)
    for pattern, swedish in SWEDISH:
        if (match := pattern.fullmatch(english)) is not None:
            return Text(match.expand(swedish), english)
    return Text(english, english)


def misfits(messages: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Each thing that marshmallow found, with the way to it.

    >>> list(misfits({"rows": {0: {"unit": ["Unknown field."]}}}))[0][0]
    ('rows', '0', 'unit')
    """
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from misfits(inner, path if name == "_schema" else (*path, str(name)))
    elif isinstance(messages, Sequence) and not isinstance(messages, str):
        for one in messages:
            yield from misfits(one, path)
    else:
        yield path, in_both_languages(messages)


def pointer(path: Sequence[Any]) -> str:
    """A JSON Pointer (RFC 6901).

    >>> pointer(("rows", 0, "a/b"))
    '/rows/0/a~1b'
    """
    return "".join("/" + str(one).replace("~", "~0").replace("/", "~1") for one in path)
