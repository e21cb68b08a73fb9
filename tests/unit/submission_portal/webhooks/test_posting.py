"""Where webhooks may be sent, and how one is: over TLS, to the address that was judged, without redirects, in five seconds."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from submission_portal.webhooks import posting
from submission_portal.webhooks.addresses import LONGEST, destination, is_public
from submission_portal.webhooks.posting import NotSent, post
from submission_portal.webhooks.signing import body_of, headers_of, secret_of
from tests.factories.receivers import HOST, PUBLIC, listening

THERE = destination(f"https://{HOST}/in?key=1")


def sent_to(receiver, monkeypatch, *, there=THERE, trusted=HOST):
    monkeypatch.setattr(posting, "NETWORK", receiver.network(trusted))
    return post(there, {"webhook-id": "msg_1"}, b'{"a":1}')


def why_not(receiver, monkeypatch, **how):
    with pytest.raises(NotSent) as raised:
        sent_to(receiver, monkeypatch, **how)
    return raised.value.why


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "192.168.1.1", "192.0.0.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
        "fec0::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b::7f00:1", "", "localhost", "1.2.3",
    ],
)  # fmt: skip
def test_an_address_that_only_some_machines_reach_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "172.32.0.1", "::ffff:8.8.8.8", "2606:4700::1111", "2a00::1"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.se/", "ftp://a.se/", "//a.se/", "a.se", "https://", "https:///x", "https://user:pw@a.se/", "https://@a.se/",
        "https://a.se/#part", "https://a.se/a b", "https://a.se/\r\nX: 1", "https://å.se/", "https://a.se:99999/",
        "https://a.se:x/", "https://a..se/", "https://-a.se/", "https://2130706433/", "https://0x7f.1/", "https://a.se\\@b.se/",
        "https://[::1", "https://a.se/" + "x" * LONGEST,
    ],
)  # fmt: skip
def test_what_is_no_address_for_webhooks_is_none(url):
    assert destination(url) is None


def test_an_address_is_taken_apart():
    assert destination("HTTPS://A.se").authority == "a.se"
    assert destination("https://a.se:8443/x?y=1").authority == "a.se:8443"
    assert destination("https://[2606:4700::1111]/x").authority == "[2606:4700::1111]"
    assert destination("https://a.se./x") == destination("https://a.se/x")
    assert len("https://a.se/" + "x" * (LONGEST - 13)) == LONGEST
    assert destination("https://a.se/" + "x" * (LONGEST - 13)) is not None


def test_a_message_arrives_by_the_name_at_the_address_that_was_judged(monkeypatch):
    with listening() as receiver:
        assert sent_to(receiver, monkeypatch) == 204
    ((line, headers, body),) = receiver.requests
    assert line == "POST /in?key=1 HTTP/1.1"
    assert (headers["host"], headers["webhook-id"], body) == (HOST, "msg_1", '{"a":1}')
    assert (receiver.names, receiver.connected) == ([HOST], [PUBLIC])


def test_the_name_is_asked_for_once_so_that_it_cannot_lead_elsewhere_meanwhile(monkeypatch):
    with listening() as receiver:
        network = receiver.network()
        answers = [(PUBLIC,), ("127.0.0.1",)]
        monkeypatch.setattr(
            posting, "NETWORK", posting.Network(lambda *_: answers.pop(0), network.connect, network.trust)
        )
        assert post(THERE, {}, b"{}") == 204
        assert receiver.connected == [PUBLIC] and answers == [("127.0.0.1",)]
        with pytest.raises(NotSent) as raised:
            post(THERE, {}, b"{}")
        assert raised.value.why == posting.PRIVATE and receiver.connected == [PUBLIC]


@pytest.mark.parametrize("addresses", [("10.0.0.1",), (PUBLIC, "127.0.0.1"), ("::1",), ("169.254.169.254",)])
def test_nothing_is_connected_to_where_any_of_the_addresses_is_internal(monkeypatch, addresses):
    with listening() as receiver:
        receiver.addresses = addresses
        assert why_not(receiver, monkeypatch) == posting.PRIVATE
        assert not receiver.connected and not receiver.requests


def test_an_address_without_a_name_is_judged_too():
    with pytest.raises(NotSent) as raised:
        post(destination("https://127.0.0.1:8000/"), {}, b"")  # by the network as it is
    assert raised.value.why == posting.PRIVATE


def test_a_redirect_is_an_answer_and_is_not_followed(monkeypatch):
    with listening(b"HTTP/1.1 302 Found\r\nLocation: https://169.254.169.254/\r\n\r\n") as receiver:
        assert sent_to(receiver, monkeypatch) == 302
        assert len(receiver.requests) == 1 and receiver.resolved == [HOST]


def test_a_certificate_of_another_name_or_of_nobody_is_not_trusted(monkeypatch):
    with listening() as receiver:
        assert why_not(receiver, monkeypatch, there=destination("https://other.example.se/")) == posting.UNTRUSTED
        assert why_not(receiver, monkeypatch, trusted="other.example.se") == posting.UNTRUSTED
        assert not receiver.requests


def test_a_receiver_that_hangs_costs_no_more_than_what_is_left(monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.3)
    with listening(None) as receiver:
        begun = time.monotonic()
        assert why_not(receiver, monkeypatch) == posting.TIMED_OUT
        assert time.monotonic() - begun < 5 and len(receiver.requests) == 1


class Dripping:
    """A connection that gives a byte each second, and the clock that says so."""

    def __init__(self):
        self.now, self.timeouts = 0.0, []

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def wrap_socket(self, _plain, *, server_hostname):
        assert server_hostname == HOST
        return self

    def settimeout(self, seconds):
        self.timeouts.append(seconds)

    def sendall(self, _data):
        pass

    def recv(self, _most):
        self.now += 1
        return b"H"


def test_an_answer_in_drops_is_not_waited_for_longer(monkeypatch):
    """Each drop comes in time; all of them together do not."""
    slow = Dripping()
    monkeypatch.setattr(posting, "NETWORK", posting.Network(lambda *_: (PUBLIC,), lambda *_: slow, lambda: slow))
    with pytest.raises(NotSent) as raised:
        post(THERE, {}, b"", lambda: slow.now)
    assert raised.value.why == posting.TIMED_OUT and slow.now == 5
    assert slow.timeouts == [5, 5, 5, 4, 3, 2, 1]


def test_a_name_that_nobody_answers_for_is_given_up_in_time(monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.1)
    ended = threading.Event()
    monkeypatch.setattr(posting, "NETWORK", posting.Network(lambda *_: ended.wait(20) and ()))
    with pytest.raises(NotSent) as raised:
        post(THERE, {}, b"")
    ended.set()
    assert raised.value.why == posting.TIMED_OUT


def _raising(error):
    def raise_it(*_given):
        raise error

    return raise_it


def test_a_name_without_addresses_and_a_port_that_nobody_listens_at(monkeypatch):
    monkeypatch.setattr(posting, "NETWORK", posting.Network(_raising(OSError("no such name"))))
    with pytest.raises(NotSent) as raised:
        post(THERE, {}, b"")
    assert raised.value.why == posting.UNRESOLVED
    monkeypatch.setattr(posting, "NETWORK", posting.Network(lambda *_: (PUBLIC,), _raising(ConnectionRefusedError())))
    with pytest.raises(NotSent) as raised:
        post(THERE, {}, b"")
    assert raised.value.why == posting.BROKEN


def test_the_next_address_is_tried_where_the_first_takes_no_connection(monkeypatch):
    with listening() as receiver:
        network = receiver.network()
        receiver.addresses = ("2606:4700::1111", PUBLIC)

        def connect(address, timeout):
            if ":" in address[0]:
                raise OSError("no route")
            return network.connect(address, timeout)

        monkeypatch.setattr(posting, "NETWORK", posting.Network(network.resolve, connect, network.trust))
        assert post(THERE, {}, b"{}") == 204


@pytest.mark.parametrize("answer", [b"SSH-2.0-x\r\n", b"HTTP/1.1 2xx\r\n", b"HTTP/1.1 999 No\r\n", b"x" * 5000, b""])
def test_what_is_no_answer_is_none(monkeypatch, answer):
    with listening(answer) as receiver:
        assert why_not(receiver, monkeypatch) == posting.NO_ANSWER


def test_a_receiver_verifies_what_it_gets_and_refuses_what_was_altered():
    now, old, new = datetime.now(UTC), secret_of("key", "w", 1), secret_of("key", "w", 2)
    body = body_of("delivery.released", now, {"id": "d", "state": "released"})
    headers = headers_of("msg_1", now, body, [new, old])
    for secret in (old, new):
        assert Verifier(secret).verify(body, headers)["data"] == {"id": "d", "state": "released"}
    for secret, said in ((secret_of("key", "w", 3), body), (secret_of("other", "w", 1), body), (new, body + " ")):
        with pytest.raises(WebhookVerificationError):
            Verifier(secret).verify(said, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(new).verify(body, headers_of("msg_1", now - timedelta(minutes=6), body, [new]))
    assert list(json.loads(body)) == ["type", "timestamp", "data"]
