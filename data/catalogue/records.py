"""The entries of the catalogue that stand alone: sources, areas, facilities, editions, facts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]
YearRule = Annotated[str, StringConstraints(pattern=r"^(latest|nearest:\d{4})$")]
Symbol = Literal[
    "circle",
    "square",
    "cross",
    "diamond",
    "triangle-up",
    "triangle-down",
    "triangle-left",
    "triangle-right",
]


class Record(BaseModel):
    """An immutable entry that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(Record):
    """One published source, with the words to cite it by."""

    key: Key
    title: Text
    publisher: Text
    citation: Text
    licence: Text
    url: str
    vintage_rule: Text


class AreaTypeEntry(Record):
    """One kind of area, and the level on which it is compared."""

    key: Key
    label: Text
    level: Key
    order: int
    explanation: Text
    can_be_parent: bool
    can_be_drawn: bool


class AttributeEntry(Record):
    """One further fact about a facility, and the labels of its codes where it has some."""

    label: Text
    values: dict[str, Text] = Field(default_factory=dict)


class FacilityGroup(Record):
    """A family of facility types that share a colour."""

    key: Key
    label: Text
    color: Color


class FacilityTypeEntry(Record):
    """One kind of facility, with the service names that mean it."""

    key: Key
    label: Text
    short_label: Text
    group: Key
    group_label: Text
    color: Color
    symbol: Symbol
    service_names: list[Text] = Field(default_factory=list)
    source_key: Key
    has_capacity: bool = False
    capacity_unit: Literal["", "人", "床"] = ""
    attributes: dict[Key, AttributeEntry] = Field(default_factory=dict)


class DenominatorEntry(Record):
    """One choice of people aged 75 and over, in the order in which they are preferred."""

    key: Key
    edition: Key
    label: Text
    year_rule: YearRule


class EditionEntry(Record):
    """One edition of population figures; figures of two editions never meet."""

    key: Key
    label: Text
    short_label: Text
    base_year: int | None = None
    explanation: Text
    order: int
    has_projection: bool


class MeasureEntry(Record):
    """One counted quantity as published; a balance or a change may be negative."""

    key: Key
    label: Text
    unit: Text
    source_key: Key
    may_be_negative: bool = False


class DocumentEntry(Record):
    """One of the documents from which the reference facts are quoted."""

    key: Text
    title: Text
    short_title: Text
    publisher: Text
    date: Text


class ReferenceFact(Record):
    """One published figure, with the words in which it is printed."""

    fact_id: Annotated[str, StringConstraints(pattern=r"^F\d{3}$")]
    area: Text
    period: Text
    measure: Text
    unit: Text
    value_text: Text
    value: float | None
    document: Text
    source_title: Text
    quote: Text
