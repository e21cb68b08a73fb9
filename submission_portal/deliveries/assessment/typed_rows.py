"""What is judged of typed rows beside the model's own rules: small numbers of persons, and periods that have not ended. Pure."""

from datetime import date

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Finding, Place
from submission_portal.deliveries.finding_texts import FINDINGS


def small_numbers(loaded: LoadedModel, frame: pl.DataFrame, threshold: int) -> list[Finding]:
    """Counts of persons above zero and below the threshold, means with decimals too. A rate (not additive) is no count of
    anybody."""
    findings = []
    for element in loaded.model.values:
        if element.concerns_persons and element.additive and element.name in frame.columns:
            small = frame.filter((pl.col(element.name) > 0) & (pl.col(element.name) < threshold))
            if small.height:
                places = tuple(
                    Place(row["__sheet"], row["__row"], field=element.name) for row in small.iter_rows(named=True)
                )
                params: dict[str, str | int] = {
                    "label_sv": element.label.sv,
                    "label_en": element.label.en,
                    "below": threshold,
                }
                findings.append(FINDINGS.found("LEG-001", params, places))
    return findings


def not_ended(loaded: LoadedModel, frame: pl.DataFrame, today: date) -> list[Finding]:
    """Rows about days that have not come.

    Persons cannot be counted before the period has begun: that is an error (TIM-001). A period that is not over, or beds
    that are decided ahead, may be right, and are explained (TIM-002).
    """
    element = loaded.model.element(loaded.model.period_element)
    first, last = f"{element.name}__first", f"{element.name}__last"
    if first not in frame.columns:
        return []
    ahead = frame.filter(pl.col(last) > today)
    unborn = ahead.filter((pl.col(first) > today) & pl.lit(loaded.model.concerns_persons))
    begun = ahead.join(unborn, on="__row", how="anti")
    params: dict[str, str | int] = {
        "label_sv": element.label.sv,
        "label_en": element.label.en,
        "today": today.isoformat(),
    }
    found = (("TIM-001", unborn), ("TIM-002", begun))
    return [
        FINDINGS.found(
            code,
            params,
            tuple(
                Place(row["__sheet"], row["__row"], field=element.name, value=row[element.name])
                for row in rows.iter_rows(named=True)
            ),
        )
        for code, rows in found
        if rows.height
    ]
