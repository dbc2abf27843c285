// What the group page keeps in this browser, and how it asks the server.

import { participant, roomAddress } from "./connection.js";

export const room = roomAddress;
const kept = `${room}:group`;
const pid = participant();

export function remembered(name, fallback) {
  try { return JSON.parse(localStorage.getItem(`${kept}:${name}`)) ?? fallback; } catch { return fallback; }
}

export function remember(name, value) {  // tells whether the browser took it
  try {
    if (value === null) localStorage.removeItem(`${kept}:${name}`);
    else localStorage.setItem(`${kept}:${name}`, JSON.stringify(value));
    return true;
  } catch { return false; }
}

export function forgetAll() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(`${kept}:`)) localStorage.removeItem(name);
  } catch { /* nothing was kept */ }
}

export async function ask(path, sent, options = {}) {
  const headers = { "X-Participant": pid };
  if (sent) headers["Content-Type"] = "application/json";
  const answer = await fetch(`${room}/${path}`, {
    headers, method: sent ? "POST" : "GET", body: sent ? JSON.stringify({ pid, ...sent }) : undefined, cache: "no-store", ...options,
  });
  const found = await answer.json();
  if (answer.ok) return found;
  throw Object.assign(new Error(found.reason), { status: answer.status, kind: found.kind, action: found.action ?? "" });
}

// A proxy's own words are no JSON: whatever is not an answer of ours is a lost connection.
export const isLost = (error) => !error.status || error.status >= 500;
export const isToBeRepeated = (error) => isLost(error) || error.status === 429;
export const isOver = (error) => error.kind === "no_room" || error.kind === "ended";
export const told = (error) => isLost(error)
  ? "接続が切れています。書いた文はこの端末に残し、つながり次第送ります。" : `${error.message}${error.action}`;
