"""Whether a column of a table holds identity numbers: judged as a whole, since a single cell says too little.

Every month holds a measuring time such as ``202610010600`` with a birth date and a right check digit, and one telephone number in
twenty begins like a birth date. So all cells of a column that are written in the same form are weighed against each other:

* What is plainly something else is set aside: times of day, organisation numbers, telephone numbers, numbers that all end alike.
* In what is left, how many would be right by chance follows from the cells that are wrong (`_chance`). More than that are
  identity numbers: **certain** where chance is out of the question, **doubtful** where it is not; else **innocent**.
* Where nearly all begin with a birth date, and the dates lie a generation apart, it is **doubtful** whatever the check digits say.
* A heading that says identity needs no statistics: a birth date with a wrong check digit is somebody's number, miswritten.

A cell that differs from the others (a birth date decades before the period, a number that begins unlike the rest) is judged
by itself, so that one number does not hide among a thousand times. Not found is one number among many unlike each other
that are written in the very same form. Rates are measured by `tests/unit/legal_checks/test_number_columns.py`.

A text that is no cell (a comment, a file's name) is a column of one cell without a heading.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from statistics import median

from legal_checks.number_forms import SHORTEST, Form, NumberKind, Token, judged, plain, tokens, worth_judging
from legal_checks.number_headings import Says, is_named_before, says


class Certainty(StrEnum):
    """How sure it is that there are identity numbers."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    INNOCENT = "innocent"


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """The cells that hold a number, each with the kind of number that it looks like. Cells are never shown: they say where."""

    certain: Mapping[str, NumberKind] = field(default_factory=dict)
    doubtful: Mapping[str, NumberKind] = field(default_factory=dict)

    @property
    def certainty(self) -> Certainty:
        if self.certain:
            return Certainty.CERTAIN
        return Certainty.DOUBTFUL if self.doubtful else Certainty.INNOCENT


INNOCENT = ColumnVerdict()


def judge_column(heading: str, cells: Iterable[str]) -> ColumnVerdict:
    """Judge the different cells of one column under its heading (``""`` where there is none). Their order does not matter.

    Cells that are not `worth_judging` may be left out: they change nothing.

    >>> judge_column("Tid", ["202610010600", "202610020600"]).certainty.value
    'innocent'
    >>> judge_column("Nr", ["811218-9876", "232100-0016"]).certainty.value
    'certain'
    >>> judge_column("Personnummer", ["811218-9875"]).certainty.value
    'certain'
    """
    meaning = says(heading)
    found = _Found(meaning)
    for cell in cells:
        if worth_judging(cell):
            found.take(cell)
    return found.verdict()


def judge_name(name: str) -> ColumnVerdict:
    """Judge a file's name. It often says when the file was made, so what may be a day and a time
    (``yyyymmdd-hhmm``) is a question at most.

    >>> judge_name("uttag 20261102-0815.csv").certainty.value, judge_name("811218-9876.csv").certainty.value
    ('doubtful', 'certain')
    """
    verdict = judge_column("", (name,))
    right = [token for token in tokens(name) if token.is_right]
    if verdict.certain and all(len(token.digits) == 12 and token.may_be_time for token in right):
        return ColumnVerdict({}, {**verdict.doubtful, **verdict.certain})
    return verdict


class _Found:
    """The tokens of a column, by form; and for each the cells that it was met in."""

    def __init__(self, meaning: Says) -> None:
        self._meaning = meaning
        self._by_form: dict[Form, dict[str, Token]] = {}
        self._cells: dict[tuple[Form, str], list[str]] = {}
        self._certain: dict[str, NumberKind] = {}
        self._doubtful: dict[str, NumberKind] = {}

    def take(self, cell: str) -> None:
        """Look at one cell. What the heading or the text before it settles is settled; the rest is kept to be weighed."""
        says_identity = self._meaning in (Says.IDENTITY, Says.PERHAPS_IDENTITY)
        if says_identity and (kind := _with_lost_zeros(cell)) is not None:
            self._certain[cell] = kind
            return
        for token in tokens(cell):
            if token.form is Form.ZEROS_LOST and token.end - token.start < len(cell):
                continue  # part of something else
            if token.kind is not None and token.form is not Form.ZEROS_LOST:
                if says_identity:
                    is_sure = token.is_checked or self._meaning is Says.IDENTITY or token.form is Form.LETTERED
                    (self._certain if is_sure else self._doubtful)[cell] = token.kind
                    continue
                if not token.is_checked and is_named_before(cell, token.start):
                    self._doubtful[cell] = token.kind
                    continue
            self._by_form.setdefault(token.form, {})[token.digits] = token
            self._cells.setdefault((token.form, token.digits), []).append(cell)

    def verdict(self) -> ColumnVerdict:
        """The verdict on what was taken."""
        for form, by_digits in self._by_form.items():
            every = list(by_digits.values())
            for token, certainty in _weighed(form, every, self._meaning):
                target = self._certain if certainty is Certainty.CERTAIN else self._doubtful
                for cell in self._cells[form, token.digits]:
                    target[cell] = token.kind or NumberKind.RESERVE
        if not self._certain and not self._doubtful:
            return INNOCENT
        doubtful = {cell: kind for cell, kind in self._doubtful.items() if cell not in self._certain}
        return ColumnVerdict(self._certain, doubtful)


def _with_lost_zeros(cell: str) -> NumberKind | None:
    """Under a heading that says identity: a number that a spreadsheet took the first zeros from, born 2000–2009."""
    digits = plain(cell).strip().removesuffix(".0")
    if not (SHORTEST <= len(digits) <= 9 and digits.isascii() and digits.isdecimal()):
        return None
    written = digits.zfill(10)
    kind, is_checked = judged(written[:6], written[6:])
    return kind if is_checked else None


def _weighed(form: Form, every: list[Token], meaning: Says) -> list[tuple[Token, Certainty]]:
    """The tokens of one form that are identity numbers, and how sure that is."""
    if form is Form.LETTERED:
        return _weighed_lettered(every)
    if all(token.kind is None for token in every):
        return []
    left = every
    for set_aside in (_times, _telephones, _ending_alike, _organisations):
        innocent = {token.digits for token in set_aside(left, meaning)}
        left = [token for token in left if token.digits not in innocent]
    found: list[tuple[Token, Certainty]] = []
    for family in _families(left):
        certainty = _certainty(form, family)
        if certainty is not Certainty.INNOCENT:
            found += [(token, certainty) for token in family if token.is_right]
        elif _are_birth_dates(form, family):
            found += [(token, Certainty.DOUBTFUL) for token in family if token.kind is not None]
    return found


# What is plainly something else: each takes the tokens of one form and gives those that are.

_QUARTERS = ("00", "15", "30", "45")
MANY = 5
"""So many are enough to see a rule in."""


def _is_on_the_quarter(token: Token) -> bool:
    return token.may_be_time and token.digits[-2:] in _QUARTERS


def _times(every: Sequence[Token], meaning: Says) -> Sequence[Token]:
    """Times of day, as ``yyyymmddhhmm`` or ``yymmddhhmm``: several, close in time to each other; one where the date is parted
    from it."""
    times = [token for token in every if token.may_be_time]
    if not times or times[0].form.is_loose:
        return times
    middle = median(map(_year, times))
    times = [token for token in times if abs(_year(token) - middle) <= 1]
    is_said = meaning is Says.TIME
    is_seen = len(times) >= MANY or (len(times) > 1 and all(map(_is_on_the_quarter, times)))
    return times if is_said or is_seen else ()


def _telephones(every: Sequence[Token], meaning: Says) -> Sequence[Token]:
    """Ten digits that begin with a zero, where the heading says so or most of them are no dates."""
    zeros = [token for token in every if len(token.digits) == 10 and token.digits.startswith("0")]
    is_seen = len(zeros) >= MANY and sum(token.kind is None for token in zeros) * 2 >= len(zeros)
    return zeros if meaning is Says.TELEPHONE or is_seen else ()


def _ending_alike(every: Sequence[Token], _meaning: Says) -> Sequence[Token]:
    """Three or more that share their last four digits, as most of the column does, and are seldom right."""
    ending, count = Counter(token.digits[-4:] for token in every).most_common(1)[0] if every else ("", 0)
    alike = [token for token in every if token.digits[-4:] == ending]
    is_seen = count > 2 and count >= 0.8 * len(every) and sum(token.is_right for token in alike) * 2 < count
    return alike if is_seen else ()


def _organisations(every: Sequence[Token], _meaning: Says) -> Sequence[Token]:
    """Organisation numbers: a right check digit, a third digit of two or more, which no month has, and one of the first digits
    that legal forms have. One says so where it is written as they are, with a dash."""
    wrong = [token for token in every if not token.is_right]
    found = [token for token in wrong if token.is_checked and token.digits[-10] in "25789" and token.digits[-8] >= "2"]
    is_seen = len(found) >= (1 if every and every[0].form is Form.DASHED_TEN else 3)
    return found if is_seen and len(found) >= 0.95 * len(wrong) else ()


def _year(token: Token) -> int:
    """The year of birth; of ten digits, within the century."""
    return int(token.digits[:4]) if len(token.digits) == 12 else int(token.digits[:2])


def _families(every: Sequence[Token]) -> list[list[Token]]:
    """Tokens that begin alike (in a column of times all with the year), and those that differ from them."""
    if len(every) < MANY:
        return [list(every)] if every else []
    beginning = _common_beginning([token.digits for token in every])
    if beginning in ("", *"123456789"):
        return [list(every)]
    alike = [token for token in every if token.digits.startswith(beginning)]
    others = [token for token in every if not token.digits.startswith(beginning)]
    years = [_year(token) for token in alike if token.kind is not None]
    if len(years) * 2 >= len(alike):
        first, last = min(years) - 1, max(years) + 1
        alike += [token for token in others if token.kind and first <= _year(token) <= last]
        others = [token for token in others if not (token.kind and first <= _year(token) <= last)]
    return [alike, others] if others else [alike]


def _common_beginning(numbers: Sequence[str]) -> str:
    """The longest beginning that at least eight of ten share."""
    least, beginning = 0.8 * len(numbers), ""
    while numbers := [number for number in numbers if len(number) > len(beginning)]:
        digit, count = Counter(number[len(beginning)] for number in numbers).most_common(1)[0]
        if count < least:
            break
        beginning += digit
        numbers = [number for number in numbers if number.startswith(beginning)]
    return beginning


# How many would be right by chance.

_RIGHT_BY_CHANCE = 0.1
_STRUCTURE_BY_CHANCE = {
    Form.TWELVE: 0.006, Form.DASHED_TWELVE: 0.006, Form.PARTED_TWELVE: 0.006, Form.APART: 0.09,
    Form.APART_PARTED: 0.09,
}  # fmt: skip
"""Share of random digits in a form that have a birth date or its like. A date written apart is one; less is said here, since
four more digits behind it are seldom anything but a birth number."""
_STRUCTURE_OF_TEN = 0.074
_WEIGHT = 5
"""Random digits weigh as much as so many cells."""
_SURE_OF_LOOSE = 0.001
_RARE = 0.05
"""Where fewer right ones than this are expected, one is enough to doubt."""


def _certainty(form: Form, family: Sequence[Token]) -> Certainty:
    """How sure it is that what is right in a family of tokens is identity numbers."""
    right = [token for token in family if token.is_right]
    if not right or (form is Form.ZEROS_LOST and len(right) < 3):
        return Certainty.INNOCENT
    expected = _chance(form, family)
    probability = _at_least(len(right), expected)
    doubt, sure = (_RARE, 0.01) if expected < _RARE else (0.005, 0.0005)
    if form.is_loose:
        sure = _SURE_OF_LOOSE
    usual = len(family) * _STRUCTURE_BY_CHANCE.get(form, _STRUCTURE_OF_TEN) * _RIGHT_BY_CHANCE
    is_out_of_the_question = max(probability, _at_least(len(right), usual)) < sure
    if is_out_of_the_question and not all(map(_is_often_something_else, family)):
        return Certainty.CERTAIN
    return Certainty.DOUBTFUL if probability < doubt else Certainty.INNOCENT


GENERATION = 25
"""Years. Dates that lie so far apart are not those on which something was ordered, admitted or numbered."""


def _are_birth_dates(form: Form, family: Sequence[Token]) -> bool:
    """Whether nine of ten begin with a birth date and the dates lie a generation apart: people, whose last digits were changed."""
    dated = [token for token in family if token.kind is not None]
    if form.is_loose or len(dated) < MANY or len(dated) < 0.9 * len(family):
        return False
    years = sorted({_year(token) for token in dated})
    if len(dated[0].digits) == 12:
        return years[-1] - years[0] >= GENERATION
    gaps = [later - earlier for earlier, later in pairwise([*years, years[0] + 100])]
    return 100 - max(gaps) >= GENERATION


def _is_often_something_else(token: Token) -> bool:
    """A number that may be a moment, as exports have in their names and titles (``20261001-0815``), or a telephone number."""
    if token.form is Form.TWELVE:
        return token.may_be_time
    is_late = "20" <= token.digits[-10:-8] <= "39"
    if token.may_be_time and is_late and token.form in (Form.TEN, Form.DASHED_TEN, Form.DASHED_TWELVE, Form.APART):
        return True
    return token.form is Form.TEN and (_is_on_the_quarter(token) or token.digits.startswith("07"))


def _chance(form: Form, family: Sequence[Token]) -> float:
    """How many tokens of the family would be right by chance, as those that are wrong tell.

    That a token has a birth date, and that its check digit is right, are independent of each other in anything but an
    identity number.
    """
    wrong = [token for token in family if not token.is_right]
    undated = [token for token in wrong if token.kind is None]
    usual = _STRUCTURE_BY_CHANCE.get(form, _STRUCTURE_OF_TEN)
    checked = (sum(token.is_checked for token in undated) + _RIGHT_BY_CHANCE * _WEIGHT) / (len(undated) + _WEIGHT)
    checked = max(checked, _RIGHT_BY_CHANCE)
    # Those with a date that are wrong, and as many more as are right where nobody has them.
    dated = (len(wrong) - len(undated)) / (1 - min(checked, 0.5))
    share = (dated + usual * _WEIGHT) / (dated + len(undated) + _WEIGHT)
    if (
        checked > 0.5
    ):  # numbers with a check digit of their own: of those with a date all are right, and none tells how many
        share = max(share, usual)
    return len(family) * share * checked


def _at_least(count: int, expected: float) -> float:
    """The probability of ``count`` or more, where so many are expected (Poisson).

    >>> round(_at_least(1, 0.01), 4), round(_at_least(3, 2.5), 2)
    (0.01, 0.46)
    """
    if expected > 200:
        return 0.5 * math.erfc((count - 0.5 - expected) / math.sqrt(2 * expected))
    term = total = math.exp(-expected)
    for number in range(1, count):
        term *= expected / number
        total += term
    return max(0.0, 1.0 - total)


# Reserve numbers with letters. Few have a check digit; a code of another kind may begin with a date as well.


def _weighed_lettered(every: Sequence[Token]) -> list[tuple[Token, Certainty]]:
    fitting = [token for token in every if token.kind is not None]
    checked = [token for token in fitting if token.is_checked]
    if not fitting or _at_least(len(fitting), 0.03 * len(every)) > _RARE:
        return []
    if checked and _at_least(len(checked), 0.01 * len(fitting)) < 0.01:
        return [(token, Certainty.CERTAIN) for token in checked]
    years = [int(token.digits[-10:-8]) for token in fitting]
    spread = max(years) - min(years)
    if len(fitting) > 1 and spread <= 1:
        return []
    is_sure = len(fitting) > 2 and spread > MANY and len(fitting) >= 0.9 * len(every)
    return [(token, Certainty.CERTAIN if is_sure else Certainty.DOUBTFUL) for token in fitting]
