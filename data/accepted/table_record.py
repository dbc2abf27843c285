"""What one accepted table is made of: quantities, memberships, or answers by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pandas as pd

# forms whose rows are no answers to a questionnaire, by what the import is listed under
TABLE_LABELS: Final = {
    "common_table": "指標の表（共通様式）",
    "area_membership": "圏域と市区町村の対応表",
}


@dataclass(frozen=True)
class NewTable:
    """A table to be written into a generation.

    measures has area_code, measure_id, period, value, status and source_ref; memberships the
    columns of area_membership, parent_name and source_ref; files has file_name and sha256; cited
    what the file says of its publisher.
    """

    import_id: str
    kind: str
    fiscal_year: int
    subject: str
    name: str
    accepted_at: datetime
    reasons: str
    files: pd.DataFrame
    cited: dict[str, str] = field(default_factory=dict)
    measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    memberships: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def areas(self) -> int:
        """How many areas the table is about."""
        codes = [frame["area_code"] for frame in (self.measures, self.memberships) if len(frame)]
        return int(pd.concat(codes).nunique()) if codes else 0

    @property
    def file_label(self) -> str:
        """The name of the file, or of the first and how many more."""
        first = str(self.files["file_name"].iloc[0])
        more = len(self.files) - 1
        return f"{first} ほか{more}件" if more else first
