"""The fields of the page about a delivery, whose names come from its findings: answers, explanations, what it corrects.

    tom-<element>          what all empty cells of an element mean
    datum-<element>        whether its dates have the day or the month first
    cell-<element>-<row>   what one of them means
    lucka-<gap key>        why a unit has no rows for some periods; ``lucka-within`` and ``lucka-beside`` for gaps together
    forklaring-<key>       why a warning is as it should be
    anvand-<key>           ids of kept explanations that are cited for it
    spara-<key>            whether its explanation is kept for the next time
    rattelse               what the delivery is to one that stands for the same period

Pure.
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

from registry.errors import Refused
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind

ALL, ONE, ORDER, GAP, WHY, KIND = "tom-", "cell-", "datum-", "lucka-", "forklaring-", "rattelse"
CITED, KEEP = "anvand-", "spara-"
CHOSEN_ANEW = "valj-om"
"""The field that says that the file is not about the delivery that was chosen."""


def answers_of(form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Answers by element and row; ``"*"`` is all of them. What is no answer is left for `assessment.answers` to refuse.

    >>> answers_of({"tom-disponibla": "closed", "cell-disponibla-17": "zero", "cell-disponibla-18": ""})
    {'disponibla': {'*': 'closed', '17': 'zero'}}
    >>> answers_of({"datum-manad": "day_first"})
    {'manad': {'*': 'day_first'}}
    """
    found: dict[str, dict[str, str]] = {}
    for name, word in form.items():
        if not word:
            continue
        if name.startswith((ALL, ORDER)):
            found.setdefault(name.partition("-")[2], {})["*"] = word
        elif name.startswith(ONE):
            element, _, row = name.removeprefix(ONE).rpartition("-")
            found.setdefault(element, {})[row] = word
    return found


def gap_answers_of(form: Mapping[str, str]) -> dict[str, str]:
    """Answers about gaps by their keys; an empty one takes back what was said.

    >>> gap_answers_of({"lucka-within": "closed", "lucka-65016/Medicin 2026-04-02--2026-04-29": "", "x": "closed"})
    {'within': 'closed', '65016/Medicin 2026-04-02--2026-04-29': ''}
    """
    return {name.removeprefix(GAP): word for name, word in form.items() if name.startswith(GAP)}


def explanations_of(form: Mapping[str, str]) -> dict[str, str]:
    """Explanations by finding key.

    >>> explanations_of({"forklaring-HIS-002": " stängt ", "x": "y"})
    {'HIS-002': 'stängt'}
    """
    return {name.removeprefix(WHY): text.strip() for name, text in form.items() if name.startswith(WHY)}


class ManyValues(Protocol):
    """A form in which a name may have several values."""

    def __iter__(self) -> Iterator[str]: ...
    def getlist(self, name: str) -> list[str]: ...


def cited_of(form: ManyValues) -> dict[str, list[str]]:
    """Ids of kept explanations by finding key; a choice has those of all units that it explains, with spaces between them."""
    return {
        name.removeprefix(CITED): [one for ids in form.getlist(name) for one in ids.split()]
        for name in form
        if name.startswith(CITED)
    }


def kept_of(form: Mapping[str, str]) -> list[str]:
    """Keys of findings whose explanations are to be kept.

    >>> kept_of({"spara-HIS-002": "ja", "spara-HIS-006": "", "x": "ja"})
    ['HIS-002']
    """
    return [name.removeprefix(KEEP) for name, word in form.items() if name.startswith(KEEP) and word]


def correction_of(form: Mapping[str, str]) -> CorrectionKind | None:
    """How the file changes what was delivered before; ``None`` where nothing was chosen.

    >>> correction_of({"rattelse": "correction"}), correction_of({})
    (<CorrectionKind.CORRECTION: 'correction'>, None)

    Raises `Refused` for what is neither: nothing is taken for a correction that may be a replacement.
    """
    word = form.get(KIND, "")
    kind = CorrectionKind.named(word)
    if word and kind is None:
        raise Refused(FINDINGS.found("DEL-014", {"word": word[:100]}))
    return kind
