"""The ring of public keys: what it verifies, and what is no ring."""

import json
from datetime import UTC, datetime

import pytest

from registry.signing import keys
from registry.signing.keys import BadSignature, KeyRing, NoKeyRing, PublicKey, UnknownKey, read_ring

SECRET = bytes(range(32))
KEY = PublicKey(keys.public_half(SECRET), datetime(2026, 1, 1, tzinfo=UTC))
OTHER = PublicKey(keys.public_half(bytes(32)), datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
RING = KeyRing.of((KEY, OTHER))


def test_what_a_key_of_the_ring_signed_is_verified_and_an_altered_byte_is_not():
    signature = keys.signature_of(SECRET, b"what was said")
    RING.verify(KEY.kid, b"what was said", signature)
    with pytest.raises(BadSignature):
        RING.verify(KEY.kid, b"what was sajd", signature)
    with pytest.raises(BadSignature):
        RING.verify(OTHER.kid, b"what was said", signature)


def test_a_key_that_nobody_published_is_unknown():
    with pytest.raises(UnknownKey):
        RING.verify("nobody", b"", b"")


def test_the_published_ring_reads_back_with_keys_that_are_retired_and_nothing_private():
    published = RING.as_jwks()
    assert [key["kid"] for key in published["keys"]] == [OTHER.kid, KEY.kid]
    assert [key.get("retired_at") for key in published["keys"]] == [int(OTHER.retired_at.timestamp()), None]
    assert all("d" not in key for key in published["keys"])
    assert read_ring(json.dumps(published).encode()).by_kid.keys() == RING.by_kid.keys()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"keys": []}',
        b'{"keys": {}}',
        b'{"keys": [{"kty": "RSA"}]}',
        b'{"keys": [{"crv": "Ed25519", "x": "AAAA"}]}',
        b'{"keys": [{"crv": "Ed25519", "x": 1}]}',
        json.dumps({"keys": [{**KEY.as_jwk(), "kid": OTHER.kid}]}).encode(),
        json.dumps({"keys": [{**KEY.as_jwk(), "d": "secret"}]}).encode(),
        b" " * (keys.LARGEST_RING + 1),
    ],
)
def test_what_is_no_ring_is_refused(content):
    with pytest.raises(NoKeyRing):
        read_ring(content)


def test_keys_of_other_kinds_are_passed_over():
    both = {"keys": [{"kty": "RSA", "n": "AQAB"}, KEY.as_jwk()]}
    assert list(read_ring(json.dumps(both).encode()).by_kid) == [KEY.kid]
