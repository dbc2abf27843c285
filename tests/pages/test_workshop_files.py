"""The files of a workshop, drawn from a script of their own and read as they are saved."""

from __future__ import annotations

import base64
import gzip
import json
import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from exports.group_slides import SLIDES_A_GROUP
from tests.pages.opening import words
from tests.unit.group_stand import made_group, new_pid, opened_room
from tests.unit.test_exports_planning import words as words_of_slide
from ui import workshop_files
from ui.scenes_in_hand import InHand
from workshop.pens import take_pen
from workshop.scenes import Scene, SceneSet
from workshop.sheets import write_field

AREA = "81203"


@pytest.fixture
def saved(monkeypatch):
    """What the buttons would save, by the name of the file."""
    found = {}

    def kept(label, data, file_name, kind):
        found[file_name] = data
        original(label, data, file_name, kind)

    original = workshop_files.save_button
    monkeypatch.setattr(workshop_files, "save_button", kept)
    return found


def script(code):
    from ui.store import store
    from ui.workshop_files import draw_files
    from workshop.rooms import room_of

    draw_files(room_of(store().root, code) if code else None)


def drawn(code="", *, scenes=(), **query):
    app = AppTest.from_function(script, kwargs={"code": code}, default_timeout=90)
    app.query_params.update(query)
    app.session_state["scenes_in_hand"] = InHand(SceneSet("研修の集まり", tuple(scenes)))
    app.run()
    assert not app.exception
    return app


def drawn_names(saved, **query):
    saved.clear()
    drawn(**query)
    return set(saved)


def written(room, store, group, texts):
    pid = new_pid()
    at = {"code": room.code, "group_id": group.group_id, "pid": pid, "now": 0.0}
    take_pen(store.root, **at)
    for key, text in texts.items():
        write_field(store.root, **at, key=key, text=text, version=0)


def slides(content):
    return [words_of_slide(slide) for slide in Presentation(BytesIO(content)).slides]


def content_of(page):
    packed = re.search(r'id="content">([^<]*)<', page)
    return gzip.decompress(base64.b64decode(packed[1])).decode("utf-8")


def test_the_scenes_in_hand_become_one_file_and_pictures(tiny_store, saved):
    scenes = (
        Scene("one", "人口", "population", (("area", AREA),), note="ここで間をおく"),
        Scene("two", "消えた町", "population", (("area", "99999"),)),
    )
    app = drawn(scenes=scenes, area=AREA)
    assert "scenes.html" not in saved
    next(b for b in app.button if b.label == "シーンのファイルを作る").click().run()
    assert not app.exception
    page = saved["scenes.html"].decode("utf-8")
    content = content_of(page)
    assert "ここで間をおく" not in content
    one, two = json.loads(content)["scenes"]
    assert (one["title"], one["place"]) == ("人口", "森村")
    assert any(part["kind"] == "figure" for part in one["parts"])
    assert "99999" in two["problem"]
    assert "「消えた町」" in "".join(item.value for item in app.warning)
    with ZipFile(BytesIO(saved["scenes_png.zip"]())) as archive:
        assert [name[:2] for name in archive.namelist()][-1] == "02"
        first = Image.open(BytesIO(archive.read(archive.namelist()[0])))
    assert first.width >= 1_000


def test_names_that_a_scene_hides_are_nowhere_in_the_file(tiny_store, saved):
    query = (("area", AREA), ("hide", "1"))
    app = drawn(scenes=[Scene("one", "順位", "compare", query)])
    next(b for b in app.button if b.label == "シーンのファイルを作る").click().run()
    content = content_of(saved["scenes.html"].decode("utf-8"))
    assert "森村" in content
    assert any(part["kind"] == "figure" for part in json.loads(content)["scenes"][0]["parts"])
    assert [name for name in ("山手市", "川辺町", "浜町", "81204") if name in content] == []


def test_files_of_other_scenes_are_not_offered_as_those_now_chosen(tiny_store, saved):
    scenes = (Scene("one", "人口", "population", (("area", AREA),)),
              Scene("two", "資源", "resources", (("area", AREA),)))  # fmt: skip
    app = drawn(scenes=scenes)
    next(b for b in app.button if b.label == "シーンのファイルを作る").click().run()
    assert "scenes.html" in saved
    saved.clear()
    app.multiselect[0].unselect("two").run()
    assert "scenes.html" not in saved


def test_all_groups_of_a_room_are_saved_with_what_they_wrote(tiny_store, saved):
    room = opened_room(tiny_store.root)
    near = made_group(tiny_store.root, room.code, "つばめ", AREA)
    far = made_group(tiny_store.root, room.code, "かもめ", "")
    written(room, tiny_store, near, {
        "problem": "夜間に人がいない", "board.early": "顔が見える", "pick.early": "aging_rate",
        "cross.dementia.training": "合同の研修", "picked": "aging_rate",
        "target.aging_rate": "40%以下",
    })  # fmt: skip
    written(room, tiny_store, far, {"benefit.cost": "通院が減る", "evaluation.process": "回数"})
    drawn(room.code, area=AREA)

    told = slides(saved[f"groups_{room.code}.pptx"]())
    assert len(told) == 2 * SLIDES_A_GROUP
    plan, board, _, cross = told[:SLIDES_A_GROUP]
    assert "つばめ" in plan
    assert "夜間に人がいない" in plan
    assert "44.5%" in plan
    assert "40%以下" in plan
    assert "顔が見える" in board
    assert "・高齢化率" in board
    assert "合同の研修" in cross
    assert "通院が減る" in told[SLIDES_A_GROUP + 2]

    book = openpyxl.load_workbook(BytesIO(saved[f"groups_{room.code}.xlsx"]()))
    assert book.sheetnames == ["全グループ", "つばめ", "かもめ", "定義", "出典"]
    rows = list(book["全グループ"].iter_rows(values_only=True))
    assert ("つばめ", "森村", "地域支援事業の横断表", "認知症施策 × 人材養成", "合同の研修") in [
        row[:5] for row in rows
    ]
    assert any(row[0] == "かもめ" and row[4] == "回数" for row in rows)
    assert "高齢化率" in dict(book["定義"].iter_rows(values_only=True))


def test_a_blank_sheet_brings_the_data_of_the_municipality(tiny_store, saved):
    drawn(area=AREA)
    plan, board, _, cross = slides(saved[f"group_sheet_{AREA}.pptx"]())
    assert "森村" in plan
    assert "44.5%" in plan
    assert "インプット（投入）" in board
    assert "人材養成" in cross
    empty = slides(saved["group_sheet_blank.pptx"]())
    assert len(empty) == SLIDES_A_GROUP
    assert "森村" not in "\n".join(empty)
    book = openpyxl.load_workbook(BytesIO(saved[f"group_sheet_{AREA}.xlsx"]()))
    assert book.sheetnames[0] == "森村"


def test_while_names_are_hidden_no_file_of_groups_or_municipalities_is_offered(tiny_store, saved):
    room = opened_room(tiny_store.root)
    made_group(tiny_store.root, room.code, "つばめ", AREA)
    app = drawn(room.code, area=AREA, hide="1")
    assert list(saved) == ["group_sheet_blank.pptx", "group_sheet_blank.xlsx"]
    assert "名前を隠している間は" in words(app)
    assert not [b for b in app.button if "全市区町村分" in b.label]


def test_plans_are_offered_for_the_municipality_and_for_the_whole_prefecture(tiny_store, saved):
    app = drawn(area=AREA)
    (plan,) = slides(saved[f"planning_{AREA}.pptx"]())
    assert "森村" in plan
    book = openpyxl.load_workbook(BytesIO(saved[f"planning_{AREA}.xlsx"]()))
    assert book.sheetnames[0] == "森村"
    assert [b.label for b in app.button if "全市区町村分" in b.label]
    assert "planning_81.pptx" not in drawn_names(saved, area="81")
