// The line to the room: who we are, what it says, and how it heals.

const place = location.pathname.match(/^(.*\/room)\/([^/]+)/);
export const rooms = place[1];
export const code = decodeURIComponent(place[2]);
export const roomAddress = `${rooms}/${encodeURIComponent(code)}`;

const SILENT = 45000; // the server gives a sign of life every 20 s
const KEPT = `room:${code}`;

/** Return this browser's random mark in this room; it says nothing of the person. */
export function participant() {
  const pid = kept() ?? randomId();
  keep(pid);
  return pid;
}

// A browser that keeps nothing takes part all the same, as somebody new after each reload.
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(pid) {
  try {
    if (pid) localStorage.setItem(KEPT, pid);
    else localStorage.removeItem(KEPT);
  } catch {
    // it keeps nothing
  }
}

// crypto.randomUUID is there under https only, and a hall is often served without.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Follow the room: onState with each state, onLine whether connected, onOver when it is no more. */
export function follow({ pid, onState, onLine, onOver }) {
  const address = `${roomAddress}/events${pid ? `?pid=${pid}` : ""}`;
  let source = null;
  let heard = Date.now();
  let again = 0;

  function open() {
    clearTimeout(again);
    source?.close();
    heard = Date.now();
    source = new EventSource(address);
    source.onmessage = (event) => {
      alive();
      const state = JSON.parse(event.data);
      if (state.ended) return end("このルームは終了しました。", "参加ありがとうございました。");
      onState(state);
    };
    source.addEventListener("here", alive);
    source.onerror = () => {
      onLine(false);
      if (source.readyState === EventSource.CLOSED) ask();
    };
  }

  function alive() {
    heard = Date.now();
    onLine(true);
  }

  // The browser comes back by itself when a line breaks, not when it was refused: ask why.
  async function ask() {
    try {
      const answer = await fetch(`${roomAddress}/state`, { cache: "no-store" });
      const said = await answer.json().catch(() => ({}));
      if (said.ended) return end("このルームは終了しました。", "参加ありがとうございました。");
      if (answer.status === 404) return end(said.reason, said.action);
      if (answer.ok) await refused();
    } catch {
      // the server is away; it is tried again
    }
    again = setTimeout(open, 1000 + 1000 * Math.random());
  }

  // The room is there and yet we were not let in: it may be full.
  async function refused() {
    const answer = await fetch(address, { headers: { Accept: "text/event-stream" } });
    if (answer.ok) return answer.body.cancel();
    const said = await answer.json();
    onOver(said.reason, said.action, true);
  }

  function end(reason, action) {
    source.close();
    clearInterval(watch);
    keep(null);
    onOver(reason, action, false);
  }

  function look() {
    if (Date.now() - heard > SILENT) open();
  }
  const watch = setInterval(look, 5000);
  addEventListener("online", open);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  open();
}
