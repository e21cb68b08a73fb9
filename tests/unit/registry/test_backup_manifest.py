"""A manifest says what a backup holds; one that was forged or damaged is a sentence, never an error of ours."""

import copy
import hashlib
import json
import random

import pytest

from registry.backup import manifest
from registry.backup.kept import FileEntry, Stopped
from registry.backup.manifest import Manifest
from registry.findings import Finding, Place, Severity

LOST = Finding("BACK-001", Severity.ERROR, places=(Place(value="a/b/c"),))
WHOLE = Manifest(
    product="0.1.0", revision="0002", database={"kind": "postgresql", "version": "15.4", "schema": "public"},
    taken_at="2026-11-28T20:00:00.000000+00:00", head="0" * 64, events=3, settings={"UPLOAD_BYTES": "1"}, key="kept",
    left_out=("notes.txt",), faults=(LOST,), files={"objects/a": FileEntry(3, "1" * 64)},
)  # fmt: skip
WRONG = (None, True, -1, 1.5, 10**400, "", "x", "../x", "/etc/passwd", [], [1], {}, {"x": None}, "2026-11-28")


def write_raw(folder, about):
    data = json.dumps(about).encode()
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  manifest.json\n")


def test_what_is_written_is_read_and_its_hash_is_the_files(tmp_path):
    digest = manifest.write(tmp_path, WHOLE)
    assert manifest.read(tmp_path) == (WHOLE, digest)
    assert digest == hashlib.sha256((tmp_path / "manifest.json").read_bytes()).hexdigest()


def test_a_forged_manifest_is_refused_or_read_and_never_fails(tmp_path):
    """Each value of it replaced by each wrong one, or left out."""
    manifest.write(tmp_path, WHOLE)
    about = json.loads((tmp_path / "manifest.json").read_text())
    refused = 0
    for path in list(_paths(about)):
        for wrong in (*WRONG, "left out"):
            forged = copy.deepcopy(about)
            _put(forged, path, wrong)
            write_raw(tmp_path, forged)
            try:
                read, _ = manifest.read(tmp_path)
            except Stopped as stopped:
                assert stopped.text.sv and stopped.text.en
                refused += 1
            else:
                assert all(manifest.is_within(name) for name in read.files)
    assert refused > 150


def test_bytes_that_are_no_manifest_are_refused(tmp_path):
    chance = random.Random(1)
    for data in (
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"format": "backup/2"}',
        b'"',
        chance.randbytes(500),
        b"[" * 100_000,
    ):
        (tmp_path / "manifest.json").write_bytes(data)
        (tmp_path / "manifest.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  manifest.json\n")
        with pytest.raises(Stopped):
            manifest.read(tmp_path)


def test_only_what_the_manifest_tells_of_was_so_before():
    other = Finding("BACK-001", Severity.ERROR, places=(Place(value="a/b/c"), Place(value="d/e/f")))
    assert WHOLE.tells_of(LOST)
    assert not WHOLE.tells_of(other)
    assert not WHOLE.tells_of(Finding("BACK-002", Severity.ERROR, places=LOST.places))


def _paths(value, path=()):
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from _paths(one, (*path, key))


def _put(value, path, wrong):
    for key in path[:-1]:
        value = value[key]
    if wrong == "left out":
        del value[path[-1]]
    else:
        value[path[-1]] = wrong
