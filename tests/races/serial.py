"""What two acts come to one after the other, and whether they come to something else when they are put into each other."""

from dataclasses import dataclass
from typing import Protocol

from flask import Flask

from tests.races.scheduler import Act, alone, interleave


class Meeting(Protocol):
    """Where acts meet: what they are about is put back as it was before each interleaving."""

    app: Flask
    serials: "dict[tuple[str, str], Serial]"

    def restore(self, first: str, second: str) -> None: ...

    def act(self, name: str, other: str, *, is_second: bool = False) -> Act:
        """An act on what it and the ``other`` act both want."""

    def state(self) -> tuple[object, ...]:
        """What came of it, in words that do not depend on who got which number."""

    def violations(self) -> list[str]:
        """What must never be, once the worker has done what it was asked for."""


@dataclass(frozen=True)
class Serial:
    """What two acts come to one after the other, in either order: outcomes and the state of everything; and how many
    points each has."""

    results: tuple[tuple[tuple[str, str], tuple[object, ...]], ...]
    points: tuple[int, int]

    def swapped(self) -> "Serial":
        results = tuple(((two, one), state) for (one, two), state in self.results)
        return Serial(results, (self.points[1], self.points[0]))


def serial(scene: Meeting, first: str, second: str) -> Serial:
    """What the acts come to without being put into each other."""
    if (first, second) not in scene.serials:
        results, points = [], [0, 0]
        for order in ((0, 1), (1, 0)):
            scene.restore(first, second)
            acts = (scene.act(first, second), scene.act(second, first, is_second=True))
            outcomes = ["", ""]
            for turn, place in enumerate(order):
                ran = alone(scene.app, acts[place])
                outcomes[place] = ran.outcome
                points[place] = ran.points if turn == 0 else points[place]
            results.append(((outcomes[0], outcomes[1]), scene.state()))
        scene.serials[first, second] = Serial(tuple(results), (points[0], points[1]))
        scene.serials.setdefault((second, first), scene.serials[first, second].swapped())
    return scene.serials[first, second]


def run(scene: Meeting, first: str, second: str, at: int) -> list[str]:
    """Interleave two acts at one point; gives back what is wrong with what came of it."""
    expected = serial(scene, first, second).results
    scene.restore(first, second)
    outcomes = interleave(scene.app, scene.act(first, second), scene.act(second, first, is_second=True), at)
    wrong = [
        f"{name}: {outcome}" for name, outcome in zip((first, second), outcomes, strict=True) if "ERROR" in outcome
    ]
    state = scene.state()
    if not wrong and (outcomes, state) not in expected:
        known = [outcome for outcome, _ in expected]
        wrong.append(f"came to {outcomes}, and one after the other to {known}; now {state}")
    return wrong or scene.violations()
