"""The starter content that many worlds begin with, loaded once: each of these goes on from the one before it."""

from collections.abc import Callable

from information_models.starter.load import load_code_lists, load_measures, load_models
from registry.actors import SYSTEM
from registry.db import transaction
from termbank.starter.load import load_applications, load_concepts, load_proposals
from tests.conftest import NOW
from tests.snapshots import remembered


def concepts() -> None:
    """The official wording of every concept, published."""
    remembered("starter concepts", lambda: _load(load_concepts))


def models() -> None:
    """The concepts, and the code lists and models that are bound to them."""

    def build() -> None:
        concepts()
        _load(load_code_lists, load_models)

    remembered("starter models", build)


def measures() -> None:
    """The models, and the measures of them."""

    def build() -> None:
        models()
        _load(load_measures)

    remembered("starter measures", build)


def term_bank() -> None:
    """The concepts, with statements on them, and examples of proposals in review."""

    def build() -> None:
        concepts()
        _load(load_applications, load_proposals)

    remembered("starter term bank", build)


def _load(*steps: Callable[..., None]) -> None:
    for load in steps:
        with transaction() as session:
            load(session, SYSTEM, NOW)
