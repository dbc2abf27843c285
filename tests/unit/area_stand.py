"""Look-ups over a few invented areas, built with the real class."""

from __future__ import annotations

import pandas as pd

from data.harmonise.areas import AreaIndex

_PLACES = [
    # area_code, area_type, name, district, city_code, valid_to, prefecture_name
    ("81100", "designated_city", "中央市", "", "", None, "東見本県"),
    ("81101", "ward", "中央市北区", "", "81100", None, "東見本県"),
    ("81102", "ward", "中央市南区", "", "81100", None, "東見本県"),
    ("81201", "municipality", "山手市", "", "", None, "東見本県"),
    ("81401", "municipality", "森ヶ丘町", "山郡", "", None, "東見本県"),
    ("81402", "municipality", "旧里町", "山郡", "", "2018-03-31", "東見本県"),
    ("82201", "municipality", "山手市", "", "", None, "西見本県"),
]
_CHANGES = [("81402", "81201", "2018-04-01", "編入合併")]


def area_stand() -> AreaIndex:
    columns = ["area_code", "area_type", "name", "district", "city_code", "valid_to"]
    places = pd.DataFrame(_PLACES, columns=[*columns, "prefecture_name"])
    changes = pd.DataFrame(_CHANGES, columns=["old_code", "new_code", "changed_on", "reason"])
    return AreaIndex(places=places, changes=changes)
