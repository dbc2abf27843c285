"""A room with one scene, for tests of group work."""

from __future__ import annotations

import uuid
from pathlib import Path

from access.roles import Actor, Role
from workshop.groups import Group, make_group
from workshop.rendered import RenderedScene
from workshop.rooms import Room, open_room
from workshop.scenes import Scene, SceneSet

STAFF = Actor(subject="test:staff", name="進行役", role=Role.STAFF)
SCENE = Scene(scene_id="one", title="見通し", page="population", query=())


def opened_room(root: Path) -> Room:
    finished = RenderedScene("one", "見通し", "全国", "000001", ())
    scene_set = SceneSet("研修", (SCENE,))
    return open_room(root, actor=STAFF, scene_set=scene_set, rendered=[finished])


def made_group(root: Path, code: str, name: str = "あおぞら", area_code: str = "92201") -> Group:
    return make_group(root, actor=STAFF, code=code, name=name, area_code=area_code)


def new_pid() -> str:
    return str(uuid.uuid4())
