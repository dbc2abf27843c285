"""A process that forks one child for each number it is told; the child accepts a workbook.

python -m tests.unit.torture_child STORE — the children are the ones that are killed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from data.generations import Store
from surveys.acceptance import accept
from surveys.limits import DEFAULT
from surveys.proposal import propose
from surveys.reading_child import read_sheets
from surveys.uploads import ReadFile, UploadedFile
from tests.unit.intake_stand import NAMES, STAFF, Y2021, council_book


def accept_round(root: Path, number: int) -> None:
    """Accept the number as everybody's count of trainings; say so before and after."""
    content = council_book(dict.fromkeys(NAMES, ("あり", number)))
    file = UploadedFile(f"{number}.xlsx", content)
    read = ReadFile(file.name, file.sha256, content, read_sheets(content, limits=DEFAULT))
    store = Store(root)
    found = propose(store, actor=STAFF, target=Y2021, read=[read])
    reasons = dict.fromkeys(found.warnings, "確かめた")
    say("ready")
    accept(store, actor=STAFF, proposal=found, reasons=reasons)
    say("accepted")


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def main() -> None:
    root = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                accept_round(root, int(line))
            finally:
                os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
