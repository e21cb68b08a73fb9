"""What is said of a concept that has no place in it: kept as statements, each by one concept. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from termbank.concepts.kept_statements import triple_of
from termbank.concepts.schema import MOST_STATEMENTS
from termbank.exchange.reading.blank_nodes import Fact
from termbank.exchange.reading.rdf_parts import Parts
from termbank.exchange.reading.rdf_words import short
from termbank.vocabularies.rdf_files import resource_of


class KeptFacts:
    """The facts of a file by their subjects, and which subjects are somebody's already; what cannot be kept is counted as lost."""

    def __init__(
        self, facts: Mapping[str, list[Fact]], names: Mapping[str, str], claimed: set[str], lost: Counter[str]
    ) -> None:
        self.facts, self.names, self.claimed, self.lost = facts, names, claimed, lost

    def keep(self, parts: Parts, subject: str, predicate: str, value: Any) -> None:
        """Keep a statement, and everything that hangs below it and is nobody else's."""
        waiting: list[tuple[str, str, Any]] = [(subject, predicate, value)]
        while waiting:
            one, what, said = waiting.pop()
            if len(parts.lines) >= MOST_STATEMENTS:
                self.lost[f"{short(what)} (> {MOST_STATEMENTS})"] += 1
            elif self._line(parts, one, what, said):
                parts.kept += 1
            else:
                self.lost[short(what)] += 1
            below = resource_of(said)
            if below not in self.claimed and (facts := self.facts.get(below)):
                self.claimed.add(below)
                waiting += [(below, *fact) for fact in facts]

    def keep_aliased(self, parts: Parts, alias: str) -> None:
        """What the file says of that which the concept is a version of: kept statements of an earlier import."""
        if alias in self.claimed:
            return
        self.claimed.add(alias)
        for predicate, value in self.facts.get(alias, []):
            self.keep(parts, alias, predicate, value)

    def _line(self, parts: Parts, subject: str, predicate: str, value: Any) -> bool:
        """Add a line of N-Triples; ``False`` where it cannot be one."""
        said = str(value) if isinstance(value, ox.Literal) else self._named(resource_of(value))
        line = f"{self._named(subject)} <{predicate}> {said} ."
        if triple_of(line) is None:
            return False
        if line not in parts.lines:
            parts.lines.append(line)
        return True

    def _named(self, resource: str) -> str:
        return f"<{self.names.get(resource, resource)}>"
