"""The content that ships with the registry, as JSON files in this folder, readable without a database.

The files name concepts and code lists by slug. When they are loaded into a database, the versions that are current
there are pinned by hash; read from here they are not pinned, which is enough to check a file against them.
"""

import json
from functools import cache
from typing import Any

from information_models import definitions, needs
from information_models.definitions import LoadedModel, Wording
from information_models.needs import Assignment
from information_models.starter.shipped_code_lists import FOLDER, contents, starter_code_list
from termbank.concepts.content import read as read_concept
from termbank.starter.load import concept_documents


@cache
def model_contents() -> dict[str, dict[str, Any]]:
    """``model/1`` by slug."""
    return contents("models")


@cache
def measure_contents() -> dict[str, dict[str, Any]]:
    """``measure/1`` by slug."""
    return contents("measures")


@cache
def assignments() -> tuple[Assignment, ...]:
    """The needs of government assignments, as Socialstyrelsen listed them in March 2024."""
    return needs.read(json.loads((FOLDER / "needs.json").read_text(encoding="utf-8")))


@cache
def starter_model(slug: str) -> LoadedModel:
    """A model that ships with the registry, with its code lists. Raises ``KeyError`` for an unknown slug.

    >>> starter_model("disponibla-vardplatser-per-region-ar").model.key
    ('ar', 'region')
    """
    model = definitions.read(model_contents()[slug])
    needed = {element.code_list for element in model.elements if element.code_list}
    named = {element.concept for element in model.elements if element.concept}
    return LoadedModel(
        model,
        {name: starter_code_list(name) for name in sorted(needed)},
        {slug: wording for slug, wording in starter_wordings().items() if slug in named},
    )


@cache
def starter_wordings() -> dict[str, Wording]:
    """Terms and definitions of the concepts that ship, by slug; not bound to a version."""
    read = {document["slug"]: read_concept(document["official"]) for document in concept_documents()}
    return {slug: Wording(slug, concept.title, concept.definition) for slug, concept in read.items()}


def starter_models() -> tuple[str, ...]:
    """The slugs of the models that ship."""
    return tuple(model_contents())
