"""Indicator facts and the recipes that compute them from counts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from data.catalogue.records import Key, Record, Text

Per = Literal[1, 100, 1000, 10000]
PopulationGroup = Literal[
    "total", "age_0_14", "age_15_64", "age_65_plus", "age_75_plus", "age_85_plus"
]
Polarity = Literal["high_is_good", "low_is_good", "no_judgement"]
Dimension = Literal["structure", "process", "outcome"]
Scene = Literal["daily", "transition", "acute", "eol"]
Disclosure = Literal["persons", "facilities", "none"]

POLARITY_LABELS: dict[Polarity, str] = {
    "high_is_good": "高いほど望ましい",
    "low_is_good": "低いほど望ましい",
    "no_judgement": "高低で良し悪しを言わない",
}
DIMENSION_LABELS: dict[Dimension, str] = {
    "structure": "ストラクチャー",
    "process": "プロセス",
    "outcome": "アウトカム",
}
SCENE_LABELS: dict[Scene, str] = {
    "daily": "日常の療養",
    "transition": "入退院",
    "acute": "急変時",
    "eol": "看取り",
}


class FacilityAttribute(Record):
    """A fact that a facility must have to be counted."""

    key: Key
    value: str | bool


class FacilityRate(Record):
    """Facilities divided by people aged 75 and over."""

    kind: Literal["facility_rate"]
    facility_types: list[Key] = Field(min_length=1)
    per: Per
    attribute: FacilityAttribute | None = None


class FacilityCapacityRate(Record):
    """Capacity divided by people aged 75 and over."""

    kind: Literal["facility_capacity_rate"]
    facility_types: list[Key] = Field(min_length=1)
    per: Per


class FacilityCount(Record):
    """Number of facilities."""

    kind: Literal["facility_count"]
    facility_types: list[Key] = Field(min_length=1)


class FacilityAbsence(Record):
    """1 where there is no facility, 0 where there is one."""

    kind: Literal["facility_absence"]
    facility_types: list[Key] = Field(min_length=1)


class MeasureRatio(Record):
    """Sum of measures divided by a sum of measures: parts of a whole, unless is_share is false."""

    kind: Literal["measure_ratio"]
    numerator: list[Key] = Field(min_length=1)
    denominator: list[Key] = Field(min_length=1)
    per: Per
    is_share: bool = True


class MeasurePer75Plus(Record):
    """Sum of measures divided by people aged 75 and over."""

    kind: Literal["measure_per_75plus"]
    numerator: list[Key] = Field(min_length=1)
    per: Per


class MeasureValue(Record):
    """A measure as it is published."""

    kind: Literal["measure_value"]
    measure: Key


class PublishedValue(Record):
    """A rate as it is published; without its counts it is never added up or averaged."""

    kind: Literal["published_value"]
    measure: Key


class AgeBand(Record):
    """An age band: who has the attribute, who could have it, and who will be that old.

    The band's persons are those of group less those of older, where there is an older group.
    """

    numerator: Key
    denominator: Key
    group: PopulationGroup
    older: PopulationGroup | None = None


class MeasureProjected(Record):
    """Rates by age band held fixed, times the people of each projected year."""

    kind: Literal["measure_projected"]
    bands: list[AgeBand] = Field(min_length=1)


class PopulationCount(Record):
    """Persons of an age group."""

    kind: Literal["population_count"]
    group: PopulationGroup


class PopulationShare(Record):
    """Persons of an age group divided by all persons, in per cent."""

    kind: Literal["population_share"]
    numerator: PopulationGroup
    denominator: PopulationGroup


class PopulationGrowth(Record):
    """Persons of an age group as a multiple of the first year of the same edition."""

    kind: Literal["population_growth"]
    group: PopulationGroup
    base_year_rule: Literal["first"]


class SurveyShare(Record):
    """Share of the answering municipalities that gave one of the values, in per cent."""

    kind: Literal["survey_share"]
    question: Key
    values: list[Text] = Field(min_length=1)


class SurveyNumber(Record):
    """The number that was answered."""

    kind: Literal["survey_number"]
    question: Key


class SurveyItems(Record):
    """How many of the items were answered with one of the values."""

    kind: Literal["survey_items"]
    items: list[Key] = Field(min_length=1)
    values: list[Text] = Field(min_length=1)


class SurveyPer75Plus(Record):
    """The number that was answered, divided by people aged 75 and over."""

    kind: Literal["survey_per_75plus"]
    question: Key
    per: Per


class SurveyItemsShare(Record):
    """Of the items answered with one of `among`, the share whose companion has one of `values`."""

    kind: Literal["survey_items_share"]
    items: list[Key] = Field(min_length=1)
    among: list[Text] = Field(min_length=1)
    companions: list[Key] = Field(min_length=1)
    values: list[Text] = Field(min_length=1)


FacilityRecipe = FacilityRate | FacilityCapacityRate | FacilityCount | FacilityAbsence
MeasureRecipe = MeasureRatio | MeasurePer75Plus | MeasureValue | PublishedValue | MeasureProjected
PopulationRecipe = PopulationCount | PopulationShare | PopulationGrowth
SurveyRecipe = SurveyShare | SurveyNumber | SurveyItems | SurveyItemsShare | SurveyPer75Plus
Recipe = Annotated[
    FacilityRecipe | MeasureRecipe | PopulationRecipe | SurveyRecipe,
    Field(discriminator="kind"),
]


class DomainEntry(Record):
    """One domain under which indicators are listed."""

    key: Key
    label: Text
    order: int


class IndicatorEntry(Record):
    """One indicator; without a recipe it says what it is waiting for.

    One that is a family (項目別実施率) is shown as its members, which are entries of their own.
    """

    key: Key
    title: Text
    definition: Text
    unit: Text
    decimals: int = Field(ge=0, le=4)
    polarity: Polarity
    dimension: Dimension
    domain: Key
    scenes: list[Scene] = Field(default_factory=list)
    smallest_level: Key
    source_title: Text
    cycle: Text
    caveat: str | None = None
    disclosure: Disclosure
    basis: Text
    recipe: Recipe | None = None
    waiting_for: str | None = None
    shown_as: list[Key] = Field(default_factory=list)

    @property
    def indicator_id(self) -> str:
        """The key, under the name it has in the tables."""
        return self.key
