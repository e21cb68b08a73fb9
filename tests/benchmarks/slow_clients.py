"""How long readers that mean well wait while slow clients attack, as a ratio to how long they wait without.

    python tests/benchmarks/slow_clients.py PORT [CONNECTIONS]

on a registry that is served there. Prints a line for each attack: the median of the start page's time without and with the
attack, their ratio, the longest, and how many requests failed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.slow_clients import ATTACKS, read, under_attack

TIMES = 20


def main(port: int, connections: int) -> None:
    read(port, "/", 5)
    print(f"{'attack':38} {'without':>9} {'with':>9} {'ratio':>7} {'longest':>9} {'failed':>7}")
    for attack in ATTACKS:
        calm = read(port, "/", TIMES, timeout=20)
        with under_attack(port, attack, connections):
            met = read(port, "/", TIMES, timeout=20)
        print(
            f"{attack.name:38} {calm.median * 1000:6.0f} ms {met.median * 1000:6.0f} ms {met.median / calm.median:7.2f}"
            f" {max(met.seconds) * 1000:6.0f} ms {len(met.failures):4}/{TIMES}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)
