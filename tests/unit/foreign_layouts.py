"""Layouts of foreign books, each with the answers that its sender meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from surveys.content import Cell
from tests.unit.messy_workbooks import MEANT, SCENES, Truth

Rows = list[list[Cell]]
YAMATE, KAWABE = "81201", "81202"
ONE: Truth = {(YAMATE, "council"): "1", (YAMATE, "training_n"): "12"}
NO: Truth = {**ONE, (YAMATE, "council"): "0"}
NAME: list[Cell] = ["市町村名", "山手市", "", "", ""]
COUNT: list[Cell] = ["研修回数", 12.0, "", "", ""]


@dataclass(frozen=True)
class Layout:
    """One sheet, what it means, and how much of that has to be asked or is refused.

    unsure ones have something else to be asked.
    """

    rows: Rows
    truth: Truth = field(default_factory=lambda: dict(MEANT))
    asked: int = 0
    unsure: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


LAYOUTS: dict[str, Layout] = {
    "towns across": Layout(
        [
            ["令和5年度 調査", "", ""],
            ["設問", "山手市", "川辺市"],
            ["1. 協議体について", "", ""],
            ["協議体の設置", "○", "×"],
            ["研修回数（回）", 12.0, 0.0],
            ["※ 回数は延べ", "", ""],
        ]
    ),
    "towns across, codes and a total": Layout(
        [
            ["", "団体コード", 812013.0, 812021.0, ""],
            ["", "市町村名", "山手市", "川辺市", "計"],
            ["問1", "協議体の設置", "有", "無", ""],
            ["問2", "研修回数", 12.0, 0.0, 12.0],
        ]
    ),
    "towns across, grouped": Layout(
        [
            ["区分", "項目", "山手市", "川辺市", "備考"],
            ["目指す姿", "日常の療養支援", "○", "×", ""],
            ["", "看取り", "×", "○", "10月から"],
        ],
        SCENES,
        merged=((1, 0, 2, 0),),
    ),
    "towns across, in two blocks": Layout(
        [
            ["設問", "山手市", "中央市"],
            ["協議体の設置", "○", ""],
            ["研修回数", 12.0, ""],
            ["設問", "川辺市", "滝沢市"],
            ["協議体の設置", "×", ""],
            ["研修回数", 0.0, ""],
        ],
    ),
    "towns across, two years each": Layout(
        [
            ["設問", "山手市", "", "川辺市", ""],
            ["", "令和4年度", "令和5年度", "令和4年度", "令和5年度"],
            ["協議体の設置", "×", "○", "○", "×"],
            ["研修回数", 11.0, 12.0, 1.0, 0.0],
        ],
        merged=((0, 1, 0, 2), (0, 3, 0, 4)),
    ),
    "towns across, one misspelt": Layout(
        [["設問", "山手市", "滝沢市", "川部市"], ["研修回数", 12.0, "", 0.0]],
        {(YAMATE, "training_n"): "12", (KAWABE, "training_n"): "0"},
        asked=1,
    ),
    "a town alone across": Layout(
        [["設問", "山手市"], ["協議体の設置", "○"], ["研修回数", 12.0]], ONE
    ),
    "codes alone across": Layout(
        [
            ["団体コード", 812013.0, 812021.0],
            ["協議体の設置", "○", "×"],
            ["研修回数", 12.0, 0.0],
        ]
    ),
    "towns across, thousands above": Layout(
        [["単位：千回", "", ""], ["設問", "山手市", "川辺市"], ["研修回数", 12.0, 0.0]],
        {(YAMATE, "training_n"): "12000", (KAWABE, "training_n"): "0"},
        asked=2,
    ),
    "towns across, units beside": Layout(
        [
            ["設問", "単位", "山手市", "川辺市"],
            ["研修回数", "回", 12.0, 0.0],
            ["相談件数", "千件", 1.0, 2.0],
        ],
        {
            (YAMATE, "training_n"): "12",
            (KAWABE, "training_n"): "0",
            (YAMATE, "consult_n"): "1000",
            (KAWABE, "consult_n"): "2000",
        },
        asked=2,
    ),
    "towns as answers across": Layout(
        [
            ["設問", "山手市", "川辺市"],
            ["協議体の設置", "○", "×"],
            ["連携する市町村", "滝沢市", "龍ケ崎市"],
            ["研修回数", 12.0, 0.0],
        ],
        unsure=True,
    ),
    "towns as answers of a form": Layout(
        [NAME, ["連携する市町村", "川辺市", "滝沢市", "", ""], ["協議体の設置", "○"], COUNT],
        ONE,
        unsure=True,
    ),
    "two years in a form": Layout(
        [
            NAME,
            ["協議体の設置", "○", "", "", ""],
            ["", "令和4年度", "令和5年度", "", ""],
            ["研修回数", 11.0, 12.0, "回", ""],
        ],
        ONE,
    ),
    "years over each section of a form": Layout(
        [
            NAME,
            ["1 研修", "令和4年度", "令和5年度", "増減"],
            ["研修回数", 11.0, 12.0, 1.0],
            ["2 協議体", "令和4年度", "令和5年度", "増減"],
            ["協議体の設置", "×", "○", ""],
        ],
        ONE,
    ),
    "this year before last year": Layout(
        [NAME, ["", "R5", "R4", "", ""], ["協議体の設置", "○", "×", "", ""], COUNT], ONE
    ),
    "last and this year in a form": Layout(
        [NAME, ["設問", "前年度", "今年度"], ["協議体の設置", "×", "○"], ["研修回数", 11.0, 12.0]],
        ONE,
        asked=2,
    ),
    "neither year": Layout(
        [NAME, ["設問", "令和3年度", "令和4年度"], ["研修回数", 12.0, 13.0]],
        {(YAMATE, "training_n"): "12"},
        asked=1,
    ),
    "two answers without years": Layout(
        [NAME, ["協議体の設置", "×", "○", "", ""], ["研修回数", 11.0, 12.0, "", ""]], ONE, asked=2
    ),
    "last time under each question": Layout(
        [
            ["市町村名", "協議体の設置", "", "研修回数", ""],
            ["", "前回", "今回", "前回", "今回"],
            ["山手市", "×", "○", 11.0, 12.0],
            ["川辺市", "○", "×", 1.0, 0.0],
        ],
        asked=4,
    ),
    "last year before a header": Layout(
        [
            ["市町村名", "協議体の設置", "前年度研修回数", "研修回数"],
            ["山手市", "○", 11.0, 12.0],
            ["川辺市", "×", 1.0, 0.0],
        ],
    ),
    "a column for each choice": Layout(
        [
            ["市町村名", "協議体の設置", "", "研修回数"],
            ["", "あり", "なし", ""],
            ["山手市", "○", "", 12.0],
            ["川辺市", "", "☑", 0.0],
        ],
        merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)),
    ),
    "none and two ticked": Layout(
        [
            ["市町村名", "協議体の設置（あり）", "協議体の設置（なし）"],
            ["山手市", "", ""],
            ["川辺市", "✓", "✓"],
            ["滝沢市", "検討中", ""],
        ],
        {
            (KAWABE, "council"): "1",
            ("81204", "council"): "[unanswered]",
        },
        asked=2,
    ),
    "several ticked": Layout(
        [
            ["市町村名", "協議体の開催圏域", "", "", "研修回数"],
            ["", "①市町村", "②二次医療圏", "③その他", ""],
            ["山手市", "○", "○", "", 12.0],
        ],
        {(YAMATE, "council_area"): "muni;iryoken2", (YAMATE, "training_n"): "12"},
    ),
    "boxes under one header": Layout(
        [
            ["市町村名", "協議体の設置", "", "研修回数"],
            ["山手市", "☑あり", "□なし", 12.0],
            ["川辺市", "□あり", "☑なし", 0.0],
        ],
        merged=((0, 1, 0, 2),),
    ),
    "choices over a form": Layout(
        [NAME, ["", "あり", "なし"], ["協議体の設置", "", "○"], COUNT], NO
    ),
    "boxes in cells of a form": Layout([NAME, ["協議体の設置", "□あり", "☑なし"], COUNT], NO),
    "marks behind choices": Layout([NAME, ["協議体の設置", "あり", "", "なし", "○"], COUNT], NO),
    "marks before choices": Layout([NAME, ["協議体の設置", "□", "あり", "☑", "なし"], COUNT], NO),
    "a mark between two choices": Layout(
        [NAME, ["協議体の設置", "", "あり", "○", "なし"], COUNT], ONE, asked=1
    ),
    "marks under choices": Layout(
        [NAME, ["協議体の設置", "あり", "なし"], ["", "", "○"], COUNT], NO
    ),
    "choices below each other": Layout(
        [
            ["市町村名", "山手市", ""],
            ["協議体の設置", "あり", ""],
            ["", "なし", "☑"],
            ["研修回数", "", 12.0],
        ],
        NO,
    ),
    "numbers of questions before the labels": Layout(
        [
            ["調査票", "", ""],
            ["市町村名", "山手市", ""],
            ["Q1", "協議体の設置", "○"],
            ["問2-1", "研修回数", 12.0],
            ["(3)", "相談件数", 5.0],
        ],
        {**ONE, (YAMATE, "consult_n"): "5"},
        merged=((0, 0, 0, 2),),
    ),
    "labels over two cells": Layout(
        [["市町村名", "山手市", ""], ["多職種研修の", "回数", 12.0], ["協議体の", "設置", "○"]], ONE
    ),
}
