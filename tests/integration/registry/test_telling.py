"""What the demonstration tells: in the order in which things are so, and each thing once."""

import re

import pytest

from tests.demonstration import performed


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> list[str]:
    lines = (performed(tmp_path_factory) / "demonstration.txt").read_text().splitlines()
    return [line.strip() for line in lines if re.match(r" *[0-9]+\. ", line)]


def test_the_approval_of_a_line_and_its_uses_is_told_once(told):
    lines = [
        match[1]
        for line in told
        if (
            match := re.search(
                r"\. (.+?): (?:linjen och två användningar godkändes|the line and two uses were approved)", line
            )
        )
    ]
    assert len(lines) > 20
    assert len(set(lines)) == len(lines)


def test_the_versions_of_a_table_are_told_in_their_order(told):
    tables = [
        match.groups()
        for line in told
        if (match := re.search(r"\. (.+): (?:tabellversion|table version) ([0-9]+)", line))
    ]
    numbers = {name: [int(number) for other, number in tables if other == name] for name, _ in tables}
    assert [1, 2] in numbers.values()
    assert all(each == sorted(each) for each in numbers.values())
