// What the page of a participant and the hall's screen have in common: one scene, and its question.

import { roomAddress } from "./connection.js";
import { drawScene } from "./scene.js";
import { questionPart } from "./question.js";

export const at = (id) => document.getElementById(id);

let inView = ""; // which scene, in which phase, is drawn

/** Say whether we are connected. */
export function sayLine(isOn) {
  at("line").textContent = isOn ? "つながっています" : "つなぎ直しています…";
  at("line").classList.toggle("lost", !isOn);
}

/** Say that there is no such room, that it is full, or that it has ended. */
export function sayOver(reason, action, mayComeBack) {
  for (const id of ["waiting", "question", "scene", "steps"]) if (at(id)) at(id).hidden = true;
  at("over").hidden = false;
  at("over_reason").textContent = reason ?? "このルームは開けません。";
  at("over_action").textContent = action ?? "";
  at("line").textContent = mayComeBack ? "もう一度試しています…" : "";
  inView = "";
}

/** Show what there is to see at a place: a scene, and the room's question where it is in view. */
export async function showPlace(state, place, { pid, isHall = false }) {
  at("over").hidden = true;
  at("room_title").textContent = state.title;
  document.title = `${state.title}｜ルーム`;
  at("waiting").hidden = state.place >= 0;
  const isCurrent = place === state.place;
  const entry = state.shown.find((shown) => shown.place === place);
  const asked = questionPart(state, { pid, address: roomAddress });
  at("question").hidden = !(isCurrent && asked);
  if (asked && asked.parentElement !== at("question")) at("question").replaceChildren(asked);
  at("scene").hidden = !entry;
  if (entry) await showScene(state, entry, isHall);
}

async function showScene(state, entry, isHall) {
  const wanted = `${entry.id} ${entry.open} ${state.version}`;
  const before = inView;
  if (wanted === before) return;
  inView = wanted;
  at("scene_title").textContent = entry.title;
  if (before.split(" ")[0] !== entry.id) at("moved").textContent = `シーン：${entry.title}`;
  const scene = entry.open ? await fetched(entry.id, isHall) : guessing();
  if (inView !== wanted) return;
  if (scene === null) {
    inView = ""; // with the next state it is tried again
    return;
  }
  at("scene_place").textContent = scene.place;
  if (sameAsDrawn(scene)) return;
  await drawScene(at("parts"), scene);
}

let lastDrawn = "";
function sameAsDrawn(scene) {
  const text = JSON.stringify(scene);
  const isSame = text === lastDrawn;
  lastDrawn = text;
  return isSame;
}

// In a hall one reads the picture, its sentence and its source, not tables and small print.
function forHall(scene) {
  return { ...scene, parts: scene.parts.filter(({ kind }) => kind !== "table" && kind !== "note") };
}

function guessing() {
  return { place: "", problem: "", parts: [{ kind: "note", text: "図は、答えのあとに出ます。" }] };
}

async function fetched(id, isHall) {
  try {
    const answer = await fetch(`${roomAddress}/scene/${encodeURIComponent(id)}${isHall ? "?stage" : ""}`);
    const said = await answer.json();
    if (answer.ok) return isHall ? forHall(said) : said;
    return { place: "", problem: [said.reason, said.action].filter(Boolean).join(" "), parts: [] };
  } catch {
    return null;
  }
}
