"""What the kernel says of another process: memory and processor time. Linux only; elsewhere nothing is known."""

import os
from dataclasses import dataclass
from pathlib import Path

try:
    _PAGE, _TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
except (AttributeError, ValueError, OSError):
    _PAGE, _TICKS = 4096, 100
CAN_LOOK = Path("/proc/self/statm").exists()


@dataclass(frozen=True, slots=True)
class Use:
    """What a process uses at a moment."""

    resident_bytes: int
    processor_seconds: float
    is_asleep: bool = False
    """Whether it waits for something or was stopped: it neither runs, nor wants to, nor waits for a disk."""


def use_of(pid: int) -> Use | None:
    """What a process uses; ``None`` where that cannot be known (it is gone, or the system does not say)."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            resident = int(file.read().split()[1]) * _PAGE
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The second field is the program's name in brackets, and may hold anything.
            fields = file.read().rpartition(b")")[2].split()
        return Use(resident, (int(fields[11]) + int(fields[12])) / _TICKS, fields[0] in (b"S", b"T", b"t"))
    except (OSError, IndexError, ValueError):
        return None
