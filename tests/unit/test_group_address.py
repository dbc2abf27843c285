"""Groups of one's own, in the address and in a file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.group_address import (
    MOST_CODES,
    MOST_GROUPS,
    NAME_LENGTH,
    TEXT_LENGTH,
    as_file,
    as_text,
    from_file,
    from_text,
    own_group,
    plain_name,
)

PLACES = {"19201": "甲府市", "19202": "富士吉田市", "19203": "都留市"}


def known(codes):
    return {code: PLACES[code] for code in codes if code in PLACES}


def test_groups_come_back_from_the_address():
    reading = from_text("南部:19201.19202;北部:19203", known=known)
    assert [(g.key, g.name, g.codes) for g in reading.groups] == [
        ("own-南部", "南部", ("19201", "19202")),
        ("own-北部", "北部", ("19203",)),
    ]
    assert reading.notices == ()
    assert as_text(reading.groups) == "南部:19201.19202;北部:19203"


def test_unknown_codes_are_dropped_and_said():
    reading = from_text("南部:19201.99999;空:00000", known=known)
    assert [g.codes for g in reading.groups] == [("19201",)]
    assert "99999" in reading.notices[0]
    assert any("「空」" in notice for notice in reading.notices)


def test_nothing_is_no_group():
    assert from_text(None, known=known).groups == ()
    assert from_text("", known=known).notices == ()
    assert as_text(()) is None


def test_size_is_limited_and_said():
    many = ";".join(f"g{n}:19201" for n in range(MOST_GROUPS + 3))
    reading = from_text(many, known=known)
    assert len(reading.groups) == MOST_GROUPS
    assert reading.notices
    long = from_text("あ:" + ".".join(["19201"] * (MOST_CODES + 1)), known=known)
    assert any("までです" in notice for notice in long.notices)
    assert from_text("い:19201;" + "x" * TEXT_LENGTH, known=known).groups[0].name == "い"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<b>南部</b>", "<b>南部</b>"),
        ("南\u202e部\u0000\n", "南部"),
        ("a:b;c", "a：b；c"),
        ("長" * 50, "長" * NAME_LENGTH),
        ("   ", ""),
    ],
)
def test_names_are_one_line_of_plain_text(text, name):
    assert plain_name(text) == name


@given(st.lists(st.tuples(st.text(), st.lists(st.sampled_from(list(PLACES)), min_size=1)),
                max_size=5))  # fmt: skip
def test_whatever_the_names_groups_survive_address_and_file(pairs):
    made = {}
    for name, codes in pairs:
        group = own_group(name, codes)
        if group.name:
            made[group.key] = group
    groups = tuple(made.values())
    assert from_text(as_text(groups), known=known).groups == groups
    assert from_file(as_file(groups), known=known).groups == groups


@given(st.text(max_size=300))
def test_no_address_breaks_the_reading(text):
    reading = from_text(text, known=known)
    assert all(set(group.codes) <= set(PLACES) for group in reading.groups)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[]", b"{}", b'{"groups": [1]}', b'{"groups": [{"name": 1}]}',
     b"[" * 100_000, b"0" * 300_000],
)  # fmt: skip
def test_a_file_that_is_none_says_so(content):
    reading = from_file(content, known=known)
    assert reading.groups == ()
    assert reading.notices


def test_a_file_is_readable_by_others():
    whole = json.loads(as_file((own_group("南部", ["19201"]),)))
    assert whole["groups"] == [{"name": "南部", "codes": ["19201"]}]
