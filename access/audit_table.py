"""The audit log as a table, for those who may read it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from access.accounts import COMMAND_LINE, names
from access.audit import Verdict, content, entries_in, verify
from access.roles import ACTION_LABELS, ROLE_LABELS, Action, Actor, require
from data.accepted.table_record import TABLE_LABELS
from data.catalogue import load_catalogue

COLUMNS = ("number", "at", "actor", "name", "role", "action", "result", "details")
_ROLES = {str(role): label for role, label in ROLE_LABELS.items()}
_ACTIONS = {str(action): label for action, label in ACTION_LABELS.items()}
# Taking back and bringing back need the same right, and so are one action in the log.
_REDONE = {
    str(Action.UNDO_OWN): "自分の取り込みのやり直し（再び公表）",
    str(Action.UNDO_ANY): "ほかの人の取り込みのやり直し（再び公表）",
}
_TOLD_BY_ACTION = "event"
RESULTS = {
    "ok": "済み",
    "begun": "開始",
    "done": "済み",
    "refused": "拒否",
    "locked": "拒否（停止中）",
    "opened": "開いた",
    "taken_over": "引き継いだ",
    "ended": "終了した",
}
KEYS = {
    "account": "対象",
    "change": "変更",
    "role": "役割",
    "area_code": "地域",
    "survey": "調査",
    "survey_id": "調査",
    "fiscal_year": "年度",
    "framework": "枠組",
    "generation": "世代",
    "before": "前の世代",
    "import_id": "取り込み",
    "kind": "種類",
    "room": "ルーム",
    "rows": "行数",
    "respondents": "回答者",
    "answers": "回答",
    "files": "ファイル",
    "deed": "したこと",
    "area": "地域",
    "subject": "項目",
    "entry": "番号",
    "version": "版",
    "errors": "エラー",
    "warnings": "注意",
    "sha256": "SHA-256",
}
CHANGES = {
    "add": "追加",
    "role": "役割の変更",
    "disable": "停止",
    "enable": "再開",
    "reset_password": "パスワードの作り直し",
    "end_sessions": "サインインの終了",
}
DEEDS = {"save": "書き込み", "remove": "取り消し", "restore": "元に戻す"}
# Numbers that read as one word with what they count.
_COUNTS = ("respondents", "answers", "files")


def read_log(
    root: Path, *, actor: Actor, words: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[pd.DataFrame, Verdict]:
    """Return every entry, newest first, with the verdict on the chain.

    Column at is the time in Japan as it is printed, moment the same as a time; words has, by
    the key of a detail, what further codes are called.
    """
    require(actor, Action.READ_AUDIT)
    known = names(root) | {COMMAND_LINE.subject: COMMAND_LINE.name, "": "（サインインなし）"}
    told = _words(known) | dict(words or {})
    frozen = tuple((key, tuple(sorted(labels.items()))) for key, labels in sorted(told.items()))
    return _table(content(root), tuple(sorted(known.items())), frozen), verify(root)


@lru_cache(maxsize=2)
def _table(
    log: bytes,
    known: tuple[tuple[str, str], ...],
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
) -> pd.DataFrame:
    """Return the entries in these very bytes, made once; nobody may change the frame."""
    people = dict(known)
    told = {key: dict(labels) for key, labels in words}
    rows = [
        (
            entry.get("n"),
            str(entry.get("at", "")),
            str(entry.get("actor", "")),
            people.get(str(entry.get("actor", "")), ""),
            _label(_ROLES, entry.get("role")),
            _action(entry),
            RESULTS.get(str(entry.get("result")), str(entry.get("result", ""))),
            _details(entry.get("details"), told),
        )
        for entry in entries_in(log)
    ]
    frame = pd.DataFrame(rows[::-1], columns=list(COLUMNS))
    moments = pd.to_datetime(frame["at"], utc=True, errors="coerce")
    moments = moments.dt.tz_convert("Asia/Tokyo").dt.tz_localize(None)
    return frame.assign(at=moments.dt.strftime("%Y-%m-%d %H:%M:%S"), moment=moments)


def _label(labels: Mapping[str, str], value: object) -> str:
    return labels.get(str(value), str(value or ""))


def _action(entry: Mapping[str, object]) -> str:
    details = entry.get("details")
    is_redone = isinstance(details, dict) and details.get(_TOLD_BY_ACTION) == "redone"
    return _label(_ACTIONS | _REDONE if is_redone else _ACTIONS, entry.get("action"))


def _words(known: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    surveys = {key: form.label for key, form in load_catalogue().surveys.items()} | TABLE_LABELS
    return {
        "account": known,
        "change": CHANGES,
        "deed": DEEDS,
        "role": _ROLES,
        "survey": surveys,
        "survey_id": surveys,
    }


def _details(details: object, words: Mapping[str, Mapping[str, str]]) -> str:
    if not isinstance(details, dict):
        return ""
    return "、".join(
        f"{KEYS.get(key, key)}{'' if key in _COUNTS else '：'}"
        f"{words.get(key, {}).get(str(value), value)}"
        for key, value in details.items()
        if key != _TOLD_BY_ACTION
    )


def chain_sentence(verdict: Verdict) -> str:
    """Say whether the log holds, and from which line it does not."""
    if verdict.is_sound and not verdict.lines:
        return "操作の記録は、まだありません。"
    if verdict.is_sound:
        return f"操作の記録{verdict.lines:,}件は、最初から最後まで、すべてつながっています。"
    return (
        f"操作の記録は、{verdict.broken_line:,}件目から信用できません：{verdict.reason}。"
        f"それより前の{verdict.lines:,}件は、つながっています。"
    )
