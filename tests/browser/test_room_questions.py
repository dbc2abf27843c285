"""Predict and reveal with a facilitator and five participants, two of them on phones."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.browser import looking
from tests.browser.at_upload import as_role, saved
from tests.browser.conftest import SIZES
from tests.serving import Server, is_foreign, serving
from workshop.scene_files import to_json
from workshop.scenes import Scene, SceneSet

pytestmark = pytest.mark.browser
SOON, LONG = 15_000, 60_000
QUERY = (("area", "81"), ("view", "map"), ("indicator", "age_85_plus"), ("form", "growth"))
SCENES = SceneSet(
    "予想の研修",
    (
        Scene("growth", "増え方のちがい", "population", QUERY, "ここで予想してもらう"),
        Scene("outlook", "見通し", "population", (("area", "81"),)),
    ),
)
# What the page hears of the room is kept, to be read afterwards.
LISTENING = """
    window.told = [];
    const Real = EventSource;
    window.EventSource = class extends Real {
        constructor(...given) { super(...given);
            this.addEventListener("message", (event) => window.told.push(event.data));
        }
    };
"""


@pytest.fixture
def server(demo_store: Path, tmp_path: Path) -> Iterator[Server]:
    root = Path(shutil.copytree(demo_store, tmp_path / "store"))
    with serving(root, tmp_path / "log.txt") as started:
        yield started


@pytest.fixture
def opened(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open a path in a browser of its own; nothing may fail there, nor ask another server."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_at(path: str, *, size: str = "laptop") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ja-JP", accept_downloads=True
        )
        contexts.append(context)
        context.add_init_script(LISTENING)
        page = context.new_page()
        page.set_default_timeout(SOON)
        page.on("request", lambda r: wrong.append(r.url) if is_foreign(r.url, server) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(server.url + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert wrong == []


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).first.click()


def sees(page: Page, words: str, *, timeout: int = SOON) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=timeout)


def vote(page: Page, label: str) -> None:
    press(page, label)
    sees(page, f"「{label}」と答えました")


def with_a_question_from_the_picture(page: Page) -> None:
    """Take the set up from a file, and let its first picture propose what to ask."""
    page.get_by_role("button", name="ファイルから読む").click()
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="研修.json", mimeType="application/json", buffer=to_json(SCENES))
    )
    expect(page.get_by_label("セットの題名")).to_have_value(SCENES.title, timeout=LONG)
    page.get_by_text("予想の問いを出す").click()
    sees(page, "問いの文を書いてください")
    page.get_by_role("button", name="図の値から問いを作る").click()
    use = page.get_by_role("button", name="この問いを使う").first
    expect(use).to_be_visible(timeout=LONG)
    use.click()
    expect(page.get_by_label("問いの文")).to_have_value(
        "これから見る図で、「2040年の85歳以上人口の増減率（2020年から）（%）」が"
        "最も大きいのはどこでしょう。"
    )
    seconds = page.get_by_role("spinbutton", name="秒数")
    seconds.fill("600")
    seconds.press("Enter")
    expect(page.get_by_role("button", name="この問いを使う")).to_have_count(0)
    looking.rerun(page)


def in_an_open_room(page: Page) -> str:
    page.get_by_role("radio", name="ルーム").click()
    page.wait_for_url(re.compile("view=room"))
    looking.rerun(page)
    press(page, "ルームを開く")
    expect(page.get_by_role("button", name="次のシーン")).to_be_visible(timeout=LONG)
    page.wait_for_url(re.compile("code="))
    return page.url.rsplit("code=", 1)[1][:6]


def figure(page: Page, label: str) -> str:
    metric = page.locator("[data-testid='stMetric']").filter(has_text=label)
    return metric.locator("[data-testid='stMetricValue']").inner_text()


def fits_a_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]
    for button in page.locator(".question-choice").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["width"] >= 300


def nothing_told_the_answer(page: Page, right: str) -> None:
    """Read all that the room has said so far: the right label stands among the choices only."""
    told = [json.loads(text) for text in page.evaluate("window.told")]
    assert len(told) > 1
    for state in told:
        assert state["answer"] is None
        if state["question"]:
            assert right in [choice.pop("label") for choice in state["question"]["choices"]]
        assert right not in json.dumps(state, ensure_ascii=False)
        assert SCENES.scenes[0].note not in json.dumps(state, ensure_ascii=False)


def test_a_hall_predicts_and_sees_the_picture(opened: Callable[..., Page]) -> None:
    facilitator = opened(as_role("staff", "/workshop?view=scenes"))
    with_a_question_from_the_picture(facilitator)
    code = in_an_open_room(facilitator)
    hall = [
        opened(f"/room/{code}", size="phone" if number < 2 else "laptop") for number in range(5)
    ]
    sees(facilitator, "5人")
    press(facilitator, "次のシーン")
    right = "蛍守津市"
    wrong = another_choice(hall[0], right)
    for page, label in zip(hall, (wrong, right, right, wrong, right), strict=True):
        vote(page, label)
    vote(hall[0], right)
    sees(facilitator, f"{right}　4人（80％）")
    assert figure(facilitator, "回答した人") == "5人"
    own_answers_outlast_a_reload(hall, right=right, wrong=wrong)
    press(facilitator, "締め切る")
    closed_with_the_tally(hall, code, right=right, wrong=wrong)
    press(facilitator, "正解を示す")
    revealed_on_the_picture(hall, right=right)
    asked_again_until_time_is_over(facilitator, hall)
    the_record_holds_both_rounds(facilitator, right)


def another_choice(page: Page, right: str) -> str:
    """Look at the choices on a phone, and return one that is wrong."""
    labels = page.locator(".question-choice")
    expect(labels).to_have_count(4)
    choices = [label.removeprefix("○").strip() for label in labels.all_inner_texts()]
    assert choices == sorted(choices)
    fits_a_phone(page)
    return next(label for label in choices if label != right)


def own_answers_outlast_a_reload(hall: list[Page], *, right: str, wrong: str) -> None:
    """Look at own answers again after a reload, and after the line was broken."""
    hall[3].reload()
    expect(hall[3].get_by_role("button", name=wrong, pressed=True)).to_be_visible()
    hall[1].context.set_offline(True)
    hall[1].context.set_offline(False)
    sees(hall[1], "つながっています")
    expect(hall[1].get_by_role("button", name=right, pressed=True)).to_be_visible()
    for page in hall:
        expect(page.locator(".question-time")).to_contain_text(re.compile(r"残り \d+秒"))


def closed_with_the_tally(hall: list[Page], code: str, *, right: str, wrong: str) -> None:
    for page in hall:
        sees(page, "回答 5人。答え合わせを待ちましょう。")
        expect(page.locator(".question-row").filter(has_text=right)).to_contain_text("4人（80％）")
        expect(page.locator(".question-choice")).to_have_count(0)
        nothing_told_the_answer(page, right)
    own = hall[3].locator(".question-row").filter(has_text="あなたの答え")
    expect(own).to_contain_text(wrong)
    refused = hall[0].evaluate(
        "(code) => fetch(`/room/${code}/scene/growth`).then((answer) => answer.status)", code
    )
    assert refused == 409


def revealed_on_the_picture(hall: list[Page], *, right: str) -> None:
    sees(hall[0], "○ 正解です。")
    sees(hall[3], f"正解は「{right}」でした。")
    expect(hall[3].locator(".question-row").filter(has_text="✓ 正解")).to_contain_text(right)
    for page in (hall[0], hall[3]):
        sees(page, f"最も高いのは{right}", timeout=LONG)
        expect(page.locator("#parts canvas, #parts svg").first).to_be_visible(timeout=LONG)
    assert hall[0].evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]


def asked_again_until_time_is_over(facilitator: Page, hall: list[Page]) -> None:
    """Ask for two seconds: nobody answers, and nobody closes it either."""
    seconds = facilitator.get_by_role("spinbutton", name="答える時間")
    seconds.fill("2")
    seconds.press("Enter")
    press(facilitator, "もう一度問う")
    for page in hall:
        sees(page, "回答はありませんでした。")
        expect(page.get_by_text("あなたの答え")).to_have_count(0)
    expect(facilitator.get_by_role("button", name="正解を示す")).to_be_visible()


def the_record_holds_both_rounds(facilitator: Page, right: str) -> None:
    press(facilitator, "正解を示す")
    sees(facilitator, "答え合わせずみ")
    _, content = saved(facilitator, "研修の記録（XLSX）を保存")
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["シーン"]["C3"].value == "増え方のちがい"
    rows = list(book["問いと答え"].iter_rows(min_row=3, values_only=True))
    found = {(row[1], row[5]): row[6:] for row in rows}
    assert len(found) == 8
    assert found[1, right] == ("正解", 4, 80, 5, 0)
    assert found[2, right] == ("正解", 0, None, 0, 5)
    assert sum(row[7] for row in rows if row[1] == 1) == 5
    sources = "\n".join(str(row) for row in book["シーンの定義と出典"].iter_rows(values_only=True))
    assert f"最も高いのは{right}" in sources
    assert "出典" in sources
