"""How large the demo region is: the usual country part, a multiple of it, or a whole country."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST, LARGEST = 0.25, 12.0


@dataclass(frozen=True)
class DemoSize:
    """Municipalities as a multiple of the usual number, facilities per person, and periods.

    periods is how many years every table of counts has at least; 0 leaves the tables as they are.
    """

    scale: float = 1.0
    density: float = 1.0
    periods: int = 0

    def __post_init__(self) -> None:
        if not SMALLEST <= self.scale <= LARGEST:
            raise ValueError(f"scale lies between {SMALLEST} and {LARGEST}")


USUAL = DemoSize()
# about 1,900 municipalities and 450,000 facilities, with ten periods of every counted indicator
NATIONWIDE = DemoSize(scale=7.75, density=1.16, periods=10)


def size_of(text: str) -> DemoSize:
    """Return the size that a number or the word nationwide names; ValueError for anything else."""
    return NATIONWIDE if text == "nationwide" else DemoSize(float(text))
