"""What one group of a workshop has written, beside the data of its municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exports.planning_sheet import PlanningSheet


@dataclass(frozen=True)
class Blank:
    """A place to write in, what was written, and the titles of the indicators picked for it."""

    label: str
    prompt: str
    written: str = ""
    indicators: tuple[str, ...] = ()
    takes_indicators: bool = False


@dataclass(frozen=True)
class BlankGroup:
    """Blanks that stand together under a title."""

    title: str
    lead: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class CrossTable:
    """The texts of a table by row and column; a cell without text is not in `cells`."""

    title: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    cells: Mapping[tuple[str, str], str]


@dataclass(frozen=True, eq=False)
class GroupSheet:
    """The sheet of a group; without a name it is the form for paper."""

    name: str
    area_name: str
    planning: PlanningSheet
    board: BlankGroup
    evaluation: BlankGroup
    benefit: BlankGroup
    cross: CrossTable
    definitions: Mapping[str, str]
    form_source: str
    source: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The group with its municipality, or room to write both."""
        if not self.name:
            place = self.area_name or "　　　　　　　　"
            return f"グループ名（　　　　　　　　）　{place}"
        return f"{self.name}（{self.area_name}）" if self.area_name else self.name
