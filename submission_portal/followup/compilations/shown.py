"""A table version as one reader has it: its figures without what is closed to them, and which rules close that."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from legal_checks.compilations.rules import CompilationRule, rule
from registry.findings import Finding
from submission_portal.followup.compilations.closing import ClosedPart, parts_of
from submission_portal.followup.tables import TableVersion


@dataclass(frozen=True)
class ShownTable:
    """What pages, files, traces and commands show of a version. Made by `gate` alone.

    ``cells``: the closed figures (`closing.CELLS`); empty where nothing is closed to the reader.
    """

    table: TableVersion
    frame: pl.DataFrame
    cells: pl.DataFrame

    @cached_property
    def closed(self) -> tuple[ClosedPart, ...]:
        """What is closed to the reader, by rule, level and kind of period."""
        return parts_of(self.cells)

    @cached_property
    def closing_rules(self) -> tuple[CompilationRule, ...]:
        """The rules that close something in the table, each once."""
        return tuple(dict.fromkeys(part.rule for part in self.closed))

    def closed_of(self, *, key: str = "", region: str = "", period: str = "") -> tuple[ClosedPart, ...]:
        """What is closed of one figure, of a region or of a period, or of several of these together."""
        asked = [
            pl.col(name) == value for name, value in (("key", key), ("region", region), ("period", period)) if value
        ]
        return parts_of(self.cells.filter(*asked)) if asked else self.closed

    def rules_closing(self, key: str) -> tuple[CompilationRule, ...]:
        """The rules that close one figure to the reader; none where it is open."""
        found = self.cells.filter(pl.col("key") == key)["rule"].unique().sort().to_list()
        return tuple(rule(one) for one in found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found when the version was composed, but for what tells a figure that is closed."""
        if self.cells.is_empty():
            return tuple(self.table.findings)
        closed = set(self.cells["key"].to_list())
        return tuple(one for one in self.table.findings if not closed & _figures_named_by(one))


def _figures_named_by(finding: Finding) -> set[str]:
    return {value for place in finding.places for name, value in place.key if name == "figure"}
