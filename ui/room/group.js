// Group work: which group one is in, who has the pen, what the others write.

import { SheetView, button, drawPen, element } from "./group_sheet.js";
import { ask, remember, remembered, room, told } from "./group_store.js";
import {
  cells, desk, dropLeft, fails, flush, keepDrafts, received, say, send, settle, show, showSaved, takeUp, typed, useLeft,
} from "./group_texts.js";

const POLL = 2000;
const $ = (id) => document.getElementById(id);
let turn = 0, round = 0;

async function deed(act, to) {
  const at = desk.chosen;
  try {
    if (act !== "take") await flush();
    const pen = await ask(`groups/${at}/pen`, { act, to });
    if (at === desk.chosen) heard({ version: desk.version, pen });
  } catch (error) { fails(error); }
  poll();
}

function heard({ pen, version, fields, name, area, exercise }) {
  const isPenChanged = JSON.stringify(desk.pen) !== JSON.stringify(pen);
  Object.assign(desk, { pen, version });
  if (isPenChanged) drawPen($("pen"), pen, deed);
  if (fields) {
    $("title").textContent = [name, area].filter(Boolean).join("　");
    desk.sheet.useExercise(exercise);
    for (const [key, found] of Object.entries(fields)) received(key, found);
  }
  for (const key of cells.keys()) {
    settle(key);
    if (fields || isPenChanged) show(key);
  }
  keepDrafts();
}

async function poll() {
  clearTimeout(turn);
  const mine = ++round;
  if (!desk.chosen || desk.isOver) return;
  try {
    const answer = await ask(`groups/${desk.chosen}?since=${desk.version}`);
    if (mine !== round) return;
    desk.isLost = false;
    heard(answer);
    showSaved();
  } catch (error) {
    if (mine !== round) return;
    fails(error);
    if (error.kind === "refused") return leave();
  }
  if (!desk.isOver) turn = setTimeout(poll, POLL);
}

async function enter(id) {
  clearTimeout(turn);
  round += 1;
  remember("chosen", id);
  const sheet = new SheetView($("tabs"), $("panels"), desk.form, { typed, useLeft, dropLeft, drawn: show });
  Object.assign(desk, { chosen: id, version: "", pen: {}, sheet });
  takeUp(sheet.keys());
  $("choose").hidden = true;
  $("work").hidden = $("pen").hidden = false;
  try { await ask(`groups/${id}/pen`, { act: "join" }); } catch (error) { fails(error); }
  if (desk.chosen !== id || desk.isOver) return;
  poll();
  const facts = await ask(`groups/${id}/facts`).catch((error) => ({ note: told(error) }));
  if (desk.chosen !== id) return;
  sheet.useFacts(facts);
  $("note").textContent = [facts.title, facts.note].filter(Boolean).join("　");
  for (const key of cells.keys()) show(key);
}

function leave() {
  desk.chosen = null;
  remember("chosen", null);
  $("work").hidden = $("pen").hidden = true;
  $("title").textContent = "グループワーク";
  choose();
}

async function choose() {
  clearTimeout(turn);
  const mine = ++round;
  $("choose").hidden = false;
  try {
    const { groups } = await ask("groups");
    if (mine !== round) return;
    desk.isLost = false;
    const hasFocus = $("groups").contains(document.activeElement);
    if (!hasFocus || groups.length !== $("groups").children.length) $("groups").replaceChildren(...groups.map(groupRow));
    say(groups.length ? "" : "グループはまだありません。進行役が作ると、ここに出ます。");
  } catch (error) {
    if (mine !== round) return;
    fails(error);
  }
  if (!desk.isOver) turn = setTimeout(choose, POLL);
}

function groupRow(group) {
  const row = element("li");
  row.append(button([group.name, group.area].filter(Boolean).join("　"), () => enter(group.id)));
  return row;
}

addEventListener("pagehide", () => { for (const key of cells.keys()) send(key, { keepalive: true }); });
addEventListener("online", () => { if (desk.chosen) poll(); });
$("back").href = room;
$("other").addEventListener("click", async () => { await flush(); leave(); });

async function begin() {
  try {
    desk.form = await ask("groups/form");
  } catch (error) {
    fails(error);
    setTimeout(begin, POLL);
    return;
  }
  const before = remembered("chosen", null);
  if (before) enter(before); else choose();
}

begin();
