"""Models' tests begin with the starter's concepts, code lists, models and measures, and people who may write them."""

import pytest

from information_models.starter.load import load_code_lists, load_measures, load_models
from registry.actors import SYSTEM, Actor, Role
from registry.db import transaction
from registry.starter import STEWARD
from termbank.starter.load import load_concepts
from tests.conftest import NOW
from tests.snapshots import remembered


@pytest.fixture
def models(organisations) -> None:
    """The starter content, published and bound to the concepts."""

    def build() -> None:
        for load in (load_concepts, load_code_lists, load_models, load_measures):
            with transaction() as session:
                load(session, SYSTEM, NOW)

    remembered("models", build)


@pytest.fixture
def modeller(models, actor) -> Actor:
    return actor("informatiker", (Role.MODELLER, STEWARD))


@pytest.fixture
def colleague(models, actor) -> Actor:
    """Another modeller, who may decide what the first one wrote."""
    return actor("informatiker2", (Role.MODELLER, STEWARD))


@pytest.fixture
def data_officer(models, actor) -> Actor:
    return actor("uppgiftslamnare", (Role.DATA_OFFICER, "25"))
