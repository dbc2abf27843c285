"""The layouts in which health centres send their care managers' forms, each with its truth."""

from __future__ import annotations

from tests.unit.messy_discharge import (
    GORGE,
    GROUPS,
    KINDS,
    NORTH,
    QUARTER,
    YEAR,
    Messy,
    Rows,
    counts,
    line,
    months,
    total,
)

TITLED = Messy(
    {
        "Sheet1": [
            ["令和６年度　退院調整状況調査（ケアマネジャー）"],
            ["※ 件数は保健所管内の居宅介護支援事業所の合計"],
            ["", "", "", "", "", "", "", "（単位：件）"],
            [],
            ["保健所名", "月", *GROUPS[2:]],
            ["", "", *KINDS],
            ["中北", "４月", *line(1, 4)],
            ["", "５月", *line(1, 5)],
            ["", "６月", *line(1, 6)],
            ["", "第１四半期計", *total(1, QUARTER)],
            ["峡ヶ崎保健福祉事務所", "４月", *line(2, 4)],
            ["", "５月", *line(2, 5)],
            ["", "６月", *line(2, 6)],
            ["", "計", *total(2, QUARTER)],
            ["うち峡ケ崎市保健所", "４月", 1, 1, 1, 1, 1, 1],
            [],
            ["注：直前とは退院の2日前から当日まで"],
        ]
    },
    months(NORTH, *QUARTER) | months(GORGE, *QUARTER),
    totals=12,
    merged=((4, 2, 4, 4), (4, 5, 4, 7), (6, 0, 9, 0)),
)

ACROSS = Messy(
    {
        "入力": [
            ["入退院連携に関する調査", "", "", "令和6年度"],
            ["保健所：中 北 保 健 所"],
            [],
            ["区分", "項目", *[f"R{6 if m > 3 else 7}.{m}" for m in YEAR], "合計"],
            *[
                [
                    care if not place else "",
                    kind,
                    *[counts(1, m, scale)[place] for m in YEAR],
                    sum(counts(1, m, scale)[place] for m in YEAR),
                ]
                for care, scale in (("要支援１・２", 1), ("要介護１～５", 3))
                for place, kind in enumerate(("退院の把握", "退院前に連絡有", "連絡が退院直前"))
            ],
        ]
    },
    months(NORTH, *YEAR),
    totals=6,
)

_MONTH_SHEET: Rows = [
    ["要支援・要介護別の退院連絡"],
    ["", "退院（要支援）", "", "", "退院（要介護）", "", ""],
    [
        "保健所名",
        "把握件数",
        "連絡あり件数",
        "直前の件数",
        "把握件数",
        "連絡あり件数",
        "直前の件数",
    ],
]
BY_MONTH = Messy(
    {
        **{
            f"{month}月": [
                *_MONTH_SHEET,
                ["見本県中北保健所", *line(1, month)],
                ["峡ケ崎保健所管内", *line(2, month)],
                ["県計", *(a + b for a, b in zip(line(1, month), line(2, month), strict=True))],  # type: ignore[operator]
            ]
            for month in (10, 11, 12)
        },
        "集計": [
            *_MONTH_SHEET,
            ["中北保健所", *total(1, (10, 11, 12))],
            ["峡ケ崎保健所", *total(2, (10, 11, 12))],
        ],
    },
    months(NORTH, 10, 11, 12) | months(GORGE, 10, 11, 12),
    totals=30,
    name="令和6年度_退院調査.xlsx",
)

BY_CENTRE = Messy(
    {
        name: [
            ["様式２　2024年度 ケアマネジャー調査"],
            [],
            ["年月", "退院（要支援）", "", "", "退院（要介護）", "", ""],
            ["", "把握", "連絡あり", "うち直前", "把握", "連絡あり", "うち直前"],
            *[[f"2024-{month:02d}-01", *line(area, month)] for month in (4, 5)],
            ["6月", *([""] * 6)],
            ["合計", *total(area, (4, 5))],
        ]
        for area, name in ((1, "中北"), (2, "峡ヶ崎"))
    },
    months(NORTH, 4, 5) | months(GORGE, 4, 5),
    totals=12,
)

STACKED = Messy(
    {
        "調査": [
            ["令和6年度"],
            ["【要支援】"],
            ["保健所", "年月", "退院把握", "連絡あり", "直前"],
            ["中北保健所", "令和6年4月", *counts(1, 4)],
            ["中北保健所", "令和7年1月", *counts(1, 1)],
            [],
            ["【要介護】"],
            ["保健所", "年月", "退院把握", "連絡あり", "直前"],
            ["中北保健所", "令和6年4月", *counts(1, 4, 3)],
            ["中北保健所", "令和7年1月", *counts(1, 1, 3)],
        ]
    },
    months(NORTH, 4, 1),
)

_BOTH = ((1, "中北"), (2, "峡ケ崎"))
_LEVELS = (("要支援", 1), ("要介護", 3))
_COUNTED = ("退院把握", "連絡あり", "直前")

BARE_MONTHS = Messy(
    {
        "調査": [
            ["退院調整調査"],
            ["No", "コード", "保健所", "年度", "月", *GROUPS[2:]],
            ["", "", "", "", "", *KINDS],
            [1, "hc-8101", "中北保健所", "R6", 4, *line(1, 4)],
            [2, "hc-8101", "中北保健所", "R6", 1, *line(1, 1)],
        ]
    },
    months(NORTH, 4, 1),
)

NESTED = Messy(
    {
        "調査": [
            ["令和6年度 退院調整調査"],
            ["", "", *(text for kind in _COUNTED for text in (kind, "", ""))],
            ["保健所", "区分", *["4月", "5月", "計"] * 3],
            *[
                [
                    name if level == "要支援" else "",
                    level,
                    *(
                        number
                        for place in range(3)
                        for number in (
                            counts(area, 4, scale)[place],
                            counts(area, 5, scale)[place],
                            counts(area, 4, scale)[place] + counts(area, 5, scale)[place],
                        )
                    ),
                ]
                for area, name in _BOTH
                for level, scale in _LEVELS
            ],
        ]
    },
    months(NORTH, 4, 5) | months(GORGE, 4, 5),
    totals=12,
)

BY_QUESTION = Messy(
    {
        f"{kind}（{level}）": [
            ["令和6年度 ケアマネジャー調査"],
            ["保健所", "4月", "5月", "6月"],
            *[[name, *(counts(area, m, scale)[place] for m in QUARTER)] for area, name in _BOTH],
        ]
        for level, scale in _LEVELS
        for place, kind in enumerate(_COUNTED)
    },
    months(NORTH, *QUARTER) | months(GORGE, *QUARTER),
)

_SIGNS = {
    (NORTH, 4, "discharges_known_support"): "12",
    (NORTH, 4, "discharges_told_support"): "10",
    (NORTH, 4, "discharges_late_support"): "[not_applicable]",
    (NORTH, 4, "discharges_known_care"): "1234",
    (NORTH, 4, "discharges_told_care"): "[suppressed]",
    (NORTH, 4, "discharges_late_care"): "[unanswered]",
}
SIGNS = Messy(
    {
        "調査": [
            ["2024年度 退院調整"],
            ["", "", *GROUPS[2:]],
            ["保健所", "月", *KINDS],
            ["中北保健所", "4月", "１２件", "約10", "－", "1,234", "***", ""],
        ]
    },
    _SIGNS,
    asked=1,
)

OPEN_HEADERS = Messy(
    {
        "調査": [
            ["令和6年度 入退院連携調査"],
            ["", "", "要支援", "", "要介護", ""],
            ["保健所", "月", "把握件数", "連絡あり", "把握件数", "連絡あり"],
            ["中北保健所", "4月", *counts(1, 4)[:2], *counts(1, 4, 3)[:2]],
            ["なかぎた", "5月", *counts(2, 5)[:2], *counts(2, 5, 3)[:2]],
        ]
    },
    {
        key: value
        for key, value in (months(NORTH, 4) | months(GORGE, 5)).items()
        if "late" not in key[2]
    },
    asked=6,
)

HONEST = {
    "titles, merged headers, quarters": TITLED,
    "months across": ACROSS,
    "a sheet a month": BY_MONTH,
    "a sheet a health centre": BY_CENTRE,
    "a table a level of care": STACKED,
    "numbers for months beside a year": BARE_MONTHS,
    "months under each count": NESTED,
    "a sheet a question": BY_QUESTION,
    "widths, units and signs": SIGNS,
    "headers and names left open": OPEN_HEADERS,
}
