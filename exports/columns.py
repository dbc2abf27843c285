"""Labels of exported and printed columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnLabel:
    """Label, unit and decimals of a column; decimals None for text."""

    label: str
    unit: str = ""
    decimals: int | None = None

    @property
    def printed(self) -> str:
        """The label with its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label
