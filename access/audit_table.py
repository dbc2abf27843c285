"""The audit log as a table, for those who may read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from access.accounts import COMMAND_LINE, names
from access.audit import Verdict, entries, verify
from access.roles import ACTION_LABELS, ROLE_LABELS, Action, Actor, require

COLUMNS = ("number", "at", "actor", "name", "role", "action", "result", "details")
_ROLES = {str(role): label for role, label in ROLE_LABELS.items()}
_ACTIONS = {str(action): label for action, label in ACTION_LABELS.items()}
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
    "entry_id": "記録",
    "room": "ルーム",
    "rows": "行数",
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


def read_log(root: Path, *, actor: Actor) -> tuple[pd.DataFrame, Verdict]:
    """Return every entry, newest first, with the verdict on the chain."""
    require(actor, Action.READ_AUDIT)
    known = names(root) | {COMMAND_LINE.subject: COMMAND_LINE.name, "": "（サインインなし）"}
    rows = [
        (
            entry.get("n"),
            str(entry.get("at", "")),
            str(entry.get("actor", "")),
            known.get(str(entry.get("actor", "")), ""),
            _label(_ROLES, entry.get("role")),
            _label(_ACTIONS, entry.get("action")),
            RESULTS.get(str(entry.get("result")), str(entry.get("result", ""))),
            _details(entry.get("details"), known),
        )
        for entry in entries(root)
    ]
    frame = pd.DataFrame(rows[::-1], columns=list(COLUMNS))
    moments = pd.to_datetime(frame["at"], utc=True, errors="coerce")
    frame["at"] = moments.dt.tz_convert("Asia/Tokyo").dt.tz_localize(None)
    return frame, verify(root)


def _label(labels: Mapping[str, str], value: object) -> str:
    return labels.get(str(value), str(value or ""))


def _details(details: object, known: dict[str, str]) -> str:
    if not isinstance(details, dict):
        return ""
    words = {"account": known, "change": CHANGES, "role": _ROLES}
    return "、".join(
        f"{KEYS.get(key, key)}：{words.get(key, {}).get(str(value), value)}"
        for key, value in details.items()
    )


def chain_sentence(verdict: Verdict) -> str:
    """Say whether the log holds, and from which line it does not."""
    if verdict.is_sound:
        return f"操作の記録{verdict.lines:,}件は、最初から最後まで、すべてつながっています。"
    return (
        f"操作の記録は、{verdict.broken_line:,}件目から信用できません：{verdict.reason}。"
        f"それより前の{verdict.lines:,}件は、つながっています。"
    )
