"""From an uploaded workbook to a generation, and back."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from access.audit import entries, verify
from access.roles import Actor, NotAllowed
from data.accepted.reading import history, imports
from data.errors import StoreError, UserError
from data.generations import Store, open_generation
from surveys.acceptance import accept, originals, preview, redo, undo
from surveys.checked import Decisions
from surveys.proposal import Proposal
from surveys.target import SurveyError, Target, surveys_offered
from tests.unit.intake_stand import (
    ADMIN,
    COUNCIL,
    HEAD,
    NAMES,
    OTHER,
    STAFF,
    VIEWER,
    Y2021,
    accepted,
    answers,
    answers_of,
    book,
    council_book,
    proposed,
    store_of,
)


@pytest.fixture
def intake(tiny: Path, tmp_path: Path) -> Store:
    return store_of(tiny, tmp_path / "store")


ALL_YES = dict.fromkeys(NAMES, "1")


def indicator(store: Store, indicator_id: str, area: str = "81") -> list[tuple[object, ...]]:
    with open_generation(store.current()) as con:
        return con.execute(
            "select period, numerator, denominator from observation"
            " where indicator_id = $i and area_code = $a order by period",
            {"i": indicator_id, "a": area},
        ).fetchall()


def reasoned(found: Proposal) -> dict[str, str]:
    return dict.fromkeys(found.warnings, "確かめた")


def test_an_accepted_workbook_is_served_and_counted(intake: Store) -> None:
    before = indicator(intake, "council_exists")
    done = accepted(intake, council_book({**COUNCIL, "81203": ("なし", 0)}))
    assert answers(intake) == {**ALL_YES, "81203": "0"}
    assert before == []
    assert indicator(intake, "council_exists") == [("FY2021", 4.0, 5.0)]
    assert (done.respondents, done.answers) == (5, 10)
    assert done.generation == intake.current().stem == "000002"
    with open_generation(intake.current()) as con:
        (row,) = imports(con, survey_id="municipal_form", fiscal_year=2021).to_dict("records")
        cited = con.execute("select subject, area_code from source_coverage where source_id"
                            f" = 'upload:{done.import_id}'").fetchall()  # fmt: skip
    assert (row["state"], row["accepted_name"], row["answers"]) == ("in_force", "担当 一", 10)
    assert cited == [("survey:municipal_form:2021", "81")]


def test_questions_that_the_workbook_does_not_ask_stay(intake: Store) -> None:
    before = answers(intake, "goal_setting")
    accepted(intake, council_book(COUNCIL))
    assert before
    assert answers(intake, "goal_setting") == before


def test_undo_and_redo_restore_exactly_what_was(intake: Store) -> None:
    first = accepted(intake, council_book(COUNCIL))
    second = accepted(intake, council_book({"81201": ("なし", 9)}))
    assert answers(intake) == {**ALL_YES, "81201": "0"}
    undo(intake, actor=STAFF, import_id=second.import_id)
    assert answers(intake) == ALL_YES
    assert answers(intake, "training_n")["81201"] == "3"
    undo(intake, actor=STAFF, import_id=first.import_id)
    assert answers(intake) == {}
    assert indicator(intake, "council_exists") == []
    redo(intake, actor=STAFF, import_id=first.import_id)
    assert answers(intake) == ALL_YES
    redo(intake, actor=STAFF, import_id=second.import_id)
    assert answers(intake) == {**ALL_YES, "81201": "0"}


def test_undoing_the_older_of_two_keeps_the_newer(intake: Store) -> None:
    first = accepted(intake, council_book(COUNCIL))
    accepted(intake, council_book({"81201": ("なし", 9)}))
    undo(intake, actor=STAFF, import_id=first.import_id)
    assert answers(intake) == {"81201": "0"}


def test_only_the_one_who_accepted_and_the_admin_undo(intake: Store) -> None:
    done = accepted(intake, council_book(COUNCIL))
    with pytest.raises(NotAllowed, match="担当 一さんが確定したもの"):
        undo(intake, actor=OTHER, import_id=done.import_id)
    assert answers(intake) == ALL_YES
    undo(intake, actor=ADMIN, import_id=done.import_id)
    assert answers(intake) == {}
    with pytest.raises(SurveyError, match="すでに"):
        undo(intake, actor=ADMIN, import_id=done.import_id)
    with pytest.raises(SurveyError, match="取り消せません"):
        undo(intake, actor=ADMIN, import_id="tiny-2021")


def test_a_viewer_can_do_nothing(intake: Store) -> None:
    ready = proposed(intake, council_book(COUNCIL))
    mine = accept(intake, actor=STAFF, proposal=ready, reasons=reasoned(ready))
    served = intake.current()
    with pytest.raises(NotAllowed):
        proposed(intake, council_book(COUNCIL), actor=VIEWER)
    with pytest.raises(NotAllowed):
        accept(intake, actor=VIEWER, proposal=ready, reasons=reasoned(ready))
    with pytest.raises(NotAllowed), preview(intake, actor=VIEWER, proposal=ready):
        pass
    for turn in (undo, redo):
        with pytest.raises(NotAllowed):
            turn(intake, actor=VIEWER, import_id=mine.import_id)
    with pytest.raises(NotAllowed):
        originals(intake, actor=VIEWER, import_id=mine.import_id)
    assert intake.current() == served


def test_the_same_file_twice_is_recognised_until_it_is_undone(intake: Store) -> None:
    file = council_book(COUNCIL)
    done = accepted(intake, file)
    again = proposed(intake, file)
    assert list(again.files["known_import"]) == [done.import_id]
    assert [p.message for p in again.problems if p.stops] == [
        "取込済みです（同じ内容のファイルが使われています）。"
    ]
    undo(intake, actor=STAFF, import_id=done.import_id)
    assert proposed(intake, file).acceptable


def test_originals_are_kept_as_they_came(intake: Store) -> None:
    files = [council_book({"81201": ("あり", 3)}), council_book({"81202": ("なし", 0)})]
    done = accepted(intake, *files)
    kept = originals(intake, actor=STAFF, import_id=done.import_id)
    assert [(file.name, file.content) for file in kept] == [
        ("回答1.xlsx", files[0]),
        ("回答2.xlsx", files[1]),
    ]
    (intake.root / "imports" / kept[0].sha256).write_bytes(b"x")
    with pytest.raises(StoreError, match="壊れています"):
        originals(intake, actor=STAFF, import_id=done.import_id)


def test_warnings_need_a_reason_and_errors_stop(intake: Store) -> None:
    warned = proposed(intake, council_book({"81201": ("あり", 3)}))
    assert "回答者" not in warned.warnings  # all five are published for other questions
    assert set(warned.warnings) == {"列名"}
    for reasons in ({}, {"列名": "  "}):
        with pytest.raises(SurveyError, match="理由のない注意があります：列名"):
            accept(intake, actor=STAFF, proposal=warned, reasons=reasons)
    wrong = proposed(intake, council_book({"81201": ("あり", "多数")}))
    with pytest.raises(SurveyError, match="直すところが残っている"):
        accept(intake, actor=STAFF, proposal=wrong, reasons=reasoned(wrong))
    assert answers(intake) == {}


def test_a_proposal_of_older_data_is_refused(intake: Store) -> None:
    stale = proposed(intake, council_book({"81201": ("なし", 0)}))
    accepted(intake, council_book(COUNCIL))
    with pytest.raises(SurveyError, match="データが更新されました"):
        accept(intake, actor=OTHER, proposal=stale, reasons=reasoned(stale))
    assert answers(intake) == ALL_YES


def test_of_two_at_once_one_is_told(intake: Store) -> None:
    ready = [
        proposed(intake, council_book({"81201": ("あり", n)}), actor=actor)
        for n, actor in ((1, STAFF), (2, OTHER))
    ]
    results: list[object] = []

    def press(actor: Actor, found: Proposal) -> None:
        try:
            results.append(accept(intake, actor=actor, proposal=found, reasons=reasoned(found)))
        except UserError as error:
            results.append(error)

    pressing = [
        threading.Thread(target=press, args=pair)
        for pair in zip((STAFF, OTHER), ready, strict=True)
    ]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    told = [result for result in results if isinstance(result, UserError)]
    assert len(told) == 1
    assert "更新" in told[0].message
    assert len(intake.generations()) == 2


def test_the_preview_shows_the_import_and_publishes_nothing(intake: Store) -> None:
    found = proposed(intake, council_book(COUNCIL))
    with preview(intake, actor=STAFF, proposal=found) as con:
        assert answers_of(con, "council") == ALL_YES
    assert answers(intake) == {}
    assert len(intake.generations()) == 1


def test_one_municipality_alone_is_replaced(intake: Store) -> None:
    accepted(intake, council_book(COUNCIL))
    corrected = council_book(dict.fromkeys(NAMES, ("なし", 0)))
    accepted(intake, corrected, target=Target("municipal_form", 2021, "81", only="81203"))
    assert answers(intake) == {**ALL_YES, "81203": "0"}
    absent = proposed(
        intake,
        council_book({"81201": ("あり", 1)}),
        target=Target("municipal_form", 2021, "81", only="81204"),
    )
    assert "浜町の回答がファイルにありません。" in [p.message for p in absent.problems]


def test_history_names_every_answer_of_a_municipality(intake: Store) -> None:
    accepted(intake, council_book(COUNCIL))
    accepted(intake, council_book({"81201": ("なし", 9)}), actor=OTHER)
    with open_generation(intake.current()) as con:
        found = history(con, survey_id="municipal_form", area_code="81201", question_id="council")
    shown = found[["value", "accepted_name", "cell", "in_force"]].to_numpy().tolist()
    assert shown == [["0", "担当 二", "回答!C2", True], ["1", "担当 一", "回答!C3", False]]


def test_decisions_are_remembered_for_the_next_file_and_forgotten_when_undone(
    intake: Store,
) -> None:
    head = [*HEAD[:2], "連携会議みたいなもの", HEAD[3]]
    rows = [head, ["", "山の手", "やっている", 3]]
    first = proposed(intake, book(rows))
    assert not first.acceptable
    key = str(first.columns.loc[first.columns["header"] == head[2], "key"].iloc[0])
    chosen = Decisions(columns={key: "council"}, respondents={"山の手": "81201"})
    second = proposed(intake, book(rows), decisions=chosen)
    asked = second.values[second.values["how"] == "asked"]
    assert list(asked["printed"]) == ["やっている"]
    told = Decisions(
        columns=chosen.columns,
        respondents=chosen.respondents,
        values={"council": {str(asked["folded"].iloc[0]): "1"}},
    )
    done = accepted(intake, book(rows), decisions=told)
    assert answers(intake) == {"81201": "1"}
    later = proposed(intake, book([head, rows[1], ["", "川辺町", "やっている", 1]]))
    assert later.acceptable
    assert set(later.columns["how"]) == {"decision", "label"}
    undo(intake, actor=STAFF, import_id=done.import_id)
    assert not proposed(intake, book(rows)).acceptable


def test_what_was_decided_of_a_struck_out_value_is_asked_again(intake: Store) -> None:
    struck = "3\u0336"
    accepted(
        intake,
        council_book({"81201": ("あり", struck)}),
        decisions=Decisions(values={"training_n": {struck: "3"}}),
    )
    later = proposed(intake, council_book({"81202": ("あり", struck)}))
    assert list(later.values[later.values["how"] == "asked"]["printed"]) == [struck]


def test_every_deed_is_in_the_audit_log_without_any_content(intake: Store) -> None:
    done = accepted(intake, council_book({"81201": ("あり", 4321)}))
    undo(intake, actor=ADMIN, import_id=done.import_id)
    noted = list(entries(intake.root))
    assert [(n["actor"], n["action"], n["result"]) for n in noted] == [
        ("staff-1", "accept", "begun"),
        ("staff-1", "accept", "done"),
        ("admin-1", "undo_any", "begun"),
        ("admin-1", "undo_any", "done"),
    ]
    assert verify(intake.root).is_sound
    text = json.dumps(noted, ensure_ascii=False)
    assert not [word for word in ("4321", "山手", "回答1", "担当") if word in text]


def test_a_respondent_in_two_files_is_an_error(intake: Store) -> None:
    found = proposed(
        intake, council_book({"81201": ("あり", 1)}), council_book({"81201": ("なし", 1)})
    )
    assert not found.acceptable
    assert any("山手市の回答が複数のファイル" in p.message for p in found.problems)


def test_a_year_without_a_framework_and_an_unknown_form_are_said() -> None:
    with pytest.raises(SurveyError, match="枠組がありません"):
        _ = Target("municipal_form", 1999).framework
    with pytest.raises(SurveyError, match="様式はありません"):
        _ = Target("no_form", 2021).definition
    assert Y2021.framework == "r3"


def test_the_prefectures_form_takes_the_same_way(intake: Store) -> None:
    target = Target("prefectural_form", 2021)
    head = ["都道府県コード", "都道府県名", "データの提供・分析支援"]
    label = target.definition.question("sup_data").label
    head[2] = label
    rows = [head, ["81", "東見本県", "あり"], ["82", "西見本県", "なし"]]
    done = accepted(intake, book(rows), target=target)
    assert answers(intake, "sup_data") == {"81": "1", "82": "0"}
    assert done.respondents == 2


def test_a_form_by_month_is_not_offered_here() -> None:
    assert set(surveys_offered()) == {"municipal_form", "prefectural_form"}
    with pytest.raises(SurveyError):
        _ = Target("discharge_form", 2021).definition


def test_jumps_totals_and_missing_ones_are_compared(intake: Store) -> None:
    accepted(intake, council_book(dict.fromkeys(NAMES, ("あり", 4))))
    later = Target("municipal_form", 2022, "81")
    rows = [
        HEAD,
        ["81201", "山手市", "あり", 6],
        ["81202", "川辺町", "あり", 7],
        ["", "合計", "", 14],
    ]
    found = proposed(intake, book(rows), target=later)
    jumps = found.comparison.jumps
    assert jumps[["area_name", "last_year", "this_year", "change_percent"]].to_numpy().tolist() == [
        ["川辺町", 4.0, 7.0, 75.0]
    ]
    totals = found.comparison.totals
    assert totals[["printed", "added", "agrees"]].to_numpy().tolist() == [[14.0, 13.0, False]]
    assert list(found.comparison.missing["area_name"]) == ["中央市", "森村", "浜町"]
    assert {"前年比", "合計", "回答者"} <= set(found.warnings)
    assert found.comparison.counts == {"new": 4, "changed": 0, "unchanged": 0, "withdrawn": 0}


def test_a_blank_over_an_answer_is_a_withdrawal(intake: Store) -> None:
    accepted(intake, council_book(COUNCIL))
    found = proposed(intake, council_book({**COUNCIL, "81201": ("", 5), "81202": ("なし", 3)}))
    counts = found.comparison.counts
    assert counts == {"new": 0, "changed": 2, "unchanged": 7, "withdrawn": 1}
    assert [p.message for p in found.warnings["取り下げ"]] == [
        "いまある回答1件が、空欄や該当なしなどに変わります（山手市1）。"
    ]
    changed = found.comparison.changes.query("kind == 'changed'")
    assert changed[["area_name", "before", "after"]].to_numpy().tolist() == [
        ["山手市", "3", "5"],
        ["川辺町", "あり", "なし"],
    ]


def test_a_remembered_name_never_overrules_a_code(intake: Store) -> None:
    told = Decisions(respondents={"山の手": "81201"})
    accepted(intake, book([HEAD, ["", "山の手", "あり", 1]]), decisions=told)
    coded = proposed(intake, book([HEAD, ["81202", "山の手", "なし", 1]]))
    assert coded.answers.empty
    assert list(coded.names["how"]) == ["asked"]
    said = proposed(intake, book([HEAD, ["81202", "山の手", "なし", 1]]), decisions=told)
    assert set(said.answers["area_code"]) == {"81201"}
    own = proposed(intake, book([HEAD, ["", "山の手", "なし", 2]]))
    assert set(own.answers["area_code"]) == {"81201"}
    whole = proposed(
        intake, book([HEAD, ["", "山の手", "なし", 2]]), target=Target("municipal_form", 2021)
    )
    assert whole.answers.empty
