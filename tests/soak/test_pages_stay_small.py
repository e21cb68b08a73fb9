"""Every page on the grown instance and on one ten times larger: it asks the database no more often, and is no longer.

A list that did not fill its page before may do so now: of two table versions there are twenty, and of two days in a drawing. So a
page is held to the longest of its kind (a measure with one table version may come to list ten, as one with ten did before), or
to the longest page that there was of any kind. A page that names everything that ever rested on something passes both: the
instance has 540 deliveries, 592 jobs and 1,763 events, the larger one ten times as many.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

import wsgi
from registry.db import db
from registry.migrate import upgrade
from submission_portal.deliveries.assessment.before import PERIODS_BEFORE
from tests.factories import many_concepts
from tests.factories.larger import grow
from tests.grown import grown_instance
from tests.walks import PASSWORD, PUBLIC, Kind, addresses, kind_of, readers

TIMES = 10
MOST = 2
"""Addresses of each kind that each reader reads."""
ROOM = 1.05
FULL = 75_000
"""Bytes of a page whose lists and drawings are full: a region's, with 31 months of eight hospitals and ten years drawn."""
CONTENT = {
    "followup.table_file": "the whole table, for those who take it with them and for machines",
}
"""Views whose answer is content and grows with it, and why."""
WINDOWS = {
    "deliveries.units": 2 * PERIODS_BEFORE,
}
"""Views that read so many statements of the latest periods at most, which are fewer in a line that is young."""


@dataclass(frozen=True, slots=True)
class Cost:
    status: int
    statements: int
    size: int


@dataclass(frozen=True)
class Instance:
    """An instance that pages are read from, in this process."""

    folder: Path
    logins: Mapping[str, str]

    @classmethod
    def make(cls, folder: Path, times: int) -> "Instance":
        copy = grown_instance(folder)
        with wsgi.create_app({"INSTANCE": copy}).app_context():
            upgrade()
        grow(copy, times)
        return cls(copy, readers(copy))

    @contextmanager
    def reading(self, role: str) -> Iterator["Reader"]:
        app = wsgi.create_app({"INSTANCE": self.folder, "WTF_CSRF_ENABLED": False})
        app.config["WTF_CSRF_ENABLED"] = False
        reader = Reader(app)
        if role != PUBLIC:
            answer = reader.client.post("/logga-in", data={"login": self.logins[role], "password": PASSWORD})
            assert answer.status_code == 302, answer.text
        yield reader
        with app.app_context():
            db.engine.dispose()


class Reader:
    """One reader's browser, and what each answer cost."""

    def __init__(self, app) -> None:
        self.app, self.client, self.statements = app, app.test_client(), 0
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, *_: object) -> None:
        self.statements += 1

    def read(self, address: str) -> tuple[int, str, bytes]:
        """The answer; where something is still being made, that which comes when it is there."""
        while (answer := self.client.get(address)).status_code == 503 and "Refresh" in answer.headers:
            time.sleep(float(answer.headers["Retry-After"]))
        return answer.status_code, answer.mimetype, answer.data

    def cost(self, address: str) -> Cost:
        """What an answer costs. Read everything once before: what the process keeps is read then."""
        self.statements = 0
        status, _, body = self.read(address)
        return Cost(status, self.statements, len(body))


def test_no_page_grows_with_what_the_instance_has_been_through(tmp_path):
    grown, larger = Instance.make(tmp_path / "grown", 1), Instance.make(tmp_path / "larger", TIMES)
    faults, walked, measured = [], set(), set()
    for role in (PUBLIC, *grown.logins):
        with grown.reading(role) as reader:
            found = addresses(reader.read, reader.app.url_map, MOST if role == PUBLIC else 1)
            # What the public reads too is measured as the public reads it: 1.5 kB of a menu more is all that differs.
            found = [one for one in found if one not in measured]
            measured |= set(found)
            before = {address: reader.cost(address) for address in found}
            kinds = {address: kind_of(reader.app.url_map.bind("localhost"), address) for address in found}
        with larger.reading(role) as reader:
            for address in found:
                reader.read(address)
            after = {address: reader.cost(address) for address in found}
        walked |= {kind.endpoint for kind in kinds.values() if kind}
        faults += list(_faults(role, kinds, before, after))
    assert not faults, "\n".join(faults)
    assert len(walked) > 60, sorted(walked)


FEW, MANY = 500, 5_000
"""Concepts that are added to the two instances."""
OF_TERMS = ("/termbank", "/modeller", "/andringspaket", "/granskning")
BY_CONCEPTS = {
    "termbank.download_scheme": "the whole scheme, for those who take it with them and for machines",
    "termbank.scheme_then": "a scheme as it was on a day is read whole",
}


def test_no_page_of_the_term_bank_or_of_models_grows_with_the_concepts_that_there_are(tmp_path):
    few, many = Instance.make(tmp_path / "few", 1), Instance.make(tmp_path / "many", 1)
    for instance, number in ((few, FEW), (many, MANY)):
        with wsgi.create_app({"INSTANCE": instance.folder}).app_context():
            many_concepts.add(number)
            db.engine.dispose()
    faults, walked, measured = [], set(), set()
    for role in (PUBLIC, *(one for one in few.logins if one in ("terminologist", "modeller"))):
        with few.reading(role) as reader:
            found = addresses(reader.read, reader.app.url_map, MOST if role == PUBLIC else 1)
            every, found = found, [one for one in found if one.startswith(OF_TERMS) and one not in measured]
            measured |= set(found)
            before = {address: reader.cost(address) for address in found}
            kinds = {address: kind_of(reader.app.url_map.bind("localhost"), address) for address in found}
        with many.reading(role) as reader:
            for address in every:
                reader.read(address)
            after = {address: reader.cost(address) for address in found}
        walked |= {kind.endpoint for kind in kinds.values() if kind}
        faults += list(_faults(role, kinds, before, after, but=BY_CONCEPTS))
    assert not faults, "\n".join(faults)
    assert len(walked) > 30, sorted(walked)


def _faults(
    role: str,
    kinds: Mapping[str, Kind | None],
    before: Mapping[str, Cost],
    after: Mapping[str, Cost],
    but: Mapping[str, str] = CONTENT,
) -> Iterator[str]:
    for address, was in before.items():
        now, kind = after[address], kinds[address]
        assert kind is not None
        like = [before[one] for one, other in kinds.items() if other and other.endpoint == kind.endpoint]
        if now.status != was.status:
            yield f"{role} {address}: answers {now.status}, not {was.status}"
        if kind.endpoint in but:
            continue
        if now.statements > max(one.statements for one in like) + WINDOWS.get(kind.endpoint, 0):
            yield f"{role} {address}: {now.statements} statements, not {was.statements}"
        if now.size > max(ROOM * max(one.size for one in like), FULL):
            yield f"{role} {address}: {now.size} bytes, not {was.size}"
