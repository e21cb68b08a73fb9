"""How fast the small wheel starts: beside `python -c pass`, and beside the whole program.

    .venv/bin/python -m tests.benchmarks.offline_start

Prints for each the median of wall and processor seconds (children included), and how many modules were imported. The file that is
checked is a month of made-up figures; the flow file is made from a model that ships, with three earlier months.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from information_models import columns
from information_models.starter.loading import starter_model
from registry.findings import Text
from registry.signing.keys import KeyRing, PublicKey, new_private_key, public_half, signature_of
from submission_portal.deliveries.assessment.before import Earlier
from submission_portal.deliveries.flow_files.checking import CODES
from submission_portal.deliveries.flow_files.content import FlowFile, History, KeptDelivery
from submission_portal.deliveries.flow_files.frames import as_json
from submission_portal.deliveries.flow_files.sealing import sealed
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.reader import read
from tests.factories.offline_wheel import Installed
from tests.tools.offline_wheel import ROOT

MODEL = "dagliga-vardplatser-per-avdelning"
WARDS = (
    "Medicin",
    "Kirurgi",
    "Ortopedi",
    "Infektion",
    "Rehabilitering",
    "Barn",
    "Kvinna",
    "Psykiatri",
    "Akut",
    "IVA",
    "Hjärta",
    "Stroke",
    "Öron",
)
ROUNDS = 5
COUNT = "import sys; from {module} import *; print(len(sys.modules))"


class Key:
    """A key of this run's own."""

    def __init__(self) -> None:
        self._private = new_private_key()
        self.public = PublicKey(public_half(self._private))

    @property
    def kid(self) -> str:
        return self.public.kid

    def sign(self, data: bytes) -> bytes:
        return signature_of(self._private, data)


def month(first: date) -> bytes:
    """A month of 13 wards: some 400 rows."""
    lines = [
        "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"
    ]
    for offset in range(31):
        day = first + timedelta(days=offset)
        if day.month == first.month:
            lines += [
                f"{day};65016;{ward};{20 + at};{18 + (at + offset) % 3};0;{offset % 2}" for at, ward in enumerate(WARDS)
            ]
    return ("\n".join(lines) + "\n").encode()


def flow_file(key: Key) -> bytes:
    """A flow file with three months behind it."""
    loaded = starter_model(MODEL)
    kept = []
    for number in (7, 8, 9):
        first = date(2026, number, 1)
        reading = read(month(first), "a.csv", expected_of(loaded))
        if reading.frame is None:
            raise SystemExit([finding.code for finding in reading.findings])
        rows = columns.check(loaded, reading.frame).rows.frame
        texts = rows.with_columns(pl.col(name).cast(pl.String) for name, kind in rows.schema.items() if kind == pl.Enum)
        last = date(2026, number + 1, 1) - timedelta(days=1)
        units = as_json(texts.select("sjukhus", "avdelning", "__region").unique(maintain_order=True))
        kept.append(
            KeptDelivery(Earlier(f"{number}", f"2026-{number:02}", first, last), "", f"{number}", as_json(texts), units)
        )
    return sealed(
        FlowFile(
            datetime(2026, 10, 1, tzinfo=UTC), "https://registret.example/", "1", CODES, "line", Text("Linje", "Line"),
            Text("Region", "Region"), "0" * 64, date(2030, 1, 1), loaded, None, (), None, 5, None, (), {},
            History(date(2026, 10, 1), date(2026, 12, 1), deliveries=tuple(kept)),
        ),
        key,
    )  # fmt: skip


def measured(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[float, float]:
    """The medians of wall and processor seconds."""
    walls, processor = [], []
    for _ in range(ROUNDS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments], cwd=folder, env=dict(environment), capture_output=True, check=False
        )
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())
        walls.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(processor)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, key = Path(name), Key()
        installed = Installed.into(folder)
        (folder / "line.json").write_bytes(flow_file(key))
        (folder / "keys.json").write_text(json.dumps(KeyRing.of([key.public]).as_jwks()))
        (folder / "a.csv").write_bytes(month(date(2026, 10, 1)))
        entry = "submission_portal.deliveries.offline.main"
        wheel = {**os.environ, "PYTHONPATH": str(installed.folder)}
        whole = {**os.environ, "PYTHONPATH": str(ROOT), "REGISTRY_INSTANCE": str(folder / "instance")}
        checked = ["-P", "-m", entry, "line.json", "a.csv", "--keys", "keys.json"]
        cases = {
            "python -c pass": (["-c", "pass"], wheel),
            "kontrollera --help": (["-P", "-m", entry, "--help"], wheel),
            "kontrollera, 400 rows and history": (checked, wheel),
            "flask --app wsgi deliveries validate, 400 rows": (
                ["-m", "flask", "--app", "wsgi", "deliveries", "validate", MODEL, "a.csv"], whole,
            ),
        }  # fmt: skip
        print(
            f"flow file: {(folder / 'line.json').stat().st_size} bytes; wheel: {installed.wheel.stat().st_size} bytes"
        )
        for label, (arguments, environment) in cases.items():
            wall, processor = measured(arguments, folder, environment)
            print(f"{label:48} {wall:6.2f} s, {processor:6.2f} s of processor")
        for label, module, environment in (
            ("of the command before a file is named", entry, wheel),
            ("of the whole check", "submission_portal.deliveries.flow_files.checking", wheel),
            ("of the whole program", "wsgi", whole),
        ):
            done = subprocess.run(
                [sys.executable, "-P", "-c", COUNT.format(module=module)], env=environment, cwd=folder, capture_output=True,
                text=True, check=True,
            )  # fmt: skip
            print(f"modules {label}: {done.stdout.strip()}")


if __name__ == "__main__":
    main()
