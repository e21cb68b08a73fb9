"""Why a cell is hidden, in words with numbers."""

from dataclasses import replace
from decimal import Decimal

from registry.findings import Text
from submission_portal.followup.hidden_cells import CellAttack, HiddenCell
from submission_portal.followup.hidden_words import Words, left_with
from submission_portal.followup.small_number_rules import Rules

VALUES = {"r/2026/h/S": 24, "r/2026/h/A": 3, "r/2026/h/B": 9, "r/2026/h/Z": 0, "r/2026/h/W": 33}
WORDS = Words(
    lambda key: Text(key[-1], key[-1]),
    lambda code: Text(f"Region {code}", f"Region {code}"),
    {"n": {key: Decimal(value) for key, value in VALUES.items()}},
    Rules(5, zeros_are_sensitive=True),
    frozenset({"r/2026/h/A", "r/2026/h/Z"}),
)


def cell(name: str, *attacks: CellAttack, low: str = "0", high: str | None = "12", more: int = 0) -> HiddenCell:
    return HiddenCell(f"r/2026/h/{name}", "n", low, high, attacks=attacks, more=more)


def on(name: str, *sums: str, **said) -> CellAttack:
    return CellAttack(f"r/2026/h/{name}", tuple(f"r/2026/h/{one}" for one in sums), **said)


def test_small_zero_and_protecting_cells_have_reasons_of_their_own():
    assert WORDS.of(cell("A")).why.sv == "Själv ett småtal, under 5"
    assert WORDS.of(cell("Z")).why.sv.startswith("Nollregeln")
    assert WORDS.of(cell("B", on("A", "S"))).why.sv == "Skyddar A"
    assert WORDS.of(replace(cell("B"), is_kept=True)).why.sv.startswith("Var dold redan")
    assert WORDS.of(cell("B")).why.sv.startswith("Döljs tillsammans")
    assert WORDS.of(cell("B", on("A", "S"), more=2)).why.en == "Protects A and 2 more"


def test_what_is_hidden_for_other_tables_says_so():
    linked = replace(WORDS, linked=frozenset({"r/2026/h/B"}))
    assert linked.of(cell("B")).why.sv.startswith("Skyddar ett småtal som annars kan räknas fram med tabeller")


def test_a_cell_that_hides_from_a_region_names_the_region():
    assert WORDS.of(cell("B", on("A", "S", by="14"))).why.sv == "Skyddar A från Region 14, som känner sina egna siffror"


def test_the_attack_is_a_sum_with_its_numbers():
    assert WORDS.of(cell("B", on("A", "S", others=1))).attacks[0].sv == "A = S 24 − den här 9 − en annan cell 12 = 3."
    assert WORDS.of(cell("S", on("A", "S", others=2))).attacks[0].en == "A = this one 24 − 2 other cells 21 = 3."
    of_sum = WORDS.of(cell("B", on("W", "W", others=2, is_the_sum=True))).attacks[0]
    assert of_sum.sv == "W = den här 9 + 2 andra celler 24 = 33."


def test_several_sums_are_named_and_what_has_no_number_is_told_without():
    assert WORDS.of(cell("B", on("A", "S", "W"))).attacks[0].sv == "A = 3: följer av summorna S; W tillsammans."
    assert WORDS.of(cell("B", on("A"))).attacks[0].sv == "A = 3: följer av alla summor tillsammans."
    assert WORDS.of(cell("B", on("X", "S"))).attacks[0].sv == "X: följer av summan S."


def test_what_a_reader_is_left_with_is_an_interval():
    assert left_with(cell("A")).sv == "0–12"
    assert left_with(cell("A", high=None)).sv == "0 eller mer"
    assert left_with(cell("A", low="7", high="7")).sv == "kan räknas ut: 7"


def test_small_numbers_come_first_in_their_period():
    told = WORDS.in_period("2026", [cell("B", on("A", "S")), cell("A")])
    assert [one.place.sv for one in told.cells] == ["A", "B"]
    assert (told.small, told.protecting) == (1, 1)
