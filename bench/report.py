"""Results as JSON for machines and as a table for readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.figures import Figure

SECTIONS = {
    "build": "データの作成（新しいプロセス）",
    "intake": "調査票の取り込み",
    "script": "ページのスクリプトのCPU時間",
    "view": "初回表示（空のキャッシュの Chromium）",
    "change": "1回の変更（同じ画面のなか）",
    "revisit": "同じページをもう一度開く（ブラウザーのキャッシュあり）",
    "query": "集計の問い合わせ（キャッシュなし）",
    "route": "ページ以外の経路",
    "room": "研修のルーム",
    "crowd": "同時に見る人",
}
MEASURES = {
    "time": "時間",
    "cpu": "CPU時間",
    "unzipped": "展開した大きさ",
    "peak_memory": "最大メモリー",
    "preview": "読み取りから比較まで",
    "publish": "確定から公開まで",
    "alone": "ほかに何もしていないとき",
    "meanwhile": "そのあいだ",
    "slowdown": "中央値が何倍か",
    "slowdown_p95": "95パーセンタイルが何倍か",
    "load": "測るあいだの負荷",
    "first": "初回（キャッシュなし）",
    "session": "別の人の初回（キャッシュあり）",
    "rerun": "再実行",
    "first_chart": "最初の図まで",
    "after_frame": "枠が出てから最初の図まで",
    "longest_task": "いちばん長い処理（画面が止まる時間）",
    "ready": "すべて描き終わるまで",
    "http": "HTTP",
    "http_static": "HTTPのうち画面の部品",
    "http_polygons": "HTTPのうち境界",
    "websocket": "WebSocket（送られる大きさ）",
    "websocket_unpacked": "WebSocket（開いた大きさ）",
    "bytes": "HTTP＋WebSocket",
    "size": "大きさ（gzip）",
    "idle": "待つ間のサーバーのCPU（1コアに対する割合、60秒）",
    "shown": "シーンを示してから、最後の人に届くまで",
    "joined": "参加の操作から、最初の状態が届くまで（部品をすべて読む）",
    "first_round": "押してからすべて届くまで（はじめの1分、問い合わせのキャッシュなし）",
    "answer": "押してからすべて届くまで（次の1分）",
    "answer_p95": "その95パーセンタイル",
    "busy": "参加の間のサーバーのCPU（1コアに対する割合）",
}
DATASETS = {
    "demo": "演習データ（架空）",
    "official": "公表データ（全国）",
    "n03": "全国の境界のファイル（最大精度、架空）",
}
PARTS = {"": "", "intake": "：取り込み", "scripts": "：スクリプト", "screens": "：画面",
         "crowd": "：同時に見る人", "build": "：構築", "routes": "：ページ以外の経路",
         "rooms": "：研修のルーム"}  # fmt: skip
SCOPES = {"nation": "全国", "prefecture": "1都道府県", "": "―"}
SIZES = {
    "municipalities": "市区町村",
    "facilities": "施設・事業所",
    "population_rows": "人口の行",
    "survey_answers": "調査の回答",
}


@dataclass(frozen=True)
class Results:
    """Everything that one run measured."""

    dataset: str
    scale: str | None
    repeat: int
    machine: dict[str, Any]
    size: dict[str, int]
    figures: Sequence[Figure]
    failures: Sequence[str]
    part: str = ""

    def stem(self) -> str:
        """Return the name of the files: the dataset, its scale, and the part where only one is."""
        named = [self.dataset]
        if self.dataset == "demo" and self.scale != "1":
            is_word = self.scale == "nationwide"
            named.append(f"{'' if is_word else 'x'}{self.scale or 'given'}")
        return "-".join([*named, self.part] if self.part else named)


def as_json(results: Results) -> str:
    content = {
        "dataset": results.dataset,
        "scale": results.scale,
        "part": results.part,
        "repeat": results.repeat,
        "machine": results.machine,
        "size": results.size,
        "figures": [found.as_row() for found in results.figures],
        "failures": list(results.failures),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2f}".removesuffix(".00")


def verdict(figure: Figure) -> str:
    if figure.is_kept is None:
        return ""
    return "達成" if figure.is_kept else "**未達**"


def _line(figure: Figure) -> str:
    budget = "" if figure.limit is None else f"≤ {_number(figure.limit)}"
    measure = MEASURES.get(figure.measure, figure.measure)
    kind, _, by = figure.measure.partition(":")
    if kind == "new":
        measure = f"変更（{by}、初めての問い合わせ）"
    elif kind == "known":
        measure = f"変更（{by}、誰かが見たあと）"
    cells = [figure.name, SCOPES[figure.scope], measure,
             f"{_number(figure.median)} {figure.unit}", _number(figure.p95),
             str(len(figure.values)), budget, verdict(figure)]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _section(section: str, figures: Sequence[Figure]) -> list[str]:
    third = "使うページ" if section == "query" else "量"
    return [
        f"## {SECTIONS[section]}",
        "",
        f"| 対象 | 範囲 | {third} | 中央値 | p95 | n | 目標 | 判定 |",
        "|---|---|---|--:|--:|--:|--:|---|",
        *(_line(figure) for figure in figures),
        "",
    ]


def _head(results: Results) -> list[str]:
    machine = results.machine
    name = DATASETS[results.dataset]
    told = "全国規模" if results.scale == "nationwide" else f"倍率 {results.scale}"
    scale = f"、{told}" if results.dataset == "demo" and results.scale else ""
    judged = [figure for figure in results.figures if figure.is_kept is not None]
    kept = sum(bool(figure.is_kept) for figure in judged)
    size = "、".join(
        f"{label} {results.size[key]:,}" for key, label in SIZES.items() if key in results.size
    )
    libraries = "、".join(f"{key} {value}" for key, value in machine["libraries"].items())
    return [
        f"# 測定結果：{name}{scale}{PARTS[results.part]}",
        "",
        f"- 測定日 {machine['date']}、版 {machine['revision'] or '不明'}",
        f"- 機械 {machine['cores']}コア（{machine['processor'] or '不明'}）、"
        f"メモリー {machine['memory_gib'] or '不明'} GiB、{machine['system']}、GPUなしの描画、"
        f"開始時の負荷 {machine['load_before']}",
        f"- Python {machine['python']}、{libraries}、"
        f"Chromium {machine.get('chromium') or '（未使用）'}",
        f"- データの規模 {size}",
        f"- 目標のある{len(judged)}項目のうち{kept}項目を達成。判定は中央値による。"
        "測り方と目標の出どころは [docs/benchmarks.md](../../docs/benchmarks.md)。",
        "",
    ]


def as_markdown(results: Results) -> str:
    lines = _head(results)
    order = {section: place for place, section in enumerate(SECTIONS)}
    ordered = sorted(results.figures, key=lambda figure: order[figure.section])
    for section, figures in groupby(ordered, key=lambda figure: figure.section):
        lines += _section(section, list(figures))
    if results.failures:
        lines += ["## 測れなかったもの", "", *(f"- {text}" for text in results.failures), ""]
    return "\n".join(lines)


def write_results(results: Results, folder: Path) -> list[Path]:
    """Write <dataset>.json and <dataset>.md; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{results.stem()}.json", folder / f"{results.stem()}.md"]
    for path, text in zip(paths, (as_json(results), as_markdown(results)), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths
