"""The addresses of the lists of what rests on an item's versions (`resting_views` shows them)."""

from collections.abc import Callable

from flask import url_for


def address_of_all(item_id: str, *, version: int | None = None, before: int | None = None) -> Callable[[str], str]:
    """Where all of a kind is listed that rests on an item: on one version, on those before one, or on any of them."""
    return lambda kind: url_for("items.resting_on", item_id=item_id, kind=kind, version=version, fore=before)
