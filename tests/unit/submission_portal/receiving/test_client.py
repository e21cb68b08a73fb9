"""The client for machines: when it asks again, what it refuses to say in clear text, and what it says by itself."""

import base64
import hashlib
import importlib.metadata
import itertools
import json
import subprocess
import sys
import zipfile

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from submission_portal.receiving import client, client_wheel
from submission_portal.receiving.client import Delivery, Problem, Registry, Secret, Unreachable

DATA = b"Dag;Sjukhus\n"
MADE = {"id": "d1", "state": "checked", "number": None, "findings": []}


class Scripted:
    """A registry that answers as it is told to, and a clock that only moves where the client waits."""

    def __init__(self, *answers, tokens=None):
        self.answers, self.requests, self.pauses, self.now = list(answers), [], [], 0.0
        self.tokens = tokens if tokens is not None else itertools.count(1)

    def registry(self, **options):
        return Registry(
            "https://registry.example",
            Secret("c1", "s1"),
            transport=httpx.MockTransport(self._answer),
            sleep=self._sleep,
            clock=lambda: self.now,
            **options,
        )

    def _sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds

    def _answer(self, request):
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": f"t{next(self.tokens)}", "expires_in": 600})
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def says(status, body=None, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=MADE if body is None else body, headers=names)


@pytest.mark.parametrize("status", [409, 429, 503, 507])
def test_an_answer_that_says_when_is_waited_for_with_the_same_key(status):
    scene = Scripted(says(status, {}, retry_after="7"), says(201, ETag='"a"'))
    delivery = scene.registry().deliver("line", DATA, name="a.csv")
    assert (delivery.id, delivery.tag, scene.pauses) == ("d1", '"a"', [7.0])
    keys = {one.headers["Idempotency-Key"] for one in scene.requests}
    assert len(scene.requests) == 2 and len(keys) == 1


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(client, "IN_PARTS", 10)
    monkeypatch.setattr(client, "PART", 5)


UPLOAD = {"Location": "/api/v1/uploads/0f"}


def test_a_large_file_goes_in_parts_and_what_has_come_is_not_sent_again(small_parts):
    lost = httpx.ReadError("broken off")
    scene = Scripted(
        says(201, **UPLOAD), says(204, Upload_Offset="5"), lost, says(200, Upload_Offset="8"),
        says(409, {"title": "Fel ställe"}), says(200, Upload_Offset="10"),
        says(204, Upload_Offset="12", Location="/api/v1/deliveries/d1"), says(200, ETag='"a"'),
    )  # fmt: skip
    delivery = scene.registry().deliver("line", DATA, name="a.csv", sender_reference="run-1")
    assert (delivery.id, delivery.tag) == ("d1", '"a"')
    told = scene.requests[0].headers["Upload-Metadata"].split(",")
    assert {one.split(" ")[0]: base64.b64decode(one.split(" ")[1]).decode() for one in told} == {
        "line": "line", "filename": "a.csv", "sender_reference": "run-1",
    }  # fmt: skip
    sent = [(int(one.headers["Upload-Offset"]), one.content) for one in scene.requests if one.method == "PATCH"]
    assert sent == [(0, DATA[:5]), (5, DATA[5:10]), (8, DATA[8:]), (10, DATA[10:])]
    assert scene.requests[-1].url.path == "/api/v1/deliveries/d1"


def test_a_large_file_that_is_not_taken_is_said_at_once_and_a_line_that_stays_broken_at_last(small_parts):
    scene = Scripted(says(201, **UPLOAD), says(400, {"title": "Filen kan inte läsas"}))
    with pytest.raises(Problem):
        scene.registry().deliver("line", DATA, name="a.csv")
    assert scene.pauses == []
    broken = [
        answer for _ in range(client.MOST_TRIES) for answer in (httpx.ReadError("x"), says(200, Upload_Offset="0"))
    ]
    with pytest.raises(Unreachable):
        Scripted(says(201, **UPLOAD), *broken).registry().deliver("line", DATA, name="a.csv")


def test_a_day_to_come_again_is_read_too():
    scene = Scripted(says(503, {}, retry_after="Fri, 01 Jan 2010 00:00:00 GMT"), says(200))
    scene.registry().delivery("d1")
    assert scene.pauses == [1.0]


def test_a_conflict_that_time_does_not_solve_is_not_asked_again():
    problem = {"title": "Ingen har beslutat", "detail": "Be om det.", "findings": [{"code": "DEL-040"}]}
    scene = Scripted(says(409, problem))
    with pytest.raises(Problem) as raised:
        scene.registry().send(Delivery(MADE, '"a"'))
    assert (raised.value.status, raised.value.codes, scene.pauses) == (409, ("DEL-040",), [])


def test_waiting_ends_with_the_patience():
    scene = Scripted(*(says(503, {}, retry_after="40") for _ in range(9)))
    with pytest.raises(Problem) as raised:
        scene.registry(patience=100).delivery("d1")
    assert (raised.value.status, scene.pauses) == (503, [40.0, 40.0])


def test_asking_ends_however_patient():
    scene = Scripted(*(says(503, {}, retry_after="1") for _ in range(20)))
    with pytest.raises(Problem):
        scene.registry(patience=1e9).delivery("d1")
    assert len(scene.requests) == client.MOST_TRIES


def test_a_lost_answer_is_asked_for_again_where_that_does_no_harm():
    lost = httpx.ReadError("lost")
    scene = Scripted(lost, says(201))
    assert scene.registry().deliver("line", DATA, name="a.csv").id == "d1"
    scene = Scripted(lost, says(200))
    with pytest.raises(Unreachable):  # it may have been done: the tag would not fit any more
        scene.registry().answer(Delivery(MADE, '"a"'), cells={})
    with pytest.raises(Unreachable):
        Scripted(*[httpx.DecodingError("not gzip")] * 20).registry().delivery("d1")
    scene = Scripted(httpx.ConnectError("away"), says(200))
    assert scene.registry().answer(Delivery(MADE, '"a"'), cells={}).id == "d1"


def test_a_token_that_ended_on_the_way_is_renewed_once():
    scene = Scripted(says(401, {}), says(200))
    scene.registry().delivery("d1")
    assert [one.headers["Authorization"] for one in scene.requests] == ["Bearer t1", "Bearer t2"]
    scene = Scripted(says(401, {"title": "Ogiltig"}), says(401, {"title": "Ogiltig"}))
    with pytest.raises(Problem, match="401 Ogiltig"):
        scene.registry().delivery("d1")


def test_a_token_is_used_until_it_is_about_to_end():
    scene = Scripted(*(says(200) for _ in range(3)))
    registry = scene.registry()
    for moment in (0.0, 570.0, 570.1):
        scene.now = moment
        registry.delivery("d1")
    assert [one.headers["Authorization"] for one in scene.requests] == ["Bearer t1", "Bearer t1", "Bearer t2"]


def test_a_check_in_the_background_is_waited_for():
    scene = Scripted(says(202, MADE | {"state": "checking"}, retry_after="5"), says(200, ETag='"b"'))
    delivery = scene.registry().deliver("line", DATA, name="a.csv")
    assert (delivery.state, delivery.tag, scene.pauses) == ("checked", '"b"', [5.0])
    assert "wait=30" in scene.requests[0].headers["Prefer"]
    scene = Scripted(*(says(202, MADE | {"state": "checking"}, retry_after="5") for _ in range(9)))
    assert scene.registry(patience=12).deliver("line", DATA, name="a.csv").state == "checking"
    assert scene.pauses == [5.0, 5.0]


def test_a_kept_answer_is_not_taken_for_how_it_is_now():
    scene = Scripted(says(201, Idempotency_Replayed="true"), says(200, MADE | {"state": "disclosed"}, ETag='"c"'))
    delivery = scene.registry().deliver("line", DATA, name="a.csv", key="k1")
    assert (delivery.state, delivery.tag) == ("disclosed", '"c"')


def test_what_is_sent_says_what_it_is():
    scene = Scripted(says(201))
    scene.registry(language="en").deliver(
        "line", DATA, name="mars å.csv", sender_reference="r", corrects="L-1", correction_kind="correction"
    )
    (request,) = scene.requests
    digest = base64.b64encode(hashlib.sha256(DATA).digest()).decode()
    assert request.headers["Content-Digest"] == f"sha-256=:{digest}:"
    assert (request.headers["Accept-Language"], request.content) == ("en", DATA)
    assert dict(request.url.params) == {
        "file_name": "mars å.csv", "sender_reference": "r", "corrects": "L-1", "correction_kind": "correction",
    }  # fmt: skip


def test_all_pages_are_read():
    page = {"limit": 200, "pages": 2, "total": 3}
    scene = Scripted(says(200, {**page, "items": [1, 2], "page": 1}), says(200, {**page, "items": [3], "page": 2}))
    assert list(scene.registry().findings("d1")) == [1, 2, 3]
    assert [one.url.params["page"] for one in scene.requests] == ["1", "2"]


def test_an_answer_of_something_else_is_a_problem():
    scene = Scripted(httpx.Response(200, text="<h1>A proxy</h1>"), httpx.Response(302, headers={"Location": "/x"}))
    for _ in range(2):
        with pytest.raises(Problem):
            scene.registry().delivery("d1")


@pytest.mark.parametrize(
    "address", ["http://registry.example", "ftp://registry.example", "registry.example", "https://a:b", "https://", ""]
)
def test_a_secret_goes_nowhere_in_clear_text(address):
    with pytest.raises(client.UnsafeAddress):
        Registry(address, Secret("c", "s"))
    Registry("http://127.0.0.1:8000", Secret("c", "s")).close()
    assert "s3cret" not in repr(Secret("c", "s3cret"))


@pytest.mark.parametrize(
    ("make", "algorithm"),
    [
        (lambda: RSAKey.generate_key(2048, auto_kid=False), "RS256"),
        (lambda: ECKey.generate_key("P-256", auto_kid=False), "ES256"),
        (lambda: ECKey.generate_key("P-384", auto_kid=False), "ES384"),
        (lambda: OKPKey.generate_key("Ed25519", auto_kid=False), "Ed25519"),
    ],
)
def test_an_assertion_is_signed_by_a_key_in_a_file(tmp_path, make, algorithm):
    key = make()
    path = tmp_path / "key.pem"
    path.write_bytes(key.as_pem(private=True))
    form = client.openssl_key("c1", path).form(lambda: "https://registry.example")
    found = jwt.decode(form["client_assertion"], key, algorithms=[algorithm])
    assert found.header["alg"] == algorithm
    assert {found.claims[name] for name in ("iss", "sub")} == {"c1"}
    assert found.claims["aud"] == "https://registry.example" and found.claims["jti"]


def test_a_file_that_is_no_key_is_said_so(tmp_path, capsys, monkeypatch):
    (tmp_path / "key.pem").write_text("no key")
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    given = ["--address", "https://registry.example", "--client-id", "c", "--key", str(tmp_path / "key.pem"), "d1"]
    assert client.main(["show", *given]) == 2
    assert "Nyckeln kan inte användas" in capsys.readouterr().err
    assert client.main(["show", "--address", "http://registry.example", "--client-id", "c", "d1"]) == 2
    assert "https://" in capsys.readouterr().err


def test_the_wheel_is_one_module_that_needs_httpx_and_says_what_it_is(tmp_path):
    path = client_wheel.write_wheel(tmp_path / "dist")
    assert path.read_bytes() == client_wheel.write_wheel(tmp_path / "again").read_bytes()
    (found,) = importlib.metadata.distributions(path=[str(path)])
    assert (found.name, found.version) == ("vardplatsregistret-client", client.VERSION)
    assert found.requires == ["httpx>=0.27"]
    with zipfile.ZipFile(path) as archive:
        for line in archive.read(f"{client_wheel.PACKAGE}-{client.VERSION}.dist-info/RECORD").decode().splitlines():
            name, digest, size = line.split(",")
            if digest:
                data = archive.read(name)
                told = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                assert (f"sha256={told}", len(data)) == (digest, int(size))
    asked = [sys.executable, "-c", "import json, sys\nfrom vardplatsregistret_client import client\nprint(json.dumps(sorted({one.split('.')[0] for one in sys.modules})))"]  # fmt: skip
    done = subprocess.run(
        asked, env={"PYTHONPATH": str(path)}, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert not {"flask", "registry", "submission_portal", "authlib"} & set(json.loads(done.stdout))


def test_an_answer_is_given_as_the_guide_writes_it():
    given = ["answer", "d1", '{"gaps": {"*": "closed"}}', "--address", "https://registry.example", "--client-id", "c"]
    asked = client._arguments().parse_args(given)
    assert (asked.id, asked.answers) == ("d1", {"gaps": {"*": "closed"}})
