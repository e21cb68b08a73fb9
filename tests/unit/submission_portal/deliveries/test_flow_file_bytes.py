"""The bytes of a flow file: written in one way, and refused where any of them is another."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.findings import Finding
from registry.signing.keys import KeyRing, PublicKey, new_private_key, public_half, signature_of
from submission_portal.deliveries.flow_files import seal, sealing

CONTENT = {"address": "https://register.example", "units": ["Västervik", "Kalmar"], "made": "2026-03-01"}


class Signer:
    def __init__(self) -> None:
        self.private = new_private_key()
        self.public = PublicKey(public_half(self.private))
        self.kid, self.ring = self.public.kid, KeyRing.of([self.public])

    def sign(self, data: bytes) -> bytes:
        return signature_of(self.private, data)


SIGNER, OTHER = Signer(), Signer()
SEALED = seal.sealed(CONTENT, SIGNER)


def refused(data: bytes, ring: KeyRing = SIGNER.ring) -> str:
    found = seal.unsealed(data, ring)
    assert isinstance(found, Finding)
    return found.code


def changed(**values: object) -> bytes:
    """The file with other values at its top, written as a flow file is."""
    stored = json.loads(SEALED) | values
    return json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def test_what_is_sealed_is_read_and_is_the_same_each_time():
    assert seal.unsealed(SEALED, SIGNER.ring) == CONTENT
    assert seal.sealed(CONTENT, SIGNER) == SEALED == changed()
    assert "Västervik".encode() in SEALED


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_file_with_one_other_byte_is_refused(place, difference):
    altered = bytearray(SEALED)
    altered[place] ^= difference
    assert refused(bytes(altered)) in {"FLF-001", "FLF-002", "FLF-003", "FLF-004"}


@given(st.integers(0, len(SEALED) - 1))
def test_a_file_that_is_cut_is_no_flow_file(length):
    assert refused(SEALED[:length]) in {"FLF-001", "FLF-004"}


@pytest.mark.parametrize(
    "data",
    [json.dumps(json.loads(SEALED)).encode(), SEALED + b"\n", b" " + SEALED, SEALED.replace("ä".encode(), b"\\u00e4")],
    ids=["with blanks", "one line more", "a blank before", "escaped"],
)
def test_the_same_content_written_in_another_way_is_altered(data):
    assert refused(data) == "FLF-004"


def test_a_key_that_is_not_in_the_ring_is_named():
    found = seal.unsealed(SEALED, OTHER.ring)
    assert isinstance(found, Finding)
    assert (found.code, found.params["kid"]) == ("FLF-003", SIGNER.kid)


def test_what_another_key_signed_under_this_kid_is_altered():
    forged = json.loads(seal.sealed(CONTENT, OTHER))
    forged["signature"]["kid"] = SIGNER.kid
    assert refused(changed(signature=forged["signature"])) == "FLF-004"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "FLF-001"),
        (b"Dag;Sjukhus\n", "FLF-001"),
        (b"[]", "FLF-001"),
        (b'{"format":"flow-file/1","format":"flow-file/1"}', "FLF-001"),
        (b"[" * 100_000, "FLF-001"),
        (changed(format=1), "FLF-001"),
        (changed(format="flow-file/2"), "FLF-002"),
        (changed(more=1), "FLF-001"),
        (changed(signature="none"), "FLF-001"),
        (changed(signature={"kid": SIGNER.kid}), "FLF-004"),
    ],
)
def test_what_is_no_flow_file_of_this_format_is_told_so(data, expected):
    assert refused(data) == expected


def test_signed_content_that_is_no_object_is_no_flow_file():
    assert refused(seal.sealed([1], SIGNER)) == "FLF-001"


def test_signed_content_that_lacks_what_a_flow_file_has_is_no_flow_file():
    found = sealing.opened(SEALED, SIGNER.ring)
    assert isinstance(found, Finding)
    assert found.code == "FLF-001"
    assert isinstance(sealing.opened(b"{}", SIGNER.ring), Finding)


def test_the_address_is_read_of_a_file_that_nobody_has_verified():
    assert seal.address_in(SEALED) == "https://register.example"
    assert seal.address_in(changed(content={"address": "javascript:alert(1)"})) == ""
    assert seal.address_in(changed(content=[])) == seal.address_in(b"nothing") == ""
