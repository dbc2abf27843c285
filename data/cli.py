"""The command line: python -m data {build,fetch,info,verify,rollback,export}."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from data.build import DEMO_SEED, build_demo, build_from_raw
from data.demo.size import LARGEST, SMALLEST, DemoSize, size_of
from data.errors import StoreError, UserError
from data.export import export_tables
from data.fetch.plan import read_downloads, wanted_files
from data.fetch.run import fetch_files
from data.generations import Store
from data.info import generation_info
from data.verification import check_generation


def default_store() -> Store:
    """Return the store that STORE names, or the folder `store` beside app.py."""
    return Store(Path(os.environ.get("STORE") or Path(__file__).resolve().parents[1] / "store"))


class ConsoleProgress:
    """Prints a line at every new step, and at every tenth of the way."""

    def __init__(self) -> None:
        self._step, self._tenth = "", -1

    def __call__(self, text: str, share: float) -> None:
        """Take a step such as 読み込み：ファイル名 and the share done."""
        step, tenth = text.split("：", maxsplit=1)[0], int(share * 10)
        if (step, tenth) != (self._step, self._tenth):
            self._step, self._tenth = step, tenth
            print(f"[{share:4.0%}] {text}", file=sys.stderr, flush=True)


def _build(options: argparse.Namespace, store: Store) -> None:
    if options.dataset == "demo":
        if options.if_empty and not store.is_empty():
            return
        report = build_demo(
            store, seed=options.seed, size=_size(options.scale), progress=ConsoleProgress()
        )
    else:
        prefectures = _prefectures(options.prefectures)
        report = build_from_raw(
            store,
            raw=Path(options.raw),
            dataset="official",
            prefectures=prefectures,
            progress=ConsoleProgress(),
        )
    if not options.quiet:
        for file in report.files:
            print(file.line())
    print(f"世代 {store.current().stem} を公開しました。")


def _size(text: str) -> DemoSize:
    try:
        return size_of(text)
    except ValueError as error:
        raise UserError(
            f"大きさとして読めません：{text}",
            f"--scale には {SMALLEST}〜{LARGEST:g} の数か、nationwide を指定してください。",
        ) from error


def _prefectures(text: str | None) -> set[str] | None:
    """Return the two-digit codes of a list such as 19,22; nothing means all."""
    if not text:
        return None
    codes = {part.strip().zfill(2) for part in text.replace("、", ",").split(",") if part.strip()}
    wrong = sorted(code for code in codes if not re.fullmatch(r"\d{2}", code))
    if wrong or not codes:
        raise UserError(
            f"都道府県コードではありません：{'、'.join(wrong)}",
            "「--prefectures 19,22」のように、2桁のコードをコンマで区切ってください。",
        )
    return codes


def _fetch(options: argparse.Namespace, store: Store) -> None:
    only = [part.strip() for part in (options.only or "").split(",") if part.strip()]
    wanted = wanted_files(
        read_downloads(), prefectures=_prefectures(options.prefectures), only=only
    )
    if options.dry_run:
        print(f"取得するもの（{len(wanted)}件）。まだ何も取っていません。")
        for one in wanted:
            print(one.line())
        return
    outcomes = fetch_files(wanted, raw=Path(options.raw), progress=ConsoleProgress())
    for outcome in outcomes:
        print(outcome.line())
    failed = sum(outcome.result == "failed" for outcome in outcomes)
    if failed:
        raise UserError(
            f"{failed}件を取得できませんでした。",
            "もう一度実行すると、取れたものは飛ばし、途中のものは続きから取ります。",
        )


def _info(options: argparse.Namespace, store: Store) -> None:
    info = generation_info(store.current())
    if options.json:
        print(json.dumps(info, ensure_ascii=False, indent=1))
        return
    print(f"データ：{info['dataset']}　世代：{info['generation']}　作成：{info['built_at']}")
    for table, rows in info["counts"].items():
        print(f"  {table:<20}{rows:>12,} 行")
    for source in info["sources"]:
        print(f"  {source['title']}（{source['vintage'] or '時点不明'}）{source['file_name']}")


def _verify(options: argparse.Namespace, store: Store) -> None:
    for generation in store.generations():
        problem = store.problem_of(generation)
        if problem is None:
            check_generation(generation)
        print(f"世代 {generation.stem}：{problem or '正常'}")
        if problem:
            raise StoreError(f"世代 {generation.stem} は壊れています。", problem)
    print(f"表示中：世代 {store.current().stem}")


def _rollback(options: argparse.Namespace, store: Store) -> None:
    print(f"世代 {store.rollback(options.to).stem} に戻しました。")


def _export(options: argparse.Namespace, store: Store) -> None:
    written = export_tables(store.current(), Path(options.folder))
    print(f"{len(written)} 個の表を {options.folder} に書き出しました。")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="データの作成と管理")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="新しい世代を作る")
    kinds = build.add_subparsers(dest="dataset", required=True)
    demo = kinds.add_parser("demo", help="演習データ（架空）")
    demo.add_argument("--seed", type=int, default=DEMO_SEED)
    demo.add_argument("--scale", default="1", help="市町村数の倍率（0.25〜12）か nationwide")
    demo.add_argument("--quiet", action="store_true", help="ファイルごとの結果を出さない")
    demo.add_argument("--if-empty", action="store_true", help="保存先が空のときだけ作る")
    official = kinds.add_parser("official", help="公表データ")
    official.add_argument("--raw", required=True, help="ダウンロードした資料のフォルダー")
    official.add_argument("--prefectures", help="都道府県コード（例 19,22）。省略すると全国")
    official.add_argument("--quiet", action="store_true", help="ファイルごとの結果を出さない")
    build.set_defaults(run=_build)
    _add_fetch(commands)
    info = commands.add_parser("info", help="いまの世代の内容")
    info.add_argument("--json", action="store_true")
    info.set_defaults(run=_info)
    commands.add_parser("verify", help="すべての世代を検査する").set_defaults(run=_verify)
    rollback = commands.add_parser("rollback", help="前の世代に戻す")
    rollback.add_argument("--to", help="世代の番号（例 000012）")
    rollback.set_defaults(run=_rollback)
    export = commands.add_parser("export", help="すべての表をCSVに書き出す")
    export.add_argument("folder")
    export.set_defaults(run=_export)
    return parser


def _add_fetch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    fetch = commands.add_parser("fetch", help="公表データをダウンロードする")
    fetch.add_argument("dataset", choices=["official"], help="公表データ")
    fetch.add_argument("--raw", required=True, help="資料を入れるフォルダー")
    fetch.add_argument("--prefectures", help="都道府県コード（例 19,22）。省略すると全国")
    fetch.add_argument("--only", help="取得の一覧の名前（例 n03,ipss2023）。省略するとすべて")
    fetch.add_argument("--dry-run", action="store_true", help="一覧だけを出し、何も取らない")
    fetch.set_defaults(run=_fetch)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 after saying what the user can mend, or 130 on Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options, default_store())
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("中断しました。公開済みのデータはそのままです。", file=sys.stderr)
        return 130
    return 0
