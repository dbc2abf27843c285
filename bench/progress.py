"""What a long measurement says of itself while it runs."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """Print a line beside the results, at once."""
    print(text, file=sys.stderr, flush=True)
