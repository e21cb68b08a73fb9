"""Behind proxies: the reader's address, scheme and host as trusted proxies tell them, and nobody else's word."""

import json

import pytest

import wsgi
from registry.actors import Role
from registry.addresses import TrustedProxies
from registry.identity.delays import ONE_ACCOUNT_FROM_ONE_PLACE
from registry.web.proxies import BehindProxies
from tests.conftest import PASSWORD
from tests.factories.guessers import Visitor

FREE = ONE_ACCOUNT_FROM_ONE_PLACE.free
PROXY = "10.0.0.1"


@pytest.fixture
def behind(app):
    """The application as it is with one trusted proxy."""
    middleware: BehindProxies = app.wsgi_app
    before, middleware.trusted = middleware.trusted, TrustedProxies.parse(f"{PROXY}, 10.0.1.0/24")
    yield app
    middleware.trusted = before


@pytest.fixture
def officer(actor):
    return actor("officer", (Role.DATA_OFFICER, "25"))


def _through_the_proxy(app, address):
    return Visitor(app, PROXY, **{"X-Forwarded-For": address})


def test_people_behind_a_proxy_wait_for_their_own_failures_only(behind, officer):
    guesser = _through_the_proxy(behind, "198.51.100.1")
    assert [guesser.waits() for _ in range(FREE + 1)] == [0] * FREE + [2]
    assert _through_the_proxy(behind, "198.51.100.2").succeeds()


def test_a_forged_header_does_not_make_a_guesser_somebody_else(behind, officer):
    told = []
    for number in range(FREE + 3):
        told.append(Visitor(behind, "192.0.2.66", **{"X-Forwarded-For": f"198.51.100.{number}"}).waits())
    assert told == [0] * FREE + [2] * 3


def test_what_a_guesser_writes_before_the_proxy_adds_to_it_counts_for_nothing(behind, officer):
    told = [
        _through_the_proxy(behind, f"10.0.1.{number}, 203.0.113.{number}, 198.51.100.1").waits()
        for number in range(FREE + 2)
    ]
    assert told == [0] * FREE + [2] * 2


@pytest.mark.parametrize("header", ["X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP"])
def test_other_headers_say_nothing(behind, officer, header):
    told = [Visitor(behind, PROXY, **{header: f"198.51.100.{number}"}).waits() for number in range(FREE + 1)]
    assert told == [0] * FREE + [2]


def test_the_log_carries_the_address_of_failed_and_successful_sign_ins(behind, officer, capsys):
    visitor = _through_the_proxy(behind, "198.51.100.1")
    visitor.tries()
    assert visitor.succeeds()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["person"], line["address"]) for line in lines] == [
        ("sign_in_failed", officer.person_id, "198.51.100.1"), ("signed_in", officer.person_id, "198.51.100.1"),
    ]  # fmt: skip
    assert "officer" not in str(lines) and PASSWORD not in str(lines)


def test_a_user_name_that_nobody_has_is_not_logged_since_it_may_be_a_password(app, capsys):
    Visitor(app).tries("my secret written in the wrong field")
    text = capsys.readouterr().err
    assert "unknown" in text and "secret" not in text


def test_cookies_are_kept_to_https_where_the_proxy_says_https(behind, officer):
    def cookies(peer):
        visitor = Visitor(behind, peer, **{"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https"})
        return visitor.tries(password=PASSWORD).headers.getlist("Set-Cookie")

    assert len(cookies(PROXY)) == 2
    assert all("Secure" in cookie for cookie in cookies(PROXY))
    assert not any("Secure" in cookie for cookie in cookies("192.0.2.66"))


@pytest.mark.parametrize(
    ("peer", "host", "base"),
    [
        (PROXY, "registret.example", "https://registret.example/"),
        (PROXY, "evil.example/<b>", "https://localhost/"),
        ("192.0.2.66", "registret.example", "http://localhost/"),
    ],
)
def test_a_link_begins_with_the_host_that_the_trusted_proxy_was_asked_for(behind, actor, peer, host, base):
    person = actor("admin", (Role.ADMINISTRATOR, "forvaltare"))
    said = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": host}
    visitor = Visitor(behind, peer, **said)
    assert visitor.succeeds("admin")
    page = visitor.posts(f"/administration/personer/{person.person_id}/losenord").text
    assert f">{base}valj-losenord#" in page


@pytest.mark.parametrize("peer", [PROXY, "192.0.2.66"])
def test_a_script_name_from_outside_changes_no_address(behind, peer):
    for said in ({"HTTP_SCRIPT_NAME": "/evil"}, {"HTTP_X_FORWARDED_PREFIX": "/evil"}):
        answer = behind.test_client().get("/uppgifter/", environ_base={"REMOTE_ADDR": peer} | said)
        assert answer.location == "/logga-in?next=/uppgifter/"
    # Some servers take it from the header themselves: what they cut off the path is put back.
    split = {"SCRIPT_NAME": "/termbank", "PATH_INFO": "/", "REMOTE_ADDR": peer}
    answer = behind.test_client().get("/", environ_overrides=split)
    assert "/termbank/termbank/" not in answer.text and "/termbank/" in answer.text


def test_a_proxy_that_the_setting_forgot_is_told_in_the_log_once(tmp_path, capsys):
    app = wsgi.create_app({"INSTANCE": tmp_path, "DATABASE_URL": ""})
    for _ in range(3):
        app.test_client().get("/static/icon.svg", headers={"X-Forwarded-For": "198.51.100.1"})
    lines = [line for line in capsys.readouterr().err.splitlines() if "forwarded_by_untrusted_peer" in line]
    assert len(lines) == 1 and "REGISTRY_TRUSTED_PROXIES" in lines[0]
