"""Versions of entries in the file: the newest, the ones before, and one more."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType

from access.roles import Actor
from records.fields import RefusedEntry
from records.kinds import Value

CURRENT = """
with latest as (
    select
        entry_id,
        max(version) as version
    from entry_version
    where
        kind = :kind
        and (:area_code is null or area_code = :area_code)
        and (:subject is null or subject = :subject)
    group by entry_id
),

final as (
    select
        entry.entry_id,
        entry.version,
        entry.area_code,
        entry.subject,
        entry.fields,
        first.changed_at as created_at,
        first.changed_name as created_by,
        entry.changed_at,
        entry.changed_name as changed_by
    from entry_version as entry
    inner join latest
        on
            latest.entry_id = entry.entry_id
            and latest.version = entry.version
    inner join entry_version as first
        on
            first.entry_id = entry.entry_id
            and first.version = 1
    where not entry.is_removed
    order by
        entry.area_code,
        entry.subject,
        first.changed_at,
        entry.entry_id
)

select * from final
"""

_NEWEST = """
with final as (
    select *
    from entry_version
    where entry_id = :entry_id
    order by version desc
    limit 1
)

select * from final
"""

VERSIONS = """
with final as (
    select *
    from entry_version
    where entry_id = :entry_id
    order by version
)

select * from final
"""

_INSERT = """
insert into entry_version
values (
    :entry_id, :version, :kind, :area_code, :subject, :fields, :is_removed,
    :changed_by, :changed_name, :changed_at
)
"""


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its kind, its area and its subject."""

    kind: str
    area_code: str
    subject: str


@dataclass(frozen=True)
class Entry:
    """One version of an entry as it is kept."""

    entry_id: str
    version: int
    place: Place
    fields: Mapping[str, Value]
    is_removed: bool
    changed_by: str
    changed_name: str
    changed_at: str


def expected(con: sqlite3.Connection, entry_id: str, version: int | None) -> Entry:
    """Return the newest version, or raise RefusedEntry when it is not the one that was read."""
    row = con.execute(_NEWEST, {"entry_id": entry_id}).fetchone()
    if row is None:
        raise RefusedEntry("その記録はありません。", "画面を読み込み直してください。")
    now = entry_of(row)
    if now.version != version:
        done = "削除しました" if now.is_removed else "書きかえました"
        when = now.changed_at[:16].replace("T", " ")
        raise RefusedEntry(
            f"{now.changed_name or now.changed_by}さんが{when}に先に{done}。",
            "いまの内容を確かめてから、もう一度書いてください。",
        )
    return now


def refuse_second(con: sqlite3.Connection, place: Place) -> None:
    """Raise RefusedEntry when there is an entry at a place that holds only one."""
    row = con.execute(CURRENT, asdict(place)).fetchone()
    if row is not None:
        raise RefusedEntry(
            f"{row['changed_by']}さんが先に書いています。", "いまの内容を開いて直してください。"
        )


def append(
    con: sqlite3.Connection,
    actor: Actor,
    place: Place,
    *,
    fields: Mapping[str, Value],
    is_removed: bool = False,
    before: Entry | None = None,
) -> Entry:
    """Write one more version of an entry, or the first of a new one, and return it."""
    made = Entry(
        entry_id=before.entry_id if before else uuid.uuid4().hex,
        version=before.version + 1 if before else 1,
        place=place,
        fields=MappingProxyType(dict(fields)),
        is_removed=is_removed,
        changed_by=actor.subject,
        changed_name=actor.name,
        changed_at=datetime.now().astimezone().isoformat(timespec="seconds"),
    )
    con.execute(
        _INSERT,
        {
            **asdict(place),
            "entry_id": made.entry_id,
            "version": made.version,
            "fields": json.dumps(dict(fields), ensure_ascii=False),
            "is_removed": int(is_removed),
            "changed_by": made.changed_by,
            "changed_name": made.changed_name,
            "changed_at": made.changed_at,
        },
    )
    return made


def entry_of(row: sqlite3.Row) -> Entry:
    """Return a row of the file as an entry."""
    return Entry(
        entry_id=row["entry_id"],
        version=row["version"],
        place=Place(row["kind"], row["area_code"], row["subject"]),
        fields=MappingProxyType(json.loads(row["fields"])),
        is_removed=bool(row["is_removed"]),
        changed_by=row["changed_by"],
        changed_name=row["changed_name"],
        changed_at=row["changed_at"],
    )
