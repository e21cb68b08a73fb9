"""A watched folder: when a file is taken, where it goes, and that none is overwritten, lost or sent twice."""

import hashlib
import os

import pytest

from submission_portal.receiving import watching
from submission_portal.receiving.client import Delivery, Problem, Unreachable
from submission_portal.receiving.watching import Folder


class Known:
    """A registry of one line, with deliveries by their content; `outcome` is the state that a new one is found in."""

    def __init__(self):
        self.rows, self.sent, self.keys, self.outcome, self.refusals = [], [], [], "checked", []

    def deliveries(self, *, line, sender_reference):
        assert line == "line"
        return [row for row in self.rows if row["sender_reference"] == sender_reference]

    def delivery(self, identifier):
        (row,) = [row for row in self.rows if row["id"] == identifier]
        return Delivery(dict(row), "tag")

    def deliver(self, line, data, *, name, sender_reference, key):
        if self.refusals:
            raise self.refusals.pop(0)
        self.keys.append(key)
        row = next((row for row in self.rows if row["data"] == data and row["state"] != "withdrawn"), None)
        if row is None:
            row = {"id": f"d{len(self.rows)}", "number": None, "state": self.outcome, "data": data}
            self.rows.append(row)
        row["sender_reference"] = sender_reference
        return Delivery(dict(row), "tag")

    def send(self, delivery):
        if self.refusals:
            raise self.refusals.pop(0)
        (row,) = [row for row in self.rows if row["id"] == delivery.id]
        row.update(number=f"L-{len(self.sent) + 1}", state="released")
        self.sent.append(row["data"])

    def findings(self, _identifier):
        yield {
            "severity": "error", "code": "VAL-001", "text": "Talet är fel.", "mend": "Rätta det.",
            "places": [{"column": "B", "row": 2}],
        }  # fmt: skip


class Scene:
    def __init__(self, folder):
        self.folder, self.registry, self.now, self.log = folder, Known(), 0.0, []
        self.begin()

    def begin(self):
        """As the program begins: it remembers nothing."""
        self.watched = Folder(
            self.folder, "line", self.registry, say=self.log.append, language="sv", clock=lambda: self.now
        )

    def put(self, name, data=b"Dag;Antal\n"):
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def pass_time(self, seconds=watching.STILL):
        self.watched.look()
        self.now += seconds
        self.watched.look()

    def there(self):
        return sorted(str(one.relative_to(self.folder)) for one in self.folder.rglob("*") if one.is_file())


@pytest.fixture
def scene(tmp_path):
    return Scene(tmp_path)


def test_a_file_is_sent_when_it_has_been_still_for_ten_seconds(scene):
    scene.put("a.csv")
    scene.pass_time(9.9)
    assert scene.there() == ["a.csv"] and not scene.registry.sent
    scene.pass_time(0.1)
    assert scene.there() == ["skickat/a.csv", "skickat/a.csv.txt"]
    assert "a.csv: L-1 released" in (scene.folder / "skickat/a.csv.txt").read_text()
    assert len(scene.log) == 1 and scene.log[0].endswith(" a.csv skickat: L-1 released")


def test_a_file_that_grows_is_left_until_it_has_ended(scene):
    path = scene.put("a.csv", b"Dag")
    scene.pass_time(9)
    path.write_bytes(b"Dag;Antal\n")
    scene.pass_time(9)
    assert scene.there() == ["a.csv"]
    scene.pass_time(1)
    assert scene.registry.sent == [b"Dag;Antal\n"]


def test_a_file_with_errors_stops_with_what_was_found_beside_it(scene):
    scene.registry.outcome = "stopped"
    scene.put("a.csv")
    scene.pass_time()
    assert scene.there() == ["stoppat/a.csv", "stoppat/a.csv.txt"] and not scene.registry.sent
    assert "error VAL-001: Talet är fel. (B2) Rätta det." in (scene.folder / "stoppat/a.csv.txt").read_text()


def test_a_file_that_is_not_taken_stops_too(scene):
    scene.put("a.csv")
    finding = {"severity": "error", "code": "PER-001", "text": "Personnummer.", "mend": "Ta bort dem.", "places": []}
    scene.registry.refusals = [Problem(400, {"title": "Inte taget", "findings": [finding]})]
    scene.pass_time()
    assert scene.there() == ["stoppat/a.csv", "stoppat/a.csv.txt"]
    assert "PER-001: Personnummer. Ta bort dem." in (scene.folder / "stoppat/a.csv.txt").read_text()


@pytest.mark.parametrize("folder", ["skickat", "stoppat"])
def test_no_file_is_overwritten(scene, folder):
    scene.registry.outcome = "checked" if folder == "skickat" else "stopped"
    for number, name in enumerate(("a.csv", "a.csv", "a.csv.txt", "a.csv")):
        scene.put(name, f"{number}\n".encode())
        scene.pass_time()
    kept = {name: (scene.folder / name).read_bytes() for name in scene.there()}
    assert len(kept) == 8
    assert {data for data in kept.values() if b": " not in data} == {b"0\n", b"1\n", b"2\n", b"3\n"}


def test_the_same_content_is_sent_once_whatever_it_is_called(scene):
    for name in ("a.csv", "b.csv"):
        scene.put(name)
        scene.pass_time()
        scene.begin()
    assert len(scene.registry.sent) == 1 and len(scene.registry.keys) == 1
    assert "b.csv: L-1 released" in (scene.folder / "skickat/b.csv.txt").read_text()


def test_a_program_that_died_after_sending_does_not_send_again(scene, monkeypatch):
    scene.put("a.csv")
    monkeypatch.setattr(watching.os, "replace", lambda *_names: (_ for _ in ()).throw(OSError("died")))
    scene.pass_time()
    monkeypatch.undo()
    assert len(scene.registry.sent) == 1 and scene.there() == ["a.csv"]
    scene.begin()
    scene.pass_time()
    assert len(scene.registry.sent) == 1 and "a.csv" not in scene.there()


def test_what_is_sent_is_named_by_its_content_and_again_after_it_was_withdrawn(scene):
    data = b"Dag;Antal\n"
    reference = f"sha256-{hashlib.sha256(data).hexdigest()}"
    scene.put("a.csv", data)
    scene.pass_time()
    assert scene.registry.keys == [f"{reference}-0"]
    assert scene.registry.rows[0]["sender_reference"] == reference
    scene.registry.rows[0]["state"] = "withdrawn"
    scene.put("a.csv", data)
    scene.pass_time()
    assert scene.registry.keys == [f"{reference}-0", f"{reference}-1"] and len(scene.registry.sent) == 2


def test_what_waits_for_a_decision_stays_and_is_tried_ever_more_seldom(scene):
    scene.put("a.csv")
    waits = Problem(409, {"title": "Ingen har beslutat", "waits_for": "disclosure"})
    scene.registry.refusals = []
    send, scene.registry.send = scene.registry.send, lambda _delivery: (_ for _ in ()).throw(waits)
    scene.pass_time()
    for pause in (30, 60, 120):
        scene.pass_time(pause - 0.1)
        scene.pass_time(0.1)
    assert scene.there() == ["a.csv"] and len(scene.log) == 1  # said once
    assert len(scene.registry.keys) == 4
    scene.registry.send = send
    scene.pass_time(239.9)
    assert scene.there() == ["a.csv"]
    scene.pass_time(0.1)
    assert scene.there() == ["skickat/a.csv", "skickat/a.csv.txt"]


@pytest.mark.parametrize(
    "error", [Unreachable("away"), Problem(503, {}), Problem(401, {}), Problem(409, {}, is_passing=True)]
)
def test_what_is_not_about_the_file_waits(scene, error):
    scene.put("a.csv")
    scene.registry.refusals = [error]
    scene.pass_time()
    assert scene.there() == ["a.csv"]
    scene.pass_time(30)
    assert len(scene.registry.sent) == 1


def test_a_file_that_is_exchanged_while_it_is_sent_is_not_moved_as_the_one_that_was(scene):
    path = scene.put("a.csv")
    send = scene.registry.send

    def exchange(delivery):
        send(delivery)
        path.write_bytes(b"Another;one\n")

    scene.registry.send = exchange
    scene.pass_time()
    assert scene.there() == ["a.csv"] and "filen har ändrats" in scene.log[0]
    scene.registry.send = send
    scene.pass_time()
    assert (scene.folder / "skickat/a.csv").read_bytes() == b"Another;one\n"


def test_links_folders_and_unfinished_files_are_left_alone(scene, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    secret.write_text("hemligt")
    (scene.folder / "link.csv").symlink_to(secret)
    (scene.folder / "folder.csv").mkdir()
    for name in (".a.csv.swp", "a.csv.part", "B.TMP", "~$a.xlsx"):
        scene.put(name)
    scene.pass_time()
    assert not scene.registry.keys and not scene.log


def test_a_link_in_the_place_of_a_folder_is_not_followed(scene, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (scene.folder / "skickat").symlink_to(elsewhere)
    scene.put("a.csv")
    scene.pass_time()
    assert not os.listdir(elsewhere) and (scene.folder / "a.csv").exists()


def test_a_name_cannot_write_a_line_in_the_log(scene):
    scene.put("a\nb skickat: L-9.csv")
    scene.pass_time()
    assert len(scene.log) == 1 and "a_b_skickat:_L-9.csv skickat: L-1" in scene.log[0]


def test_a_file_that_is_too_large_is_never_read(scene, monkeypatch):
    monkeypatch.setattr(watching, "LARGEST", 9)
    scene.put("a.csv", b"0123456789")
    scene.put("b.csv", b"012345678")
    scene.pass_time()
    assert "stoppat/a.csv" in scene.there() and scene.registry.sent == [b"012345678"]
