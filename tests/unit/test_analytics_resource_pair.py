from __future__ import annotations

import pandas as pd

from analytics.resource_pair import pair_rows, pair_sentence

LABELS = {"hospital": "病院", "clinic": "診療所", "pharmacy": "薬局"}
NAMES = ("中央市", "山手市")


def counts(**changes: object) -> pd.DataFrame:
    rows = [
        ("81100", "hospital", 12, 2.0, 1.5, 2.5, 900),
        ("81201", "hospital", 2, 3.0, 2.6, 3.4, None),
        ("81100", "clinic", 50, 8.0, 7.0, 9.0, None),
        ("81201", "clinic", 9, 8.5, 7.5, 9.5, None),
        ("81100", "pharmacy", None, None, None, None, None),
        ("81201", "pharmacy", 4, 1.0, 0.5, 1.5, None),
    ]
    columns = ["area_code", "facility_type", "facilities", "per_10k_75plus", "lower_ci",
               "upper_ci", "capacity"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).assign(**changes)


def said(frame: pd.DataFrame) -> str:
    rows = pair_rows(frame, codes=("81100", "81201"))
    return pair_sentence(rows, names=NAMES, type_labels=LABELS)


def test_both_areas_stand_beside_each_other_in_the_order_of_types() -> None:
    rows = pair_rows(counts(), codes=("81201", "81100"))
    assert rows["facility_type"].tolist() == ["hospital", "clinic", "pharmacy"]
    assert rows["a.facilities"].tolist() == [2, 9, 4]
    assert rows["b.capacity"].iloc[0] == 900


def test_only_what_chance_hardly_explains_is_called_a_difference() -> None:
    text = said(counts())
    assert "病院（75歳以上人口1万人あたり）：中央市2.00か所、山手市3.00か所。" in text
    assert "中央市の方が低く、偶然だけでは説明しにくい差です。" in text
    assert "診療所（75歳以上人口1万人あたり）：中央市8.00か所、山手市8.50か所。偶然でも" in text


def test_a_higher_rate_is_called_higher() -> None:
    higher = counts().replace({"per_10k_75plus": {2.0: 9.0}})
    higher.loc[0, ["lower_ci", "upper_ci"]] = [8.0, 10.0]
    assert "中央市の方が高く、偶然だけでは説明しにくい差です。" in said(higher)


def test_what_is_not_covered_has_no_figure() -> None:
    assert "薬局：中央市はデータなし。" in said(counts())
    assert "薬局：中央市0" not in said(counts())


def test_without_people_the_counts_are_told() -> None:
    none = counts(per_10k_75plus=float("nan"))
    assert "病院：中央市12か所、山手市2か所。" in said(none)
