"""What the values of an element stand on, and whether two versions of a model let it stand on the same.

A figure may be set beside another where both count the same: by the same wording (and the wordings that this one uses),
in the same unit, as the element describes it, with codes that mean the same. What differs is a `Shift`, with its ground.
Whether a difference is one of meaning is said by people, where a version was classed as editorial, and otherwise taken
to be. Pure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from information_models.code_lists import Code, CodeList, folded
from information_models.elements import Element
from registry.findings import Text


class Ground(StrEnum):
    """What it is of a footing that differs."""

    CONCEPT = "concept"
    """Another concept, or another wording of it."""
    NESTED = "nested"
    """Another wording of a concept that the definition uses, however far within."""
    UNIT = "unit"
    DEFINITION = "definition"
    """What the model says that the element is."""
    CODES = "codes"
    """Codes that are in both and mean something else."""


@dataclass(frozen=True, slots=True)
class Footing:
    """What the values of one element stand on in one version of its model.

    ``nested``: version hash by key of each concept that the definition of its own uses. Versions are content hashes.
    """

    element: str
    label: Text
    definition: Text
    concept: str | None = None
    concept_version: str | None = None
    nested: Mapping[str, str] | None = None
    unit: Text | None = None
    code_list: str | None = None
    code_list_version: str | None = None
    is_number: bool = False

    @classmethod
    def of(cls, element: Element, nested: Mapping[str, str] | None = None) -> "Footing":
        return cls(
            element.name,
            element.label,
            element.description,
            element.concept,
            element.concept_version,
            nested,
            element.unit,
            element.code_list,
            element.code_list_version,
            element.is_number,
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing that an element stands on otherwise after than before.

    ``concept``: whose wordings ``before`` and ``after`` are (hashes), for `Ground.CONCEPT` and `Ground.NESTED`; else
    these are versions of the model. ``codes``: those that mean something else; the figures of others go on.
    """

    ground: Ground
    element: str
    label: Text
    before: str = ""
    after: str = ""
    concept: str = ""
    old: Text | None = None
    new: Text | None = None
    codes: frozenset[str] = frozenset()
    is_another: bool = False
    """Of `Ground.CONCEPT`: ``before`` is of another concept, or one of the two is of none."""

    @property
    def counts_otherwise(self) -> bool:
        """Whether values on both sides of it may not be added: they are of another concept, or in another unit."""
        return self.is_another or self.ground is Ground.UNIT


@dataclass(frozen=True)
class ModelVersion:
    """A version of a model: its hash, its number, whether people classed it as editorial, and what its elements stand on."""

    version_hash: str
    number: int
    is_editorial: bool
    footings: Mapping[str, Footing]


@dataclass(frozen=True)
class ListVersion:
    """A version of a code list, as `ModelVersion`."""

    number: int
    is_editorial: bool
    codes: CodeList


@dataclass(frozen=True)
class Footings:
    """Every version of one model, oldest first, with the code lists that they name (by hash).

    ``changed_meaning(before, after)`` says of two hashes of one concept's wordings whether another version between them
    changed the meaning.
    """

    versions: Sequence[ModelVersion]
    lists: Mapping[str, ListVersion]
    changed_meaning: Callable[[str, str], bool]

    def shifts(self, before: str, after: str, elements: Sequence[str]) -> tuple[Shift, ...]:
        """What of meaning the elements stand on otherwise in the model version ``after`` than in ``before``.

        Raises ``KeyError`` for a version that is not here. Elements that one of the two lacks are left out.
        """
        if before == after:
            return ()
        old, new = self.version(before), self.version(after)
        found: list[Shift] = []
        for name in elements:
            if name in old.footings and name in new.footings:
                found.extend(self._shifts(old, new, name))
        return tuple(dict.fromkeys(found))

    def version(self, version_hash: str) -> ModelVersion:
        return next(one for one in self.versions if one.version_hash == version_hash)

    def groups(self, hashes: Sequence[str], elements: Sequence[str]) -> dict[str, int]:
        """Number of a group by model version: those of one group count the same concept in the same unit, so that their values may
        be added. The wording may have changed between them: that is a break."""
        firsts: list[str] = []
        found = {}
        for one in hashes:
            for number, first in enumerate(firsts):
                if not any(shift.counts_otherwise for shift in self.shifts(first, one, elements)):
                    found[one] = number
                    break
            else:
                found[one] = len(firsts)
                firsts.append(one)
        return found

    def _shifts(self, old: ModelVersion, new: ModelVersion, name: str) -> Iterator[Shift]:
        one, other = old.footings[name], new.footings[name]
        here = (old.version_hash, new.version_hash)
        if one.concept != other.concept:
            if self._is_of_meaning(old, new, name, lambda each: each.concept):
                versions = (one.concept_version or "", other.concept_version or "")
                named = other.concept or one.concept or ""
                yield Shift(Ground.CONCEPT, name, other.label, *versions, named, is_another=True)
        elif self._is_reworded(one.concept_version, other.concept_version):
            versions = (one.concept_version or "", other.concept_version or "")
            yield Shift(Ground.CONCEPT, name, other.label, *versions, other.concept or "")
        yield from self._nested(one, other)
        if one.unit != other.unit and self._is_of_meaning(old, new, name, lambda each: each.unit):
            yield Shift(Ground.UNIT, name, other.label, *here, old=one.unit, new=other.unit)
        if one.definition != other.definition and self._is_of_meaning(old, new, name, lambda each: each.definition):
            yield Shift(Ground.DEFINITION, name, other.label, *here, old=one.definition, new=other.definition)
        if codes := self._codes(one, other):
            yield Shift(Ground.CODES, name, other.label, *here, codes=codes)

    def _is_reworded(self, before: str | None, after: str | None) -> bool:
        return bool(before and after and before != after and self.changed_meaning(before, after))

    def _nested(self, one: Footing, other: Footing) -> Iterator[Shift]:
        for concept, before in (one.nested or {}).items():
            after = (other.nested or {}).get(concept, before)
            if after != before and concept != other.concept and self.changed_meaning(before, after):
                yield Shift(Ground.NESTED, other.element, other.label, before, after, concept)

    def _is_of_meaning(
        self, old: ModelVersion, new: ModelVersion, name: str, said: Callable[[Footing], object]
    ) -> bool:
        """Whether a version between the two, not classed as editorial, says otherwise than the one before it."""
        low, high = sorted((old.number, new.number))
        between = [one for one in self.versions if low <= one.number <= high and name in one.footings]
        return any(
            said(earlier.footings[name]) != said(later.footings[name]) and not later.is_editorial
            for earlier, later in pairwise(between)
        )

    def _codes(self, one: Footing, other: Footing) -> frozenset[str]:
        before, after = self.lists.get(one.code_list_version or ""), self.lists.get(other.code_list_version or "")
        if before is None or after is None or one.code_list_version == other.code_list_version:
            return frozenset()
        if one.code_list == other.code_list:
            low, high = sorted((before.number, after.number))
            between = [
                each for each in self.lists.values() if each.codes.slug == other.code_list and low < each.number <= high
            ]
            if all(each.is_editorial for each in between):
                return frozenset()
        return codes_that_moved(before.codes, after.codes)


def codes_that_moved(old: CodeList, new: CodeList) -> frozenset[str]:
    """The codes of both lists that mean something else in the new one: they lie elsewhere, stand for another concept, or have
    a name that was another code's, or gave theirs to one."""
    moved = set()
    for code in old.codes:
        now = new.by_code.get(code.code)
        if now is None:
            continue
        if (code.parent, code.concept) != (now.parent, now.concept):
            moved.add(code.code)
        moved.update(_traded(code, new), _traded(now, old))
    return frozenset(moved & old.by_code.keys() & new.by_code.keys())


def _traded(code: Code, elsewhere: CodeList) -> Iterator[str]:
    """The code, and those that have one of its names in the other version of its list."""
    for name in code.names():
        other = elsewhere.by_name.get(folded(name))
        if other is not None and other != code.code:
            yield from (code.code, other)
