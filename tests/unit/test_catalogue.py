"""The catalogue loads and says what it must."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

import data.catalogue as catalogue_package
from data.catalogue import Catalogue, load_catalogue
from data.catalogue.indicator import FacilityRate, SurveyItems

ROOT = Path(catalogue_package.__file__).parent

OWN_INDICATORS = {
    "cert_rate_65_74",
    "cert_rate_75_84",
    "cert_rate_85_plus",
    *(f"item_rate_{item}" for item in ("a", "i", "u", "e", "o", "ka", "ki", "ku")),
}

MOST_DRAWN = [
    "hospital",
    "clinic",
    "pharmacy",
    "home_care_support_clinic",
    "home_care_support_hospital",
    "visiting_nurse_station",
    "home_help_office",
    "day_service_office",
    "geriatric_health_facility",
    "nursing_small_multifunction",
    "care_management_office",
    "special_nursing_home",
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_it_has_the_65_indicators_and_our_variants(catalogue: Catalogue) -> None:
    assert set(catalogue.indicators) >= OWN_INDICATORS
    assert len(set(catalogue.indicators) - OWN_INDICATORS) == 65


@pytest.mark.parametrize(
    ("indicator_id", "polarity", "smallest_level", "disclosure"),
    [
        ("death_home_rate", "no_judgement", "municipality", "none"),
        ("discharge_gap_rate", "low_is_good", "health_center_area", "persons"),
        ("zaishishin", "high_is_good", "municipality", "facilities"),
        ("cert_rate", "no_judgement", "insurer", "none"),
        ("pop_75plus", "no_judgement", "municipality", "none"),
        ("homevisit_demand", "no_judgement", "planning_area", "none"),
        ("items_done", "high_is_good", "municipality", "none"),
    ],
)
def test_indicator_facts(
    catalogue: Catalogue, indicator_id: str, polarity: str, smallest_level: str, disclosure: str
) -> None:
    entry = catalogue.indicators[indicator_id]
    assert entry.polarity == polarity
    assert entry.smallest_level == smallest_level
    assert entry.disclosure == disclosure


def test_recipes_are_typed(catalogue: Catalogue) -> None:
    rate = catalogue.indicators["zaishishin"].recipe
    assert isinstance(rate, FacilityRate)
    assert (rate.facility_types, rate.per) == (["home_care_support_clinic"], 10000)
    items = catalogue.indicators["items_done"].recipe
    assert isinstance(items, SurveyItems)
    assert (len(items.items), items.values) == (8, ["done"])


def test_every_indicator_says_what_it_needs(catalogue: Catalogue) -> None:
    assert [key for key, entry in catalogue.indicators.items() if not entry.waiting_for] == []


def test_partial_is_not_implemented(catalogue: Catalogue) -> None:
    old_items = catalogue.programme.items_of("h27r2")
    assert [item.short_label for item in old_items] == list("アイウエオカキク")
    assert {tuple(item.implemented_values) for item in old_items} == {("done",)}


@pytest.mark.parametrize(
    ("fiscal_year", "framework"), [(2015, "h27r2"), (2020, "h27r2"), (2021, "r3"), (2030, "r3")]
)
def test_frameworks_cover_their_years(
    catalogue: Catalogue, fiscal_year: int, framework: str
) -> None:
    assert catalogue.programme.framework_of(fiscal_year).key == framework


def test_no_framework_before_the_programme(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.programme.framework_of(2014)


def test_questions_of_a_framework_are_asked_only_there(catalogue: Catalogue) -> None:
    form = catalogue.surveys["municipal_form"]
    for item in catalogue.programme.items:
        assert form.question(item.question_id).frameworks == [item.framework]


def test_reasons_belong_to_their_item_and_to_all(catalogue: Catalogue) -> None:
    reasons = catalogue.surveys["municipal_form"].question("item_a_reason").allowed
    assert list(reasons) == ["a1", "a2", "a3", "g1", "g2"]
    small = {key for key, reason in catalogue.programme.reasons.items() if reason.small}
    expected = {
        "a2",
        "a3",
        "i2",
        "i3",
        "i4",
        "u2",
        "e1",
        "e2",
        "e3",
        "o3",
        "ka1",
        "ki1",
        "ku2",
        "ku3",
    }
    assert small == expected


def test_crosswalk_names_every_old_item_once(catalogue: Catalogue) -> None:
    fed = [item for row in catalogue.programme.crosswalk for item in row.old_items]
    assert sorted(fed) == sorted(item.key for item in catalogue.programme.items_of("h27r2"))


def test_published_figures_stand_beside_their_support(catalogue: Catalogue) -> None:
    published = {
        entry.key: catalogue.fact(entry.published_fact).value
        for entry in catalogue.programme.support_items
        if entry.published_fact
    }
    assert published == {"sup_wide_area": 89.4, "sup_staff_training": 85.1}
    evaluation = catalogue.programme.issues["evaluation"].published_fact
    assert evaluation is not None
    assert catalogue.fact(evaluation).value == 95.7


@pytest.mark.parametrize(
    ("service_name", "facility_type"),
    [
        ("訪問看護", "visiting_nurse_station"),
        ("短期入所療養介護(療養病床を有する病院等）", "medical_short_stay_facility"),
        ("特定施設入居者生活介護（有料老人ホーム（外部サービス利用型））", "specified_facility"),
        ("看護小規模多機能型居宅介護（複合型サービス）", "nursing_small_multifunction"),
        ("介護老人福祉施設", "special_nursing_home"),
        ("地域密着型通所介護", "community_day_service_office"),
        ("架空のサービス", None),
    ],
)
def test_service_names(catalogue: Catalogue, service_name: str, facility_type: str | None) -> None:
    assert catalogue.facility_type_of(service_name) == facility_type


def test_most_drawn_facilities_look_different(catalogue: Catalogue) -> None:
    looks = {key: catalogue.facility_types[key] for key in MOST_DRAWN}
    for one, other in combinations(looks.values(), 2):
        assert (one.color, one.symbol) != (other.color, other.symbol), (one.key, other.key)


def test_capacity_has_a_unit_where_there_is_one(catalogue: Catalogue) -> None:
    for entry in catalogue.facility_types.values():
        assert bool(entry.capacity_unit) == entry.has_capacity, entry.key


def test_newest_projection_comes_first(catalogue: Catalogue) -> None:
    projections = [key for key, entry in catalogue.editions.items() if entry.has_projection]
    assert projections == ["ipss2023", "ipss2018", "demo"]
    assert [entry.key for entry in catalogue.denominators][:3] == ["juki", "census", "ltc_insured"]


def test_designated_cities_stand_beside_municipalities(catalogue: Catalogue) -> None:
    assert catalogue.area_types["designated_city"].level == "municipality"


def test_headings_are_the_only_keys() -> None:
    for path in ROOT.rglob("*.toml"):
        assert "\nkey = " not in path.read_text(encoding="utf-8"), path.name
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name
