"""What a model expects of a file, in the words of the reading."""

from collections.abc import Mapping
from dataclasses import replace

from information_models.definitions import LoadedModel, TotalRows
from information_models.starter.shipped_code_lists import code_list_contents, starter_code_list
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, spelled
from submission_portal.deliveries.reading.expected_columns import expected_column


def expected_of(
    loaded: LoadedModel,
    language: str = "sv",
    region: str | None = None,
    own_names: Mapping[str, Mapping[str, str]] | None = None,
) -> Expected:
    """The columns that a delivery under this model should have. ``region``: the county code of who delivers; ``own_names``: by
    element, what codes are called by whoever delivers (`spelled`), beside the names of the code list."""
    columns = [
        _also_called(expected_column(loaded, element, language), (own_names or {}).get(element.name, {}))
        for element in loaded.model.elements
    ]
    own = frozenset(code for code, of in loaded.regions.items() if region is not None and of == region)
    return Expected(
        tuple(replace(one, own=own) if own and one.name == loaded.model.region_element else one for one in columns),
        allows_sum_rows=loaded.model.total_rows is TotalRows.LEAVE_OUT,
        sum_names=_regions(loaded),
    )


def _also_called(column: ExpectedColumn, names: Mapping[str, str]) -> ExpectedColumn:
    return replace(column, codes={**names, **column.codes}) if column.codes and names else column


def _regions(loaded: LoadedModel) -> frozenset[str]:
    """What the regions are called that the model's hospitals lie in: a row under such a name sums them.

    Where the model has rows about regions, such a row is one of them and no sum.
    """
    if loaded.model.region_element is None:
        return frozenset()
    above = loaded.code_list(loaded.model.element(loaded.model.region_element)).parent_list
    if above is None or above not in code_list_contents():
        return frozenset()
    regions = starter_code_list(above).by_code
    known = [regions[code] for code in set(loaded.regions.values()) if code in regions]
    return frozenset(spelled(name) for region in known for name in region.names() if not name.isdigit())
