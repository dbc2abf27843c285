"""What one accepted upload is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd


@dataclass(frozen=True)
class NewImport:
    """An upload to be written into a generation.

    answers has area_code, question_id, value, status and source_ref; files has file_name and
    sha256; decisions has kind, question_id, printed and chosen; columns has question_id and header.
    """

    import_id: str
    survey_id: str
    framework: str
    fiscal_year: int
    subject: str
    name: str
    accepted_at: datetime
    reasons: str
    files: pd.DataFrame
    answers: pd.DataFrame
    decisions: pd.DataFrame
    columns: pd.DataFrame

    @property
    def file_label(self) -> str:
        """The name of the file, or of the first and how many more."""
        first = str(self.files["file_name"].iloc[0])
        more = len(self.files) - 1
        return f"{first} ほか{more}件" if more else first
