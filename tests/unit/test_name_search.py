"""Any spelling of a name finds it, and nothing else does."""

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.name_search import fold, search_pattern

NAMES = (
    "さくら病院", "サクラ　クリニック", "ｻｸﾗ薬局", "ｶﾞｰﾃﾞﾝ", "ガーデン", "カーテン", "㈱みほん",
    "（株）みほん", "梅沢医院", "梅澤醫院", "桃園Ⅱ", "桃園Ⅲ", "Ｃａｒｅ　ホーム", "霞ヶ丘", "霞ケ丘",
    "100%.*(a|b)[c]", "⽴花", "立花",
)  # fmt: skip


def found(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    with duckdb.connect() as con:
        rows = con.execute(
            "select name from (select unnest($names) as name) where regexp_matches(name, $pattern)",
            {"names": list(names), "pattern": search_pattern(text)},
        ).fetchall()
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("さくら", ["さくら病院", "サクラ　クリニック", "ｻｸﾗ薬局"]),
        ("ｻ ｸ ﾗ", ["さくら病院", "サクラ　クリニック", "ｻｸﾗ薬局"]),
        ("がーでん", ["ｶﾞｰﾃﾞﾝ", "ガーデン"]),
        ("カーテン", ["カーテン"]),
        ("(株)みほん", ["㈱みほん", "（株）みほん"]),
        ("㈱", ["㈱みほん", "（株）みほん"]),
        ("梅沢医", ["梅沢医院", "梅澤醫院"]),
        ("桃園II", ["桃園Ⅱ"]),
        ("care", ["Ｃａｒｅ　ホーム"]),
        ("霞ヶ丘", ["霞ヶ丘", "霞ケ丘"]),
        ("%.*(A|B)[", ["100%.*(a|b)[c]"]),
        ("立花", ["⽴花", "立花"]),
        (".", ["100%.*(a|b)[c]"]),
    ],
)
def test_a_name_is_found_in_every_spelling(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_spaces_alone_ask_for_nothing() -> None:
    assert search_pattern(" 　\t") == ""


LETTERS = [*range(0x21, 0x7F), *range(0x3041, 0x3097), *range(0x30A1, 0x30FD),
           *range(0x3220, 0x3400), *range(0x4E00, 0x4F00), *range(0xFF01, 0xFFA0),
           *map(ord, "澤沢濱ⅡⅢⅶ﨑髙⽴")]  # fmt: skip
TEXT = st.text(st.sampled_from([chr(code) for code in LETTERS]), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(before=TEXT, text=TEXT)
@example(before="0", text="FⅡ")
def test_every_text_finds_itself_and_what_folds_alike(before: str, text: str) -> None:
    if fold(text):
        assert found(text, (text, fold(text), f"{before}|{text}"))[0] == text
        assert fold(text) in found(text, (fold(text),))


@settings(max_examples=60, deadline=None)
@given(name=TEXT, text=TEXT)
def test_what_is_found_holds_the_text(name: str, text: str) -> None:
    if fold(text) and found(text, (name,)):
        assert fold(text) in fold(name)
