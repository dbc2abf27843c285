"""A room as it stands at one moment, read from its file."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from data.errors import UserError
from workshop.scene_files import from_json
from workshop.scenes import Scene, SceneSet

Phase = Literal["shown", "asking", "closed", "revealed"]
PHASES: tuple[str, ...] = get_args(Phase)
WAITING = -1

TABLES = """
create table if not exists state (
    one integer primary key check (one = 1),
    code text not null,
    title text not null,
    owner_subject text not null,
    owner_name text not null,
    driver_subject text not null,
    driver_name text not null,
    opened_at text not null,
    scene_set text not null,
    scene_id text,
    version integer not null
) strict;

create table if not exists shown (
    scene_id text primary key,
    phase text not null,
    ends_at real
) strict;

create table if not exists rendered (
    scene_id text primary key,
    content text not null
) strict;
"""


class StaleRoom(UserError):
    """Somebody else drives, or has moved on since the room was read."""


@dataclass(frozen=True)
class Stand:
    """How far a scene that was shown has come: its phase, and when answering ends."""

    phase: Phase
    ends_at: float | None = None


@dataclass(frozen=True, eq=False)
class Room:
    """A room: its scenes, which one is shown, and who drives."""

    code: str
    room_id: str
    title: str
    owner_subject: str
    owner_name: str
    driver_subject: str
    driver_name: str
    opened_at: str
    scene_set: SceneSet
    place: int
    stands: Mapping[str, Stand]
    version: int
    ended: bool = False

    @property
    def scene(self) -> Scene | None:
        """Return the scene that everybody is shown; nothing while they wait."""
        return self.scene_set.scenes[self.place] if self.place >= 0 else None

    @property
    def phase(self) -> Phase:
        """Return how far the scene in view is."""
        return self.phase_of(self.scene) if self.scene else "shown"

    @property
    def ends_at(self) -> float | None:
        """Return when answering ends, in seconds of the epoch; nothing without a limit."""
        stand = self.stands.get(self.scene.scene_id) if self.scene else None
        return stand.ends_at if stand and stand.phase == "asking" else None

    @property
    def shown(self) -> tuple[int, ...]:
        """Return the places of the scenes shown so far."""
        scenes = enumerate(self.scene_set.scenes)
        return tuple(place for place, scene in scenes if scene.scene_id in self.stands)

    @property
    def count(self) -> int:
        """Return how many scenes have been shown so far."""
        return len(self.shown)

    def phase_of(self, scene: Scene) -> Phase:
        """Return how far a scene is; answering closes by itself when its time is over."""
        stand = self.stands.get(scene.scene_id, Stand("shown"))
        is_over = stand.ends_at is not None and stand.ends_at <= time.time()
        return "closed" if stand.phase == "asking" and is_over else stand.phase

    def may_see(self, scene: Scene) -> bool:
        """Tell whether participants may see a scene's picture already."""
        return scene.scene_id in self.stands and self.phase_of(scene) in ("shown", "revealed")


def read_room(con: sqlite3.Connection, *, room_id: str) -> Room:
    """Return the room of an open file."""
    row = con.execute("select * from state").fetchone()
    scene_set = from_json(str(row["scene_set"]).encode())
    ids = [scene.scene_id for scene in scene_set.scenes]
    stands = {
        str(found["scene_id"]): Stand(cast(Phase, found["phase"]), found["ends_at"])
        for found in con.execute("select scene_id, phase, ends_at from shown")
    }
    return Room(
        code=row["code"],
        room_id=room_id,
        title=row["title"],
        owner_subject=row["owner_subject"],
        owner_name=row["owner_name"],
        driver_subject=row["driver_subject"],
        driver_name=row["driver_name"],
        opened_at=row["opened_at"],
        scene_set=scene_set,
        place=ids.index(row["scene_id"]) if row["scene_id"] in ids else WAITING,
        stands=stands,
        version=row["version"],
    )


def write_rendered(con: sqlite3.Connection, content: Mapping[str, Mapping[str, object]]) -> None:
    """Put finished scenes in place of those of before."""
    con.execute("delete from rendered")
    con.executemany(
        "insert into rendered (scene_id, content) values (?, ?)",
        [(key, json.dumps(found, ensure_ascii=False)) for key, found in content.items()],
    )
