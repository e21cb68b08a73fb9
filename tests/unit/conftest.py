"""Also where unit tests run without the whole application (`tests.tools.mutants`): a busy machine is no fault of theirs."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
