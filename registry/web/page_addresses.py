"""Which page of a long list an address asks for, the addresses of the other pages, and of lists of dependants."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from flask import request, url_for

from registry.web.forms import whole_number

PARAMETER = "sida"


def page_asked_for() -> int:
    """The number that the address asks for (``?sida=3``); 1 where it gives none that can be read.

    It may be a page that does not exist: `registry.paging.within` finds the nearest one.
    """
    return request.args.get(PARAMETER, 1, type=whole_number)


def page_address(number: int) -> str:
    """This address with another page of its list; whatever else it asks for is kept. The first page needs no number."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    if number > 1:
        asked.append((PARAMETER, str(number)))
    return quote(f"{request.script_root}{request.path}") + (f"?{urlencode(asked)}" if asked else "")


def address_of_all(item_id: str, *, version: int | None = None, before: int | None = None) -> Callable[[str], str]:
    """Kind of dependant → the address where all of that kind are listed that rest on an item: on one version, on those
    before one, or on any of them."""
    return lambda kind: url_for("items.resting_on", item_id=item_id, kind=kind, version=version, fore=before)
