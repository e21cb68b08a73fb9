"""Where the pages are of what a trace names. For pages and commands; what makes a trace knows no addresses."""

from flask import current_app, url_for

from registry.items.tables import Version
from registry.references import Described
from submission_portal.followup.trace_nodes import DeliveryTarget, FigureTarget, TableTarget, Target


def url_of(target: Target | None) -> str | None:
    """The address of a page; ``None`` where there is none, or none that this reader may open.

    A figure is that of the newest published table. A delivery leads to its trace, which anybody may read.
    """
    match target:
        case FigureTarget(measure, key):
            return url_for("followup.figure", slug=measure, key=key)
        case TableTarget(measure, number):
            return url_for("followup.version", slug=measure, number=number)
        case DeliveryTarget(number):
            return url_for("followup.trace", ref=number)
        case Version():
            return version_url(target)
        case Described():
            return target.url
        case None:
            return None


def version_url(version: Version | None) -> str | None:
    """The page of the item that a version is of."""
    kind = current_app.extensions["registry"].item_kinds.get(version.item.kind) if version is not None else None
    return kind.url(version.item) if kind is not None and version is not None else None
