"""Few at a time, in the order of coming, across threads and processes."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from threading import Thread

import pytest

from registry.errors import Busy
from registry.places import Places, Queue
from registry.root import ROOT

FIRST, SECOND, THIRD = (f"{word}0000000" for word in ("first", "second", "third"))


def until(condition):
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def waiting(places, name, order):
    def wait():
        with places.take(name):
            order.append(name)

    thread = Thread(target=wait)
    thread.start()
    until(lambda: places.queue(name).before is not None or name in order)
    return thread


def test_who_comes_first_is_first_and_each_sees_how_many_are_before_it(tmp_path):
    places, order = Places(tmp_path / "places", 1, 9), []
    assert places.queue(FIRST) == Queue(0)
    with places.take():
        threads = [waiting(places, name, order) for name in (FIRST, SECOND, THIRD)]
        assert [places.queue(name).before for name in (FIRST, SECOND, THIRD)] == [0, 1, 2]
        assert places.queue().waiting == 3 and order == []
    for thread in threads:
        thread.join()
    assert order == [FIRST, SECOND, THIRD]
    assert places.queue() == Queue(0) and not list(tmp_path.glob("places/ticket-*"))


def test_as_many_as_there_are_places_go_in_together(tmp_path):
    places, order = Places(tmp_path, 2, 9), []
    with places.take(), ExitStack() as second:
        second.enter_context(places.take())
        thread = waiting(places, FIRST, order)
        assert order == []
        second.close()
        thread.join()
    assert order == [FIRST]


def test_a_process_takes_no_more_in_hand_than_it_may(tmp_path):
    places = Places(tmp_path, 5, 2)
    with places.take(), places.take(), pytest.raises(Busy), places.take():
        raise AssertionError("a third went in")
    with places.take():
        assert places.queue() == Queue(0)


def test_a_name_that_is_none_waits_all_the_same(tmp_path):
    places = Places(tmp_path, 1, 9)
    for name in ("", "../../x", "ö" * 20, "x" * 1000):
        with places.take(name):
            assert places.queue(name).before is None
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*"))


def test_nobody_waits_for_a_process_that_is_dead(tmp_path):
    program = (
        "import sys, threading, time\nfrom pathlib import Path\nfrom registry.places import Places\n"
        f"places = Places(Path({str(tmp_path)!r}), 1, 9)\n"
        "def wait():\n    with places.take('waits0000000'):\n        pass\n"
        "with places.take():\n    threading.Thread(target=wait, daemon=True).start()\n"
        "    while places.queue('waits0000000').before is None:\n        time.sleep(0.01)\n"
        "    print('held', flush=True)\n    time.sleep(60)\n"
    )
    places, order = Places(tmp_path, 1, 9), []
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        thread = waiting(places, SECOND, order)
        assert places.queue(SECOND) == Queue(2, 1)
        os.kill(other.pid, signal.SIGKILL)
    thread.join(20)
    assert order == [SECOND]
