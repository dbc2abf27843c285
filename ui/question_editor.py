"""The question of a scene: written by hand, or made from the values of its picture."""

from __future__ import annotations

import streamlit as st

from analytics.hidden_names import every_area
from data.errors import UserError
from ui.scene_rendering import render
from ui.store import ask
from workshop.proposed_choices import proposed_choices as proposed
from workshop.rendered import RenderedScene
from workshop.scenes import Choice, Question, Scene

MOST_CHOICES, LONGEST_TEXT, LONGEST_LABEL = 12, 300, 120
SECONDS = 30
_NO_ANSWER = "決まった正解はない"
_HOW = "選択肢は1行に1つ、2つから12まで書きます。"


def proposed_choices(rendered: RenderedScene) -> tuple[Question, ...]:
    """Return questions whose choices and right answer are read off the figures of a scene."""
    areas = ask(every_area)
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    return proposed(rendered, names=names)


def edit_question(scene: Scene) -> Question | None:
    """Draw the fields of a scene's question and return it as it now stands.

    What cannot be asked yet is told, and the question of before stays.
    """
    return _Editor(scene).draw()


class _Editor:
    """The fields of one scene; what another part of the page has put into the scene comes first."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.name = f"question_{scene.scene_id}"

    def key(self, part: str) -> str:
        return f"{self.name}_{part}"

    def draw(self) -> Question | None:
        question = self.scene.question
        if self.key("on") not in st.session_state or self._returned() != question:
            self._fill(question)
        is_on = st.toggle(
            "予想の問いを出す",
            key=self.key("on"),
            help="図を見せる前に、参加者がスマートフォンで答えを選びます。",
            on_change=self._switched,
        )
        found = self._fields() if is_on else None
        st.session_state[self.key("returned")] = found
        return found

    def _returned(self) -> Question | None:
        found: Question | None = st.session_state.get(self.key("returned"))
        return found

    def _fill(self, question: Question | None) -> None:
        """Put a question into the fields, before they are drawn."""
        st.session_state[self.key("on")] = question is not None
        if question is None:
            return
        labels = {choice.key: choice.label for choice in question.choices}
        st.session_state[self.key("text")] = question.text
        st.session_state[self.key("choices")] = "\n".join(labels.values())
        st.session_state[self.key("answer")] = labels.get(question.answer or "", _NO_ANSWER)
        st.session_state[self.key("seconds")] = question.seconds

    def _switched(self) -> None:
        """Bring back what stood in the fields before they were switched off."""
        kept: Question | None = st.session_state.get(self.key("kept"))
        if st.session_state[self.key("on")] and kept is not None:
            self._fill(kept)

    def _fields(self) -> Question | None:
        st.text_input("問いの文", key=self.key("text"), max_chars=LONGEST_TEXT,
                      placeholder="例：85歳以上が最も増えるのは、どの市町村でしょう")  # fmt: skip
        st.text_area("選択肢（1行に1つ）", key=self.key("choices"), height=140)
        labels = self._labels()
        options = [_NO_ANSWER, *dict.fromkeys(labels)]
        if st.session_state.get(self.key("answer")) not in options:
            st.session_state[self.key("answer")] = _NO_ANSWER
        with st.container(horizontal=True):
            st.selectbox("正解", options, key=self.key("answer"), width=420)
            st.session_state.setdefault(self.key("seconds"), SECONDS)
            st.number_input("秒数", 0, 3_600, step=5, key=self.key("seconds"), width=180,
                            help="0 にすると、進行役が締め切るまで答えられます。")  # fmt: skip
        self._proposals()
        if fault := _fault(st.session_state[self.key("text")], labels):
            st.warning(fault)
            return self.scene.question
        question = self._question(labels)
        st.session_state[self.key("kept")] = question
        return question

    def _labels(self) -> list[str]:
        lines = str(st.session_state.get(self.key("choices"), "")).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _question(self, labels: list[str]) -> Question:
        choices = _keyed(labels, self.scene.question)
        right = st.session_state[self.key("answer")]
        answer = next((choice.key for choice in choices if choice.label == right), None)
        text = st.session_state[self.key("text")].strip()
        return Question(text, choices, answer, seconds=int(st.session_state[self.key("seconds")]))

    def _proposals(self) -> None:
        """Offer what the picture of the scene suggests; it is drawn for that first."""
        if st.button("図の値から問いを作る", key=self.key("make"), icon=":material/query_stats:"):
            with st.spinner("このシーンの図を読んでいます。"):
                self._propose()
        found = st.session_state.get(self.key("proposed"))
        if found is None or found[0] != (self.scene.page, self.scene.query):
            return
        _, questions, problem = found
        if not questions:
            st.info(problem or "このシーンの図からは作れません。問いと選択肢を書いてください。")
        for place, question in enumerate(questions):
            right = next(c.label for c in question.choices if c.key == question.answer)
            with st.container(border=True, gap="small"):
                st.text(question.text)
                labels = "／".join(choice.label for choice in question.choices)
                st.text(f"選択肢：{labels}　正解：{right}")
                st.button("この問いを使う", key=self.key(f"use_{place}"), on_click=self._use,
                          args=(question,))  # fmt: skip

    def _use(self, question: Question) -> None:
        self._fill(question)
        st.session_state.pop(self.key("proposed"), None)

    def _propose(self) -> None:
        try:
            (rendered,) = render([self.scene])
            found = (proposed_choices(rendered), rendered.problem)
        except UserError as error:
            found = ((), str(error))
        at = (self.scene.page, self.scene.query)
        st.session_state[self.key("proposed")] = (at, *found)


def _keyed(labels: list[str], before: Question | None) -> tuple[Choice, ...]:
    """Return choices that keep the keys they had, so that looking at a question changes nothing."""
    known = {choice.label: choice.key for choice in (before.choices if before else ())}
    free = (key for place in range(1, 100) if (key := str(place)) not in known.values())
    return tuple(Choice(known.get(label) or next(free), label) for label in labels)


def _fault(text: str, labels: list[str]) -> str:
    """Say what a question still lacks, nothing if it can be asked."""
    if not text.strip():
        return "問いの文を書いてください。"
    if not 2 <= len(labels) <= MOST_CHOICES:
        return f"選択肢が{len(labels)}つです。{_HOW}"
    if twins := [label for label in labels if labels.count(label) > 1]:
        return f"同じ選択肢「{twins[0]}」が2つあります。{_HOW}"
    if max(map(len, labels)) > LONGEST_LABEL:
        return f"選択肢は{LONGEST_LABEL}字までです。短くしてください。"
    return ""
