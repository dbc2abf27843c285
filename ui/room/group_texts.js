// The texts of a sheet: typed, kept in this browser, sent, and what is said of their saving.

import { ask, forgetAll, isLost, isOver, isToBeRepeated, remember, remembered, told } from "./group_store.js";

const PAUSE = 800, AGAIN = 2000, NOTICE = 8000, MOST_TRIED = 20;
const status = document.getElementById("status");
let noticeUntil = 0;

export const desk = { form: null, chosen: null, sheet: null, pen: {}, version: "", isOver: false, isLost: false };
// key -> text and version as the server has them; draft: being written, on top of version `base`;
// left: a text that could not be saved before the pen went on; tried: sent without an answer yet.
export const cells = new Map();

export function say(words, isBad = false) {
  if (!isBad && Date.now() < noticeUntil) return;
  if (status.textContent !== words) status.textContent = words;
  status.className = isBad ? "bad" : "";
}

export function fails(error) {
  desk.isOver ||= isOver(error);
  desk.isLost = isLost(error);
  if (error.kind === "ended") forgetAll();
  if (!desk.isOver && !desk.isLost) noticeUntil = Date.now() + NOTICE;
  say(told(error), true);
}

export function showSaved() {
  if (desk.isOver || desk.isLost) return;
  const open = [...cells.values()].filter((cell) => cell.draft !== null || cell.left !== null);
  if (open.some((cell) => cell.left !== null || cell.refused)) say("保存していない文があります。この端末に残っています。");
  else say(open.length ? "保存しています…" : desk.pen.mine ? "保存しました。" : "");
}

export function keepDrafts() {
  const found = {};
  for (const [key, { draft, base, left }] of cells) if (draft !== null || left !== null) found[key] = { draft, base, left };
  if (!remember(`drafts:${desk.chosen}`, Object.keys(found).length ? found : null)) {
    noticeUntil = Date.now() + NOTICE;
    say("この端末に控えを残せません。保存されたことを確かめてから閉じてください。", true);
  }
}

export function takeUp(keys) {  // begins a sheet with what this browser kept of it
  cells.clear();
  for (const key of keys) cellOf(key);
  for (const [key, { draft, base, left }] of Object.entries(remembered(`drafts:${desk.chosen}`, {}))) {
    Object.assign(cellOf(key), { draft, base, left, refused: draft === null ? "" : desk.sheet.tooLong(key, draft) });
  }
}

function cellOf(key) {
  if (!cells.has(key)) {
    cells.set(key, { text: "", version: 0, draft: null, base: 0, left: null, tried: [], timer: 0, sending: null, refused: "" });
  }
  return cells.get(key);
}

export const show = (key) => desk.sheet.show(key, cellOf(key), desk.pen);
const isReady = (cell) => cell.draft !== null && !cell.refused && cell.base === cell.version && desk.pen.mine;

export function typed(key, text, wait = PAUSE) {
  const cell = cellOf(key);
  if (cell.draft === null) cell.base = cell.version;
  cell.draft = text;
  cell.refused = desk.sheet.tooLong(key, text);
  clearTimeout(cell.timer);
  cell.timer = cell.refused ? 0 : setTimeout(() => send(key), wait);
  keepDrafts();
  show(key);
  showSaved();
}

export function received(key, { text, version }) {
  const cell = cellOf(key);
  if (version <= cell.version || cell.sending) return;
  // A text of ours may have arrived though its answer was lost: what was typed since builds on it.
  if (cell.tried.some((each) => each.trimEnd() === text)) cell.base = version;
  Object.assign(cell, { text, version });
  if (cell.draft === text) cell.draft = null;
}

export function settle(key) {  // sends what waits; what cannot be saved any more is put aside
  const cell = cellOf(key);
  if (isReady(cell) && !cell.timer && !cell.sending) send(key);
  if (cell.draft === null || cell.sending || (desk.pen.mine && cell.base === cell.version)) return;
  clearTimeout(cell.timer);
  const left = [cell.left, cell.draft].filter((each) => each !== null).join("\n");
  Object.assign(cell, { left: desk.sheet.isPick(key) ? null : left, draft: null, refused: "", timer: 0 });
}

export function send(key, options) {
  const cell = cellOf(key);
  clearTimeout(cell.timer);
  cell.timer = 0;
  if (cell.sending || !isReady(cell)) return cell.sending ?? Promise.resolve();
  cell.sending = sendNow(key, cell, options).finally(() => {
    cell.sending = null;
    if (cells.get(key) !== cell) return;
    if (isReady(cell) && !cell.timer) cell.timer = setTimeout(() => send(key), AGAIN);
    show(key);
    showSaved();
  });
  return cell.sending;
}

async function sendNow(key, cell, options) {
  const at = desk.chosen, text = cell.draft;
  cell.tried = [...cell.tried, text].slice(-MOST_TRIED);
  try {
    const { version } = await ask(`groups/${at}/field`, { key, text, version: cell.base }, options);
    Object.assign(cell, { text, version, base: version, tried: [] });
    if (cell.draft === text) cell.draft = null;
    desk.isLost = false;
  } catch (error) {
    if (at !== desk.chosen) return;
    if (error.kind === "pen") desk.pen = { ...desk.pen, mine: false };
    if (error.kind === "changed") cell.base = -1;
    if (error.kind === "pen" || error.kind === "changed") desk.version = "";
    else if (isToBeRepeated(error) || isOver(error)) fails(error);
    else cell.refused = told(error);
  }
  if (at === desk.chosen) keepDrafts();
}

export async function flush() {  // what is being sent, and what was typed meanwhile
  for (let turns = 0; turns < 2; turns += 1) await Promise.all([...cells.keys()].map((key) => send(key)));
}

export function useLeft(key) {
  const cell = cellOf(key), text = cell.left;
  cell.left = null;
  typed(key, text, 0);
}

export function dropLeft(key) {
  cellOf(key).left = null;
  keepDrafts();
  show(key);
  showSaved();
}
