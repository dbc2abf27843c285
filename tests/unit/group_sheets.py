"""Sheets of groups for tests, as long as the fields allow or with nothing written."""

from __future__ import annotations

from dataclasses import replace

from exports.group_sheet import Blank, BlankGroup, CrossTable, GroupSheet
from tests.unit.test_exports_planning import sheet as planning

ROWS = {"issues": "情報収集・課題抽出・対応策の検討", "system": "連携体制・情報共有",
        "coordinator": "コーディネーター配置", "training": "人材養成", "awareness": "住民啓発"}  # fmt: skip
COLUMNS = {"home_care": "在宅医療・介護連携推進事業", "dementia": "認知症施策",
           "daily_support": "総合事業・生活支援体制整備事業", "care_meeting": "地域ケア会議",
           "other": "その他"}  # fmt: skip
BOARD = ("インプット（投入）", "アクティビティ（活動）", "アウトプット（結果）",
         "アウトカム（成果）　初期", "アウトカム（成果）　中間", "アウトカム（成果）　長期")  # fmt: skip
EVALUATION = ("プロセス評価", "インパクト評価", "セオリー評価", "コスト・パフォーマンス評価")
BENEFIT = ("住民（買い手よし）", "従事者（売り手よし）", "コスト（世間よし）")
PICKED = ("退院患者訪問指導を実施している診療所・病院数", "在宅看取りを実施している診療所・病院数",
          "訪問看護事業所数、従事者数")  # fmt: skip


def blanks(
    title: str, labels: tuple[str, ...], *, length: int, picks: tuple[str, ...] | None
) -> BlankGroup:
    made = tuple(
        Blank(label, "行動や連携が変わること", f"{label}の文。{'あ' * length}"[:length],
              picks or (), takes_indicators=picks is not None)
        for label in labels
    )  # fmt: skip
    return BlankGroup(title, "右から左へたどって確かめます。", made)


def group_sheet(
    name: str = "1班",
    *,
    area_name: str = "森村",
    length: int = 200,
    cell: int = 40,
    picks: tuple[str, ...] = PICKED,
) -> GroupSheet:
    cells = {(row, column): f"{ROWS[row][:3]}×{COLUMNS[column][:3]}{'い' * cell}"[:cell]
             for row in ROWS for column in COLUMNS if cell}  # fmt: skip
    plan = planning(name=area_name)
    steps = tuple(replace(step, written=step.written if length else "") for step in plan.steps)
    return GroupSheet(
        name=name,
        area_name=area_name,
        planning=replace(plan, steps=steps),
        board=blanks("ロジックモデル", BOARD, length=length, picks=picks),
        evaluation=blanks("評価の四つの次元", EVALUATION, length=length, picks=None),
        benefit=blanks("三方よし", BENEFIT, length=length, picks=picks),
        cross=CrossTable("地域支援事業の横断表", ROWS, COLUMNS, cells),
        definitions=dict.fromkeys(picks, "届出数 ÷ 75歳以上人口／医療施設調査・3年"),
        form_source="様式の出典：講演資料",
        source=("演習の人口（架空）",),
    )
