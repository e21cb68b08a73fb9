"""Machine clients: who makes them, how they show who they are, and when that ends."""

import json
import time
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from sqlalchemy import func, select

from registry import clock
from registry.actors import SYSTEM, Role, Scope
from registry.api import principals
from registry.api.rates import Buckets
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.finding_texts import FINDINGS
from registry.identity.client_tables import MOST_TOKENS, Assertion, Client, Token
from registry.identity.clients import queries, services
from registry.identity.queries import person_labels
from registry.identity.tables import Organisation
from tests.conftest import NOW
from tests.factories.machine_clients import registered_client
from tests.pages import read

MINUTE = timedelta(minutes=1)
BASE = "http://127.0.0.1:8000"
"""What an instance calls itself that was never served."""
SAYS = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture(autouse=True)
def _fresh_rates(monkeypatch):
    monkeypatch.setattr(principals, "BUCKETS", Buckets())


@pytest.fixture
def administrator(app, actor):
    return actor("kalmar", (Role.REGION_ADMINISTRATOR, "08"))


@pytest.fixture
def region(administrator, organisations):
    return organisations["08"]


def _asked(browser, **form):
    return browser.post("/oauth/token", data={"grant_type": "client_credentials", **form})


def _who(browser, token):
    return browser.get("/api/v1/client", headers={"Authorization": f"Bearer {token}"})


def test_a_client_gets_a_token_and_is_known_by_it(client, administrator, region):
    known = registered_client(administrator, region, Scope.READ_DELIVERIES, Scope.SEND_DELIVERIES)
    token = known.token(client, "read_deliveries")
    told = _who(client, token)
    assert told.status_code == 200
    assert told.json["client_id"] == known.client_id
    assert told.json["organisation"]["code"] == "08"
    assert told.json["scopes"] == ["read_deliveries"]
    assert told.json["token_expires_at"].endswith("Z")
    assert told.headers["Cache-Control"] == "no-store"
    assert person_labels(db.session, [known.client_id])[known.client_id].en == "the client Export"
    assert db.session.get_one(Client, known.client_id).last_used_at is not None
    kept = [one.token_hash for one in db.session.scalars(select(Token))]
    assert token not in kept and known.secret not in json.dumps(
        [c.secret_hash for c in db.session.get_one(Client, known.client_id).credentials]
    )


def test_a_wrong_secret_scope_or_grant_is_said_as_the_standard_has_it(client, administrator, region):
    known = registered_client(administrator, region, Scope.READ_DELIVERIES)
    for form, status, error in (
        ({"client_id": known.client_id, "client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "f" * 32, "client_secret": known.secret}, 400, "invalid_client"),
        ({"client_id": "å\x7f", "client_secret": known.secret}, 400, "invalid_client"),
        (
            {"client_id": known.client_id, "client_secret": known.secret, "scope": "send_deliveries"},
            400,
            "invalid_scope",
        ),
        (
            {"client_id": known.client_id, "client_secret": known.secret, "grant_type": "password"},
            400,
            "unsupported_grant_type",
        ),
        ({}, 401, "invalid_client"),
    ):
        told = _asked(client, **form)
        assert (told.status_code, told.json["error"]) == (status, error), form
        assert "methods" not in told.json.get("error_description", ""), "the library's words help nobody"
    assert db.session.scalar(select(func.count()).select_from(Token)) == 0


def test_a_token_ends_after_ten_minutes_or_when_anybody_ends_it(client, administrator, region):
    known = registered_client(administrator, region)
    token = known.token(client)
    with time_machine.travel(time.time() + 601):
        ended = _who(client, token)
    assert ended.status_code == 401
    assert ended.json["error"] == "invalid_token"
    assert 'error="invalid_token"' in ended.headers["WWW-Authenticate"]
    other = registered_client(administrator, region)
    form = {"token": token, "client_id": other.client_id, "client_secret": other.secret}
    assert client.post("/oauth/revoke", data=form).status_code == 200
    assert _who(client, token).status_code == 200
    form = {"token": token, "client_id": known.client_id, "client_secret": known.secret}
    assert client.post("/oauth/revoke", data=form).status_code == 200
    assert _who(client, token).status_code == 401
    assert client.post("/oauth/revoke", data={"token": token}).status_code == 401


def test_revoking_a_client_ends_its_tokens_at_once(any_app, organisations, actor):
    administrator = actor("kalmar", (Role.REGION_ADMINISTRATOR, "08"))
    browser = any_app.test_client()
    known = registered_client(administrator, organisations["08"])
    token = known.token(browser)
    with transaction() as session:
        services.revoke_client(session, administrator, NOW, client=session.get_one(Client, known.client_id))
    assert _who(browser, token).status_code == 401
    again = _asked(browser, client_id=known.client_id, client_secret=known.secret)
    assert (again.status_code, again.json["error"]) == (400, "invalid_client")


def test_secrets_overlap_until_one_is_ended(any_app, organisations, actor):
    administrator = actor("kalmar", (Role.REGION_ADMINISTRATOR, "08"))
    browser = any_app.test_client()
    known = registered_client(administrator, organisations["08"])
    with transaction() as session:
        second = services.add_credential(
            session, administrator, clock.now(), client=session.get_one(Client, known.client_id)
        )
    for secret in (known.secret, second.secret):
        assert _asked(browser, client_id=known.client_id, client_secret=secret).status_code == 200
    with pytest.raises(Refused) as refused, transaction() as session:
        services.add_credential(session, administrator, NOW + MINUTE, client=session.get_one(Client, known.client_id))
    assert refused.value.finding.code == "CLIENT-005"
    token = known.token(browser)
    first = db.session.get_one(Client, known.client_id).credentials[0].id
    with transaction() as session:
        services.end_credential(
            session, administrator, NOW, client=session.get_one(Client, known.client_id), credential_id=first
        )
    assert _asked(browser, client_id=known.client_id, client_secret=known.secret).status_code == 401
    assert _who(browser, token).status_code == 401
    assert _asked(browser, client_id=known.client_id, client_secret=second.secret).status_code == 200


def test_the_credential_in_use_ends_a_month_after_another_was_made(client, administrator, region):
    known = registered_client(administrator, region, now=NOW)
    with transaction() as session:
        services.add_credential(session, administrator, NOW + MINUTE, client=session.get_one(Client, known.client_id))
    old, new = db.session.get_one(Client, known.client_id).credentials
    assert old.expires_at == NOW + MINUTE + services.OVERLAP
    assert new.expires_at > old.expires_at


def test_no_more_tokens_are_kept_than_a_client_needs(client, administrator, region):
    known = registered_client(administrator, region)
    tokens = [known.token(client) for _ in range(MOST_TOKENS + 2)]
    assert db.session.scalar(select(func.count()).select_from(Token)) == MOST_TOKENS
    assert _who(client, tokens[0]).status_code == 401
    assert _who(client, tokens[-1]).status_code == 200


def _shown(answer) -> str:
    """The secret that a page shows."""
    return read(answer).find("//*[local-name()='p'][@id='hemlighet']")[0].text.strip()


def _assertion(key, client_id, *, algorithm, **changed):
    now = int(time.time())
    claims = {
        "iss": client_id, "sub": client_id, "aud": BASE + "/oauth/token", "exp": now + 120,
        "jti": uuid.uuid4().hex, **changed,
    }  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": algorithm}, claims, key, algorithms=[algorithm])


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (RSAKey.generate_key(2048), "RS256"),
        (ECKey.generate_key("P-256"), "ES256"),
        (OKPKey.generate_key("Ed25519"), "EdDSA"),
    ],
    ids=["RS256", "ES256", "EdDSA"],
)
def test_a_client_with_a_key_signs_and_each_assertion_is_taken_once(any_app, organisations, actor, key, algorithm):
    administrator = actor("kalmar", (Role.REGION_ADMINISTRATOR, "08"))
    browser = any_app.test_client()
    known = registered_client(administrator, organisations["08"], public_key=key.as_pem(private=False).decode())
    assert known.secret == ""
    assertion = _assertion(key, known.client_id, algorithm=algorithm)
    form = {"client_assertion_type": SAYS, "client_assertion": assertion}
    assert _asked(browser, **form).status_code == 200
    again = _asked(browser, **form)
    assert (again.status_code, again.json["error"]) == (400, "invalid_client")


def test_an_assertion_that_is_not_the_clients_own_is_refused(client, administrator, region):
    key, other = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    known = registered_client(administrator, region, public_key=json.dumps(key.as_dict(private=False)))
    now = int(time.time())
    wrong = [
        _assertion(other, known.client_id, algorithm="ES256"),
        _assertion(key, known.client_id, algorithm="ES256", aud="https://elsewhere.example/oauth/token"),
        _assertion(key, known.client_id, algorithm="ES256", exp=now - 300),
        _assertion(key, known.client_id, algorithm="ES256", exp=now + 3600),
        _assertion(key, known.client_id, algorithm="ES256", exp=None),
        _assertion(key, known.client_id, algorithm="ES256", jti=None),
        _assertion(key, known.client_id, algorithm="ES256", jti=7),
        _assertion(key, known.client_id, algorithm="ES256", iss="someone"),
        _assertion(key, known.client_id, algorithm="ES256", sub=5),
        _assertion(key, "0" * 32, algorithm="ES256"),
        "a.b.c", "", "eyJhbGciOiJub25lIn0.e30.", "å",
    ]  # fmt: skip
    for assertion in wrong:
        told = _asked(client, client_assertion_type=SAYS, client_assertion=assertion)
        assert told.status_code in (400, 401), assertion
        assert told.json["error"] == "invalid_client"
    elsewhere = _assertion(key, known.client_id, algorithm="ES256", aud="https://elsewhere.example/oauth/token")
    form = {"grant_type": "client_credentials", "client_assertion_type": SAYS, "client_assertion": elsewhere}
    told = client.post("/oauth/token", data=form, base_url="https://elsewhere.example/")
    assert told.status_code in (400, 401), "a request says of itself which host it asked"
    assert db.session.scalar(select(func.count()).select_from(Token)) == 0
    assert db.session.scalar(select(func.count()).select_from(Assertion)) <= 1


def test_what_is_written_of_a_client_is_looked_at(administrator, region):
    def made(**changed):
        said = {
            "name": "Export", "scopes": [Scope.SEND_DELIVERIES], "expires_on": date(2027, 6, 1), "public_key": "", **changed,
        }  # fmt: skip
        with transaction() as session:
            services.create_client(
                session, administrator, NOW, organisation=session.get_one(Organisation, region.id), **said
            )

    key = ECKey.generate_key("P-256")
    for changed, code in (
        ({"name": " "}, "CLIENT-001"),
        ({"name": "x" * 121}, "CLIENT-001"),
        ({"scopes": []}, "CLIENT-002"),
        ({"expires_on": NOW.date()}, "CLIENT-003"),
        ({"expires_on": NOW.date() + services.LONGEST_LIFE + timedelta(days=1)}, "CLIENT-003"),
        ({"public_key": "no key"}, "CLIENT-004"),
        ({"public_key": key.as_pem(private=True).decode()}, "CLIENT-007"),
    ):
        with pytest.raises(Invalid) as refused:
            made(**changed)
        assert [one.code for one in refused.value.findings] == [code]
    made(expires_on=NOW.date() + services.LONGEST_LIFE)


def test_a_regions_clients_are_made_by_its_own_administrator_alone(app, organisations, actor):
    central = actor("admin", (Role.ADMINISTRATOR, "forvaltare"))
    officer = actor("officer", (Role.DATA_OFFICER, "08"))
    elsewhere = actor("norrbotten", (Role.REGION_ADMINISTRATOR, "25"))
    for who, error in ((central, Refused), (officer, Forbidden), (elsewhere, Forbidden), (SYSTEM, Refused)):
        with pytest.raises(error):
            registered_client(who, organisations["08"])
    assert registered_client(central, organisations["nationell-uppfoljning"]).secret
    assert registered_client(SYSTEM, organisations["nationell-uppfoljning"]).secret


def test_whoever_a_package_objects_to_administers_no_clients(app, administrator, region, monkeypatch):
    house = app.extensions["registry"]
    objection = FINDINGS.found("USER-012")
    monkeypatch.setattr(house, "client_objections", (lambda session, actor, organisation_id: objection,))
    with pytest.raises(Refused) as refused:
        registered_client(administrator, region)
    assert refused.value.finding == objection


def test_a_client_is_seen_by_those_who_administer_it(app, organisations, actor, administrator):
    known = registered_client(administrator, organisations["08"])
    elsewhere = actor("norrbotten", (Role.REGION_ADMINISTRATOR, "25"))
    assert queries.client_seen_by(db.session, administrator, known.client_id) is not None
    assert queries.client_seen_by(db.session, elsewhere, known.client_id) is None
    assert queries.page_of_clients(db.session, elsewhere, 1).total == 0


def test_a_client_is_made_changed_and_revoked_in_pages(client, signed_in, administrator, region):
    browser = signed_in(administrator)
    page = read(browser.get("/administration/klienter/"))
    assert page.title.startswith("Maskinklienter")
    form = {
        "name": "Vårdadministrativa systemet", "organisation": region.id, "scopes": ["read_deliveries", "send_deliveries"],
        "expires_on": (clock.today() + timedelta(days=300)).isoformat(), "public_key": "",
    }  # fmt: skip
    told = browser.post("/administration/klienter/", data=form | {"scopes": []})
    assert told.status_code == 422
    made = browser.post("/administration/klienter/", data=form)
    assert made.headers["Cache-Control"] == "no-store"
    row = db.session.scalars(select(Client)).one()
    secret = _shown(made)
    token = _asked(client, client_id=row.id, client_secret=secret).json["access_token"]
    address = f"/administration/klienter/{row.id}"
    assert "Vårdadministrativa systemet" in read(browser.get(address)).title
    assert secret not in browser.get(address).text
    second = _shown(browser.post(f"{address}/hemligheter"))
    assert second != secret
    assert browser.post(f"{address}/hemligheter").status_code == 409
    later = (clock.today() + timedelta(days=500)).isoformat()
    assert browser.post(f"{address}/fornya", data={"expires_on": later}).status_code == 302
    assert browser.post(f"{address}/fornya", data={"expires_on": "2020-01-01"}).status_code == 422
    first = db.session.get_one(Client, row.id).credentials[0].id
    assert browser.post(f"{address}/hemligheter/avsluta", data={"credential": first}).status_code == 302
    assert browser.post(f"{address}/hemligheter/avsluta", data={"credential": "none"}).status_code == 404
    assert "Spärra klienten" in read(browser.get(f"{address}/sparra")).title
    assert browser.post(f"{address}/sparra").status_code == 302
    assert _who(client, token).status_code == 401
    assert browser.get("/administration/klienter/" + "0" * 32).status_code == 404


def test_clients_are_made_changed_and_revoked_in_commands(app, organisations, administrator):
    run = app.test_cli_runner().invoke
    made = run(
        args=[
            "clients",
            "create",
            "region:08",
            "Export",
            "--scope",
            "send_deliveries",
            "--until",
            "2027-06-01",
            "--as",
            "kalmar",
            "--json",
        ]
    )
    assert made.exit_code == 0, made.output
    client_id = json.loads(made.output)["client_id"]
    rotated = run(args=["clients", "rotate", client_id, "--as", "kalmar"])
    assert "client_secret" in rotated.output
    listed = json.loads(run(args=["clients", "list", "--as", "kalmar", "--json"]).output)
    assert [(one["client_id"], one["state"], len(one["credentials"])) for one in listed] == [(client_id, "valid", 2)]
    first = listed[0]["credentials"][0]["id"]
    assert run(args=["clients", "end-credential", client_id, first, "--as", "kalmar"]).exit_code == 0
    assert run(args=["clients", "renew", client_id, "--until", "2027-12-01", "--as", "kalmar"]).exit_code == 0
    assert "--as" in run(args=["clients", "revoke", client_id]).output
    assert run(args=["clients", "revoke", client_id, "--as", "kalmar"]).exit_code == 0
    assert "revoked" in run(args=["clients", "list", "--as", "kalmar"]).output
    refused = run(args=["clients", "create", "region:08", "Export", "--scope", "everything", "--until", "2027-06-01"])
    assert refused.exit_code == 2
    by_nobody = run(
        args=["clients", "create", "region:08", "Export", "--scope", "send_deliveries", "--until", "2027-06-01"]
    )
    assert by_nobody.exit_code != 0
    assert "--as" in by_nobody.output


def test_the_server_says_what_it_can_do(client):
    told = client.get("/.well-known/oauth-authorization-server").json
    assert told["issuer"] == BASE
    assert told["token_endpoint"] == f"{BASE}/oauth/token"
    assert "private_key_jwt" in told["token_endpoint_auth_methods_supported"]
