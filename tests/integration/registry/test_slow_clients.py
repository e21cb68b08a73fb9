"""The web server withstands clients that are slow or broken: nobody who means well waits for them, and nothing grows.

The server is the real one, on a small application that tells what it was given; its deadlines are shortened. The whole
registry under attack is in `tests/soak/test_slow_clients.py`.
"""

import contextlib
import hashlib
import json
import resource
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from waitress import parser
from waitress.adjustments import Adjustments

from registry import clock
from registry.body_refusals import REFUSED
from registry.identity.clients.tokens import new_token
from registry.serving import connections
from registry.serving.limits import KIB, MIB, Limits
from registry.serving.process import known_sender, signed_in_by_cookie
from registry.serving.requests import Request
from registry.serving.server import Server
from registry.serving.supervisor import bound
from tests.slow_clients import ATTACKS, POST, ask, eventually, read, say, under_attack

LIMITS = Limits(
    header_seconds=1.0, idle_seconds=1.0, least_rate=64.0 * KIB, patience=1.0, body_bytes=2 * MIB,
    stranger_bytes=64 * KIB, buffer_bytes=4 * MIB, connections=60,
)  # fmt: skip
THREADS = 2
SIGNED_IN = b"Cookie: signed-in\r\n"
GET = b"GET / HTTP/1.1\r\nHost: registry\r\n"


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/large":
        start_response("200 OK", [("Content-Length", str(40 * MIB))])
        return [bytes(40 * MIB)]
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.02)
    told = {
        "path": environ["SCRIPT_NAME"] + "|" + environ["PATH_INFO"],
        "length": environ.get("CONTENT_LENGTH"),
        "body": hashlib.sha256(body).hexdigest() if body else "",
        "size": len(body),
        "refused": environ.get(REFUSED),
        "headers": sorted(name for name in environ if name.startswith("HTTP_")),
        "from": environ["REMOTE_ADDR"],
        "scheme": environ["wsgi.url_scheme"],
    }
    answer = json.dumps(told).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


@contextlib.contextmanager
def serving(limits: Limits = LIMITS) -> Iterator[tuple[int, Server]]:
    listening = bound("127.0.0.1", 0)
    server = Server(
        application, listening, threads=THREADS, limits=limits, is_signed_in=lambda told: "COOKIE" in told
    )  # fmt: skip
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], server
    finally:
        server.stop()
        thread.join(10)
        listening.close()
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def served():
    with serving() as found:
        yield found


def told(answer: bytes) -> dict:
    head, _, body = answer.partition(b"\r\n\r\n")
    while head.startswith(b"HTTP/1.1 100"):
        head, _, body = body.partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")), answer[:300]
    return json.loads(body)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_readers_are_answered_whatever_others_hold_open(served, attack):
    port, server = served
    with under_attack(port, attack, 8 * THREADS):
        reading = read(port, "/", 20)
        assert len(server.active_channels) <= LIMITS.connections
    assert reading.failures == []


def test_more_connections_than_there_is_room_for_make_room_for_a_new_one(served):
    port, server = served
    with contextlib.ExitStack() as opened:
        for _ in range(3 * LIMITS.connections):
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert read(port, "/", 5).failures == []
        assert len(server.active_channels) <= LIMITS.connections


@pytest.mark.parametrize(
    "begun",
    [b"", b"G", GET, POST + b"Content-Length: 100\r\n\r\na", POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"],
    ids=["nothing", "a letter", "half of the headers", "half of a body", "half of a chunk"],
)
def test_what_was_begun_and_is_not_gone_on_with_is_closed(served, begun):
    port, _ = served
    answer = say(port, begun)  # returns when the server closes
    assert status(answer) == (408 if begun else 0)


def test_one_byte_now_and_then_does_not_keep_a_body_alive(served):
    port, _ = served
    began = time.monotonic()
    answer = say(port, POST + b"Content-Length: 100000\r\n\r\n" + bytes(600), pieces=150, pause=0.5)
    assert status(answer) in (0, 408)
    assert time.monotonic() - began < 70, "sending alone takes 75"


def test_a_slow_line_is_served_to_its_end(served):
    port, _ = served
    body = bytes(range(256)) * 1024
    head = b"POST / HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n" + SIGNED_IN
    data = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    found = told(say(port, data, pieces=16 * KIB, pause=0.15))  # above the least rate, and far longer than the patience
    assert (found["size"], found["body"]) == (len(body), hashlib.sha256(body).hexdigest())


def test_who_does_not_read_a_large_answer_holds_no_thread_and_is_closed(served):
    port, server = served
    with contextlib.ExitStack() as opened:
        for _ in range(2 * THREADS):
            one = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(b"GET /large HTTP/1.1\r\nHost: registry\r\n\r\n")
        assert read(port, "/", 5).failures == []
        assert eventually(lambda: not any(one.total_outbufs_len for one in server.active_channels.values()), seconds=20)


def test_who_keeps_all_threads_busy_shuts_nobody_out(served):
    port, server = served
    with contextlib.ExitStack() as opened:
        for _ in range(10 * THREADS):
            one = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(b"GET /slow HTTP/1.1\r\nHost: registry\r\n\r\n" * 50)
        assert eventually(
            lambda: sum(bool(one.requests) for one in server.active_channels.values()) > THREADS, seconds=5
        )
        assert read(port, "/", 3).failures == []
        assert any(one.ahead for one in server.active_channels.values())  # answered in turn, not when all others were


def test_addresses_take_turns_however_many_requests_one_of_them_has_waiting():
    with serving(replace(LIMITS, connections=300)) as (port, server), contextlib.ExitStack() as opened:
        for _ in range(200):
            one = opened.enter_context(socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0)))
            one.sendall(b"GET /slow HTTP/1.1\r\nHost: registry\r\n\r\n" * 3)
        assert eventually(lambda: len(server.task_dispatcher.queue) > 100, seconds=5)
        assert read(port, "/", 3).failures == []
        assert len(server.task_dispatcher.queue) > 100  # answered long before those who came first


def test_who_reads_a_large_answer_gets_all_of_it(served):
    port, _ = served
    assert len(ask(port, "/large", timeout=30)[1]) == 40 * MIB


def test_the_body_of_a_stranger_is_not_kept(served):
    port, _ = served
    head = b"POST / HTTP/1.1\r\nHost: registry\r\nConnection: close\r\nContent-Length: %d\r\n" % MIB
    stranger = told(say(port, head + b"\r\n" + bytes(MIB)))
    assert (stranger["refused"], stranger["size"], stranger["length"]) == ("stranger", 0, "0")
    signed_in = told(say(port, head + SIGNED_IN + b"\r\n" + bytes(MIB)))
    assert (signed_in["refused"], signed_in["size"]) == (None, MIB)


def test_a_body_that_is_too_large_is_read_to_its_end_and_answered(served):
    port, _ = served
    head = b"POST / HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n" + SIGNED_IN
    size = 3 * MIB
    plain = told(say(port, head + b"Content-Length: %d\r\n\r\n" % size + bytes(size)))
    chunk = b"100000\r\n" + bytes(MIB) + b"\r\n"
    chunked = told(say(port, head + b"Transfer-Encoding: chunked\r\n\r\n" + 3 * chunk + b"0\r\n\r\n"))
    for found in (plain, chunked):
        assert (found["refused"], found["size"], found["length"]) == ("large", 0, str(size))


def test_who_asks_first_is_told_at_once_that_a_body_is_too_large(served):
    port, _ = served
    head = b"POST / HTTP/1.1\r\nHost: registry\r\nExpect: 100-continue\r\n" + SIGNED_IN
    answer = say(port, head + b"Content-Length: 99000000\r\n\r\n")
    assert b"100 Continue" not in answer
    assert told(answer)["refused"] == "large"


def test_who_asks_first_and_may_send_is_told_to_go_on(served):
    port, _ = served
    head = (
        b"POST / HTTP/1.1\r\nHost: registry\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        one.sendall(head)
        assert one.recv(100).startswith(b"HTTP/1.1 100 Continue")
        one.sendall(b"hello")
        answer = b""
        while part := one.recv(1000):
            answer += part
    assert told(answer)["size"] == 5


def test_too_many_large_bodies_at_once_are_refused_and_never_kept(served):
    port, server = served
    head = b"POST / HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n" + SIGNED_IN
    size = 3 * MIB // 2
    data = head + b"Content-Length: %d\r\n\r\n" % size + bytes(size)
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(say(port, data, pieces=256 * KIB, pause=0.1))) for _ in range(8)
    ]
    most = 0
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        most = max(most, sum(one.held for one in list(server.active_channels.values())))
        time.sleep(0.02)
    assert most <= LIMITS.buffer_bytes
    found = [told(answer) for answer in answers]
    assert {one["refused"] for one in found} == {None, "busy"}
    assert all(one["size"] == (size if one["refused"] is None else 0) for one in found)
    assert [one["refused"] for one in (told(say(port, data)),)] == [
        None
    ]  # and when there is room again, the next is kept


AMBIGUOUS = {
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n",
    "the same length twice": b"Content-Length: 5\r\nContent-Length: 5\r\n",
    "a length below zero": b"Content-Length: -1\r\n",
    "a length with a sign": b"Content-Length: +5\r\n",
    "a length that is no number": b"Content-Length: five\r\n",
    "a length of five thousand digits": b"Content-Length: " + 5000 * b"1" + b"\r\n",
    "both a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "both, the other way round": b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    "a coding that nobody knows": b"Transfer-Encoding: xchunked\r\n",
    "a folded line before any other": b" folded: yes\r\n",
    "a blank before the colon": b"Content-Length : 5\r\n",
    "two hosts": b"Host: other\r\nContent-Length: 5\r\n",
}


@pytest.mark.parametrize("lines", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_what_two_servers_could_read_differently_is_refused(served, lines):
    port, _ = served
    answer = say(port, b"POST / HTTP/1.1\r\n" + lines + b"Host: registry\r\n\r\nhello")
    assert status(answer) in (400, 501)
    assert answer.count(b"HTTP/1.") == 1


CHUNKED_TWICE = {
    "in one line": b"Transfer-Encoding: chunked, chunked\r\n",
    "in capitals": b"TRANSFER-ENCODING: Chunked,CHUNKED\r\n",
    "in two lines": b"Transfer-Encoding: chunked\r\nX: y\r\nTransfer-Encoding: chunked\r\n",
    "in a folded line": b"Transfer-Encoding: chunked,\r\n chunked\r\n",
}


@pytest.mark.parametrize("lines", CHUNKED_TWICE.values(), ids=CHUNKED_TWICE.keys())
def test_a_body_is_cut_into_chunks_once(served, lines):
    """The body is well formed: one that undoes the chunks twice reads another one."""
    port, _ = served
    answer = say(port, POST + lines + b"\r\n5\r\nhello\r\n0\r\n\r\n")
    assert status(answer) == 400
    assert b"once" in answer
    once = say(port, POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
    assert told(once)["size"] == 5


BROKEN = {
    "garbage": bytes(range(256)) * 8 + b"\r\n\r\n",
    "a greeting of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
    "no such version": b"GET / HTTP/9.9.9\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a huge request line": b"GET /" + 100_000 * b"a" + b" HTTP/1.1\r\nHost: registry\r\n\r\n",
    "huge headers": GET + b"X: " + 100_000 * b"a" + b"\r\n\r\n",
    "thousands of headers": GET + b"".join(b"X-%d: a\r\n" % number for number in range(5000)) + b"\r\n",
    "a long address": b"GET /" + 10_000 * b"a" + b" HTTP/1.1\r\nHost: registry\r\n\r\n",
    "a long line of blanks that ends in a control character": GET + b"X:" + 30_000 * b" " + b"\x01\r\n\r\n",
    "a request of blanks": b"  \r\n\r\n",
    "one header more than a hundred": GET + 100 * b"X: a\r\n" + b"\r\n",
    "chunks of one byte": POST + b"Transfer-Encoding: chunked\r\n\r\n" + 20_000 * b"1\r\na\r\n",
    "chunks in long lines": POST + b"Transfer-Encoding: chunked\r\n\r\n" + 100 * (b"1;a=" + 900 * b"b" + b"\r\na\r\n"),
    "a chunk's line without end": POST + b"Transfer-Encoding: chunked\r\n\r\n" + 200_000 * b"1",
    "a chunk of no size": POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "a trailer without end": POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + 20_000 * b"X: abcdefgh\r\n",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_request_is_refused_and_its_connection_closed(served, data):
    port, _ = served
    assert status(say(port, data)) in (0, 400, 408, 431, 501)  # 0: closed before we had sent it all
    assert read(port, "/", 1).failures == []


def test_no_request_costs_the_thread_that_receives_for_everybody_more_than_it_brings(monkeypatch):
    """Counted, not timed: what waitress searches with patterns, and what it begins anew for each line or chunk."""
    searched = []
    pattern = parser.HEADER_FIELD_RE
    monkeypatch.setattr(
        parser, "HEADER_FIELD_RE", SimpleNamespace(match=lambda line: searched.append(line) or pattern.match(line))
    )
    for data in (BROKEN["a long line of blanks that ends in a control character"], BROKEN["thousands of headers"]):
        request = Request(Adjustments(max_request_header_size=LIMITS.header_bytes * 4))
        request.received(data)
        assert request.completed
        assert request.error.code in (400, 431)
        assert searched == []
    request = Request(Adjustments())
    begun = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert request.received(begun) == len(begun)
    assert request.received(20_000 * b"1\r\na\r\n") < 10_000
    assert request.error.code == 400


def test_blank_lines_before_a_request_are_passed_over_at_once_and_give_no_time(served, monkeypatch):
    port, _ = served
    made = []
    monkeypatch.setattr(connections, "Request", lambda adjustments: made.append(1) or Request(adjustments))
    assert told(say(port, 30_000 * b"\r\n" + b"GET /late HTTP/1.0\r\n\r\n"))["path"] == "|/late"
    assert len(made) == 1
    began = time.monotonic()
    assert say(port, 200 * b"\r\n", pieces=2, pause=0.1) == b""
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("size", [100, 4096, 65536])
def test_a_body_in_chunks_as_clients_make_them_arrives_whole(served, size):
    port, _ = served
    body = bytes(range(256)) * 1024
    chunks = b"".join(
        b"%x\r\n%b\r\n" % (len(part), part) for part in (body[at : at + size] for at in range(0, len(body), size))
    )
    head = b"POST / HTTP/1.1\r\nHost: registry\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n" + SIGNED_IN
    found = told(say(port, head + b"\r\n" + chunks + b"0\r\n\r\n"))
    assert (found["size"], found["body"]) == (len(body), hashlib.sha256(body).hexdigest())


def test_old_and_chatty_clients_are_answered(served):
    port, _ = served
    assert told(say(port, b"GET /old HTTP/1.0\r\n\r\n"))["path"] == "|/old"
    three = b"\r\n".join(b"GET /%d HTTP/1.1\r\nHost: registry\r\n" % number for number in (1, 2, 3))
    answer = say(port, three + b"\r\n")
    assert [part[:1] for part in answer.split(b'"path": "|/')[1:]] == [b"1", b"2", b"3"]  # pipelined: in their order


def test_a_client_that_leaves_in_the_middle_is_forgotten(served):
    port, server = served
    for data in (
        b"",
        b"GET / HT",
        GET,
        POST + b"Content-Length: 50\r\n\r\nab",
        b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port)) as one:
            one.sendall(data)
    assert eventually(lambda: not server.active_channels, seconds=10)


def test_headers_do_not_say_where_the_registry_lies_or_who_asks(served):
    port, _ = served
    forged = b"SCRIPT_NAME: /x\r\nScript-Name: /y\r\nX-Script-Name: /z\r\nREMOTE_ADDR: 1.2.3.4\r\nX_FORWARDED_FOR: 1.2.3.4\r\n"
    answer = say(
        port, GET + forged + b"X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
    )
    found = told(answer)
    assert (found["path"], found["from"], found["scheme"]) == ("|/", "127.0.0.1", "http")
    # What proxies say is left to the application, which knows whom it believes; names with underscores are nobody's.
    assert {"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"} <= set(found["headers"])
    assert answer.count(b"/x") == 0


def test_a_fixed_number_of_files_is_open_after_all_that(served):
    _, server = served
    assert eventually(lambda: not server.active_channels, seconds=10)
    assert len(server.selector.get_map()) == 2  # the socket that listens and the trigger
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > LIMITS.connections


# --- what has come of a part of a file


@contextlib.contextmanager
def keeping() -> Iterator[tuple[int, Server, list[dict]]]:
    """A server, and what its application is given of requests."""
    given: list[dict] = []

    def keeps(environ, start_response):
        given.append({"length": environ["CONTENT_LENGTH"], "body": environ["wsgi.input"].read()})
        start_response("204 No Content", [])
        return []

    with serving() as (port, server):
        server.application = keeps
        yield port, server, given


PART = b"PATCH / HTTP/1.1\r\nHost: registry\r\nContent-Type: application/offset+octet-stream\r\n"


@pytest.mark.parametrize(
    ("framing", "came"),
    [(b"Content-Length: 100\r\n\r\n", b"abc"), (b"Transfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n8\r\n")],
    ids=["with a length", "in chunks"],
)
def test_of_a_part_of_a_file_what_came_before_the_connection_broke_is_answered(framing, came):
    with keeping() as (port, server, given):
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(PART + framing + came)
        assert eventually(lambda: given == [{"length": "3", "body": b"abc"}], seconds=10)
        assert eventually(lambda: not server.cut, seconds=10)


def test_of_a_part_what_came_is_kept_where_the_client_stands_still_or_the_server_ends():
    with keeping() as (port, server, given):
        answer = say(port, PART + b"Content-Length: 100\r\n\r\nabc")  # returns when the server closes
        assert status(answer) == 408
        assert eventually(lambda: [one["body"] for one in given] == [b"abc"], seconds=10)
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(PART + b"Content-Length: 100\r\n\r\ndef")
        assert eventually(lambda: any(one.held == 3 for one in server.active_channels.values()), seconds=10)
    line.close()
    assert [one["body"] for one in given] == [b"abc", b"def"]


@pytest.mark.parametrize(
    "begun",
    [
        PART.replace(b"PATCH", b"POST") + b"Content-Length: 9\r\n\r\nabc",
        PART.replace(b"offset+octet-stream", b"octet-stream") + b"Content-Length: 9\r\n\r\nabc",
        PART + b"Content-Length: 9\r\n\r\n",
        PART + b"Content-Length: 200000\r\n\r\n" + bytes(100),
        PART,
    ],
    ids=["another method", "another type", "nothing has come", "a large one of a stranger", "half of the headers"],
)
def test_of_other_requests_that_break_off_nothing_is_answered(begun):
    with keeping() as (port, server, given):
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(begun)
        assert eventually(lambda: not server.active_channels, seconds=10)
        assert given == []


# --- the application's side


def test_a_body_that_was_too_large_is_told_as_any_other(client):
    answer = client.post("/logga-in", environ_overrides={REFUSED: "large"})
    assert (answer.status_code, "Filen är för stor" in answer.text) == (413, True)


def test_a_body_that_came_with_too_many_others_is_told_to_come_again(client):
    answer = client.post("/logga-in", environ_overrides={REFUSED: "busy"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Många stora filer skickas just nu" in answer.text


def test_a_stranger_who_sends_a_large_file_is_told_that_the_sign_in_has_ended(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    form = {"content_type": "multipart/form-data; boundary=x", "environ_overrides": {REFUSED: "stranger"}}
    answer = app.test_client().post("/leveranser/ny/beds/", **form)
    assert (answer.status_code, "Formuläret var för gammalt" in answer.text) == (400, True)


def test_the_server_knows_by_the_cookie_whose_large_bodies_are_kept(app, actor, signed_in):
    is_signed_in = signed_in_by_cookie(app)
    client = signed_in(actor("somebody"))
    cookie = client.get_cookie("registry").value
    assert is_signed_in({"COOKIE": f"a=b; registry={cookie}"})
    stranger = app.test_client()
    with stranger.session_transaction() as kept:
        kept["csrf_token"] = "of a stranger"
    of_stranger = stranger.get_cookie("registry").value
    for text in (
        "",
        "registry=",
        f"registry={of_stranger}",
        f"registry={cookie[:-3]}AAA",
        f"other={cookie}",
        "registry=\x80;;=,",
    ):
        assert not is_signed_in({"COOKIE": text})
    with time_machine.travel(clock.now() + timedelta(hours=app.config["SESSION_HOURS"] + 1)):
        assert not is_signed_in({"COOKIE": f"registry={cookie}"})


def test_the_server_knows_by_their_tokens_the_machines_whose_large_bodies_are_kept(app):
    is_known = known_sender(app)
    token = new_token(str(app.secret_key))
    assert is_known({"AUTHORIZATION": f"Bearer {token}"}) and is_known({"AUTHORIZATION": f"bearer  {token}"})
    for text in ("", "Bearer", "Bearer x", f"Basic {token}", f"Bearer {token[:-1]}", f"Bearer {new_token('other')}", "Bearer \x80.é.x"):  # fmt: skip
        assert not is_known({"AUTHORIZATION": text})
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert not is_known({"AUTHORIZATION": f"Bearer {token}"})
