"""What is to be said about a file: where, which rule, and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

Level = Literal["error", "asked", "warning", "mended"]

LEVELS: Final[dict[Level, str]] = {
    "error": "誤り",
    "asked": "確認",
    "warning": "注意",
    "mended": "直した所",
}
COLUMNS: Final[dict[str, str]] = {
    "level": "種別",
    "file": "ファイル",
    "sheet": "シート",
    "cell": "セル",
    "value": "値",
    "rule": "規則",
    "message": "内容",
    "action": "対応",
}
_LONGEST = 100


@dataclass(frozen=True)
class Problem:
    """One thing to mend, to answer, to confirm or to know; error and asked stop acceptance."""

    level: Level
    rule: str
    message: str
    action: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""

    @property
    def stops(self) -> bool:
        """Tell whether nothing is accepted before this is settled."""
        return self.level in ("error", "asked")


def warnings_of(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Return the warnings by rule; each rule needs a tick with a reason."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.level == "warning":
            found[problem.rule].append(problem)
    return dict(found)


def problem_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """Return problems as a table with Japanese headings, the ones that stop first."""
    records = [{**vars(one), "value": storable(one.value)} for one in ranked(problems)]
    frame = pd.DataFrame(records, columns=list(COLUMNS))
    frame["level"] = frame["level"].map(dict(LEVELS))
    return frame.rename(columns=dict(COLUMNS))


def ranked(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with the ones that stop first."""
    order = {level: place for place, level in enumerate(LEVELS)}
    return sorted(problems, key=lambda problem: order[problem.level])


def storable(text: str) -> str:
    """Return the start of a text as a frame can hold it; half a character is none."""
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
