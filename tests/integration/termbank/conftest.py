"""The term bank's tests begin with the starter's concepts and statements, and people who may write them."""

from collections.abc import Callable

import pytest

from registry.actors import Actor, Role
from registry.starter import STEWARD
from tests.factories import starter
from tests.statements import counted


@pytest.fixture
def term_bank(organisations) -> None:
    """The starter content, published, with its examples of proposals in review."""
    starter.term_bank()


@pytest.fixture
def terminologist(term_bank, actor) -> Actor:
    return actor("terminolog", (Role.TERMINOLOGIST, STEWARD))


@pytest.fixture
def colleague(term_bank, actor) -> Actor:
    """Another terminologist, who may decide what the first one wrote."""
    return actor("terminolog2", (Role.TERMINOLOGIST, STEWARD))


@pytest.fixture
def data_officer(term_bank, actor) -> Actor:
    return actor("uppgiftslamnare", (Role.DATA_OFFICER, "24"))


@pytest.fixture
def disclosing_officer(term_bank, actor) -> Actor:
    return actor("utlamnare", (Role.DISCLOSING_OFFICER, "24"))


@pytest.fixture
def statements_counted() -> Callable[..., object]:
    """Count the SQL statements of what runs inside ``with statements_counted() as counted``."""
    return counted
