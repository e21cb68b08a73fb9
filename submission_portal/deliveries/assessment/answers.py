"""What senders answer about empty cells, and the rows with the answers in them. Pure."""

import re
from collections.abc import Collection, Mapping

import polars as pl

from information_models.definitions import LoadedModel
from information_models.values import status_of
from registry.findings import Finding
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.date_order import TOLD
from submission_portal.deliveries.reading.table import ROW

ANSWERS = {"closed": "stängd", "not_reported": "ej rapporterat", "zero": "0"}
"""What an empty cell may mean, and the word that is put into it before it is checked again."""

LONGEST_SHOWN = 100
"""Characters of a wrong answer that a finding repeats."""
_ROW_NUMBER = re.compile("[0-9]{1,7}")


def is_row(text: str) -> bool:
    """Whether a text is the number of a row that a file could have.

    >>> [is_row(each) for each in ("17", "0", "٣", "191212121212", "*")]
    [True, True, False, False, False]
    """
    return _ROW_NUMBER.fullmatch(text) is not None


def unknown_answer(answers: Mapping[str, Mapping[str, str]], elements: Collection[str]) -> Finding | None:
    """The finding for the first answer that is none: about an element that is not in the file, a row that no file has,
    or in a word that is not among the choices.

    >>> found = unknown_answer({"disponibla": {"*": "closed", "17": "zeroo"}}, ["disponibla"])
    >>> dict(found.params)
    {'word': 'zeroo', 'element': 'disponibla', 'row': '17'}
    >>> unknown_answer({"disponibla": {"17": "zero"}, "datum": {"*": "day_first"}}, ["disponibla", "datum"])
    """
    for element, given in answers.items():
        for row, word in given.items():
            is_known = (word in ANSWERS and (row == "*" or is_row(row))) or (word in TOLD and row == "*")
            if element not in elements or not is_known:
                shown = {"word": word, "element": element, "row": row}
                return FINDINGS.found("DEL-013", {name: text[:LONGEST_SHOWN] for name, text in shown.items()})
    return None


def with_kept(
    answers: Mapping[str, Mapping[str, str]], absent: Collection[str], orders: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The answers of one delivery with those that were given once for its export: elements that are not in it, and how its
    dates are written. What is said of this delivery counts before them.

    >>> with_kept({"dag": {"*": "month_first"}}, ["belagda"], {"dag": "day_first"})
    {'belagda': {'*': 'not_reported'}, 'dag': {'*': 'month_first'}}
    """
    kept = {name: {"*": "not_reported"} for name in absent} | {name: {"*": order} for name, order in orders.items()}
    return {**kept, **{name: dict(given) for name, given in answers.items()}}


def answered(loaded: LoadedModel, rows: pl.DataFrame, answers: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """The rows with words in the empty cells that were answered for; a cell that holds something is never changed.

    ``answers`` gives per element a word for all cells (``"*"``) or for single rows.
    """
    for element, given in answers.items():
        if element not in rows.columns or element not in {each.name for each in loaded.model.values}:
            continue
        single = {int(row): ANSWERS[word] for row, word in given.items() if is_row(row) and word in ANSWERS}
        every = pl.lit(ANSWERS.get(given.get("*", "")), pl.String)
        word = pl.col(ROW).replace_strict(list(single), list(single.values()), default=None, return_dtype=pl.String)
        rows = rows.with_columns(pl.col(element).cast(pl.String))
        blank = [text for text in rows[element].unique().drop_nulls() if status_of(text) is None]
        is_empty = pl.col(element).is_null() | pl.col(element).is_in(blank)
        said = pl.coalesce(word, every, pl.col(element)) if single else pl.coalesce(every, pl.col(element))
        rows = rows.with_columns(pl.when(is_empty).then(said).otherwise(pl.col(element)).alias(element))
    return rows
