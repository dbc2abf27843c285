"""Invented names with their readings; no municipality of Japan bears one of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

PREFECTURES = (
    ("81", "見北県", "みきたけん"),
    ("82", "例原県", "れいばらけん"),
    ("83", "仮野県", "かりのけん"),
    ("84", "想川県", "そうかわけん"),
    ("85", "夢見県", "ゆめみけん"),
    ("86", "架橋県", "かきょうけん"),
    ("87", "試浜県", "ためしはまけん"),
    ("88", "模岡県", "もおかけん"),
    ("89", "空見県", "そらみけん"),
    ("90", "習崎県", "ならいざきけん"),
    ("91", "型島県", "かたしまけん"),
    ("92", "練丘県", "ねりおかけん"),
)
_FIRST = (
    ("暁", "あけ"), ("星", "ほし"), ("虹", "にじ"), ("霞", "かすみ"), ("雲", "くも"),
    ("笛", "ふえ"), ("琴", "こと"), ("鈴", "すず"), ("露", "つゆ"), ("灯", "ともし"),
    ("綾", "あや"), ("紬", "つむぎ"), ("楓", "かえで"), ("萌", "もえ"), ("雫", "しずく"),
    ("凪", "なぎ"), ("渚", "なぎさ"), ("錦", "にしき"), ("宵", "よい"), ("蛍", "ほたる"),
)  # fmt: skip
_SECOND = (
    ("待", "まち"), ("見", "み"), ("結", "ゆい"), ("渡", "わたり"), ("守", "もり"),
    ("巡", "めぐり"), ("越", "こし"), ("織", "おり"), ("映", "うつし"), ("招", "まねき"),
    ("語", "かたり"), ("汲", "くみ"),
)  # fmt: skip
_INLAND = (
    ("原", "はら"), ("野", "の"), ("丘", "おか"), ("里", "さと"), ("川", "かわ"), ("台", "だい"),
)  # fmt: skip
_MOUNTAIN = (("谷", "たに"), ("沢", "さわ"), ("峰", "みね"), ("森", "もり"), ("滝", "たき"))
_COAST = (("浜", "はま"), ("崎", "さき"), ("浦", "うら"), ("津", "つ"), ("岬", "みさき"))
_ENDINGS = {"inland": _INLAND, "mountain": _MOUNTAIN, "coast": _COAST}
_MISSES = 200  # draws in vain before names get a fourth part
_SUFFIX = {"市": "し", "町": "まち", "村": "むら", "区": "く", "郡": "ぐん"}
WARD_STEMS = (
    ("中", "なか"), ("北", "きた"), ("南", "みなみ"), ("東", "ひがし"), ("西", "にし"),
    ("港", "みなと"), ("緑", "みどり"), ("旭", "あさひ"),
)  # fmt: skip


def stems(rng: np.random.Generator) -> dict[str, Iterator[tuple[str, str]]]:
    """Return for each landscape an endless draw of stems (written, read), none of them twice."""
    taken: set[str] = set()

    def draw(landscape: str) -> Iterator[tuple[str, str]]:
        endings = _ENDINGS[landscape]
        misses = 0
        while True:
            parts = [
                options[int(rng.integers(len(options)))] for options in (_FIRST, _SECOND, endings)
            ]
            written = "".join(part for part, _ in parts)
            if misses > _MISSES:
                parts.insert(1, _FIRST[int(rng.integers(len(_FIRST)))])
                written = "".join(part for part, _ in parts)
            misses += 1
            if written not in taken:
                misses = 0
                taken.add(written)
                yield written, "".join(reading for _, reading in parts)

    return {landscape: draw(landscape) for landscape in _ENDINGS}


def with_suffix(stem: tuple[str, str], suffix: str) -> tuple[str, str]:
    """Return the full name and its reading, such as 星待原市."""
    return stem[0] + suffix, stem[1] + _SUFFIX[suffix]
