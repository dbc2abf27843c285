"""A room to try things on: three scenes, the second with a question."""

from __future__ import annotations

from pathlib import Path

from access.roles import Actor, Role
from workshop.rendered import Part, RenderedScene
from workshop.rooms import Room, open_room
from workshop.scenes import Choice, Question, Scene, SceneSet

FACILITATOR = Actor("local:tanto", "担当 太郎", Role.STAFF)
SECOND = Actor("local:kanri", "管理 花子", Role.ADMIN)
VIEWER = Actor("local:etsuran", "閲覧 次郎", Role.VIEWER)
NOTE = "ここで一息おく"
WHO = Question("最も増えるのは？", (Choice("a", "東町"), Choice("b", "西町")), "b", seconds=30)
SCENES = (
    Scene("s1", "人口の見通し", "population", (("area", "81"),), NOTE),
    Scene("s2", "増えるのはどこか", "compare", (("area", "81"), ("view", "rug")), NOTE, WHO),
    Scene("s3", "資源", "resources", ()),
)
SET = SceneSet("研修", SCENES)
SPEC = {"mark": "bar", "data": {"values": [{"x": 1}]}}


def rendered(scenes: tuple[Scene, ...] = SCENES, *, problem: str = "") -> list[RenderedScene]:
    return [
        RenderedScene(
            scene_id=scene.scene_id,
            title=scene.title,
            place="東県",
            generation="000001",
            parts=(Part("sentence", f"{scene.title}の文。"), Part("figure", "図", SPEC)),
            problem=problem,
        )
        for scene in scenes
    ]


def opened(root: Path, *, scene_set: SceneSet = SET, actor: Actor = FACILITATOR) -> Room:
    return open_room(root, actor=actor, scene_set=scene_set, rendered=rendered(scene_set.scenes))
