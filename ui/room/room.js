// A participant's page: follows the room, and lets one look around and come back with one press.

import { code, follow, participant, roomAddress } from "./connection.js";
import { element } from "./scene.js";
import { at, sayLine, sayOver, showPlace } from "./shown.js";

const pid = participant();
let state = null;
let apart = null; // the place of the scene that one looks at alone; null while following

function places() {
  return state.shown.map((shown) => shown.place);
}

function look() {
  if (apart !== null && !places().includes(apart)) apart = null;
  const place = apart ?? state.place;
  sayWhere(place);
  return showPlace(state, place, { pid });
}

function sayWhere(place) {
  const entry = state.shown.find((shown) => shown.place === place);
  const index = places().indexOf(place);
  at("steps").hidden = !entry && !state.groups;
  at("apart").hidden = apart === null;
  at("apart_words").textContent = state.scene ? `進行中のシーン：${state.scene.title}` : "";
  at("previous").disabled = index <= 0;
  at("next").disabled = index < 0 || index >= places().length - 1;
  const options = state.shown.map((shown, number) => {
    const option = element("option", `${number + 1}. ${shown.title}`);
    option.value = String(shown.place);
    return option;
  });
  at("chosen").replaceChildren(...options);
  at("chosen").value = String(place);
  at("dashboard").hidden = !entry?.open;
  if (entry?.open) at("dashboard").href = withRoom(entry.address);
  at("groups").hidden = !state.groups;
  at("groups").href = `${roomAddress}/group`;
}

function withRoom(address) {
  return `${address}${address.includes("?") ? "&" : "?"}room=${encodeURIComponent(code)}`;
}

function goTo(place) {
  apart = place === state.place ? null : place;
  look();
}

function step(by) {
  const place = places()[places().indexOf(apart ?? state.place) + by];
  if (place !== undefined) goTo(place);
}

function comeBack() {
  apart = null;
  look();
  at("scene_title").scrollIntoView({ block: "nearest" });
}

at("previous").addEventListener("click", () => step(-1));
at("next").addEventListener("click", () => step(1));
at("chosen").addEventListener("change", () => goTo(Number(at("chosen").value)));
at("back").addEventListener("click", comeBack);
addEventListener("keydown", (event) => {
  if (!state || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, button, [role=region]")) return;
  if (event.key === "ArrowLeft") step(-1);
  else if (event.key === "ArrowRight") step(1);
  else if (event.key === "Escape" && apart !== null) comeBack();
});

follow({
  pid,
  onState: (said) => {
    state = said;
    look();
  },
  onLine: sayLine,
  onOver: sayOver,
});
