"""What the kit for machines decides without a request: digests, rates, what is wrong with a field, keys."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

import marshmallow as ma
import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from registry.api import rates
from registry.api.digests import digest_header, digests_in
from registry.api.fields import Day, DecimalText, Moment, Whole, bilingual
from registry.api.misfits import in_both_languages, misfits, pointer
from registry.api.rates import Buckets, Rate
from registry.findings import Text
from registry.identity.clients.keys import PrivateKeyGiven, UnusableKey, public_jwk, read_key, thumbprint


def test_a_header_names_several_digests_and_unknown_ones_are_passed_over():
    content = b"something"
    strong = base64.b64encode(hashlib.sha512(content).digest()).decode()
    found = digests_in(f"{digest_header(content)}, sha-512=:{strong}:, unixsum=:AAAA:")
    assert found == {"sha-256": hashlib.sha256(content).digest(), "sha-512": hashlib.sha512(content).digest()}


@pytest.mark.parametrize(
    "header", ["", "sha-256", "sha-256=abc", "sha-256=:abc:", "sha-256=:!!!!:", "SHA-256=:AAAA:", ","]
)
def test_what_is_no_dictionary_of_bytes_is_refused(header):
    with pytest.raises(ValueError):
        digests_in(header)


def test_a_bucket_is_emptied_and_fills_again_at_an_even_pace():
    buckets, rate = Buckets(), Rate(2, 60)
    first, second, third = (buckets.take("a", rate, now=100.0) for _ in range(3))
    assert (first.remaining, second.remaining, third.remaining) == (1, 0, 0)
    assert (first.wait, second.wait, third.wait) == (0, 0, 30)
    assert second.full_in == 60
    assert buckets.take("b", rate, now=100.0).wait == 0
    assert buckets.take("a", rate, now=129.9).wait == 1
    assert buckets.take("a", rate, now=131.0).wait == 0


def test_a_bucket_never_holds_more_than_its_limit():
    buckets, rate = Buckets(), Rate(2, 60)
    buckets.take("a", rate, now=0.0)
    taken = [buckets.take("a", rate, now=10_000.0).wait for _ in range(3)]
    assert taken == [0, 0, 30]


def test_buckets_that_are_full_again_are_dropped_first(monkeypatch):
    monkeypatch.setattr(rates, "MOST_KEPT", 4)
    buckets, rate = Buckets(), Rate(1, 60)
    for number in range(3):
        buckets.take(f"old {number}", rate, now=0.0)
    buckets.take("busy", rate, now=70.0)
    buckets.take("new", rate, now=70.0)
    assert buckets.take("busy", rate, now=70.0).wait == 60
    for number in range(6):
        buckets.take(f"crowd {number}", rate, now=80.0 + number)
    assert buckets.take("crowd 5", rate, now=85.0).wait == 60
    assert len(buckets._left) <= 5


def test_what_marshmallow_says_is_said_in_swedish_with_its_figures():
    assert (
        in_both_languages("Must be greater than or equal to 1 and less than or equal to 9.").sv
        == "Den ska vara från 1 till 9."
    )
    assert in_both_languages("Must be greater than or equal to 1.").sv == "Den ska vara minst 1."
    assert in_both_languages("Never seen before.") == Text("Never seen before.", "Never seen before.")
    assert in_both_languages(Text("a", "b")) == Text("a", "b")


def test_every_misfit_has_its_way():
    class Inner(ma.Schema):
        unit = Whole(required=True)

    class Outer(ma.Schema):
        rows = ma.fields.List(ma.fields.Nested(Inner), required=True)

    with pytest.raises(ma.ValidationError) as raised:
        Outer().load({"rows": [{"unit": 1}, {"unit": "x", "more": 1}], "other": 2})
    found = {pointer(path): text.en for path, text in misfits(raised.value.messages)}
    assert found == {
        "/rows/1/unit": "Not a valid integer.",
        "/rows/1/more": "Unknown field.",
        "/other": "Unknown field.",
    }
    assert list(misfits({"_schema": ["Invalid input type."]})) == [
        ((), Text("Innehållet ska vara ett objekt.", "Invalid input type."))
    ]
    assert pointer(("a~b", "c/d")) == "/a~0b/c~1d"


class _Fields(ma.Schema):
    whole = Whole()
    amount = DecimalText()
    at = Moment()
    on = Day()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"whole": 3}, 3),
        ({"whole": "-12"}, -12),
        ({"amount": "100.125"}, Decimal("100.125")),
        ({"at": "2027-01-18T23:59:59+01:00"}, datetime(2027, 1, 18, 22, 59, 59, tzinfo=UTC)),
        ({"at": "2027-01-18t22:59:59.5z"}, datetime(2027, 1, 18, 22, 59, 59, 500_000, tzinfo=UTC)),
        ({"on": "2027-01-18"}, datetime(2027, 1, 18).date()),  # noqa: DTZ001
    ],
)
def test_a_field_reads_what_it_is_to(given, read):
    assert list(_Fields().load(given).values()) == [read]


@pytest.mark.parametrize(
    "given",
    [
        {"whole": True}, {"whole": 1.0}, {"whole": "1_0"}, {"whole": "１"}, {"whole": "1" * 19}, {"amount": 1.5},
        {"amount": "1,5"}, {"amount": "1e3"}, {"amount": "NaN"}, {"at": "2027-01-18T22:59:59"}, {"at": "2027-01-18"},
        {"at": "2027-13-18T22:59:59Z"}, {"at": "0001-01-01T00:00:00+23:59"}, {"on": "20270118"}, {"on": "2027-02-30"}, {"on": 5},
    ],
)  # fmt: skip
def test_a_field_takes_nothing_else(given):
    with pytest.raises(ma.ValidationError):
        _Fields().load(given)


def test_figures_moments_and_texts_are_written_as_they_are_read():
    class Told(ma.Schema):
        amount = DecimalText()
        at = Moment()
        name = bilingual()

    at = datetime(2027, 1, 18, 22, 59, 59, tzinfo=UTC)
    told = Told().dump({"amount": Decimal("1E+2"), "at": at, "name": Text("säng", "bed")})
    assert told == {"amount": "100", "at": "2027-01-18T22:59:59Z", "name": {"sv": "säng", "en": "bed"}}
    assert Told().dump({"amount": None, "at": None, "name": {"sv": "säng", "en": "bed"}})["name"]["en"] == "bed"
    assert Told().dump({"name": None}) == {"name": None}


KEYS = (RSAKey.generate_key(2048), ECKey.generate_key("P-256"), OKPKey.generate_key("Ed25519"))


@pytest.mark.parametrize("key", KEYS, ids=["rsa", "ec", "okp"])
def test_a_public_key_is_taken_as_pem_or_jwk_and_kept_as_the_same(key):
    as_pem = public_jwk(key.as_pem(private=False).decode())
    as_jwk = public_jwk(json.dumps({**key.as_dict(private=False), "kid": "x", "use": "sig"}))
    assert as_pem == as_jwk
    assert thumbprint(as_pem) == key.thumbprint()
    assert not read_key(as_pem).is_private


@pytest.mark.parametrize("key", KEYS, ids=["rsa", "ec", "okp"])
def test_a_private_key_is_not_taken(key):
    for text in (key.as_pem(private=True).decode(), json.dumps(key.as_dict(private=True))):
        with pytest.raises(PrivateKeyGiven):
            public_jwk(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "{}", "[]", "null", '{"kty": "oct", "k": "AAAA"}', '{"kty": "RSA", "n": 1}', "{" * 5000, "x" * 9000,
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", json.dumps(ECKey.generate_key("P-521").as_dict(private=False)),
    ],
)  # fmt: skip
def test_what_is_no_key_is_not_taken(text):
    with pytest.raises(UnusableKey):
        public_jwk(text)
