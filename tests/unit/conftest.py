"""Also where unit tests run without the whole application (`tests.tools.mutants`): a busy machine is no fault of theirs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="module", params=["one by one", "as columns"])
def either_way(request) -> Iterator[None]:
    """What few values are asked of is looked at one by one, and of many in whole columns: what is tested is so of both."""
    with whole_columns() if request.param == "as columns" else nullcontext():
        yield


@contextmanager
def whole_columns() -> Iterator[None]:
    """Whatever is looked at is taken for many."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith(("information_models.", "submission_portal.")) and "FEW" in vars(module):
                patch.setattr(module, "FEW", 0)
        yield
