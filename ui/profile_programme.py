"""The parts of an area's sheet about the programme, its neighbours and areas like it."""

from __future__ import annotations

import pandas as pd

from analytics.profile_shared import shared_sentence
from data.era import fiscal_year_label
from exports.columns import ColumnLabel
from exports.sections import Section

_GIVEN = {"done": "都道府県が行っている", "none": "行っていない"}
_KINDS = {"indicator": "指標", "request": "支援の希望"}


def programme_section(
    items: pd.DataFrame, *, framework_label: str, fiscal_year: int, is_own: bool
) -> Section:
    """Return the answers of one framework's newest year; the frameworks never share a table."""
    year = fiscal_year_label(fiscal_year)
    title = f"事業の取組　{framework_label}　{year}"
    key = f"programme_{fiscal_year}"
    if items.empty:
        return Section(key, title, f"{year}の回答票が読み込まれていません。", items, {})
    if not is_own:
        columns = {"label": ColumnLabel("項目"), "answer": ColumnLabel("実施／回答（市区町村）")}
        sentence = f"{year}の{len(items)}項目を、実施した市区町村数で示します。"
        return Section(key, title, sentence, items[["label", "answer"]], columns)
    groups = items.groupby("answer", sort=False)["short_label"]
    frame = pd.DataFrame(
        [(answer, len(labels), "、".join(labels)) for answer, labels in groups],
        columns=["answer", "count", "labels"],
    )
    columns = {
        "answer": ColumnLabel("回答"),
        "count": ColumnLabel("項目数", "", 0),
        "labels": ColumnLabel("項目"),
    }
    counts = "、".join(f"{row.answer}{row.count_}" for row in _named(frame).itertuples())
    return Section(key, title, f"{year}の{len(items)}項目：{counts}。", frame, columns)


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={"count": "count_"})


def support_section(wanted: pd.DataFrame, *, fiscal_year: int) -> Section:
    """Return the support that the municipalities ask for, and whether the prefecture gives it."""
    year = fiscal_year_label(fiscal_year)
    title = f"都道府県に希望する支援　{year}"
    answering, members = int(wanted["answering"].max()), int(wanted["members"].max())
    asked = wanted[wanted["asking"] > 0]
    frame = pd.DataFrame(
        {
            "label": asked["label"],
            "asking": asked["asking"],
            "given": asked["given"].map(_GIVEN).fillna("都道府県の回答なし"),
        }
    )
    columns = {
        "label": ColumnLabel("希望する支援"),
        "asking": ColumnLabel("希望する市区町村", "", 0),
        "given": ColumnLabel("都道府県の支援"),
    }
    if not answering:
        sentence = f"{year}の希望の回答がありません（{members}市区町村）。"
    else:
        unmet = int((asked["given"] == "none").sum())
        who = f"{members}市区町村のうち{answering}が回答し、" if members > 1 else ""
        sentence = (
            f"{who}希望は{len(asked)}種類。そのうち都道府県が行っていないものは{unmet}種類です。"
        )
    if members == 1:
        frame, columns = (
            frame.drop(columns="asking"),
            {name: label for name, label in columns.items() if name != "asking"},
        )
    return Section("support", title, sentence, frame, columns)


def shared_section(
    shared: pd.DataFrame, *, circle_name: str, members: int, was_asked: bool
) -> Section:
    """Return the problems shared within a circle of municipalities."""
    frame = shared.assign(kind=shared["kind"].map(_KINDS)).head(8)
    columns = {
        "kind": ColumnLabel("種類"),
        "label": ColumnLabel("課題"),
        "areas": ColumnLabel("市区町村数", "", 0),
        "names": ColumnLabel("市区町村"),
    }
    sentence = shared_sentence(
        shared, circle_name=circle_name, members=members, was_asked=was_asked
    )
    return Section("shared", "近隣・圏域に共通する課題", sentence, frame[list(columns)], columns)


def similar_section(similar: pd.DataFrame, *, area_name: str) -> Section:
    """Return the municipalities most like the area, and by what they are like it."""
    frame = pd.DataFrame(
        {
            "area_name": [
                f"{row.area_name}（{row.prefecture_name}）" for row in similar.itertuples()
            ],
            "nearness": [f"{nearness:.1f}%" for nearness in similar["nearness"]],
            "reason": similar["reason"].tolist(),
        }
    )
    columns = {
        "area_name": ColumnLabel("市区町村"),
        "nearness": ColumnLabel("近さ"),
        "reason": ColumnLabel("何が近いか"),
    }
    sentence = (
        f"{area_name}に似た順の{len(frame)}市区町村（全国から）。"
        if len(frame)
        else f"{area_name}と比べられる市区町村がありません。人口のファイルが必要です。"
    )
    return Section("similar", "似た市区町村", sentence, frame, columns)


def gap_section(done: pd.DataFrame, *, area_name: str, fiscal_year: int, peers: int) -> Section:
    """Return the items that so many similar municipalities carry out and this one does not."""
    year = fiscal_year_label(fiscal_year)
    gaps = done[done["is_gap"]]
    frame = pd.DataFrame(
        {
            "label": gaps["label"],
            "doing": [
                f"{doing:,}／{answering:,}"
                for doing, answering in zip(gaps["doing"], gaps["answering"], strict=True)
            ],
            "names": gaps["names"],
        }
    )
    columns = {
        "label": ColumnLabel("項目"),
        "doing": ColumnLabel(f"実施／回答（似た順の{peers}のうち）"),
        "names": ColumnLabel("実施している市区町村"),
    }
    if (done["own"] == "absent").all() or (done["own"] == "unanswered").all():
        sentence = f"{year}：{area_name}の回答がないため、していないことは示せません。"
    else:
        sentence = (
            f"{year}：似た順の{peers}市区町村がしていて{area_name}がしていない項目は"
            f"{len(gaps)}件です。"
        )
    return Section("gaps", "似た市区町村がしていて、していないこと", sentence, frame, columns)
