"""What one accepted table is made of: quantities or memberships."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from data.accepted.record import NewImport

# forms whose rows are no answers to a questionnaire, by what the import is listed under
TABLE_LABELS: Final = {
    "common_table": "指標の表（共通様式）",
    "area_membership": "圏域と市区町村の対応表",
    "incentive_grant": "保険者機能強化推進交付金等 全国集計（市町村分）",
    "mieruka_export": "見える化システムの書き出し",
}


@dataclass(frozen=True)
class NewTable:
    """A table to be written into a generation, beside what every import has.

    base has no answers; measures has area_code, measure_id, period, value, status and source_ref;
    memberships the columns of area_membership, parent_name and source_ref; cited is what the file
    says of its publisher.
    """

    base: NewImport
    cited: dict[str, str] = field(default_factory=dict)
    measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    memberships: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def areas(self) -> int:
        """How many areas the table is about."""
        codes = [frame["area_code"] for frame in (self.measures, self.memberships) if len(frame)]
        return int(pd.concat(codes).nunique()) if codes else 0
