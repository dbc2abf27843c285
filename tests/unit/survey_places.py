"""An invented prefecture with every difficulty that names of municipalities have."""

from __future__ import annotations

import pandas as pd

from surveys.places import Places

COLUMNS = ["area_code", "area_type", "name", "name_kana", "valid_to"]
AREAS = [
    ("81", "prefecture", "東見本県", "ひがしみほんけん", None),
    ("81100", "designated_city", "中央市", "ちゅうおうし", None),
    ("81101", "ward", "中央市北区", "ちゅうおうしきたく", None),
    ("81201", "municipality", "山手市", "やまてし", None),
    ("81202", "municipality", "川辺市", "かわべし", None),
    ("81203", "municipality", "龍ケ崎市", "りゅうがさきし", None),
    ("81204", "municipality", "滝沢市", "たきさわし", None),
    ("81301", "municipality", "滝沢村", None, "2018-03-31"),
    ("81401", "municipality", "川辺町", "やまぐんかわべまち", None),
    ("81402", "municipality", "旧里町", None, "2018-03-31"),
    ("81403", "municipality", "泊村", "やまぐんとまりむら", None),
    ("81404", "municipality", "泊村", "うみぐんとまりむら", None),
    ("81405", "municipality", "塩竈町", "うみぐんしおがままち", None),
    ("81406", "municipality", "森ヶ丘町", "うみぐんもりがおかまち", None),
    ("82201", "municipality", "港市", "みなとし", None),
    ("01100", "designated_city", "札幌市", "さっぽろし", None),
    ("01202", "municipality", "函館市", "はこだてし", None),
    ("01303", "municipality", "当別町", "いしかりぐんとうべつちょう", None),
]
CHANGES = [
    ("81402", "81201", "編入合併"),
    ("81301", "81204", "市制施行"),
]


def places_of(prefecture: str = "81") -> Places:
    return Places(
        pd.DataFrame(AREAS, columns=COLUMNS),
        pd.DataFrame(CHANGES, columns=["old_code", "new_code", "reason"]),
        prefecture=prefecture,
    )
