"""A list that was cut while it was fetched is refused: the rows that are left are not all."""

from __future__ import annotations

import pytest

from data.errors import UnreadableFile
from data.extract.delimited import read_delimited

WHOLE = "番号,名前,住所\n1,甲,見本市\n2,乙,例町".encode()


def test_a_list_without_a_last_line_break_is_whole() -> None:
    assert len(read_delimited(WHOLE, file_name="a.csv")[0]) == 2


def test_a_list_that_ends_inside_a_row_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="行 3 の途中で切れています"):
        read_delimited(WHOLE[: WHOLE.index("乙".encode())], file_name="a.csv")


def test_a_short_row_before_a_line_break_is_only_set_aside() -> None:
    frame, issues = read_delimited(WHOLE + "\n注,終わり\n".encode(), file_name="a.csv")
    assert len(frame) == 2
    assert [issue.source_ref for issue in issues] == ["行 4"]


def test_a_list_that_ends_inside_a_character_is_refused_for_that() -> None:
    torn = WHOLE[:-1]
    assert torn.decode("cp932", "replace")
    with pytest.raises(UnreadableFile, match="最後の文字の途中で切れています"):
        read_delimited(torn, file_name="a.csv")
