"""The outcome of checking one plain table."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from surveys.problems import Problem


@dataclass
class CheckedTable:
    """What one table holds, as a build would take it, and what is to be said about it."""

    measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    memberships: pd.DataFrame = field(default_factory=pd.DataFrame)
    answers: pd.DataFrame = field(default_factory=pd.DataFrame)
    fiscal_year: int = 0
    problems: list[Problem] = field(default_factory=list)
    cited: dict[str, str] = field(default_factory=dict)
