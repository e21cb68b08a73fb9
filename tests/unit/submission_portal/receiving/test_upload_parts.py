"""What the headers of tus say, and parts that only the key opens."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submission_portal.receiving.uploads import protocol, sealing
from submission_portal.receiving.uploads.protocol import Unreadable, checksum_in, metadata_in
from submission_portal.receiving.uploads.sealing import PIECE, Seal, Unsealable, name_of, new_key, new_salt

KEY, SALT = "0f" * 32, b"s" * 16


def sealed(*parts, key=KEY, salt=SALT):
    seal, at, pieces = Seal.of(key, salt), 0, []
    for part in parts:
        pieces += seal.close_part(part, at)
        at += len(part)
    return b"".join(pieces)


def opened(held, size, key=KEY, salt=SALT, then=b""):
    return Seal.of(key, salt).open_parts(io.BytesIO(held), size, then=then)


@pytest.mark.parametrize("sizes", [(1,), (PIECE,), (PIECE + 1, 3), (5, PIECE, 2 * PIECE + 7)])
def test_parts_are_the_file_again(sizes):
    parts = [bytes([at]) * size for at, size in enumerate(sizes)]
    held = sealed(*parts)
    assert opened(held, sum(sizes)) == b"".join(parts)
    assert opened(held + b"torn", sum(sizes), then=b"last") == b"".join(parts) + b"last"
    assert len(held) - sum(sizes) == 32 * sum(sealing.pieces_of(size) for size in sizes)


def test_neither_another_key_nor_another_salt_opens_them():
    held = sealed(b"something")
    for key, salt in ((new_key(), SALT), (KEY, new_salt()), (KEY, b"")):
        with pytest.raises(Unsealable):
            opened(held, 9, key=key, salt=salt)


def test_what_was_changed_moved_or_cut_is_not_opened():
    first, second = sealed(b"abc"), sealed(b"abc", b"def")[35:]
    for held, size in (
        (second + first, 6),
        (first + first, 6),
        (first, 6),
        (first + second, 4),
        (first[:-1] + bytes([first[-1] ^ 1]), 3),
        (first[:-1], 3),
        (b"\0\0\0\x1c" + first[4:], 3),
        (b"\xff\xff\xff\xff" + first[4:], 3),
        (b"", 1),
    ):
        with pytest.raises(Unsealable):
            opened(held, size)
    assert opened(first + second, 6) == b"abcdef"


def test_pieces_lie_as_they_always_have():
    """What lies there is opened by the next release too: four bytes of size, nonce, content, tag; bound to its place."""
    held = sealed(b"abc")
    assert len(held) == 4 + 12 + 3 + 16 and held[:4] == b"\0\0\0\x1f"
    assert Seal.of(KEY, SALT).open(held[4:], b"part" + bytes(8)) == b"abc"
    assert (len(new_salt()), len(new_key()), PIECE) == (16, 64, 2**20)
    nothing = Seal.of(KEY, SALT).close(b"", b"part" + bytes(8))
    with pytest.raises(Unsealable):
        opened(len(nothing).to_bytes(4) + nothing + held, 3)


def test_the_same_is_never_sealed_alike_and_names_say_nothing_of_keys():
    assert sealed(b"abc") != sealed(b"abc")
    assert KEY not in name_of(KEY) and len({name_of(new_key()) for _ in range(20)}) == 20
    assert KEY[:16] not in repr(Seal.of(KEY, SALT))


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
        st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=40),
        max_size=8,
    )
)
def test_metadata_is_read_as_it_was_written(said):
    header = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())
    assert metadata_in(header) == said


@pytest.mark.parametrize(
    "header", ["a b c", "a =", "a /w==", "a YQ==,a YQ==", "a YQ==,,b", "a YQBi", " YQ==,", "a Yå=="]
)
def test_metadata_that_is_not_written_so_is_said(header):
    with pytest.raises(Unreadable):
        metadata_in(header)


@pytest.mark.parametrize("header", ["", "sha1", "sha1 ", "sha1 %", "SHA1 YQ==", "crc32 YQ=="])
def test_a_checksum_that_is_not_written_so_is_said(header):
    with pytest.raises(Unreadable):
        checksum_in(header)


def test_what_others_have_settled_stays():
    assert (protocol.VERSION, protocol.MISMATCH, protocol.PART) == ("1.0.0", 460, "application/offset+octet-stream")
    assert protocol.MOST_METADATA == 8192


def test_a_checksum_fits_what_it_is_of():
    assert checksum_in("sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=").fits(b"")
    assert not checksum_in("sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=").fits(b"x")
    assert not checksum_in("sha1 YQ==").fits(b"")
