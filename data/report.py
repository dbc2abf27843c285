"""What became of every raw file: taken over, set aside, not recognised, broken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from data.extract import RowIssue

SHOWN = 100
ISSUES_PER_REASON = 200


@dataclass
class FileReport:
    """One raw file and what became of it."""

    file_name: str
    layout: str | None = None
    outcome: str = "not_recognised"
    rows_read: int = 0
    vintage: str | None = None
    source_id: str | None = None
    reason: str | None = None
    issues: list[RowIssue] = field(default_factory=list)

    @property
    def rows_set_aside(self) -> int:
        """Rows left out; mended ones are not among them."""
        return sum(issue.set_aside for issue in self.issues)

    def refuse(self, outcome: str, reason: str) -> None:
        """Take back what the file was to give; it is no source, and none of its rows counts."""
        self.outcome, self.reason = outcome, reason
        self.rows_read, self.source_id = 0, None
        self.issues.clear()

    def reasons(self) -> str | None:
        """Return why the file, or how many of its rows and why, were left out or mended."""
        counted = Counter(issue.reason for issue in self.issues)
        parts = [f"{reason}（{count}件）" for reason, count in counted.most_common()]
        return "；".join([*([self.reason] if self.reason else []), *parts]) or None

    def line(self) -> str:
        """Return one line for the console."""
        told = {
            "loaded": f"読み込み {self.rows_read:,} 行",
            "older": f"前の時点として {self.rows_read:,} 行を読みました",
            "not_used": "使いません",
            "not_recognised": "様式が分かりません",
            "broken": "読めません",
            "failed": "取り込めません",
        }[self.outcome]
        name = f"{self.layout}・" if self.layout else ""
        tail = f"：{self.reasons()}" if self.reasons() else ""
        return f"  {self.file_name}　{name}{told}{tail}"


@dataclass
class BuildReport:
    """The reports of all files of a raw folder."""

    files: list[FileReport] = field(default_factory=list)

    def file_frame(self) -> pd.DataFrame:
        """Return the rows of the table build_report."""
        rows = [
            {
                "file_name": report.file_name,
                "layout": report.layout,
                "outcome": report.outcome,
                "rows_read": report.rows_read,
                "rows_set_aside": report.rows_set_aside,
                "reason": report.reasons(),
                "vintage": report.vintage,
                "source_id": report.source_id,
            }
            for report in self.files
        ]
        return pd.DataFrame(rows)

    def issue_frame(self) -> pd.DataFrame:
        """Return the rows of the table row_issue, at most 200 of a file and reason."""
        rows = []
        for report in self.files:
            seen: Counter[str] = Counter()
            for issue in report.issues:
                seen[issue.reason] += 1
                if seen[issue.reason] <= ISSUES_PER_REASON:
                    rows.append(_issue_row(report.file_name, issue))
        return pd.DataFrame(rows, columns=["file_name", "source_ref", "field", "found", "reason"])

    def loaded(self) -> list[FileReport]:
        """Return the files that were taken over."""
        return [report for report in self.files if report.outcome == "loaded"]


def _issue_row(file_name: str, issue: RowIssue) -> dict[str, str]:
    return {
        "file_name": file_name,
        "source_ref": issue.source_ref,
        "field": issue.field,
        "found": str(issue.found)[:SHOWN],
        "reason": issue.reason,
    }
