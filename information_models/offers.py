"""The files that a version of a model can be had as, for pages to offer: every format, and the templates to fill in."""

from flask import url_for

from information_models.definitions import LoadedModel
from information_models.formats.all import FORMATS
from registry.formats import Format, Option
from registry.i18n import current_language
from registry.identity.tables import Organisation
from registry.web.downloads import Offer, offers

TEMPLATES = tuple(one for one in FORMATS if one.is_template)


def model_offers(loaded: LoadedModel, number: int) -> list[Offer]:
    """Every format of version ``number``, with what each cannot carry of it."""
    return offers(FORMATS, loaded, lambda one: _address(one, loaded, number))


def template_offers(loaded: LoadedModel, number: int, region: Organisation | None) -> list[Offer]:
    """The templates to fill in; with the places of ``region`` only, where the model has any there."""
    return [
        Offer(one.label.in_language(current_language()), _address(one, loaded, number, region)) for one in TEMPLATES
    ]


def region_offers(loaded: LoadedModel, number: int, regions: list[Organisation]) -> list[tuple[str, list[Offer]]]:
    """Each template that can be for one region, by its label, with a file for each of ``regions``."""
    language = current_language()
    return [
        (
            one.label.in_language(language),
            [Offer(region.name.in_language(language), _address(one, loaded, number, region)) for region in regions],
        )
        for one in TEMPLATES
        if Option.REGION in one.takes and regions
    ]


def _address(one: Format[LoadedModel], loaded: LoadedModel, number: int, region: Organisation | None = None) -> str:
    is_for_region = region is not None and Option.REGION in one.takes and region.code in loaded.regions.values()
    return url_for(
        "information_models.download",
        slug=loaded.model.slug,
        number=number,
        format_name=one.name,
        region=region.code if region is not None and is_for_region else None,
    )
