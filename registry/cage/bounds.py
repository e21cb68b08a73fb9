"""How much one piece of work in the cage may use."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a child may use for one piece of work, and how long it lives."""

    resident_bytes: int = 1024 * MEBIBYTE
    """Resident memory; a child that is seen to use more is killed."""
    data_bytes: int = 4096 * MEBIBYTE
    """Private memory that the kernel lets it ask for at all, should nobody be looking."""
    processor_seconds: float = 30.0
    """Processor time of one piece of work, to begin with."""
    seconds_per_mebibyte: float = 1.0
    """Added for each mebibyte that the work says it has unpacked …"""
    most_processor_seconds: float = 180.0
    """… but never past this, whatever it says."""
    looks_asleep: int = 1500
    """A child that was seen asleep at so many looks since it last used the processor, while it was waited for, is killed."""
    works: int = 50
    """A child is replaced after so many pieces of work …"""
    idle_resident_bytes: int = 192 * MEBIBYTE
    """… or when it holds more than this after one of them."""
    answer_bytes: int = 512 * MEBIBYTE
    """The longest answer that is taken from it."""

    def allowance(self, unpacked_bytes: int) -> float:
        """Processor seconds for work that has unpacked so many bytes.

        >>> Bounds().allowance(0), Bounds().allowance(20 * MEBIBYTE), Bounds().allowance(10**12)
        (30.0, 50.0, 180.0)
        """
        more = max(0, unpacked_bytes) / MEBIBYTE * self.seconds_per_mebibyte
        return min(self.most_processor_seconds, self.processor_seconds + more)
