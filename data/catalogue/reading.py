"""Reads TOML and CSV files of the catalogue into typed entries; faults are told in Japanese."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from data.catalogue.indicator import Recipe
from data.catalogue.records import Record
from data.errors import CatalogueError

Entry = TypeVar("Entry", bound=Record)

_RECIPES: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Recipe)[0])
}


def fault(
    message: str, *, action: str, file: str, entry: str = "", field: str = ""
) -> CatalogueError:
    """Return the error that names the file, the entry and the field."""
    place = f"［{entry}］" if entry else ""
    return CatalogueError(message, action=action, file=file, sheet=place, cell=field)


def read_toml(root: Path, name: str) -> dict[str, Any]:
    """Return the content of one TOML file of the catalogue."""
    try:
        return tomllib.loads((root / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise fault(
            "カタログのファイルがありません。", action="ファイルを元に戻してください。", file=name
        ) from error
    except UnicodeDecodeError as error:
        raise fault(
            "文字コードがUTF-8ではありません。", action="UTF-8で保存し直してください。", file=name
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise fault(_toml_message(error), action="書き方を直してください。", file=name) from error


def _toml_message(error: tomllib.TOMLDecodeError) -> str:
    text = str(error)
    if "twice" in text or "overwrite" in text:
        return f"同じ見出しが2回あります（{text}）。"
    return f"TOMLとして読めません（{text}）。"


def read_entries(model: type[Entry], tables: Mapping[str, Any], *, file: str) -> dict[str, Entry]:
    """Return the tables of one file as entries, keyed by their headings."""
    return {
        key: read_entry(
            model, {"key": key, **read_table(tables, key, file=file)}, file=file, entry=key
        )
        for key in tables
    }


def read_table(tables: Mapping[str, object], key: str, *, file: str) -> dict[str, Any]:
    """Return one table of a file, or raise CatalogueError when it is a bare value."""
    raw = tables[key]
    if isinstance(raw, dict):
        return raw
    raise fault(
        "見出しの付いた表ではありません。",
        action=f"［{key}］の下に項目を書いてください。",
        file=file,
        entry=key,
    )


def refuse_unknown(tables: Mapping[str, object], allowed: Collection[str], *, file: str) -> None:
    """Raise CatalogueError for the first heading that is not allowed."""
    for key in tables:
        if key not in allowed:
            action = f"使える見出し：{'、'.join(allowed)}"
            raise fault("知らない見出しです。", action=action, file=file, entry=key)


def read_entry(model: type[Entry], raw: Mapping[str, Any], *, file: str, entry: str) -> Entry:
    """Return one entry, or raise CatalogueError for its first fault."""
    try:
        return model.model_validate(dict(raw), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        message, action = _explain(first, model)
        field = ".".join(str(part) for part in _field(first))
        raise fault(message, action=action, file=file, entry=entry, field=field) from error


def _field(error: ErrorDetails) -> Iterator[str | int]:
    return (part for part in error["loc"] if part not in _RECIPES)


def _explain(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    found, context = error["input"], error.get("ctx", {})
    kind = error["type"]
    if kind == "missing":
        return "必要な項目がありません。", f"{error['loc'][-1]} を書いてください。"
    if kind == "extra_forbidden":
        return "知らない項目です。", f"使える項目：{'、'.join(_known_fields(error, model))}"
    if kind == "literal_error":
        return f"「{found}」は使えません。", f"使える値：{context['expected']}"
    if kind == "union_tag_invalid":
        return (
            f"「{context['tag']}」という計算方法はありません。",
            f"使える値：{context['expected_tags']}",
        )
    if kind == "union_tag_not_found":
        return (
            "計算方法の種類がありません。",
            f"kind に次のどれかを書いてください：{'、'.join(_RECIPES)}",
        )
    if kind == "string_pattern_mismatch":
        return f"「{found}」は書式に合いません。", f"書式：{context['pattern']}"
    if kind in ("string_too_short", "too_short"):
        return "空になっています。", "内容を書いてください。"
    return f"「{found}」は使えません。", f"求める型：{error['msg']}"


def _known_fields(error: ErrorDetails, model: type[BaseModel]) -> list[str]:
    for part in error["loc"]:
        if part in _RECIPES:
            return list(_RECIPES[str(part)].model_fields)
    return list(model.model_fields)


def read_rows(root: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file of the catalogue."""
    try:
        with (root / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except FileNotFoundError as error:
        raise fault(
            "カタログのファイルがありません。", action="ファイルを元に戻してください。", file=name
        ) from error
