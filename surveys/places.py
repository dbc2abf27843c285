"""Who a row is about: a printed code and name to today's municipality, or a question to ask."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analytics.name_search import fold as fold_kana
from data.harmonise.names import fold_name, split_district
from surveys.code_history import RESPONDENT_TYPES, code_readings, prefecture_code, successors
from surveys.place_names import former_names, nearest, spellings_of, without_ordinal

RowKind = Literal["respondent", "asked", "total", "subset", "union", "note"]

_TOTAL = re.compile(
    r"(合計|総計|小計|累計|平均|全国|全県|全道|全府|県内|道内|府内)|計$|.(圏域?|保健所|管内|医療圏)$"
)
_SUBSET = re.compile(r"再掲|^うち|^[((]?うち")
_UNION = re.compile(r"(広域連合|事務組合|組合|保険者協議会)$")
_NOTE = re.compile(r"^(※|\*|注|[((]注|備考|出典|資料)")
_TAIL = re.compile(r"[((].*?[))]|[※*].*$|(役所|役場)$")
_PLAIN_TAIL = re.compile(
    r"[((](.+[都道府県]|.*(課|係|室|担当|圏域?|保健所|管内|郡)|(政令)?指定都市|中核市|特別区|[市区町村]"
    r"|[ぁ-ゖァ-ヶー]+|(※|\*|注)?[0-9]{1,6}|回答済?|済)[))]"
)
_EXAMPLE = re.compile(r"[((]例[))]|(記入|記載|回答)例")
_TAIL_LEFT = "名前に付いた語を除きました。"
_WORD_BESIDE = "市町村の一部か、別の年度や見込みなどの行のようです。"
_EXAMPLE_ROW = "記入例の行のようです。"
_TWO_READINGS = "団体コードが二通りに読めます。"
_ONE_NAME = "同じ名前の市町村が複数あります。"
_EITHER = (_TWO_READINGS, _ONE_NAME)


@dataclass(frozen=True)
class Respondent:
    """What a row's code and name say; code is set only for the kind respondent."""

    kind: RowKind
    code: str = ""
    mended: str = ""
    doubt: str = ""
    candidates: tuple[str, ...] = ()


class Places:
    """The respondents of one prefecture (of all, where it is blank), found by code or name.

    respondent is that of the form. areas has area_code, area_type, name, name_kana and valid_to;
    changes has old_code, new_code and reason.
    """

    def __init__(
        self,
        areas: pd.DataFrame,
        changes: pd.DataFrame,
        *,
        prefecture: str,
        respondent: str = "municipality",
    ) -> None:
        own = areas[areas["area_code"].str.match(rf"(\D+-)?{prefecture}")]
        kinds = own["area_type"].isin(RESPONDENT_TYPES[respondent])
        living = own[kinds & own["valid_to"].isna()]
        self.prefecture = prefecture
        whole_ones = areas[areas["area_type"] == "prefecture"]
        self.prefectures = dict(zip(whole_ones["area_code"], whole_ones["name"], strict=True))
        self.names = dict(zip(living["area_code"], living["name"], strict=True))
        self._wards = frozenset(own.loc[own["area_type"] == "ward", "name"].map(fold_name))
        is_part = respondent != "prefecture" and prefecture in self.prefectures
        self._whole = fold_name(self.prefectures[prefecture]) if is_part else ""
        self._same, self._joined = successors(changes)
        self._spellings = spellings_of(living)
        self._without_suffix: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            self._without_suffix[fold_name(name)[:-1]].add(code)
        self._found: dict[tuple[str, str], Respondent] = {}
        self._named: dict[str, bool] = {}
        self._towns: dict[str, bool] = {}
        self._coded: dict[str, bool] = {}
        self._former = former_names(own[kinds & own["valid_to"].notna()], self._spellings)

    def find(self, code_text: str, name_text: str) -> Respondent:
        """Return whom a row is about, by its printed code and name."""
        key = (code_text, name_text)
        if key not in self._found:
            self._found[key] = self._find(code_text, name_text)
        return self._found[key]

    def _find(self, code_text: str, name_text: str) -> Respondent:
        kind = self._special(code_text, name_text)
        if kind:
            return Respondent(kind)
        by_code = self._by_code(code_text) if code_text else None
        by_name = self._by_name(name_text) if name_text else None
        if by_code is None or by_name is None:
            found = by_code or by_name
            return found or Respondent("asked", doubt="市町村名も団体コードもありません。")
        return self._agreed(by_code, by_name)

    def is_named(self, text: str) -> bool:
        """Tell whether a cell is surely a municipality's name or a total."""
        if text not in self._named:
            self._named[text] = self._is_named(text)
        return self._named[text]

    def is_municipality(self, text: str) -> bool:
        """Tell whether a cell is surely a municipality's name."""
        if text not in self._towns:
            self._towns[text] = self.is_named(text) and self._special("", text) is None
        return self._towns[text]

    def _is_named(self, text: str) -> bool:
        if not text or len(text) > 30 or re.fullmatch(r"[0-9.]+", text):
            return False
        if self._special("", text) in ("total", "union"):
            return True
        found = self._spelt(text)
        return found is not None and found.kind == "respondent"

    def is_coded(self, text: str) -> bool:
        """Tell whether a cell is the code of a municipality of the prefecture."""
        if text not in self._coded:
            self._coded[text] = self._by_code(text).kind == "respondent"
        return self._coded[text]

    def _special(self, code_text: str, name_text: str) -> RowKind | None:
        name = _plain(name_text) or _plain(code_text)
        if _NOTE.search(name):
            return "note"
        if _SUBSET.search(name):
            return "subset"
        if fold_name(name) in self._spellings:
            return None
        if _UNION.search(name):
            return "union"
        return "total" if _TOTAL.search(name) or (name and fold_name(name) == self._whole) else None

    def _agreed(self, by_code: Respondent, by_name: Respondent) -> Respondent:
        codes = {found.code for found in (by_code, by_name) if found.code}
        if by_code.code and by_code.code == by_name.code:
            notes = (by_code.mended, by_name.mended)
            return Respondent("respondent", by_code.code, " ".join(note for note in notes if note))
        for sure, open_one in ((by_code, by_name), (by_name, by_code)):
            if open_one.doubt in _EITHER and sure.code in open_one.candidates:
                return Respondent("respondent", sure.code, sure.mended)
        doubt = "団体コードと市町村名が合いません。" if len(codes) > 1 else ""
        first = by_code if by_code.kind == "asked" else by_name
        candidates = dict.fromkeys([*sorted(codes), *by_code.candidates, *by_name.candidates])
        return Respondent("asked", doubt=doubt or first.doubt, candidates=tuple(candidates))

    def _by_code(self, printed: str) -> Respondent:
        whole = prefecture_code(_plain(printed))
        for known_as in (_plain(printed), whole):
            if known_as in self.names:
                return Respondent("respondent", known_as)
        text = _plain(printed).removesuffix(".0").replace("-", "")
        if not re.fullmatch(r"[0-9]{4,6}", text):
            return Respondent("asked", doubt="団体コードとして読めません。")
        readings = [reading for reading in code_readings(text) if reading[0]]
        known = {}
        for code, note in readings:
            now = code if code in self.names else self._same.get(code, "")
            if now in self.names:
                known[now] = note if now == code else "旧コードを今のコードに直しました。"
        if len(known) == 1:
            code, note = next(iter(known.items()))
            return Respondent("respondent", code, note)
        if known:
            return Respondent("asked", doubt=_TWO_READINGS, candidates=tuple(known))
        return self._unknown_code(text, [code for code, _ in readings])

    def _unknown_code(self, text: str, codes: list[str]) -> Respondent:
        joined = next((self._joined[code] for code in codes if code in self._joined), "")
        if joined in self.names:
            doubt = "合併した市町村のコードです。"
            return Respondent("asked", doubt=doubt, candidates=(joined,))
        if not codes:
            return Respondent("asked", doubt="団体コードの検査数字が合いません。")
        inside = any(code.startswith(self.prefecture) for code in codes)
        outside = "他の都道府県の団体コードです。"
        doubt = "団体コードがこの都道府県にありません。" if inside else outside
        return Respondent("asked", doubt=doubt)

    def _by_name(self, printed: str) -> Respondent:
        found = self._spelt(printed) or self._unspelt(printed)
        text = _plain(printed)
        if _EXAMPLE.search(text):
            return Respondent("asked", doubt=_EXAMPLE_ROW)
        if found.mended == _TAIL_LEFT and re.search("[((]", _PLAIN_TAIL.sub("", text)):
            return Respondent("asked", doubt=_WORD_BESIDE, candidates=(found.code,))
        return found

    def _spelt(self, printed: str) -> Respondent | None:
        """Return the place whose name a text is, in whatever spelling."""
        text = _plain(printed)
        bare = fold_name(text).removeprefix(self._whole)
        own = split_district(bare)[1]
        for form, note in (
            (fold_name(text), ""),
            (bare, "都道府県名を除きました。"),
            (own, "郡名を除きました。"),
            (split_district(_TAIL.sub("", bare))[1], _TAIL_LEFT),
            (fold_kana(text), ""),
            (split_district(without_ordinal(bare))[1], "名前の前の番号を除きました。"),
        ):
            codes = self._spellings.get(form, set()) | self._former.get(form, set())
            if codes:
                return self._one_of(codes, text, note)
        short = self._without_suffix.get(own, set())
        return self._one_of(short, text, "") if short else None

    def _unspelt(self, printed: str) -> Respondent:
        """Return a question, with the places whose names are near."""
        text = fold_name(_plain(printed))
        if text in self._wards:
            return Respondent("asked", doubt="行政区です。市としての回答を確かめてください。")
        former = self._spelt(text.removeprefix("旧")) if text.startswith("旧") else None
        if former:
            doubt = "合併などでなくなった市町村か、市町村の一部です。"
            codes = (former.code,) if former.code else former.candidates
            return Respondent("asked", doubt=doubt, candidates=codes)
        doubt = "この都道府県にない市町村名です。"
        near = nearest(_plain(printed), self._spellings)
        return Respondent("asked", doubt=doubt, candidates=near)

    def _one_of(self, codes: set[str], text: str, note: str) -> Respondent:
        """Return the only place of a spelling; several, or one that was joined, are asked."""
        living = tuple(sorted(code for code in codes if code in self.names))
        if len(codes) == 1 and living:
            code = living[0]
            respelt = f"「{self.names[code]}」と読みました。" if self.names[code] != text else ""
            return Respondent("respondent", code, note or respelt)
        joined = {self._same.get(code) or self._joined.get(code, "") for code in codes}
        if len(codes) == 1 and self._same.get(next(iter(codes))) in self.names:
            code = self._same[next(iter(codes))]
            return Respondent("respondent", code, f"旧名を「{self.names[code]}」に直しました。")
        candidates = tuple(sorted({*living, *(code for code in joined if code in self.names)}))
        doubt = _ONE_NAME if living else "合併などでなくなった市町村です。"
        return Respondent("asked", doubt=doubt, candidates=candidates)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
