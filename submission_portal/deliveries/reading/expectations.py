"""What a model expects of a file, in the words of the reading."""

from information_models.definitions import LoadedModel, TotalRows
from information_models.starter.loading import code_list_contents, starter_code_list
from submission_portal.deliveries.reading.expected import Expected, spelled
from submission_portal.deliveries.reading.expected_columns import expected_column


def expected_of(loaded: LoadedModel, language: str = "sv") -> Expected:
    """The columns that a delivery under this model should have."""
    return Expected(
        tuple(expected_column(loaded, element, language) for element in loaded.model.elements),
        allows_sum_rows=loaded.model.total_rows is TotalRows.LEAVE_OUT,
        sum_names=_regions(loaded),
    )


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
