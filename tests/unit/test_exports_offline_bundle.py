"""The scenes in one file: what is in it, what is not, and how often."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from typing import Any

from charts.map_tiles import NAME as TILES
from exports.offline_bundle import to_bundle
from tests.unit.bundle_scenes import ADDRESS, CODES, HOSTILE, Piece, Shown, shown_scenes
from tests.unit.test_charts_choropleth import topology


def asked_file(scenes: Any = None, *, title: str = "集まり") -> tuple[str, list[str]]:
    """The file, and the addresses whose content was asked for."""
    asked: list[str] = []

    def geometry(url: str) -> dict[str, Any] | str:
        asked.append(url)
        return "code,name\n01,森村\n" if ".csv" in url else topology()

    made = to_bundle(shown_scenes() if scenes is None else scenes, title=title, geometry=geometry)
    return made.decode("utf-8"), asked


def inside(page: str, name: str) -> str:
    found = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', page)
    assert found is not None
    return gzip.decompress(base64.b64decode(found[1])).decode("utf-8")


def test_nothing_in_the_file_leads_out_of_it() -> None:
    page, _ = asked_file()
    for word in ("http:", "https:", "//", "url(", "src=", "@import", "/geo/"):
        readable = re.sub(r'(?m)^ *//.*$|<script type="text/plain"[^>]*>[^<]*</script>', "", page)
        assert word not in readable, word
    content = inside(page, "content")
    assert "http" not in content
    assert "/geo/" not in content
    assert "000001" not in content


def test_polygons_of_several_figures_are_in_the_file_once() -> None:
    page, asked = asked_file()
    content = json.loads(inside(page, "content"))
    assert asked == [ADDRESS]
    assert list(content["files"]) == ["file0"]
    assert content["files"]["file0"]["type"] == "Topology"
    assert json.dumps(content).count('"Topology"') == 1
    drawn = json.dumps([part["spec"] for scene in content["scenes"] for part in scene["parts"]
                        if "spec" in part])  # fmt: skip
    assert drawn.count('"url": "file0"') >= 2


def test_all_words_are_there_and_none_becomes_markup() -> None:
    page, _ = asked_file(title=HOSTILE)
    assert HOSTILE not in page
    assert "&lt;/script&gt;&lt;script&gt;" in page
    assert page.count("<script") == 3
    scenes = json.loads(inside(page, "content"))["scenes"]
    assert [scene["title"] for scene in scenes] == [
        "高齢化の地図",
        "別の割合",
        HOSTILE,
        "消えた地域",
    ]
    assert scenes[3]["problem"] == "この地域は今のデータにありません。"
    assert scenes[2]["parts"][2]["rows"] == [["町", "値"], [HOSTILE, "1"]]
    assert CODES[0] in json.dumps(scenes[0])


def test_the_policy_lets_run_what_is_in_the_file_and_nothing_else() -> None:
    page, _ = asked_file()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    own = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert own is not None
    assert style is not None
    for text in (own[1], style[1], inside(page, "library")):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy[1]


def test_tables_become_rows_of_text_that_need_no_compiled_code() -> None:
    at = {"url": "/points/000001/01/hospital.csv?v=abc", "format": {"type": "csv"}}
    inline = {"values": 'a,v\n01101,\n01102,"1,5"', "format": {"type": "csv"}}
    spec = {"data": at, "transform": [{"lookup": "a", "from": {"data": inline}}], "mark": "point"}
    page, _ = asked_file([Shown("点", (Piece("figure", "点", spec),))])
    content = json.loads(inside(page, "content"))
    drawn = content["scenes"][0]["parts"][0]["spec"]
    assert content["files"] == {"file0": [{"code": "01", "name": "森村"}]}
    assert drawn["data"] == {"url": "file0", "format": {"type": "json"}}
    assert drawn["transform"][0]["from"]["data"] == {
        "values": [{"a": "01101", "v": ""}, {"a": "01102", "v": "1,5"}],
        "format": {"type": "json"},
    }


def test_background_tiles_which_nobody_could_fetch_are_left_out() -> None:
    tiles = {"name": TILES, "mark": {"type": "image"}}
    spec = {"layer": [tiles, {"mark": "point"}]}
    page, _ = asked_file([Shown("点", (Piece("figure", "点", spec),))])
    drawn = json.loads(inside(page, "content"))["scenes"][0]["parts"][0]["spec"]
    assert [layer["mark"] for layer in drawn["layer"]] == ["point"]


def test_a_number_that_is_none_is_sent_as_missing() -> None:
    spec = {"data": {"values": [{"value": float("nan")}]}, "mark": "bar"}
    page, _ = asked_file([Shown("図", (Piece("figure", "図", spec),))])
    content = json.loads(inside(page, "content"))
    assert content["scenes"][0]["parts"][0]["spec"]["data"]["values"] == [{"value": None}]


def test_the_same_scenes_give_the_same_file_and_it_stays_small() -> None:
    page, _ = asked_file()
    assert page == asked_file()[0]
    assert len(page.encode()) < 500_000
