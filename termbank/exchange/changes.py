"""What one concept says and another does not, text by text: of an import, and of a comparison of two files or schemes. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from registry.findings import Text
from registry.items.outlines import Word
from termbank.concepts import outline as concept_outline
from termbank.concepts.concept import Concept


@dataclass(frozen=True, slots=True)
class Change:
    """A labelled text before and after; either may be empty. The register's own words are in both languages."""

    label: Text
    before: Text | str = ""
    after: Text | str = ""


def changes(before: Concept | None, after: Concept | None, titles: Mapping[str, str]) -> list[Change]:
    """What one concept says and another does not, text by text, in reading order."""
    old, new = _rows(before, titles), _rows(after, titles)
    gone, added = Counter(old), Counter(new)
    gone, added = gone - Counter(new), added - Counter(old)
    found: list[Change] = []
    for label, text in dict.fromkeys(old):
        if gone[label, text]:
            again = next((other for other in dict.fromkeys(new) if other[0] == label and added[other]), None)
            if again is not None:
                added[again] -= 1
            found.append(Change(Text(*label), text, again[1] if again else ""))
    found += [Change(Text(*label), "", text) for label, text in dict.fromkeys(new) if added[label, text] > 0]
    return found


_Row = tuple[tuple[str, str], Text | str]


def _rows(concept: Concept | None, titles: Mapping[str, str]) -> list[_Row]:
    if concept is None:
        return []
    found: list[_Row] = []
    for label, value in concept_outline.outline(concept.as_content()):
        if value == concept_outline.NO_DEFINITION:
            continue
        said: Text | str
        if isinstance(value, Word):
            said = value
        elif isinstance(value, Text):
            said = value.sv if value.sv == value.en else " / ".join(filter(None, (value.sv, value.en)))
        elif isinstance(value, str):
            said = titles.get(value, value)
        else:
            name = titles.get(value.item or "", value.slug or value.item or "")
            said = f"{name} ({value.about.sv or value.about.en})" if value.about else name
        found.append(((label.sv, label.en), said))
    return found
