"""Whether an element concerns persons: it follows its concept, and what says otherwise gives a reason that a legal reviewer approves.

Small numbers are protected where persons are counted, so the flag is not a modeller's alone to turn off. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from information_models.definitions import Element, Model
from information_models.finding_texts.all import FINDINGS
from information_models.headings import heading_key
from registry.findings import Finding, Param, Place, Text


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of persons beside a model: by concept what its wording says (``None``: nothing), the headings (`heading_key`)
    of the elements of the version before that concern them, and the concepts of which some published model says so."""

    wordings: Mapping[str, bool | None]
    before: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()

    def expected(self, element: Element) -> tuple[bool, Text] | None:
        """Whether the element is expected to concern persons, and who says so; ``None`` where nobody does."""
        said = self.wordings.get(element.concept or "")
        if said is not None:
            return said, Text("begreppet", "the concept")
        # By what files call it: another name for the same column changes nothing of what is counted there.
        if any(heading_key(heading) in self.before for heading in element.headings()):
            return True, Text("versionen före", "the version before")
        if element.concept in self.elsewhere:
            return True, Text("andra publicerade modeller", "other published models")
        return None


def problems(model: Model, known: Known) -> Iterator[Finding]:
    """Elements that say otherwise of persons than is expected, without a reason."""
    for element in model.elements:
        expected = known.expected(element)
        if expected is None or expected[0] is element.concerns_persons or element.persons_reason:
            continue
        code = "MOD-029" if expected[0] else "MOD-030"
        params: dict[str, Param] = {"element": element.name, "label": element.label, "who": expected[1]}
        yield FINDINGS.found(code, params, (Place(field=element.name),))


def needs_reviewer(content: Mapping[str, Any]) -> bool:
    """Whether a model's content says otherwise of persons, with a reason: a legal reviewer decides on that."""
    return any(element.get("persons_reason") for element in content.get("elements", ()))
