"""What a file costs beside plain Polars and python-calamine: `python tests/benchmarks/columnar_road.py [--rows N] [--runs N] [PART …]`.

Each part does the same twice, by turns in one run: ours (the cage and every check included), and what a program of a few lines
does that believes its file. Said are the seconds of each (least, middle, most) and their ratio by the least and by the middle.
What else the machine does makes both longer; the processor time of both, children and threads included, is said beside it.

    findings   1,000,000 × 12 as CSV, all findings              goal: at most 2 × Polars reading it and evaluating the same rules
    wrong      the same where every second row is wrong          goal: the same
    parquet    the same file to stored Parquet, with its hash    goal: at most 2 × Polars reading it and writing Parquet
    xlsx       100,000 rows as a workbook, read                  goal: at most 3 × python-calamine
    memory     3,000,000 × 12 as CSV, all findings               goal: 1 GiB, the child and the program that asks together
"""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook

from information_models.definitions import LoadedModel
from information_models.starter.loading import starter_model
from registry.findings import Text
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.known import Law
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.content_hashes import content_hash_of
from submission_portal.deliveries.reading import caged
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.stored_rows import as_parquet

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
VALUES = (
    "disponibla",
    "belagda",
    "overbelaggningar",
    "utlokaliserade",
    "intagna",
    "utskrivna",
    "flyttade",
    "vantande",
    "vak",
)
TODAY = date(2099, 1, 1)
THRESHOLD = 5


def twelve() -> LoadedModel:
    """The daily model with five counts of persons more, so that a file has twelve columns."""
    last = DAILY.model.element("utlokaliserade")
    added = tuple(
        replace(last, name=name, label=Text(name, name), aliases=(), concept=None, concept_version=None)
        for name in VALUES[4:]
    )
    return replace(DAILY, model=replace(DAILY.model, elements=(*DAILY.model.elements, *added)))


def frame_of(rows: int, *, wrong: bool = False) -> pl.DataFrame:
    """Made-up rows, each day, hospital and ward once; with ``wrong`` every second has more patients than any ward holds."""
    chance = np.random.default_rng(1)
    hospitals = [code.code for code in DAILY.code_lists["sjukhus"].codes][:10]
    at = np.arange(rows)
    beds = chance.integers(10, 31, rows)
    taken = np.minimum(beds, chance.integers(5, 31, rows))
    days = pl.select(pl.date(2018, 1, 1) + pl.duration(days=pl.Series(at // 2000))).to_series()
    columns = {"dag": days}
    columns["sjukhus"] = pl.Series(hospitals).gather(at % 10)
    columns["avdelning"] = pl.Series([f"Avdelning {one}" for one in range(200)]).gather(at // 10 % 200)
    columns["disponibla"] = pl.Series(beds)
    columns["belagda"] = pl.Series(np.where(at % 2 == 1, 700, taken) if wrong else taken)
    for name in VALUES[2:]:
        columns[name] = pl.Series(np.minimum(taken, chance.integers(0, 6, rows)))
    return pl.DataFrame(columns)


def csv_of(rows: int, *, wrong: bool = False) -> bytes:
    out = io.BytesIO()
    frame_of(rows, wrong=wrong).write_csv(out, separator=";")
    return out.getvalue()


def ours(loaded: LoadedModel, data: bytes, name: str = "file.csv") -> Assessment:
    """Everything that a file goes through until its findings are known."""
    reading = caged.read(data, name, expected_of(loaded))
    return assess(
        loaded,
        reading.frame,
        reading_findings=reading.findings,
        letters=reading.letters,
        law=Law(THRESHOLD),
        today=TODAY,
        has_history=False,
    )


def ours_stored(loaded: LoadedModel, data: bytes) -> bytes:
    found = ours(loaded, data)
    assert found.typed is not None
    content_hash_of(loaded, found.typed)
    return as_parquet(found.typed.coded())


def polars_rules(loaded: LoadedModel, data: bytes) -> dict[str, tuple[int, list[int]]]:
    """The rules of the model and the law by Polars alone: by rule how many rows break it, and the first 200 of them."""
    frame = pl.read_csv(data, separator=";").with_row_index("row", offset=2)
    frame = frame.with_columns(pl.col("dag").str.to_date("%Y-%m-%d", strict=False).alias("day"))
    codes = [code.code for code in loaded.code_lists["sjukhus"].codes]
    broken: dict[str, pl.Expr] = {
        "day": pl.col("day").is_null() | (pl.col("day") > TODAY),
        "hospital": ~pl.col("sjukhus").cast(pl.String).is_in(codes),
        "ward": pl.col("avdelning").str.strip_chars().str.len_chars().is_between(1, 100).not_(),
        "twice": pl.struct("dag", "sjukhus", "avdelning").is_duplicated(),
    }
    for element in loaded.model.values:
        value = pl.col(element.name)
        broken[f"{element.name} empty"] = value.is_null()
        broken[f"{element.name} outside"] = ~value.is_between(int(element.low), int(element.high))
        if element.concerns_persons:
            broken[f"{element.name} small"] = (value > 0) & (value < THRESHOLD)
    beds, taken, over, lent = (pl.col(name) for name in VALUES[:4])
    broken |= {"fit": taken > beds + over, "over": over > taken, "lent": lent > taken}
    masks = frame.select(**broken)
    days = frame.group_by("sjukhus", "avdelning").agg(
        pl.col("day").n_unique().alias("days"), pl.col("day").min().alias("first"), pl.col("day").max().alias("last")
    )
    gaps = days.filter(pl.col("days") < (pl.col("last") - pl.col("first")).dt.total_days() + 1)
    return {
        name: (int(masks[name].sum()), frame["row"].filter(masks[name].fill_null(value=False)).head(200).to_list())
        for name in broken
    } | {"gaps": (gaps.height, [])}


def polars_stored(data: bytes) -> bytes:
    out = io.BytesIO()
    pl.read_csv(data, separator=";").write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()


def workbook_of(rows: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        sheet = book.add_worksheet("Blad1")
        frame = frame_of(rows).with_columns(pl.col("dag").cast(pl.String))
        sheet.write_row(0, 0, frame.columns)
        for at, row in enumerate(frame.iter_rows(), start=1):
            sheet.write_row(at, 0, row)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float
    processor: float


def cost(work: Callable[[], object]) -> Cost:
    """Wall and processor seconds of a piece of work, those of the cage's children included."""
    before, start = _processor(), time.perf_counter()
    work()
    return Cost(time.perf_counter() - start, _processor() - before)


def _processor() -> float:
    ticks = os.sysconf("SC_CLK_TCK")
    total = time.process_time()
    reaped = os.times()
    for pool in caged.POOLS if hasattr(caged, "POOLS") else (caged.POOL,):
        for pid in pool.children():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / ticks
            except OSError:
                continue
    return total + reaped.children_user + reaped.children_system


def compare(name: str, goal: float, runs: int, our: Callable[[], object], plain: Callable[[], object]) -> None:
    mine, theirs = [], []
    our(), plain()
    for _ in range(runs):
        mine.append(cost(our))
        theirs.append(cost(plain))
    told = []
    for of in ("wall", "processor"):
        here, there = ([getattr(one, of) for one in each] for each in (mine, theirs))
        middle = statistics.median(here) / statistics.median(there)
        told.append(
            f"{of:9} {min(here):6.2f} {statistics.median(here):6.2f} {max(here):6.2f} s  "
            f"plain {min(there):6.2f} {statistics.median(there):6.2f} {max(there):6.2f} s  "
            f"ratio {min(here) / min(there):5.2f} (middle {middle:5.2f})"
        )
    print(f"{name}, goal {goal:.0f}\n  " + "\n  ".join(told), flush=True)


def memory(rows: int) -> None:
    """Peak memory of this program and of the reading children, in a program of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(csv_of(rows))
        done = subprocess.run(
            [sys.executable, __file__, "--measure-memory", str(path)], capture_output=True, text=True, check=False
        )
        print(
            f"memory, {rows} rows of {path.stat().st_size / 2**20:.0f} MiB, goal 1024\n  {done.stdout.strip()}{done.stderr[-500:]}"
        )


def measure_memory(path: Path) -> None:
    """Prints the peaks. The children are asked while they live."""
    caged_peak = 0
    original = caged.POOL.__class__._give_back

    def noted(pool: object, child: object) -> None:
        nonlocal caged_peak
        caged_peak = max(caged_peak, _peak(child.process.pid))  # type: ignore[attr-defined]
        original(pool, child)  # type: ignore[arg-type]

    caged.POOL.__class__._give_back = noted  # type: ignore[method-assign]
    loaded = twelve()
    found = ours(loaded, path.read_bytes())
    here = _peak(os.getpid())
    assert found.typed is not None
    content_hash_of(loaded, found.typed)
    stored = len(as_parquet(found.typed.coded()))
    print(
        f"rows {found.rows}; peak MiB: here {here}, child {caged_peak}, together at most {here + caged_peak}; "
        f"here when they are stored too ({stored // 2**20} MiB) {_peak(os.getpid())}; "
        f"{[(one.code, len(one.places)) for one in found.findings]}"
    )


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("parts", nargs="*")
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--measure-memory", type=Path)
    chosen = arguments.parse_args()
    if chosen.measure_memory:
        measure_memory(chosen.measure_memory)
        return
    parts = chosen.parts or ["findings", "wrong", "parquet", "xlsx", "memory"]
    loaded = twelve()
    right = csv_of(chosen.rows)
    if "findings" in parts:
        compare("findings", 2, chosen.runs, lambda: ours(loaded, right), lambda: polars_rules(loaded, right))
    if "wrong" in parts:
        wrong = csv_of(chosen.rows, wrong=True)
        compare("wrong", 2, chosen.runs, lambda: ours(loaded, wrong), lambda: polars_rules(loaded, wrong))
    if "parquet" in parts:
        # The counts that break a rule of the model ask for explanations, not for another file: the rows are stored all the same.
        compare("parquet", 2, chosen.runs, lambda: ours_stored(loaded, right), lambda: polars_stored(right))
    if "xlsx" in parts:
        book = workbook_of(min(chosen.rows, 100_000))
        expected = expected_of(loaded)
        compare(
            "xlsx", 3, chosen.runs, lambda: caged.read(book, "file.xlsx", expected),
            lambda: CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python(),
        )  # fmt: skip
    if "memory" in parts:
        memory(3 * chosen.rows)
    caged.POOL.close()


if __name__ == "__main__":
    main()
