"""One measured figure: what was measured, how it came out, and the budget it has to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Budget:
    """The most that the median of a measure may be, and where that is laid down."""

    limit: float
    reason: str


BUDGETS: dict[tuple[str, str], Budget] = {
    ("build", "demo"): Budget(30.0, "issue 2: the demo builds in under 30 s"),
    ("build", "nationwide"): Budget(180.0, "issue 9: a demo as large as the country"),
    ("build", "official"): Budget(90.0, "ARCHITECTURE: official nationwide build"),
    ("build", "n03_memory"): Budget(4_096.0, "issue 9: N03 of all Japan in bounded memory"),
    ("intake", "preview"): Budget(3.0, "ARCHITECTURE: a 1,741 × 80 workbook previewed"),
    ("intake", "publish"): Budget(2.0, "ARCHITECTURE: and published"),
    ("intake", "many"): Budget(30.0, "issue 7: 180 workbooks of one municipality"),
    ("intake", "slowdown"): Budget(2.0, "issue 7: viewers' latency at most doubled meanwhile"),
    ("script", "rerun"): Budget(25.0, "ARCHITECTURE: script CPU per rerun"),
    ("change", "bytes"): Budget(50.0, "ARCHITECTURE: HTTP and websocket per nationwide change"),
    ("crowd", "p95"): Budget(1.0, "ARCHITECTURE: 100 viewers at 10 s, two processes, p95"),
    ("room", "idle"): Budget(10.0, "issue 8: 100 waiting participants cost 10 % of a core"),
    ("room", "shown"): Budget(2.0, "issue 8: participants follow within 2 s"),
    ("room", "joined"): Budget(2.0, "issue 8: 200 people join in a minute"),
    ("view", "first_chart"): Budget(2_000.0, "ARCHITECTURE: first chart on a warm server"),
    ("view", "chartless"): Budget(2_000.0, "ARCHITECTURE: a page without charts, until it rests"),
    ("revisit", "chartless"): Budget(2_000.0, "ARCHITECTURE: the same, opened again"),
    ("view", "after_frame"): Budget(2_000.0, "issue 4: first picture after the page's frame"),
    ("view", "longest_task"): Budget(1_000.0, "issue 4: no browser freeze over 1 s"),
    ("change", "longest_task"): Budget(1_000.0, "issue 4: no browser freeze over 1 s"),
    ("revisit", "first_chart"): Budget(2_000.0, "ARCHITECTURE: first chart on a warm server"),
}


@dataclass(frozen=True)
class Figure:
    """The distribution of one measure; `budget` names its row in BUDGETS."""

    section: str
    name: str
    scope: str
    measure: str
    unit: str
    values: tuple[float, ...]
    budget: tuple[str, str] | None = None

    @property
    def median(self) -> float:
        return float(np.median(self.values))

    @property
    def p95(self) -> float:
        return float(np.percentile(self.values, 95))

    @property
    def limit(self) -> float | None:
        return BUDGETS[self.budget].limit if self.budget else None

    @property
    def is_kept(self) -> bool | None:
        """Whether the median keeps the budget; nothing where there is none."""
        return None if self.limit is None else self.median <= self.limit

    def as_row(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "name": self.name,
            "scope": self.scope,
            "measure": self.measure,
            "unit": self.unit,
            "median": round(self.median, 2),
            "p95": round(self.p95, 2),
            "n": len(self.values),
            "budget": self.limit,
            "kept": self.is_kept,
        }


def figure(
    section: str,
    name: str,
    measure: str,
    values: Sequence[float],
    *,
    unit: str,
    scope: str = "",
    budget: tuple[str, str] | None = None,
) -> Figure:
    """Return the figure of some repetitions, at least one."""
    if not values:
        raise ValueError(f"nothing was measured: {section} {name} {measure}")
    if budget is not None and budget not in BUDGETS:
        raise ValueError(f"no such budget: {budget}")
    return Figure(section, name, scope, measure, unit, tuple(values), budget)
