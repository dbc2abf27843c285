"""Every fault of the catalogue is named by file, entry and field, and a new entry needs no Python."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import data.catalogue as catalogue_package
from data.build import build_from_raw
from data.catalogue import CatalogueError, load_catalogue
from data.generations import Store

ROOT = Path(catalogue_package.__file__).parent


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
    ("indicators/programme.toml", "[item_rate]", "[pop_75plus]", ("pop_75plus", "demand.toml")),
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
        "surveys/municipal_form.toml",
        'then = ["council_area"]',
        'then = ["council_zone"]',
        ("rules 26", "then", "council_zone", "設問はありません"),
    ),
    (
        "surveys/prefectural_form.toml",
        'answers = ["0"]',
        'answers = ["no"]',
        ("p_council", "answers", "「no」", "使える値：1、0"),
    ),
    (
        "surveys/prefectural_form.toml",
        'kind = "forbids"',
        'kind = "at_least_one"',
        ("p_council", "wanted", "合いません"),
    ),
    (
        "surveys/municipal_form.toml",
        'then = ["coord_fte"]',
        'then = ["coord_level"]',
        ("coord_level", "数の設問ではありません"),
    ),
    (
        "surveys/prefectural_form.toml",
        'id = "sup_data"',
        'id = "sup_wide_area"',
        ("sup_wide_area", "2回"),
    ),
    (
        "surveys/prefectural_form.toml",
        'id = "p_council"',
        'id = "council"',
        ("council", "surveys/municipal_form.toml", "別の記号"),
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


def test_a_fault_is_told_before_any_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty() -> None:
        raise CatalogueError("indicators/own.toml")

    monkeypatch.setattr("data.build.load_catalogue", faulty)
    monkeypatch.setattr("data.build.read_folder", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(CatalogueError, match=r"own\.toml"):
        build_from_raw(Store(tmp_path / "store"), raw=tmp_path, dataset="official")
