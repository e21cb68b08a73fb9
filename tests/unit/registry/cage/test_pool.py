"""Children that work in a cage: whatever they do, the process that asked lives on and is told what happened."""

import os
import signal
import subprocess
import sys
import time
from threading import Thread

import pytest

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Died, Pool, Reason
from registry.cage.usage import CAN_LOOK, use_of
from registry.root import ROOT

NAUGHTY = "tests.unit.registry.cage.naughty"
pytestmark = pytest.mark.skipif(not CAN_LOOK, reason="Linux only")


@pytest.fixture(scope="module")
def shared():
    """One pool for the tests that need no bounds of their own."""
    pool = Pool(NAUGHTY, bounds=Bounds(resident_bytes=200 * MEBIBYTE, processor_seconds=0.5, works=1000))
    yield pool
    pool.close()


@pytest.fixture
def pool(shared):
    yield shared
    assert shared.run({"do": "echo", "say": "still here"}).value["said"] == "still here", "the next work is done"


def reason(pool, **request):
    with pytest.raises(Died) as died:
        pool.run(request)
    return died.value.reason


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_work_is_done_and_what_is_told_on_the_way_is_heard(pool):
    heard = []
    answer = pool.run({"do": "echo", "say": "räksmörgås"}, [b"abc", b""], told=heard.append)
    assert answer.value["said"] == "räksmörgås" and answer.parts == (b"cba", b"")
    assert heard == [{"heard": "räksmörgås"}]


def test_a_child_that_takes_too_much_memory_is_killed_long_before_the_kernel_would():
    pool, seen = Pool(NAUGHTY, bounds=Bounds(resident_bytes=200 * MEBIBYTE)), []

    def look():
        while not seen or seen[-1] is not None:
            busy = pool.children()[:1]
            use = use_of(busy[0]) if busy else None
            seen.append(use.resident_bytes if use else None)
            time.sleep(0.002)

    try:
        pool.run({"do": "echo", "say": "there is somebody to look at"})
        looking = Thread(target=look, daemon=True)
        looking.start()
        assert reason(pool, do="eat") is Reason.MEMORY
        assert max(filter(None, seen)) < 1024 * MEBIBYTE
        assert pool.run({"do": "echo", "say": "still here"}).value["said"] == "still here"
    finally:
        pool.close()


def test_memory_that_is_asked_for_at_once_is_not_given_at_all(pool):
    assert reason(pool, do="ask") is Reason.MEMORY


def test_a_child_that_takes_too_much_processor_time_is_killed(pool):
    assert reason(pool, do="spin") is Reason.PROCESSOR


def test_what_is_unpacked_gives_more_time_but_never_more_than_the_most():
    pool = Pool(NAUGHTY, bounds=Bounds(processor_seconds=0.3, seconds_per_mebibyte=0.3, most_processor_seconds=1.2))
    try:
        assert pool.run({"do": "spin for", "seconds": 0.1}).value == {"spent": 0.1}
        for unpacked, least in ((0, 0.3), (2 * MEBIBYTE, 0.9), (10**15, 1.2)):
            pid = pool.run({"do": "echo", "say": ""}).value["pid"]
            before = use_of(pid).processor_seconds
            spent = []

            def look(pid=pid, spent=spent):
                while (use := use_of(pid)) is not None:
                    spent.append(use.processor_seconds)
                    time.sleep(0.005)

            looking = Thread(target=look)
            looking.start()
            assert reason(pool, do="spin", unpacked=unpacked) is Reason.PROCESSOR
            looking.join()
            assert least - 0.1 <= max(spent) - before < least + 1
    finally:
        pool.close()


def test_each_work_has_its_time_to_itself(pool):
    for _ in range(3):
        assert pool.run({"do": "spin for", "seconds": 0.3}).value == {"spent": 0.3}


@pytest.mark.parametrize("request_", [{"do": "die"}, {"do": "abort"}, {"do": "lie"}])
def test_a_child_that_dies_or_talks_nonsense_takes_nothing_with_it(pool, request_):
    assert reason(pool, **request_) is Reason.DIED


def test_an_answer_that_comes_before_its_question_is_not_taken_for_the_answer(pool):
    assert pool.run({"do": "answer before"}).value == "the truth"
    for number in range(3):
        assert pool.run({"do": "echo", "say": number}).value["said"] == number


def test_an_answer_that_would_be_large_only_in_the_memory_of_who_asked_is_not_read(pool):
    assert reason(pool, do="answer much") is Reason.DIED


def test_a_child_that_does_nothing_is_not_waited_for_without_end():
    pool = Pool(NAUGHTY, size=1, bounds=Bounds(looks_asleep=20))
    try:
        assert reason(pool, do="sleep") is Reason.DIED
        assert pool.run({"do": "echo", "say": 1}, told=lambda _: time.sleep(1)).value["said"] == 1
    finally:
        pool.close()


def test_a_fault_is_told_by_its_kind_and_place_and_never_by_its_words(pool, capfd):
    with pytest.raises(Died) as died:
        pool.run({"do": "raise"})
    assert "ValueError at naughty.py:" in died.value.detail
    assert "9876" not in died.value.detail + "".join(capfd.readouterr())


def test_a_child_can_open_nothing_start_nothing_and_reach_nobody(pool):
    assert pool.run({"do": "try"}).value == {"went": []}


def test_what_the_system_does_not_permit_is_stated(pool):
    walls = {"parent", "core", "memory_limit", "network_namespace", "landlock", "file_size", "processes"}
    assert set(pool.missing()) <= walls | {"descriptors", "seccomp"}
    assert "descriptors" not in pool.missing(), "any POSIX system can do that"


def test_a_child_that_somebody_else_ended_is_not_the_works_doing(pool):
    for pid in pool.children():
        os.kill(pid, signal.SIGKILL)
    assert pool.run({"do": "echo", "say": "again"}).value["said"] == "again"


def test_a_child_is_replaced_after_so_many_works():
    pool = Pool(NAUGHTY, size=1, bounds=Bounds(works=3))
    try:
        pids = [pool.run({"do": "echo", "say": ""}).value["pid"] for _ in range(7)]
        assert [len(set(pids[at : at + 3])) for at in (0, 3)] == [1, 1] and len(set(pids)) == 3
        assert until(lambda: not any(is_alive(pid) for pid in set(pids[:6])))
    finally:
        pool.close()


def test_work_waits_while_all_children_are_busy():
    pool, answers = Pool(NAUGHTY, size=2), []
    try:
        threads = [
            Thread(target=lambda: answers.append(pool.run({"do": "spin for", "seconds": 0.1}).value)) for _ in range(7)
        ]
        for thread in threads:
            thread.start()
        most = 0
        while any(thread.is_alive() for thread in threads):
            most = max(most, len(pool.children()))
            time.sleep(0.005)
        assert len(answers) == 7 and most <= 2
    finally:
        pool.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_children_end_when_their_parent_does_however_it_ends(number):
    program = (
        f"from registry.cage.pool import Pool\nimport threading\npool = Pool({NAUGHTY!r}, size=2)\npool.missing()\n"
        "threading.Thread(target=lambda: pool.run({'do': 'spin'}), daemon=True).start()\n"
        "import time\ntime.sleep(0.2)\nprint(*pool.children(), flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2 and all(map(is_alive, children))
        parent.send_signal(number)
    assert until(lambda: not any(map(is_alive, children)))


def test_a_child_knows_no_address_and_no_key(monkeypatch):
    monkeypatch.setenv("REGISTRY_SECRET_KEY", "secret")
    pool = Pool(NAUGHTY, size=1)
    try:
        pool.missing()
        with open(f"/proc/{pool.children()[0]}/environ", "rb") as file:
            assert b"secret" not in file.read()
    finally:
        pool.close()
