"""A unit of a line: what tells it apart, what it is called, and from when to when it exists. Pure.

A line's model says what a unit is: the elements of its key without the period, so a hospital, or a hospital and a ward. What
people call it belongs to the finest of these elements (`naming_element`), whose value in a file may be any of its other names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from information_models.definitions import Element, LoadedModel
from registry.content.canonical import canonical
from registry.swedish import sort_key

Values = Mapping[str, str]
"""Element → the value that a row of the unit has there; empty for one that is not stated."""
Life = tuple[date | None, date | None]
"""The first and the last day that a unit exists; ``None`` where nobody has said."""


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """A unit as the region has it in its register."""

    values: Values
    name: str = ""
    """What people call it, where that is not the value itself."""
    aliases: tuple[str, ...] = ()
    """Other texts that mean it in files."""
    opened: date | None = None
    closed: date | None = None
    """Its last day."""

    @property
    def life(self) -> Life:
        return self.opened, self.closed

    def key(self, elements: Sequence[str]) -> tuple[str, ...] | None:
        """Its values in the order of a model's elements; ``None`` where the model tells units apart by something else."""
        return tuple(self.values[name] for name in elements) if set(elements) == set(self.values) else None


def key_text(values: Values) -> str:
    """What a unit is known by in its line.

    >>> key_text({"sjukhus": "24010", "avdelning": "K1"})
    '{"avdelning":"K1","sjukhus":"24010"}'
    """
    return canonical({name: normalize("NFC", value) for name, value in values.items()})


def exists_between(life: Life, first: date, last: date) -> bool:
    """Whether a unit exists on some of the days.

    >>> exists_between((None, date(2025, 12, 31)), date(2025, 12, 31), date(2026, 1, 1))
    True
    >>> exists_between((None, date(2025, 12, 31)), date(2026, 1, 1), date(2026, 1, 1))
    False
    >>> exists_between((date(2026, 1, 2), None), date(2026, 1, 1), date(2026, 1, 1))
    False
    """
    opened, closed = life
    return (opened is None or opened <= last) and (closed is None or closed >= first)


def unit_elements_of(loaded: LoadedModel) -> list[Element]:
    """The elements that tell units apart, in the model's order."""
    return [loaded.model.element(name) for name in loaded.model.key if name != loaded.model.period_element]


def naming_element(loaded: LoadedModel) -> Element | None:
    """The element that a unit's name is about: the last that is a text of the region's own, or else the first.

    A ward in a model of wards, a hospital in a model of hospitals and forms of care. ``None`` where there are no units.
    """
    elements = unit_elements_of(loaded)
    own = [one for one in elements if one.code_list is None]
    return own[-1] if own else elements[0] if elements else None


def spelled_alike(text: str) -> str:
    """A text as names are compared: case and the number of spaces do not matter.

    >>> spelled_alike("  Kir  1 ")
    'kir 1'
    """
    return normalize("NFC", " ".join(text.split()).casefold())


def names_of(loaded: LoadedModel, units: Iterable[RegisteredUnit]) -> dict[str, str]:
    """The texts that mean a value of the naming element, as they are compared, and that value.

    A text that would mean two things is left out: a ward *1* of two hospitals is read as it is written.
    """
    element = naming_element(loaded)
    if element is None:
        return {}
    means: dict[str, set[str]] = {}
    for unit in units:
        value = unit.values.get(element.name, "")
        for text in (value, unit.name, *unit.aliases):
            if value and text:
                means.setdefault(spelled_alike(text), set()).add(value)
    return {text: values.pop() for text, values in means.items() if len(values) == 1}


def own_names(loaded: LoadedModel, units: Iterable[RegisteredUnit] | None) -> dict[str, dict[str, str]]:
    """What the region's register calls its units, by the element that names them; nothing where it has none."""
    element, named = naming_element(loaded), list(units or ())
    return {element.name: names_of(loaded, named)} if element is not None and named else {}


def doubled_names(loaded: LoadedModel, units: Sequence[RegisteredUnit]) -> list[str]:
    """Names that several units of the same place have: they could not be told apart by them.

    The place is what the other elements say, so that two hospitals may each have a *Ward 1*.
    """
    element = naming_element(loaded)
    if element is None:
        return []
    means: dict[tuple[frozenset[tuple[str, str]], str], dict[str, str]] = {}
    for unit in units:
        place = frozenset(pair for pair in unit.values.items() if pair[0] != element.name)
        value = unit.values.get(element.name, "")
        for text in filter(None, (value, unit.name, *unit.aliases)):
            means.setdefault((place, spelled_alike(text)), {})[value] = text
    return sorted({min(texts.values()) for texts in means.values() if len(texts) > 1}, key=sort_key)
