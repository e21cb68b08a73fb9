"""What must not stand in a text that people write: each plug-in may object (`Plugin.text_objections`)."""

from collections.abc import Iterable

from flask import current_app

from registry.findings import Finding


def objection_to_text(texts: Iterable[str]) -> Finding | None:
    """What the house has against one of ``texts``, if anything: the first objection of any plug-in."""
    objections = current_app.extensions["registry"].text_objections
    found = (objection(text) for text in texts for objection in objections)
    return next((finding for finding in found if finding is not None), None)
