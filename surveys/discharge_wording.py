"""What headers of a care managers' form say: level of care, admission or discharge, which count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.content import SheetContent, text_of
from surveys.month_labels import is_part_of_year, month_in, read_month
from surveys.month_runs import holds_run
from surveys.wording import normal

CARE = {"support": "要支援", "care": "要介護"}
FLOWS = {"admissions": "入院", "discharges": "退院"}
_GRADE = re.compile(r"要(支援|介護)(?:度)?[1-5](?![1-5]?[~〜・,、\-]|[1-5])")
_BOTH_FLOWS = re.compile(r"入退院|入・退院|入院・?退院")
_NONE = re.compile(r"なし|無$|無し|ない|なかった|漏れ|もれ|未連絡|未提供")
_OTHER_TIME = re.compile(r"前年|昨年|前回|前々|目標|計画|予定|見込")
_RATIO = re.compile(r"率|割合|比$|%|パーセント|平均")
_OF_WHICH = re.compile(
    r"[(【\[]?再掲[)】\]]?(うち)?(の)?(退院)?(の)?直前(の)?(連絡|件数|連絡件数)?(\(件\))?|"
    r"(うち)?(の)?(退院)?(の)?直前(の)?(連絡|件数|連絡件数)?(\(件\))?[(【\[・]?再掲[)】\]]?"
)
_KINDS = {
    "late": re.compile(r"直前"),
    "told": re.compile(
        r"連絡(が)?(あり|有|あった|のあった)|連絡を受け|連絡のあった|調整あり|調整有|連絡件数$"
    ),
    "informed": re.compile(r"情報提供|情報を?提供|連携シート"),
    "known": re.compile(r"把握"),
}
_HEAD_ROWS = 15
_MONTH_HEADS = {"月", "調査月", "対象月", "年月"}
_EVENT = re.compile(r"入院|退院")
_COUNTED = re.compile(r"把握|連絡|情報提供|直前")
_CONTACT = re.compile(r"直前|連絡(が)?(あり|有|あった|のあった)|情報提供")
_CENTRE = re.compile(r"保健所|保健福祉事務所|健康福祉センター|ケアマネ|介護支援専門員")


@dataclass(frozen=True)
class Wording:
    """The parts of a question that a header names; blank where it leaves one open."""

    care: str = ""
    flow: str = ""
    kind: str = ""
    is_ratio: bool = False
    is_part: bool = False

    @property
    def question_id(self) -> str:
        """The question, blank unless every part is named and they go together."""
        flow = self.flow or {"informed": "admissions", "told": "discharges"}.get(self.kind, "")
        flow = "discharges" if self.kind == "late" else flow
        fits = self.kind == "known" or flow == self.natural_flow
        whole = self.care and self.kind and flow and fits
        return f"{flow}_{self.kind}_{self.care}" if whole and not self.is_part else ""

    @property
    def natural_flow(self) -> str:
        """The event that a count belongs to in this form."""
        own = {"informed": "admissions", "told": "discharges", "late": "discharges"}
        return own.get(self.kind, "")


def read_wording(levels: Sequence[str]) -> Wording:
    """Return what header texts say, the lowest one that names a part before those above it."""
    texts = [normal(level) for level in levels]
    whole = "".join(texts)
    is_part = bool(_GRADE.search(whole)) or bool(_NONE.search(texts[-1] if texts else ""))
    is_part = is_part or bool(_OTHER_TIME.search(whole)) or retold(levels)
    return Wording(
        care=care_in(whole),
        flow=next((flow for text in reversed(texts) if (flow := flow_in(text))), ""),
        kind=next((kind for text in reversed(texts) if (kind := _kind_in(text))), ""),
        is_ratio=bool(_RATIO.search(whole)),
        is_part=is_part,
    )


def retold(levels: Sequence[str]) -> bool:
    """Tell whether 再掲 makes a count a part of another; just before discharge it always is one."""
    return any("再掲" in text and not is_of_which(text) for text in levels)


def is_of_which(text: str) -> bool:
    """Tell whether 再掲 only says that the count just before discharge is one of those told."""
    return bool(_OF_WHICH.fullmatch(normal(text)))


def care_in(text: str) -> str:
    """Return the only level of care that a text names."""
    found = [key for key, word in CARE.items() if word in normal(text)]
    return found[0] if len(found) == 1 else ""


def flow_in(text: str) -> str:
    """Return whether a text speaks of admissions or of discharges alone."""
    plain = _BOTH_FLOWS.sub("", normal(text)).rpartition("うち")[2] or normal(text)
    found = [key for key, word in FLOWS.items() if word in plain]
    return found[0] if len(found) == 1 else ""


def _kind_in(text: str) -> str:
    plain = text.rpartition("うち")[2]
    found = [kind for kind, words in _KINDS.items() if words.search(plain)]
    return found[0] if found[:1] == ["late"] or len(found) == 1 else ""


def looks_like_discharge(sheets: Sequence[SheetContent]) -> bool:
    """Tell whether sheets that are no template of ours hold this form's counts by month."""
    heads = [
        normal(str(cell))
        for sheet in sheets
        for row in sheet.rows[:_HEAD_ROWS]
        for cell in row
        if isinstance(cell, str) and cell
    ]
    heads += [normal(sheet.name) for sheet in sheets]
    text = "\n".join(heads)
    if not all(word in text for word in CARE.values()) or not _COUNTED.search(text):
        return False
    if not _EVENT.search(text):
        return False
    if len({read_month(cell) for cell in heads} - {None}) > 1 or _MONTH_HEADS & set(heads):
        return True
    if len({cell for cell in heads if is_part_of_year(cell)}) > 1:
        return True
    rows = [row for sheet in sheets for row in sheet.rows[:_HEAD_ROWS]]
    if any(holds_run([text_of(cell) for cell in row]) for row in rows):
        return True
    is_whole = bool(_CONTACT.search(text)) and "把握" in text  # a year's sum, to be refused by name
    return bool(_CENTRE.search(text)) and (is_whole or any(map(month_in, heads)))
