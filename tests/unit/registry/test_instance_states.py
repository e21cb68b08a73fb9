"""The fault of CPython 3.11 that ended the web server, shown twice (the language alone, and SQLAlchemy), and that it is kept out.

Each program runs in a process of its own, since showing the fault ends it. On 3.12 and later there is nothing to show.
"""

import subprocess
import sys
import textwrap

import pytest

from registry.columns import Base
from registry.instance_states import IS_NEEDED

LANGUAGE = """
    import gc, weakref

    class Owner: pass
    class State: pass

    for _ in range(64):
        State().first = 1           # the objects of a class share the names of their attributes: room for one more is left
    State().other = 1               # ... and taken
    state = State()
    state.first = [object()]

    def called_back(_reference):
        state.third = None

    def store_while_something_dies():
        owner = Owner()
        owner.itself = owner
        reference = weakref.ref(owner, called_back)
        del owner
        taken = [{} for _ in range(200)]    # none is left to take again: the next dict is allocated, and that may collect
        gc.set_threshold(1)
        gc.enable()
        state.third = None
        gc.disable()
        return reference

    gc.disable()
    reference = store_while_something_dies()
    state.__dict__
    kept = [{str(number): [number]} for number in range(5000)]
    gc.collect()
    del state
    gc.collect()
    print("alive")
"""

SESSIONS = """
    import gc
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
    from sqlalchemy.orm.state import InstanceState
    from registry.instance_states import keep_in_dicts

    class Base(DeclarativeBase): pass

    class Row(Base):
        __tablename__ = "row"
        number: Mapped[int] = mapped_column(primary_key=True)

    if {guarded}:
        keep_in_dicts(Base)
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(Row.__table__.insert(), [{{"number": number}} for number in range(50)])
    with Session(engine) as session:
        rows = list(session.scalars(select(Row)))
        for number in range(40):    # other names take the room that states share, as relationships and expiry do
            setattr(rows[0]._sa_instance_state, f"other_{{number}}", number)

    def handed_over(states, room):
        taken = [{{}} for _ in range(200)]
        for state in states:
            gc.set_threshold(gc.get_count()[0] + room)
            gc.enable()
            yield state
            gc.disable()

    for room in range(-2, 6):       # a collection at each of the first allocations that closing a session makes
        gc.disable()
        session = Session(engine)
        for row in session.scalars(select(Row)):
            row.itself = row        # dead in a cycle as soon as the loop lets it go
        del row
        InstanceState._detach_states(handed_over(list(session.identity_map.all_states()), room), session)
        gc.disable()
        kept = [{{str(number): [number]}} for number in range(5000)]
        gc.collect()
    print("alive")
"""

on_3_11 = pytest.mark.skipif(not IS_NEEDED, reason="a fault of CPython 3.11; this is a newer one")


@on_3_11
@pytest.mark.parametrize("program", [LANGUAGE, SESSIONS.format(guarded=False)], ids=["the language", "SQLAlchemy"])
def test_python_3_11_dies_of_an_attribute_stored_within_the_allocation_of_its_own_dict(program):
    ended = _run(program)
    if ended.stdout == "alive\n":
        pytest.skip(f"Python {sys.version.split()[0]} survives it: mended in this release of 3.11")
    assert ended.returncode < 0, ended.stderr


def test_a_session_is_closed_in_the_middle_of_a_collection_where_states_have_dicts():
    ended = _run(SESSIONS.format(guarded=IS_NEEDED))
    assert ended.stdout == "alive\n", ended.stderr


@on_3_11
def test_every_mapped_class_of_the_registry_is_kept_from_it(app):
    for mapper in Base.registry.mappers:
        made = mapper.class_()
        values = _pointer(made._sa_instance_state, -4)
        assert values == 0, f"the state of {mapper.class_.__name__} is kept in an array"


def _pointer(thing: object, words: int) -> int:
    """A word before an object: in 3.11 the array of its attributes lies four words before it, its dict three."""
    import ctypes

    return ctypes.c_size_t.from_address(id(thing) + 8 * words).value


def _run(program: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=120, check=False
    )
