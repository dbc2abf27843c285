"""A set of scenes travels as a file; a faulty one is told in words, with every fault."""

from __future__ import annotations

import json

import pytest

from data.errors import UserError
from workshop.rendered import Part, RenderedScene, from_dict, to_dict
from workshop.scene_files import FORMAT, from_json, to_json
from workshop.scenes import Choice, Question, Scene, SceneSet, address_of, is_placed, placed

ASKED = Question("どこか", (Choice("a", "東町"), Choice("b", "西村")), answer="b", seconds=0)
SET = SceneSet(
    "研修",
    (
        Scene("s1", "人口", "population", (("area", "85"), ("view", "map")), "ゆっくり話す", ASKED),
        Scene("s2", "概況", "overview", ()),
    ),
)


def file_of(**changed: object) -> bytes:
    scene = {"title": "人口", "page": "population", "query": {"area": "85"}, **changed}
    return json.dumps({"format": FORMAT, "version": 1, "title": "研修", "scenes": [scene]}).encode()


def told(content: bytes) -> str:
    with pytest.raises(UserError) as caught:
        from_json(content)
    return str(caught.value)


def test_a_set_comes_back_as_it_went() -> None:
    assert from_json(to_json(SET)) == SET


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    assert from_json(b"\xef\xbb\xbf" + to_json(SET)) == SET


def test_scenes_without_a_number_get_different_ones() -> None:
    scene = {"title": "人口", "page": "population"}
    raw = {"format": FORMAT, "version": 1, "title": "研修", "scenes": [scene, scene]}
    read = from_json(json.dumps(raw).encode())
    assert read.scenes[0].scene_id != read.scenes[1].scene_id


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "JSON ではありません"),
        (b"[" * 100_000, "JSON ではありません"),
        (b"[]", "シーンのファイルではありません"),
        (b'{"title": "x", "scenes": []}', "シーンのファイルではありません"),
        (json.dumps({"format": FORMAT, "version": 9}).encode(), "ファイルの版（9）は読めません"),
        (b" " * 1_000_001, "大きすぎます"),
        (file_of(page="admin"), "シーンの1番目のページ：「admin」というページはありません"),
        (file_of(title=""), "シーンの1番目の題名：空です"),
        (file_of(title="長" * 121), "シーンの1番目の題名：長すぎます（上限 120字）"),
        (file_of(query={"area": 85}), "シーンの1番目の選択のarea：形式が違います"),
        (file_of(query={"<b>": "1"}), "「<b>」は使えません"),
        (file_of(note=3), "シーンの1番目の進行メモ：形式が違います"),
        (file_of(color="red"), "シーンの1番目の「color」：知らない項目です"),
        (file_of(question={"text": "？", "choices": []}), "問いの選択肢：2つ以上要ります"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, words: str) -> None:
    assert words in told(content)


def test_every_fault_is_told_at_once() -> None:
    found = told(file_of(title="", page="nowhere", note=3))
    assert all(words in found for words in ("題名", "nowhere", "進行メモ"))


def test_an_answer_must_be_a_choice() -> None:
    choices = [{"key": "a", "label": "東町"}, {"key": "b", "label": "西村"}]
    question = {"text": "どこか", "choices": choices, "answer": "c"}
    assert "正解が選択肢のどれでもありません" in told(file_of(question=question))
    twins = {"text": "どこか", "choices": [choices[0], choices[0]]}
    assert "同じ記号の選択肢" in told(file_of(question=twins))


def test_more_scenes_than_can_be_played_are_refused() -> None:
    scenes = [{"title": "人口", "page": "population"}] * 61
    raw = {"format": FORMAT, "version": 1, "title": "研修", "scenes": scenes}
    assert "シーン：多すぎます（上限 60）" in told(json.dumps(raw).encode())


def test_the_address_of_a_scene_opens_its_page() -> None:
    assert [address_of(scene) for scene in SET.scenes] == ["/population?area=85&view=map", "/"]


def test_a_ready_set_is_placed_in_an_area() -> None:
    waiting = SceneSet(
        "研修",
        (
            Scene("x", "人口", "population", (("area", "{own}"),)),
            Scene("y", "比較", "compare", (("area", "{prefecture}"), ("view", "map"))),
        ),
    )
    made = placed(waiting, own="85201", prefecture="85")
    assert [dict(scene.query).get("area") for scene in made.scenes] == ["85201", "85"]
    assert is_placed(made)
    assert not is_placed(waiting)
    assert {scene.scene_id for scene in made.scenes}.isdisjoint({"x", "y"})


def test_a_rendered_scene_comes_back_as_it_went() -> None:
    parts = (
        Part("heading", "題"),
        Part("figure", "図の説明", spec={"mark": "bar", "data": {"values": [{"a": None}]}}),
        Part("table", rows=(("地域", "人数"), ("東町", "0"))),
    )
    rendered = RenderedScene("s1", "人口", "東町", "000001", parts, "")
    table = json.loads(json.dumps(to_dict(rendered)))
    assert to_dict(from_dict(table)) == to_dict(rendered)
    assert from_dict(table).parts[2].rows[1] == ("東町", "0")
