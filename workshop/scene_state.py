"""How the finished scenes of a room stand: from which data, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workshop.file import reading
from workshop.room import TABLES, Room


@dataclass(frozen=True)
class Finish:
    """Of a finished scene: the generation it was made from, and why it cannot be shown."""

    generation: str
    problem: str


def finishes(root: Path, room: Room) -> dict[str, Finish]:
    """Return how each scene of a room stands, without reading its pictures."""
    query = """
        select scene_id,
            json_extract(content, '$.generation') as generation,
            json_extract(content, '$.problem') as problem
        from rendered
    """
    with reading(root, room.room_id, tables=TABLES) as con:
        return {
            str(row["scene_id"]): Finish(row["generation"], row["problem"])
            for row in con.execute(query)
        }
