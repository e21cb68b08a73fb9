"""What leads back to itself: the circles of a relation. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping


def circles(above: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """The sets of names that are above themselves, by what is directly above each (Tarjan 1972, without recursion).

    >>> [sorted(one) for one in circles({"a": ["b"], "b": ["a"], "c": ["a"], "d": ["d"]})]
    [['a', 'b'], ['d']]
    """
    return circles_from(above, lambda name: above.get(name, ()))


def circles_from(starts: Iterable[str], above: Callable[[str], Iterable[str]]) -> list[set[str]]:
    """The same of what is reached from some names; ``above`` is asked for what is directly above one, as far as needed."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[set[str]] = []
    for start in starts:
        if start in number:
            continue
        work: list[tuple[str, Iterator[str]]] = []
        _open(start, number, low, stack, on_stack, work, above)
        while work:
            name, others = work[-1]
            other = next(others, None)
            if other is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == number[name]:
                    part = set()
                    while name not in part:
                        last = stack.pop()
                        on_stack.discard(last)
                        part.add(last)
                    if len(part) > 1 or name in above(name):
                        found.append(part)
            elif other not in number:
                _open(other, number, low, stack, on_stack, work, above)
            elif other in on_stack:
                low[name] = min(low[name], number[other])
    return found


def _open(
    name: str,
    number: dict[str, int],
    low: dict[str, int],
    stack: list[str],
    on_stack: set[str],
    work: list[tuple[str, Iterator[str]]],
    above: Callable[[str], Iterable[str]],
) -> None:
    number[name] = low[name] = len(number)
    stack.append(name)
    on_stack.add(name)
    work.append((name, iter(above(name))))
