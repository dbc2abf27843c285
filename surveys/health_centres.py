"""Which health centre a printed name or code is, within one prefecture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from data.harmonise.names import fold_name, prefecture_name
from surveys.checked import Decisions
from surveys.month_labels import is_total
from surveys.places import Respondent
from surveys.wording import normal

_OFFICE = (
    r"保健所|保健福祉事務所|保健福祉センター|健康福祉センター|健康福祉事務所|厚生センター"
    r"|保健福祉環境事務所|福祉保健所|保健環境事務所"
)
_SUFFIX = re.compile(rf"({_OFFICE})?(所?管内|管轄(区域)?|の?区域|圏域)?$")
_OFFICE_NAME = re.compile(rf".({_OFFICE})(所?管内|管轄(区域)?)?$")
_ASIDE = re.compile(r"[((].*?[))]|^[0-9]{1,2}[.．:、]")
_KANA = r"(?!のみ|ほか|など|うち|もと)[ぁ-んァ-ヶー]+"
_HARMLESS = re.compile(rf"[((](({_OFFICE})?所?管内|管轄|所管|{_OFFICE}|{_KANA})[))]")
_BRANCH = re.compile(r"支所|分室|分所|出張所|支部|駐在|分庁舎|支庁")
_SUM = re.compile(r"[((]?(合計|小計|総計|計|全体)[))]?$")
_JOINING = re.compile(r"[・、,/+&＋＆，／\s]|及び|および|と")
_SUBSET = re.compile(r"再掲|^[((]?うち")
_NOTE = re.compile(r"^(※|\*|注|[((]注|備考|出典|資料)")
_NEAR = 50.0


class HealthCentres:
    """The health-centre areas of one prefecture (of all, where it is blank), by code or name."""

    def __init__(self, names: Mapping[str, str], *, prefecture: str, decisions: Decisions) -> None:
        every = {code: name for code, name in names.items() if code.startswith("hc-")}
        self.prefecture = prefecture
        self.prefectures = {
            c: n for c, n in names.items() if re.fullmatch(r"[0-9]{2}", c) and c != "00"
        }
        self.names = {c: n for c, n in every.items() if c.startswith(f"hc-{prefecture}")}
        self._decisions = decisions
        self._prefixes = _prefixes(names, prefecture)
        self._cores: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            self._cores[self._core(name)].add(code)
        self._elsewhere = {self._core(n) for c, n in every.items() if c not in self.names}

    def find(self, code_text: str, name_text: str) -> tuple[Respondent, bool]:
        """Return whom a row is about, and whether a person has said so."""
        found = self._find(code_text, name_text)
        return self._as_said(found, name_text or code_text, self._coded(code_text))

    def find_sum(self, text: str) -> tuple[Respondent, bool]:
        """Return the health centre whose own sum a label names, to be asked unless said."""
        part = _SUM.sub("", normal(text))
        codes = sorted(self._cores.get(self._core(part), ())) if part != normal(text) else []
        if len(codes) != 1 or not self.is_named(part):
            return Respondent("total"), False
        doubt = "合計の行ですが、ほかにこの保健所の件数がありません。保健所全体の件数ですか。"
        return self._as_said(Respondent("asked", doubt=doubt, candidates=tuple(codes)), text, "")

    def _as_said(self, found: Respondent, printed: str, by_code: str) -> tuple[Respondent, bool]:
        said = self._decisions.respondents.get(printed, "")
        said = said or self._decisions.remembered.get(printed, "")
        if found.kind != "asked" or said not in self.names or (by_code and by_code != said):
            return found, False
        return Respondent("respondent", said), True

    def is_named(self, text: str) -> bool:
        """Tell whether a cell is surely the name of one of these health centres."""
        core = self._core(text)
        is_short = len(core) < 2 and not _OFFICE_NAME.search(normal(text))
        return bool(core) and not is_short and len(self._cores.get(core, ())) == 1

    def is_coded(self, text: str) -> bool:
        """Tell whether a cell is the code of one of these health centres."""
        return bool(self._coded(text))

    def is_municipality(self, text: str) -> bool:
        """Tell whether a cell names a respondent and no total."""
        return self.is_named(text)

    def is_office(self, text: str) -> bool:
        """Tell whether a cell names a health centre, one of these or not."""
        plain = _ASIDE.sub("", normal(text))
        is_office = len(plain) < 25 and ":" not in plain and bool(_OFFICE_NAME.search(plain))
        return self.is_named(text) or is_office or (len(plain) < 25 and self.is_branch(text))

    def is_branch(self, text: str) -> bool:
        """Tell whether a text names a branch of one of these health centres."""
        return bool(_BRANCH.search(normal(text))) and bool(self._begun(text))

    def _find(self, code_text: str, name_text: str) -> Respondent:
        name = normal(name_text)
        if _NOTE.search(name):
            return Respondent("note")
        if _SUBSET.search(name):
            return Respondent("subset")
        if not self.is_named(name_text) and (is_total(name) or fold_name(name) in self._prefixes):
            return Respondent("total")
        code, by_name = self._coded(code_text), self._named(name_text)
        if not code_text:
            return by_name
        if not code:
            doubt = "この都道府県の保健所のコードではありません。"
            return Respondent("asked", doubt=doubt, candidates=self._both(by_name))
        if name_text and by_name.code != code:
            doubt = "コードと保健所名が合いません。"
            candidates = tuple(dict.fromkeys([code, *self._both(by_name)]))
            return Respondent("asked", doubt=doubt, candidates=candidates)
        return Respondent("respondent", code, by_name.mended)

    def _both(self, found: Respondent) -> tuple[str, ...]:
        return (found.code,) if found.code else found.candidates

    def _coded(self, text: str) -> str:
        digits = re.sub(r"^hc-?|\.0$", "", normal(text))
        return f"hc-{digits}" if f"hc-{digits}" in self.names else ""

    def _named(self, text: str) -> Respondent:
        core = self._core(text)
        codes = sorted(self._cores.get(core, ())) if core else []
        if len(codes) == 1:
            own = self.names[codes[0]]
            mended = f"「{text[:40]}」を「{own}」と読みました。" if own != text.strip() else ""
            return Respondent("respondent", codes[0], mended)
        if codes:
            doubt = "同じ名前の保健所が複数あります。"
            return Respondent("asked", doubt=doubt, candidates=tuple(codes))
        if not core:
            return Respondent("asked", doubt="どの保健所のものか書かれていません。")
        if doubt := self._joined(text):
            return Respondent("asked", doubt=doubt)
        if begun := self._begun(text):
            doubt = "支所や一部のようです。保健所全体の件数かを確かめてください。"
            return Respondent("asked", doubt=doubt, candidates=begun)
        near = process.extract(
            core,
            {code: self._core(name) for code, name in self.names.items()},
            scorer=fuzz.ratio,
            limit=3,
            score_cutoff=_NEAR,
        )
        doubt = "この都道府県にない保健所名です。"
        if core in self._elsewhere:
            doubt = "他の都道府県の保健所です。"
        return Respondent("asked", doubt=doubt, candidates=tuple(code for *_, code in near))

    def _joined(self, text: str) -> str:
        """Return what to say of a name that joins several of these health centres."""
        known = [piece for piece in _JOINING.split(text) if self._cores.get(self._core(piece))]
        if len(known) < 2:
            return ""
        return "複数の保健所を合わせた件数のようです。保健所ごとに分けて書き直してください。"

    def _begun(self, text: str) -> tuple[str, ...]:
        """Return the health centre with whose name a longer text begins."""
        plain = normal(text)
        office = re.match(rf".+?({_OFFICE})", plain)
        codes = self._cores.get(self._core(office[0]), set()) if office else set()
        codes = codes or self._cores.get(self._core(_ASIDE.sub("", plain)), set())
        return tuple(sorted(codes)) if len(codes) == 1 else ()

    def _core(self, text: str) -> str:
        """Return the name without the words for the office and the prefecture before it.

        Words in brackets stay where they may narrow it to a part.
        """
        bare = re.sub(r"^[0-9]{1,2}[.．:、]", "", _HARMLESS.sub("", fold_name(normal(text))))
        for prefix in self._prefixes:
            bare = bare.replace(f"({prefix})", "")
        for prefix in self._prefixes:
            if bare.startswith(prefix) and len(bare) > len(prefix):
                bare = bare.removeprefix(prefix).removeprefix("立")
                break
        return _SUFFIX.sub("", bare)


def _prefixes(names: Mapping[str, str], prefecture: str) -> list[str]:
    if not prefecture:
        return []
    own = names.get(prefecture) or prefecture_name(prefecture) or ""
    return [fold_name(own)] if own else []
