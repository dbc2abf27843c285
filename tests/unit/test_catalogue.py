"""The catalogue loads, says what it must, and names the file, entry and field of every fault."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

import data.catalogue as catalogue_package
from data.catalogue import Catalogue, CatalogueError, load_catalogue
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


@pytest.fixture
def edit(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Return a function that copies the catalogue with one text replaced in one file."""

    def copy_with(name: str, old: str, new: str) -> Path:
        root = tmp_path / "catalogue"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        content = (root / name).read_text(encoding="utf-8")
        assert old in content, f"{old!r} is not in {name}"
        (root / name).write_text(content.replace(old, new, 1), encoding="utf-8")
        return root

    return copy_with


def test_it_has_the_65_indicators_and_our_variants(catalogue: Catalogue) -> None:
    assert set(catalogue.indicators) >= OWN_INDICATORS
    assert len(set(catalogue.indicators) - OWN_INDICATORS) == 65


@pytest.mark.parametrize(
    ("indicator_id", "polarity", "smallest_level", "disclosure"),
    [
        ("death_home_rate", "no_judgement", "municipality", "persons"),
        ("discharge_gap_rate", "low_is_good", "health_center_area", "persons"),
        ("zaishishin", "high_is_good", "municipality", "facilities"),
        ("cert_rate", "no_judgement", "insurer", "persons"),
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


FAULTS = [
    (
        "indicators/resources.toml",
        'polarity = "high_is_good"',
        'polarity = "good"',
        ("zaishishin", "polarity", "no_judgement"),
    ),
    ("indicators/demand.toml", 'unit = "人"\n', "", ("pop_75plus", "unit", "必要な項目")),
    ("indicators/demand.toml", 'unit = "人"', 'unit = ""', ("pop_75plus", "unit", "空")),
    (
        "indicators/demand.toml",
        "decimals = 0",
        'decimals = "0"',
        ("pop_75plus", "decimals", "求める型"),
    ),
    (
        "indicators/demand.toml",
        "decimals = 0",
        "decimals = 0\ncolour = 1",
        ("pop_75plus", "colour", "使える項目"),
    ),
    (
        "indicators/resources.toml",
        '"home_care_support_clinic"',
        '"home_care_clinic"',
        ("zaishishin", "home_care_clinic", "home_care_support_clinic"),
    ),
    (
        "indicators/demand.toml",
        '"certified_1st"',
        '"certified_all"',
        ("cert_rate", "certified_all", "certified_1st"),
    ),
    (
        "indicators/programme.toml",
        '"coord_fte"',
        '"coord_hours"',
        ("coordinator_fte", "coord_hours", "coord_fte"),
    ),
    (
        "indicators/programme.toml",
        'values = ["done"]',
        'values = ["finished"]',
        ("items_done", "finished", "done"),
    ),
    (
        "indicators/demand.toml",
        'kind = "population_count"',
        'kind = "head_count"',
        ("pop_75plus", "head_count", "population_count"),
    ),
    (
        "indicators/demand.toml",
        'group = "age_75_plus"',
        'group = "age_75_plus"\nper = 100',
        ("pop_75plus", "recipe.per", "使える項目：kind、group"),
    ),
    (
        "indicators/demand.toml",
        'group = "age_75_plus"',
        'group = "age_70_plus"',
        ("pop_75plus", "recipe.group", "age_75_plus"),
    ),
    (
        "indicators/demand.toml",
        'domain = "demand"',
        'domain = "supply"',
        ("pop_75plus", "domain", "resource_med"),
    ),
    (
        "indicators/resources.toml",
        "per = 10000\n",
        'per = 10000\nattribute = { key = "open_24h", value = true }\n',
        ("zaishishin", "open_24h", "grades"),
    ),
    ("indicators/demand.toml", "[pop_85plus]", "[pop_75plus]", ("同じ見出しが2回",)),
    ("indicators/outcomes.toml", "[want_homecare]", "[pop_75plus]", ("pop_75plus", "demand.toml")),
    ("sources.toml", 'licence = "CC BY 4.0"', 'license = "CC BY 4.0"', ("n03", "licence")),
    ("measures.toml", '"ltc_report"', '"ltc_reports"', ("insured_1st", "source_key", "ltc_report")),
    (
        "facility_types.toml",
        'group = "medical"',
        'group = "medicine"',
        ("hospital", "group", "medical"),
    ),
    (
        "facility_types.toml",
        'service_names = ["訪問看護"]',
        'service_names = ["訪問介護"]',
        ("visiting_nurse_station", "home_help_office"),
    ),
    ("facility_types.toml", "[types.hospital]", "[kinds.hospital]", ("kinds", "types")),
    ("denominators.toml", 'edition = "juki"', 'edition = "jukki"', ("juki", "edition", "census")),
    (
        "denominators.toml",
        '"nearest:2025"',
        '"about:2025"',
        ("ipss2023", "year_rule", "about:2025"),
    ),
    ("programme.toml", '["a", "i"]', '["a", "x"]', ("cross_1", "old_items", "ku")),
    ("programme.toml", '"F092"', '"F999"', ("sup_wide_area", "published_fact", "F999")),
    (
        "programme.toml",
        'implemented_values = ["done"]',
        'implemented_values = ["yes"]',
        ("［a］", "implemented_values", "partial"),
    ),
    (
        "surveys/municipal_form.toml",
        'allowed = "status"',
        'allowed = "state"',
        ("item_a_status", "allowed", "status"),
    ),
    (
        "surveys/municipal_form.toml",
        'type = "year"',
        'type = "multi"',
        ("start_fy", "allowed", "選択肢がありません"),
    ),
    (
        "surveys/prefectural_form.toml",
        'id = "sup_data"',
        'id = "sup_wide_area"',
        ("sup_wide_area", "2回"),
    ),
    ("reference_facts.csv", "F002,", "F001,", ("F001", "2回")),
    ("reference_facts.csv", ",000,", ",009,", ("F001", "document", "004")),
    ("reference_facts.csv", "3657,3657", "3657,many", ("F001", "value", "many")),
    ("reference_facts.csv", "fact_id,area", "fact_id,place", ("F001", "area", "必要な項目")),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"), FAULTS, ids=[f"{f[0]}:{f[2][:24].strip()}" for f in FAULTS]
)
def test_a_fault_is_named(
    edit: Callable[[str, str, str], Path], name: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    root = edit(name, old, new)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(root)
    message = str(caught.value)
    assert caught.value.file == name
    assert caught.value.action
    for word in words:
        assert word in message


def test_a_missing_file_is_named(edit: Callable[[str, str, str], Path]) -> None:
    root = edit("sources.toml", "[n03]", "[n03]")
    (root / "measures.toml").unlink()
    with pytest.raises(CatalogueError, match=r"measures\.toml"):
        load_catalogue(root)


def test_a_new_indicator_needs_no_python(edit: Callable[[str, str, str], Path]) -> None:
    added = """# Added by a prefecture.

[group_home_capacity]
title = "グループホームの定員"
definition = "定員 ÷ 75歳以上人口"
unit = "75歳以上1万人対"
decimals = 1
polarity = "no_judgement"
dimension = "structure"
domain = "resource_care"
smallest_level = "municipality"
source_title = "情報公表"
cycle = "年"
disclosure = "facilities"
basis = "K"

[group_home_capacity.recipe]
kind = "facility_capacity_rate"
facility_types = ["dementia_group_home"]
per = 10000
"""
    root = edit("sources.toml", "[n03]", "[n03]")
    (root / "indicators" / "own.toml").write_text(added, encoding="utf-8")
    indicators = load_catalogue(root).indicators
    assert indicators["group_home_capacity"].title == "グループホームの定員"
    assert len(indicators) == len(load_catalogue().indicators) + 1


def test_headings_are_the_only_keys() -> None:
    for path in ROOT.rglob("*.toml"):
        assert "\nkey = " not in path.read_text(encoding="utf-8"), path.name
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name
