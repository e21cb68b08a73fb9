"""Models' tests begin with the starter's concepts, code lists, models and measures, and people who may write them."""

import pytest

from registry.actors import Actor, Role
from registry.starter import STEWARD
from tests.factories import starter


@pytest.fixture
def models(organisations) -> None:
    """The starter content, published and bound to the concepts."""
    starter.measures()


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
