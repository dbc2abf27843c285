"""The programme: its two frameworks, items, reasons, issues, support and requests."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.catalogue.records import Key, Record, Text
from data.catalogue.survey import Framework

Comparability = Literal["comparable", "coarse", "denominator_changes", "break", "ends", "new"]


class FrameworkEntry(Record):
    """One framework of the programme and the fiscal years in which it held."""

    key: Framework
    label: Text
    short_label: Text
    first_year: int
    last_year: int | None = None
    explanation: Text


class ProgrammeGroup(Record):
    """A stage under which the items of a framework are grouped."""

    key: Key
    framework: Framework
    label: Text
    order: int


class ProgrammeItem(Record):
    """One item that a municipality carries out, what it is, and the answers that mean it does."""

    key: Key
    framework: Framework
    question_id: Key
    label: Text
    short_label: Text
    implemented_values: list[Text] = Field(min_length=1)
    group: Key
    text: str = ""


class OrdinanceItem(Record):
    """One of the four items that the ordinance has had since FY2021, in our words."""

    key: Key
    label: Text
    text: Text
    document: Text


class CrosswalkRow(Record):
    """What became of old items at the change of framework, and whether they compare."""

    key: Key
    old_items: list[Key]
    ordinance: str
    new_label: Text
    comparability: Comparability
    explanation: Text


class ReasonCode(Record):
    """A reason for not carrying out an item; small marks those named mostly by small places."""

    key: Key
    item: str
    label: Text
    small: bool


class IssueCode(Record):
    """An issue in carrying out or supporting the programme."""

    key: Key
    label: Text
    respondents: list[Literal["municipality", "prefecture"]] = Field(min_length=1)
    published_fact: str | None = None


class SupportItem(Record):
    """One support that a prefecture gives, with the published national figure if there is one."""

    key: Key
    question_id: Key
    label: Text
    short_label: Text
    published_fact: str | None = None


class RequestItem(Record):
    """One support that municipalities ask for, and the supports that answer it."""

    key: Key
    label: Text
    short_label: Text
    answered_by: list[Key] = Field(min_length=1)


class Programme(Record):
    """Everything that is known of the programme's structure."""

    frameworks: dict[str, FrameworkEntry]
    groups: dict[str, ProgrammeGroup]
    ordinance: dict[str, OrdinanceItem]
    items: list[ProgrammeItem]
    crosswalk: list[CrosswalkRow]
    reasons: dict[str, ReasonCode]
    issues: dict[str, IssueCode]
    support_items: list[SupportItem]
    request_items: list[RequestItem]
    series_break: Text
    series_break_year: int

    def items_of(self, framework: str) -> list[ProgrammeItem]:
        """Return the items of one framework in their order."""
        return [item for item in self.items if item.framework == framework]

    def framework_of(self, fiscal_year: int) -> FrameworkEntry:
        """Return the framework in force in a fiscal year, or raise KeyError."""
        for framework in self.frameworks.values():
            last_year = framework.last_year or fiscal_year
            if framework.first_year <= fiscal_year <= last_year:
                return framework
        raise KeyError(fiscal_year)
