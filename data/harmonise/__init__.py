"""From the publishers' own labels to the tables of schema.sql."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from data.extract import RowIssue


@dataclass
class Harmonised:
    """Rows for the tables of schema.sql, what they cover, and what was set aside."""

    tables: dict[str, pd.DataFrame]
    coverage: list[tuple[str, str]] = field(default_factory=list)
    issues: list[RowIssue] = field(default_factory=list)
