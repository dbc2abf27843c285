"""A set of scenes as a file, and back; what is wrong with a file is told in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from data.catalogue.records import Record
from data.errors import UserError
from workshop.scenes import MOST_SCENES, PAGES, Choice, Question, Scene, SceneSet, new_id

FORMAT, VERSION = "home-care-dashboard/scenes", 1
JSON_TYPE = "application/json"
MOST_BYTES = 1_000_000
_MOST_TOLD = 8
_ADVICE = "このダッシュボードの「シーンをファイルに保存」で作ったファイルを選んでください。"

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Param = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
Code = Annotated[str, StringConstraints(max_length=4_000)]
_FIELDS = {
    "title": "題名", "page": "ページ", "query": "選択", "note": "進行メモ", "question": "問い",
    "text": "問いの文", "choices": "選択肢", "label": "選択肢の文", "key": "選択肢の記号",
    "answer": "正解", "seconds": "回答の秒数", "scenes": "シーン", "scene_id": "シーンの番号",
}  # fmt: skip


class _ChoiceEntry(Record):
    key: Id
    label: Title


class _QuestionEntry(Record):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    choices: Annotated[list[_ChoiceEntry], Field(min_length=2, max_length=12)]
    answer: str | None = None
    seconds: Annotated[int, Field(ge=0, le=3_600)] = 30

    @model_validator(mode="after")
    def _answer_is_a_choice(self) -> _QuestionEntry:
        keys = [choice.key for choice in self.choices]
        if len(set(keys)) != len(keys):
            raise PydanticCustomError("twins", "同じ記号の選択肢が2つあります")
        if self.answer is not None and self.answer not in keys:
            raise PydanticCustomError("no_choice", "正解が選択肢のどれでもありません")
        return self


class _SceneEntry(Record):
    scene_id: Id = Field(default_factory=new_id)
    title: Title
    page: Literal[tuple(PAGES)]  # type: ignore[valid-type]  # known when it runs
    query: dict[Param, Code] = Field(default_factory=dict)
    note: Annotated[str, StringConstraints(max_length=5_000)] = ""
    question: _QuestionEntry | None = None


class _SetEntry(Record):
    title: Title
    scenes: Annotated[list[_SceneEntry], Field(max_length=MOST_SCENES)]

    @model_validator(mode="after")
    def _ids_differ(self) -> _SetEntry:
        ids = [scene.scene_id for scene in self.scenes]
        if len(set(ids)) != len(ids):
            raise PydanticCustomError("twins", "同じ番号のシーンが2つあります")
        return self


_ENTRY = TypeAdapter(_SetEntry)


def to_json(scene_set: SceneSet) -> bytes:
    """Return the set as a file."""
    content = {"format": FORMAT, "version": VERSION, **to_tables(scene_set)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def from_json(content: bytes) -> SceneSet:
    """Return the set in a file, or raise UserError with everything that is wrong with it."""
    if len(content) > MOST_BYTES:
        raise UserError(f"ファイルが大きすぎます（上限 {MOST_BYTES // 1_000:,} KB）。", _ADVICE)
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UserError(
            "シーンのファイルとして読めません（JSON ではありません）。", _ADVICE
        ) from error
    if not isinstance(raw, dict) or raw.pop("format", None) != FORMAT:
        raise UserError("シーンのファイルではありません。", _ADVICE)
    version = raw.pop("version", None)
    if version != VERSION or isinstance(version, bool):
        raise UserError(
            f"ファイルの版（{str(version)[:20]}）は読めません。読めるのは版{VERSION}です。",
            "新しい版のダッシュボードで開くか、作った人に保存し直してもらってください。",
        )
    return from_tables(raw)


def to_tables(scene_set: SceneSet) -> dict[str, Any]:
    """Return the set as plain tables and lists."""
    return {"title": scene_set.title, "scenes": [scene_table(each) for each in scene_set.scenes]}


def scene_table(scene: Scene) -> dict[str, Any]:
    """Return one scene as plain tables and lists."""
    table: dict[str, Any] = {
        "scene_id": scene.scene_id,
        "title": scene.title,
        "page": scene.page,
        "query": dict(scene.query),
        "note": scene.note,
    }
    asked = scene.question
    if asked is not None:
        choices = [{"key": choice.key, "label": choice.label} for choice in asked.choices]
        table["question"] = {"text": asked.text, "choices": choices, "seconds": asked.seconds}
        if asked.answer is not None:
            table["question"]["answer"] = asked.answer
    return table


def from_tables(raw: Mapping[str, Any]) -> SceneSet:
    """Return the set in plain tables and lists, or raise UserError with all its faults."""
    try:
        entry = _ENTRY.validate_python(dict(raw), strict=True)
    except ValidationError as error:
        told = [f"・{line}" for line in _told(error.errors(), raw)]
        more = [f"・ほか{len(told) - _MOST_TOLD}か所"] if len(told) > _MOST_TOLD else []
        lines = "\n".join([*told[:_MOST_TOLD], *more])
        raise UserError(f"シーンのファイルに誤りがあります。\n{lines}", _ADVICE) from error
    return SceneSet(entry.title, tuple(_scene(each) for each in entry.scenes))


def _scene(entry: _SceneEntry) -> Scene:
    asked = entry.question
    question = None
    if asked is not None:
        choices = tuple(Choice(choice.key, choice.label) for choice in asked.choices)
        question = Question(asked.text, choices, answer=asked.answer, seconds=asked.seconds)
    return Scene(
        scene_id=entry.scene_id,
        title=entry.title,
        page=entry.page,
        query=tuple(entry.query.items()),
        note=entry.note,
        question=question,
    )


def _told(errors: list[ErrorDetails], raw: Mapping[str, Any]) -> Iterator[str]:
    for error in errors:
        place = [part for part in error["loc"] if part != "[key]"]
        where = "".join(_where(place, raw))
        yield f"{where}{_wrong(error)}"


def _where(place: list[Any], raw: Mapping[str, Any]) -> Iterator[str]:
    for before, part in zip(["", *place], place, strict=False):
        if isinstance(part, int):
            yield f"{part + 1}番目" + ("の" if part is not place[-1] else "：")
            continue
        name = _FIELDS.get(part, f"「{str(part)[:20]}」") if before != "query" else str(part)[:30]
        yield name + ("の" if part is not place[-1] else "：")


def _wrong(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    found = str(error["input"])[:30]
    if kind in ("twins", "no_choice"):
        return f"{error['msg']}。"
    if kind == "missing":
        return "書かれていません。"
    if kind == "extra_forbidden":
        return "知らない項目です。"
    if kind == "literal_error":
        return f"「{found}」というページはありません。使えるページ：{'、'.join(PAGES)}"
    if kind in ("string_too_short", "too_short"):
        least = context.get("min_length", 1)
        return "空です。" if least == 1 else f"{least}つ以上要ります。"
    if kind == "string_too_long":
        return f"長すぎます（上限 {context['max_length']:,}字）。"
    if kind == "too_long":
        return f"多すぎます（上限 {context['max_length']}）。"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"「{found}」は範囲の外です（0〜3,600）。"
    if kind == "string_pattern_mismatch":
        return f"「{found}」は使えません（半角の英数字で書きます）。"
    return "形式が違います。"
