"""The community-support programmes side by side: five programmes by five functions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

PROGRAMMES = {
    "home_care": "在宅医療・介護連携推進事業",
    "dementia": "認知症施策",
    "daily_support": "総合事業・生活支援体制整備事業",
    "care_meeting": "地域ケア会議",
    "other": "その他",
}
FUNCTIONS = {
    "issues": "情報収集・課題抽出・対応策の検討",
    "system": "連携体制・情報共有",
    "coordinator": "コーディネーター配置",
    "training": "人材養成",
    "awareness": "住民啓発",
}
CELLS = len(PROGRAMMES) * len(FUNCTIONS)
# What the survey says of the column of this programme.
HINTS = {
    "issues": ("council", "協議体"),
    "coordinator": ("coord_count", "コーディネーター（人）"),
    "training": ("training_n", "多職種研修（回）"),
    "awareness": ("awareness_n", "普及啓発（回）"),
}


def cell_key(programme: str, function: str) -> str:
    """Return the subject under which a cell is kept."""
    return f"{programme}.{function}"


def grid_of(entries: pd.DataFrame, *, area_code: str) -> pd.DataFrame:
    """Return the 5 × 5 table of a municipality: rows are functions, columns programmes, texts."""
    mine = entries[entries["area_code"] == area_code]
    texts = dict(zip(mine["subject"], mine["text"], strict=True))
    rows = [
        {
            "function": label,
            **{p: texts.get(cell_key(p, function)) for p in PROGRAMMES},
        }
        for function, label in FUNCTIONS.items()
    ]
    return pd.DataFrame(rows, index=list(FUNCTIONS), dtype="object")


def filled_counts(entries: pd.DataFrame, *, codes: Sequence[str]) -> pd.DataFrame:
    """Return one row per cell: how many of these municipalities have written something in it."""
    inside = entries[entries["area_code"].isin(list(codes))]
    counts = inside["subject"].value_counts()
    return pd.DataFrame([
        {"function": function_label, "programme": programme_label,
         "filled": int(counts.get(cell_key(programme, function), 0)), "municipalities": len(codes)}
        for function, function_label in FUNCTIONS.items()
        for programme, programme_label in PROGRAMMES.items()
    ])  # fmt: skip


def filled_by_municipality(entries: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality: cells filled, of 25, and when it was last changed."""
    groups = entries.groupby("area_code")
    filled, changed = groups.size(), groups["changed_at"].max()
    codes = places["area_code"]
    days = [str(changed[code])[:10] if code in changed.index else "" for code in codes]
    return places[["area_code", "area_name"]].assign(
        filled=codes.map(filled).fillna(0).astype(int), cells=CELLS, changed_at=days
    )


def changed_cells(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[str, str | None]]:
    """Return (subject, new text) of every cell that differs; None where it was emptied."""
    changes = []
    for function in FUNCTIONS:
        for programme in PROGRAMMES:
            old, new = (_text(frame.loc[function, programme]) for frame in (before, after))
            if old != new:
                changes.append((cell_key(programme, function), new or None))
    return changes


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def cross_sentence(grid: pd.DataFrame, *, area_name: str) -> str:
    """Say how many cells are filled, and which programmes or functions have nothing."""
    filled = grid[list(PROGRAMMES)].map(_text) != ""
    count = int(filled.to_numpy().sum())
    if not count:
        return f"{area_name}の横断表は、{CELLS}の升のどれもまだ書かれていません。"
    columns = [PROGRAMMES[key] for key in PROGRAMMES if not filled[key].any()]
    rows = [FUNCTIONS[key] for key in FUNCTIONS if not filled.loc[key].any()]
    blank = "".join(f"「{label}」" for label in [*columns, *rows])
    opening = f"{area_name}の横断表は、{CELLS}の升のうち{count}が書かれています。"
    return f"{opening}{blank}には、まだ一つもありません。" if blank else opening


def cross_region_sentence(counts: pd.DataFrame, *, area_name: str) -> str:
    """Say in which cell most municipalities have written, and where none has."""
    most, of = int(counts["filled"].max()), int(counts["municipalities"].max())
    if not most:
        return f"{area_name}の{of:,}市町村は、横断表をまだ書いていません。"
    cells = counts.assign(cell=counts["programme"] + " × " + counts["function"])
    top = "".join(f"「{cell}」" for cell in cells.loc[cells["filled"] == most, "cell"][:3])
    empty = int((counts["filled"] == 0).sum())
    return (
        f"{area_name}の{of:,}市町村で最も多く書かれた升は{top}（{most:,}市町村）です。"
        f"どの市町村も書いていない升は{empty}あります。"
    )
