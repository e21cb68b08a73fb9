"""The national store takes every release exactly once."""

import json
from decimal import Decimal

import polars as pl
import pytest
from deltalake import DeltaTable

from submission_portal.forwarding import sinks
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE, Consignment, DeltaSink


def rows(**columns) -> pl.DataFrame:
    return pl.DataFrame({"dag": ["2018-03-01", "2018-03-01"], "sjukhus": ["a", "b"], **columns})


def consignment(release_id: str, frame: pl.DataFrame | None = None) -> Consignment:
    return Consignment(release_id, "beds", "25", rows(antal=[91, 54]) if frame is None else frame)


def test_a_release_is_written_with_who_and_which_release(tmp_path):
    sink = DeltaSink(tmp_path)
    written = sink.write(consignment("one"))
    assert (written.table, written.was_there) == ("beds", False)
    stored = sink.read("beds", ["one"]).sort("sjukhus")
    assert stored["antal"].to_list() == [91, 54]
    assert stored[RELEASE].unique().to_list() == ["one"]
    assert stored[DISCLOSER].unique().to_list() == ["25"]


def test_the_same_release_offered_again_is_not_written_again(tmp_path):
    sink = DeltaSink(tmp_path)
    first = sink.write(consignment("one"))
    again = DeltaSink(tmp_path).write(consignment("one"))
    assert again.was_there
    assert again.version == first.version
    assert sink.read("beds", ["one"]).height == 2


def test_a_release_is_as_quick_after_many_as_after_few(tmp_path):
    """Few commits are read one by one, whatever their number, and the table is opened once for each release."""
    sink = DeltaSink(tmp_path)
    for number in range(25):
        sink.write(consignment(f"{number}"))
    log = tmp_path / "beds" / "_delta_log"
    summed = json.loads((log / "_last_checkpoint").read_text())["version"]
    assert 25 - summed <= 10
    opened = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sinks, "DeltaTable", lambda path: opened.append(path) or DeltaTable(path))
        assert not sink.write(consignment("last")).was_there
        assert sink.write(consignment("3")).was_there
    assert opened == [tmp_path / "beds"] * 2


def test_only_the_releases_asked_for_are_read(tmp_path):
    sink = DeltaSink(tmp_path)
    for name in ("one", "two", "three"):
        sink.write(consignment(name))
    assert set(sink.read("beds", ["one", "three"])[RELEASE]) == {"one", "three"}


def test_a_commit_between_the_look_and_the_write_is_seen(tmp_path):
    """Another worker with the same job commits first: this one conflicts, looks again and finds the release there."""
    sink, other = DeltaSink(tmp_path), DeltaSink(tmp_path)
    sink.write(consignment("earlier"))
    taken = []

    def overtaken(step: str) -> None:
        if step == "checked" and not taken:
            taken.append(other.write(consignment("one")))

    written = sink.write(consignment("one"), overtaken)
    assert written.was_there
    assert sink.read("beds", ["one"]).height == 2


def test_another_release_in_between_does_not_stop_this_one(tmp_path):
    sink, other = DeltaSink(tmp_path), DeltaSink(tmp_path)
    taken = []

    def overtaken(step: str) -> None:
        if step == "checked" and not taken:
            taken.append(other.write(consignment("two")))

    assert not sink.write(consignment("one"), overtaken).was_there
    assert sink.read("beds", ["one", "two"]).height == 4


def test_two_that_make_the_table_at_once_make_it_once(tmp_path, monkeypatch):
    sink, other = DeltaSink(tmp_path), DeltaSink(tmp_path)
    create = DeltaTable.create

    def overtaken(*args, **kwargs):
        monkeypatch.setattr(DeltaTable, "create", create)
        other.write(consignment("two", rows(antal=[1, 2], tekniska=[0, 1])))
        return create(*args, **kwargs)

    monkeypatch.setattr(DeltaTable, "create", overtaken)
    sink.write(consignment("one"))
    assert DeltaTable(tmp_path / "beds").version() == 2
    assert sink.read("beds", ["two"])["tekniska"].to_list() == [0, 1]
    assert sink.read("beds", ["one"]).height == 2
    assert [path.name for path in tmp_path.iterdir()] == ["beds"]


def test_a_model_version_with_one_more_element_widens_the_table(tmp_path):
    sink = DeltaSink(tmp_path)
    sink.write(consignment("one"))
    wider = sink.write(consignment("two", rows(antal=[1, 2], tekniska=[0, 1])))
    assert wider.table == "beds"
    assert sink.read("beds", ["one"])["tekniska"].null_count() == 2


def test_a_model_version_that_changes_a_type_gets_a_table_of_its_own(tmp_path):
    sink = DeltaSink(tmp_path)
    sink.write(consignment("one"))
    changed = consignment("two", rows(antal=[Decimal("1.5"), Decimal("2.5")]))
    assert sink.write(changed).table == "beds-2"
    assert sink.write(changed) == type(sink.write(changed))("beds-2", 1, was_there=True)
    assert sink.read("beds", ["one"])["antal"].to_list() == [91, 54]


def test_decimals_keep_their_value_and_the_number_of_decimals_may_change(tmp_path):
    sink = DeltaSink(tmp_path)
    sink.write(consignment("one", rows(antal=[Decimal("1.5"), Decimal("2.5")])))
    sink.write(consignment("two", rows(antal=[Decimal("1.25"), Decimal("0")])))
    assert sorted(sink.read("beds", ["one", "two"])["antal"]) == [
        Decimal("0"),
        Decimal("1.25"),
        Decimal("1.5"),
        Decimal("2.5"),
    ]


def test_binary_floats_never_reach_the_store(tmp_path):
    with pytest.raises(ValueError, match="floats"):
        DeltaSink(tmp_path).write(consignment("one", rows(antal=[0.1, 0.2])))


def test_no_value_stands_in_the_tables_log(tmp_path):
    DeltaSink(tmp_path).write(consignment("one", rows(antal=[424242, 434343])))
    log = "".join(path.read_text() for path in (tmp_path / "beds" / "_delta_log").glob("*.json"))
    assert "release:one" in log
    assert "424242" not in log
    assert "434343" not in log


def test_transaction_ids_outlive_the_checkpoints_of_the_log(tmp_path):
    sink = DeltaSink(tmp_path)
    for number in range(6):
        sink.write(consignment(str(number)))
    table = DeltaTable(tmp_path / "beds")
    table.create_checkpoint()
    table.cleanup_metadata()
    assert sink.write(consignment("0")).was_there
    assert sink.read("beds", ["0"]).height == 2


def test_orphans_of_killed_writers_are_cleared_and_nothing_else(tmp_path):
    sink = DeltaSink(tmp_path)
    sink.write(consignment("one"))
    orphan = tmp_path / "beds" / "part-00000-00000000-0000-0000-0000-000000000000-c000.snappy.parquet"
    orphan.write_bytes(b"left behind")
    assert orphan.name in "".join(sink.tidy("beds", kept_hours=0))
    assert not orphan.exists()
    assert sink.read("beds", ["one"]).height == 2


def test_a_table_that_nobody_finished_making_is_cleared_away_when_old(tmp_path):
    sink = DeltaSink(tmp_path)
    sink.write(consignment("one"))
    unfinished = tmp_path / ".beds-of-a-killed-writer"
    (unfinished / "_delta_log").mkdir(parents=True)
    assert sink.tidy("beds") == []
    assert unfinished.name in sink.tidy("beds", kept_hours=0)
    assert not unfinished.exists()
