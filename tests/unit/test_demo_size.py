"""A demo region of any size: codes that never meet, names that never run out, longer series."""

from __future__ import annotations

import numpy as np
import pytest

from data.cli import main
from data.demo.geography import make_ground
from data.demo.longer_series import with_earlier_years
from data.demo.naming import stems
from data.demo.settlement import _district_codes
from data.demo.size import NATIONWIDE, DemoSize, size_of


@pytest.mark.parametrize("size", [NATIONWIDE, DemoSize(10)])
def test_codes_of_a_large_region_are_five_digits_and_unique(size: DemoSize) -> None:
    ground = make_ground(np.random.default_rng(7), scale=size.scale)
    codes = ground.municipalities["area_code"]
    assert len(codes) > 1_700
    assert codes.is_unique
    assert codes.str.fullmatch(r"\d{5}").all()
    whole = ground.municipalities[ground.municipalities["city_code"].isna()]
    assert whole["name"].is_unique
    assert not set(codes) & {old for old, *_ in ground.changes}


@pytest.mark.parametrize(
    ("cities", "districts", "codes"),
    [(5, 4, (301, 20)), (100, 10, (301, 20)), (101, 10, (311, 20)), (117, 36, (321, 10))],
)
def test_towns_begin_after_the_last_city(
    cities: int, districts: int, codes: tuple[int, int]
) -> None:
    assert _district_codes(cities=cities, districts=districts) == codes


def test_names_of_one_landscape_do_not_run_out() -> None:
    draw = stems(np.random.default_rng(1))["inland"]
    written = [next(draw)[0] for _ in range(1_800)]
    assert len(set(written)) == len(written)


def test_series_are_lengthened_backwards_and_shrink() -> None:
    rows = [
        ("81201", "市", "2023年度", "asked", "100"),
        ("81201", "市", "2023年度", "given", "***"),
        ("81201", "市", "2022年度", "points", "50.0"),
        ("81201", "市", "2023年度", "points", "60.0"),
    ]
    longer = with_earlier_years(rows, periods=3)
    assert longer[:4] == rows
    assert longer[4:] == [
        ("81201", "市", "2022年度", "asked", "98"),
        ("81201", "市", "2021年度", "asked", "96"),
        ("81201", "市", "2022年度", "given", "***"),
        ("81201", "市", "2021年度", "given", "***"),
        ("81201", "市", "2021年度", "points", "49.0"),
    ]
    assert with_earlier_years(rows, periods=0) == rows


def test_a_size_is_a_number_or_nationwide(capsys: pytest.CaptureFixture[str]) -> None:
    assert size_of("0.5") == DemoSize(0.5)
    assert size_of("nationwide") is NATIONWIDE
    for text in ("0", "13", "large", "nan"):
        assert main(["build", "demo", "--scale", text]) == 1
        assert "nationwide" in capsys.readouterr().err
