"""An attack in words that a reviewer can follow with the table beside them."""

from collections.abc import Callable
from fractions import Fraction

from legal_checks.small_numbers.proofs import Proof
from registry.findings import Text

SumName = Callable[[int], str]
"""The name of the sum that an equation is about, for example ``"R01 × T"``."""

SHOWN = Text("cellen visas", "the cell is shown")
KNOWN = Text(
    "känd från en tidigare publicering eller från annat håll", "known from an earlier publication or from elsewhere"
)
STEP_BY_STEP = Text(
    "följer av enstaka summor, en efter en: varje steg lämnar en okänd cell kvar",
    "follows from single sums, one after another: each step leaves one unknown cell",
)
TOGETHER = Text(
    "följer av alla summor tillsammans (lägsta och högsta möjliga värde uträknade med linjärprogram)",
    "follows from all sums together (lowest and highest possible value computed by linear programs)",
)


def attack_in_words(upper: Proof | None, lower: Proof | None, is_the_sum: bool, shown: int, name: SumName) -> Text:
    """How the target's interval was found.

    Args:
        upper, lower: proofs of its ends, as far as found.
        is_the_sum: the target is the sum of the one equation that is used, not one of its parts.
        shown: how many other cells of that equation are shown.
        name: of a row's sum.
    """
    proof = upper or lower
    if proof is None:
        return TOGETHER
    text = _one_sum(name(proof.rows[0]), is_the_sum, shown) if len(proof.rows) == 1 else _several_sums(proof, name)
    if proof.helpers:
        text = Text(
            f"{text.sv}; {proof.helpers} dolda celler kan inte vara mindre än angriparen vet",
            f"{text.en}; {proof.helpers} hidden cells cannot be less than the attacker knows",
        )
    return text


def _one_sum(sum_name: str, is_the_sum: bool, shown: int) -> Text:
    if is_the_sum:
        return Text(f"summan av {shown} celler som visas", f"the sum of {shown} cells that are shown")
    return Text(
        f"summan {sum_name} minus {shown - 1} celler som visas",
        f"the sum {sum_name} minus the {shown - 1} cells that are shown",
    )


def _several_sums(proof: Proof, name: SumName) -> Text:
    terms = []
    for row, multiplier in zip(proof.rows, proof.multipliers, strict=True):
        factor = "" if abs(multiplier) == 1 else f"{_written(abs(multiplier))} · "
        terms.append(f"{'−' if multiplier < 0 else '+'} {factor}({name(row)})")
    combined = " ".join(terms).removeprefix("+ ")
    return Text(
        f"kombinera summorna {combined}: övriga dolda celler tar ut varandra",
        f"combine the sums {combined}: the other hidden cells cancel out",
    )


def _written(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{number.numerator}/{number.denominator}"
