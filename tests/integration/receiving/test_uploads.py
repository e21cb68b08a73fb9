"""Uploads in parts (tus 1.0): by tuspy against the registry's own web server, and request by request."""

import base64
import hashlib
import io
import logging
import os
import shutil
import socket
import time
from datetime import timedelta
from threading import Barrier, Thread

import httpx
import pytest
import time_machine
from sqlalchemy import select
from tusclient.client import TusClient

from registry import log
from registry.actors import Scope
from registry.api import principals
from registry.api.rates import Buckets
from registry.db import db
from registry.events import Event
from registry.jobs import Job, drain, run_next
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving.uploads import services
from submission_portal.receiving.uploads.files import FOLDER
from submission_portal.receiving.uploads.sealing import PIECE
from submission_portal.receiving.uploads.tables import Upload
from tests.conftest import NOW
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.integration.receiving.test_api import machine_of, wards_csv

TUS = {"Tus-Resumable": "1.0.0"}
PART = {**TUS, "Content-Type": "application/offset+octet-stream"}
FILE = wards_csv(0, 2, 0, 0)
SIZE = len(FILE)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(principals, "BUCKETS", Buckets())
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def world(app, organisations, actor):
    shutil.rmtree(app.config["INSTANCE"] / FOLDER, ignore_errors=True)  # what another test left
    return DeliveryWorld.load(organisations, actor, DAILY)


@pytest.fixture
def machine(app, world, organisations, actor):
    return machine_of("25", app, organisations, actor)


def metadata(**said):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


def said_of(world, **more):
    return {"line": world.flow.slug, "filename": "maj.csv", "sender_reference": "run-1", **more}


def begin(machine, world, length=SIZE, headers=(), **more):
    told = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata(**said_of(world, **more)), **dict(headers)}
    return machine.ask("POST", "/uploads", headers=told)


def address_of(answer):
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/api/v1")


def send(machine, address, offset, part, **headers):
    told = {**PART, "Upload-Offset": str(offset), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return machine.ask("PATCH", address, data=part, headers=told)


def codes(answer):
    return [one["code"] for one in answer.json["findings"]]


def rows():
    db.session.rollback()
    return list(db.session.scalars(select(Upload)))


def lying(app):
    folder = app.config["INSTANCE"] / FOLDER
    return sorted(path for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def tus(app, machine, web_server):
    """A client of the protocol as its authors have it, at the registry's own web server."""
    return TusClient(f"{web_server}/api/v1/uploads", headers={**machine.headers})


def test_a_client_of_the_protocol_is_interrupted_and_goes_on(tus, machine, world, app):
    uploader = tus.uploader(
        file_stream=io.BytesIO(FILE), chunk_size=100, metadata=said_of(world), upload_checksum=True, retries=0
    )
    uploader.upload(stop_at=200)
    assert uploader.offset == 200 and len(lying(app)) == 1
    again = tus.uploader(file_stream=io.BytesIO(FILE), url=uploader.url, chunk_size=100)
    assert again.offset == 200
    again.upload()
    delivery = machine.ask("GET", again.request.response_headers["location"].removeprefix("/api/v1")).json
    assert (delivery["state"], delivery["sender_reference"], delivery["file"]["name"]) == (
        "checked",
        "run-1",
        "maj.csv",
    )
    assert delivery["file"]["sha256"] == hashlib.sha256(FILE).hexdigest()
    same = machine.deliver(world, FILE)
    assert (same.status_code, same.json["id"]) == (200, delivery["id"])
    assert lying(app) == [] and [one.salt for one in rows()] == [b""]
    assert httpx.options(tus.url).headers["Tus-Extension"] == "creation,checksum,expiration,termination"


def test_a_connection_that_breaks_loses_nothing_that_came(tus, machine, world, web_server):
    uploader = tus.uploader(file_stream=io.BytesIO(FILE), metadata=said_of(world))
    uploader.set_url(uploader.create_url())
    address = uploader.url.removeprefix(web_server + "/api/v1")

    def broken_off(start, end, **headers):
        told = {
            **PART,
            **machine.headers,
            "Host": "registry",
            "Content-Length": len(FILE) - start,
            "Upload-Offset": start,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in {**told, **headers}.items())
        host, port = web_server.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(f"PATCH /api/v1{address} HTTP/1.1\r\n{head}\r\n".encode() + FILE[start:end])

    def comes_to(offset):
        ends = time.monotonic() + 20
        while time.monotonic() < ends and uploader.get_offset() != offset:
            time.sleep(0.02)
        return uploader.get_offset() == offset

    broken_off(0, 150)
    assert comes_to(150)
    checksum = base64.b64encode(hashlib.sha256(FILE[150:]).digest()).decode()
    broken_off(150, 250, **{"Upload-Checksum": f"sha256 {checksum}"})
    broken_off(150, 200)
    assert comes_to(200), "of a part with a checksum nothing is kept, of the next what came"
    uploader.offset = 200
    uploader.upload()
    assert machine.ask("GET", "/deliveries").json["items"][0]["file"]["size"] == len(FILE)


def test_what_lies_on_the_disk_says_nothing(machine, world, app):
    numbers = b"19121212-1212;19121212-1212\r\n" * 400
    address = address_of(begin(machine, world, 10**6, filename="ett-eget-namn.csv"))
    assert send(machine, address, 0, numbers).status_code == 204
    (path,), (row,) = lying(app), rows()
    held = path.read_bytes()
    assert len(held) > len(numbers) and b"1212" not in held and path.stat().st_mode & 0o077 == 0
    key = address.rpartition("/")[2]
    database = (app.config["INSTANCE"] / "registry.db").read_bytes() + (
        app.config["INSTANCE"] / "registry.db-wal"
    ).read_bytes()
    assert key.encode() not in database and bytes.fromhex(key) not in database and b"eget-namn" not in database
    assert row.received == len(numbers)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"filetype": "application/vnd.ms-excel"}, 204),
        ({"filetype": "application/pdf", "filename": "maj"}, 204),
        ({"filetype": "text/CSV; charset=utf-8", "filename": "maj"}, 204),
        ({"filetype": "application/json; charset=utf-8", "filename": "maj"}, 400),
    ],
)
def test_a_media_type_promises_what_the_file_is_and_one_that_no_reader_has_says_nothing(machine, world, said, status):
    sent = send(machine, address_of(begin(machine, world, **said)), 0, FILE)
    assert sent.status_code == status, sent.text
    assert status == 204 or codes(sent) == ["FIL-003"]


def test_a_file_with_identity_numbers_is_refused_as_any_other_and_leaves_nothing(machine, world, app):
    bad = FILE + b"2026-10-30;19121212-1212;E;1;1;0;0\r\n"
    address = address_of(begin(machine, world, len(bad)))
    assert send(machine, address, 0, bad[:100]).status_code == 204
    refused = send(machine, address, 100, bad[100:])
    assert (refused.status_code, codes(refused)) == (400, codes(machine.deliver(world, bad)))
    assert lying(app) == rows() == []
    assert machine.ask("HEAD", address, headers=TUS).status_code == 404
    db.session.rollback()
    told = list(db.session.scalars(select(Event.type).where(Event.subject.startswith("refusal:"))))
    assert len(told) == 2 and len(set(told)) == 1


def test_parts_go_on_where_the_last_one_ended(machine, world):
    begun = begin(machine, world)
    address = address_of(begun)
    assert (begun.headers["Tus-Resumable"], begun.headers["Cache-Control"]) == ("1.0.0", "no-store")
    assert begun.headers["Upload-Expires"] == "Tue, 03 Nov 2026 08:00:00 GMT"
    for offset, part, status, code in ((1, b"x", 409, "UPL-002"), (0, FILE + b"x", 413, "UPL-004")):
        answer = send(machine, address, offset, part)
        assert (answer.status_code, codes(answer)) == (status, [code])
        assert address.rpartition("/")[2] not in answer.text
    kept = send(machine, address, 0, FILE[:60])
    assert (kept.status_code, kept.headers["Upload-Offset"], kept.data) == (204, "60", b"")
    again = send(machine, address, 0, FILE[:60])
    assert (again.status_code, codes(again)) == (409, ["UPL-002"])
    head = machine.ask("HEAD", address, headers=TUS)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("60", str(len(FILE)))
    assert head.headers["Upload-Metadata"] == metadata(**said_of(world)) and head.headers["Cache-Control"] == "no-store"
    last = send(machine, address, 60, FILE[60:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(FILE)))
    shown = machine.ask("GET", address)
    assert (shown.json["offset"], shown.headers["Location"]) == (len(FILE), last.headers["Location"])
    assert last.headers["Location"].endswith(shown.json["delivery"])
    repeated = send(machine, address, len(FILE), b"")
    assert (repeated.status_code, repeated.headers["Location"]) == (204, last.headers["Location"])


def test_a_part_that_is_not_what_its_checksum_says_is_not_kept(machine, world):
    address = address_of(begin(machine, world))
    for algorithm in ("sha1", "sha256"):
        digest = base64.b64encode(hashlib.new(algorithm, FILE[:50]).digest()).decode()
        wrong = send(machine, address, 0, FILE[:49], Upload_Checksum=f"{algorithm} {digest}")
        assert (wrong.status_code, codes(wrong)) == (460, ["UPL-003"])
    unknown = send(machine, address, 0, FILE[:50], Upload_Checksum="md5 1B2M2Y8AsgTpgAmY7PhCfg==")
    assert (unknown.status_code, codes(unknown)) == (400, ["API-004"])
    assert send(machine, address, 0, FILE[:50], Upload_Checksum=f"sha256 {digest}").headers["Upload-Offset"] == "50"


def test_only_the_client_that_began_an_upload_goes_on_with_it(machine, world, app, organisations, actor):
    address = address_of(begin(machine, world))
    colleague = type(machine)(app.test_client(), machine.administrator, organisations["25"])
    other = machine_of("12", app, organisations, actor)
    reader = type(machine)(app.test_client(), machine.administrator, organisations["25"], Scope.READ_DELIVERIES)
    for asker, status in ((colleague, 404), (other, 404), (reader, 403)):
        assert asker.ask("HEAD", address, headers=TUS).status_code == status
        assert send(asker, address, 0, FILE).status_code == status
        assert asker.ask("DELETE", address, headers=TUS).status_code == status
    assert machine.ask("HEAD", f"/uploads/{'0' * 64}", headers=TUS).status_code == 404
    assert machine.ask("HEAD", "/uploads/x", headers=TUS).status_code == 404
    assert begin(other, world).status_code == 404
    assert send(machine, address, 0, FILE).status_code == 204


def test_what_cannot_be_used_is_said_before_anything_is_sent(machine, world, app):
    largest = app.config["UPLOAD_BYTES"]
    for answer, status, code in (
        (begin(machine, world, headers={"Tus-Resumable": "0.2.2"}), 412, "UPL-001"),
        (begin(machine, world, largest + 1), 413, "API-020"),
        (begin(machine, world, "many"), 400, "API-004"),
        (begin(machine, world, 0), 400, "FIL-001"),
        (begin(machine, world, headers={"Upload-Metadata": "line %%%"}), 400, "API-004"),
        (begin(machine, world, headers={"Upload-Metadata": metadata(filename="maj.csv")}), 400, "API-004"),
        (begin(machine, world, colour="red"), 400, "API-004"),
        (begin(machine, world, corrects="L-2026-0001"), 400, "DEL-014"),
        (begin(machine, world, sender_reference="19121212-1212"), 409, "DEL-009"),
        (begin(machine, world, filename="19121212-1212.csv"), 409, "DEL-009"),
        (begin(machine, world, sender_reference="run\x001"), 400, "API-004"),
        (begin(machine, world, headers={"Upload-Concat": "partial"}), 400, "API-004"),
        (begin(machine, world, line="another"), 404, "API-001"),
        (machine.ask("POST", "/uploads", headers=TUS), 400, "API-004"),
    ):
        assert (answer.status_code, codes(answer)[0]) == (status, code), answer.text
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    told = {**TUS, "Upload-Length": "9", "Upload-Metadata": metadata(**said_of(world))}
    assert codes(machine.ask("POST", "/uploads", headers=told, data=b"something")) == ["UPL-008"]
    assert rows() == lying(app) == []


def test_uploads_of_a_client_are_few_and_what_is_ended_makes_room(machine, world, app):
    addresses = [address_of(begin(machine, world)) for _ in range(services.MOST_OPEN)]
    full = begin(machine, world)
    assert (full.status_code, codes(full)) == (409, ["UPL-005"])
    assert machine.ask("DELETE", addresses[0]).status_code == 412
    assert machine.ask("DELETE", addresses[0], headers=TUS).status_code == 204
    assert machine.ask("HEAD", addresses[0], headers=TUS).status_code == 404
    address_of(begin(machine, world))
    assert len(rows()) == len(lying(app)) == services.MOST_OPEN


def test_an_upload_is_forgotten_after_a_day(machine, world, app):
    address = address_of(begin(machine, world))
    send(machine, address, 0, FILE[:50])
    folder = app.config["INSTANCE"] / FOLDER
    (folder / ("a" * 32)).write_bytes(b"of an upload that nobody has")
    old = time.time() - 7200
    os.utime(folder / ("a" * 32), (old, old))
    with time_machine.travel(NOW + timedelta(hours=23, minutes=59), tick=True):
        drain()
        assert len(rows()) == 1
    with time_machine.travel(NOW + timedelta(hours=24, seconds=1), tick=True):
        assert machine_again(machine).ask("HEAD", address, headers=TUS).status_code == 404
        while run_next():
            pass
    assert rows() == lying(app) == []
    assert {one.payload == {} for one in db.session.scalars(select(Job).where(Job.kind == services.FORGET))} == {True}


def machine_again(machine):
    """The machine with a token of now."""
    machine.headers = machine.known.headers(machine.browser)
    return machine


def test_an_upload_whose_parts_are_gone_is_gone(machine, world, app):
    first, second = address_of(begin(machine, world)), address_of(begin(machine, world))
    send(machine, first, 0, FILE[:50])
    send(machine, second, 0, FILE[:50])
    paths = {one.id: one for one in rows()}
    for path in lying(app):
        is_first = paths[path.name].key_name == services.name_of(first.rpartition("/")[2])
        path.unlink() if is_first else path.write_bytes(path.read_bytes()[::-1])
    assert machine.ask("HEAD", first, headers=TUS).status_code == 404
    assert send(machine, second, 50, FILE[50:]).status_code == 404
    assert rows() == lying(app) == []


def test_a_last_part_that_cannot_be_taken_now_may_be_sent_again(machine, world, monkeypatch):
    address = address_of(begin(machine, world))
    send(machine, address, 0, FILE[:50])
    with monkeypatch.context() as patched:
        patched.setattr("submission_portal.receiving.uploads.resources.start", _full)
        answer = send(machine, address, 50, FILE[50:])
        assert answer.status_code == 507
    assert machine.ask("HEAD", address, headers=TUS).headers["Upload-Offset"] == "50"
    assert send(machine, address, 50, FILE[50:]).status_code == 204


def _full(*_args):
    raise OSError(28, "No space left on device")


def test_a_file_of_many_pieces_is_the_same_file(machine, world, app):
    data = FILE + b"\r\n" * PIECE
    address, at = address_of(begin(machine, world, len(data))), 0
    for size in (PIECE + 5, 3, len(data)):
        part = data[at : at + size]
        assert send(machine, address, at, part).status_code == 204
        at += len(part)
    delivery = machine.ask("GET", "/deliveries").json["items"][0]
    assert delivery["file"]["sha256"] == hashlib.sha256(data).hexdigest()


def test_keys_are_in_no_log(app, caplog):
    line = f"/api/v1/uploads/{'0f' * 32}"
    for name in log.SERVERS:
        with caplog.at_level(logging.INFO, name):
            logging.getLogger(name).info("Exception while serving %s", line)
            logging.getLogger(name).info(f"Exception while serving {line}")
    assert [record.getMessage() for record in caplog.records] == ["Exception while serving /api/v1/uploads/…"] * 4


def test_of_two_parts_for_one_place_one_is_kept(any_app, organisations, actor):
    """On both databases: the file's lock, and the row's."""
    world = DeliveryWorld.load(organisations, actor, DAILY)
    machine = machine_of("25", any_app, organisations, actor)
    address, together = address_of(begin(machine, world)), Barrier(4)
    statuses = []

    def go(part):
        with any_app.app_context():
            together.wait()
            answer = any_app.test_client().patch(
                f"/api/v1{address}", data=part, headers={**PART, **machine.headers, "Upload-Offset": "0"}
            )
            statuses.append(answer.status_code)

    db.session.rollback()
    threads = [Thread(target=go, args=(FILE[:size],)) for size in (40, 50, 60, 70)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [204, 409, 409, 409]
    (row,) = rows()
    assert send(machine, address, row.received, FILE[row.received :]).status_code == 204
    db.session.rollback()
    digest = hashlib.sha256(FILE).hexdigest()
    assert db.session.scalars(select(Delivery.file_sha256).order_by(Delivery.created_at.desc())).first() == digest
