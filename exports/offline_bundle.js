"use strict";

const scene = document.getElementById("scene");
const hint = document.getElementById("hint");
const list = document.getElementById("list");
const before = document.getElementById("before");
const after = document.getElementById("after");
let content = { scenes: [], files: {} };
let shown = -1;
let drawn = [];

async function unpacked(id) {
  const letters = atob(document.getElementById(id).textContent.trim());
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function made(tag, words, name) {
  const element = document.createElement(tag);
  if (words !== undefined) element.textContent = words;
  if (name) element.className = name;
  return element;
}

// All data lie in this file; nothing else can be asked for.
const loader = {
  load: async (key) => structuredClone(content.files[key]),
  sanitize: async (uri) => {
    if (String(uri).startsWith("data:image/")) return { href: uri };
    throw new Error("only what lies in this file");
  },
};

function tell(handler, event, item, value) {
  hint.hidden = value === null || value === undefined || value === "";
  if (hint.hidden) return;
  const rows = made("dl");
  if (typeof value === "object") {
    for (const [name, words] of Object.entries(value)) {
      rows.append(made("dt", name), made("dd", String(words)));
    }
  }
  hint.replaceChildren(typeof value === "object" ? rows : made("span", String(value)));
  const box = hint.getBoundingClientRect();
  const left = event.clientX + 16 + box.width > innerWidth ? -16 - box.width : 16;
  const top = event.clientY + 16 + box.height > innerHeight ? -16 - box.height : 16;
  hint.style.left = `${Math.max(4, event.clientX + left)}px`;
  hint.style.top = `${Math.max(4, event.clientY + top)}px`;
}

async function figure(part) {
  const into = made("div", undefined, "drawing");
  const spec = structuredClone(part.spec);
  // Drawn small and then enlarged as a whole, so that a hall can read it; a map fills the screen.
  const enlarged = Math.min(1.72, Math.max(1, innerWidth / 1115));
  into.style.zoom = enlarged;
  if ("projection" in spec && typeof spec.height === "number") {
    spec.height = Math.min(560, Math.max(300, (innerHeight - 400) / enlarged));
  }
  into.setAttribute("role", "group");
  if (part.text) into.setAttribute("aria-label", part.text);
  scene.append(into);
  const options = {
    mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false,
    tooltip: tell, loader,
  };
  drawn.push(await window.vegaEmbed(into, spec, options));
}

function table(part) {
  const [head, ...rows] = part.rows;
  const whole = made("table");
  const line = (cells, tag) => {
    const row = made("tr");
    row.append(...cells.map((cell) => made(tag, cell)));
    return row;
  };
  whole.append(line(head ?? [], "th"), ...rows.map((cells) => line(cells, "td")));
  const title = scene.lastElementChild?.matches("h3") ? scene.lastElementChild : null;
  const words = title?.textContent || part.text || "表";
  title?.remove();
  scene.append(folded(`${words}（${rows.length}行）`, [whole]));
}

function folded(title, inner) {
  const element = made("details");
  element.append(made("summary", title), ...inner);
  return element;
}

function metric(part) {
  const isFirst = !scene.lastElementChild?.matches(".metrics");
  const row = isFirst ? made("div", undefined, "metrics") : scene.lastElementChild;
  for (const [label, value, note] of part.rows) {
    const one = made("div");
    one.append(made("p", label, "note"), made("p", value, "value"));
    if (note) one.append(made("p", note, "note"));
    row.append(one);
  }
  if (isFirst) scene.append(row);
}

// A heading with nothing below it says nothing; pages have some above what is not shown here.
function dropEmptyHeading() {
  if (scene.lastElementChild?.matches("h3")) scene.lastElementChild.remove();
}

function words(part) {
  if (part.kind !== "sentence") dropEmptyHeading();
  scene.append(made(part.kind === "heading" ? "h3" : "p", part.text, part.kind));
}

const drawings = { heading: words, sentence: words, source: words, metric, table, figure };

async function show(number) {
  if (number === shown || number < 0 || number >= content.scenes.length) return;
  shown = number;
  tell(null, null, null, null);
  drawn.splice(0).forEach((result) => result.finalize());
  const now = content.scenes[number];
  scene.replaceChildren(made("h2", now.title), made("p", now.place, "place"));
  if (now.problem) scene.append(made("p", now.problem, "problem"));
  list.value = String(number);
  before.disabled = number === 0;
  after.disabled = number === content.scenes.length - 1;
  document.getElementById("count").textContent = `${number + 1}／${content.scenes.length}`;
  history.replaceState(null, "", `#${number + 1}`);
  scrollTo(0, 0);
  scene.removeAttribute("data-ready");
  for (const part of now.parts.filter((each) => each.kind in drawings)) {
    await drawings[part.kind](part);
    if (shown !== number) return;
  }
  dropEmptyHeading();
  const notes = now.parts.filter((part) => part.kind === "note" && part.text);
  if (notes.length) {
    const lines = notes.map((part) => made("p", part.text, "note"));
    scene.append(folded("もとの画面の注", lines));
  }
  scene.dataset.ready = String(number + 1);
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const isField = event.target.matches("input, select");
  const steps = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
  if (event.key in steps && !(isField && event.key.startsWith("Arrow"))) {
    event.preventDefault();
    show(shown + steps[event.key]);
  } else if (event.key.toLowerCase() === "f" && !isField) {
    whole();
  }
}

function whole() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

async function start() {
  content = JSON.parse(await unpacked("content"));
  const library = made("script");
  library.textContent = await unpacked("library");
  document.head.append(library);
  content.scenes.forEach((each, number) => {
    const option = made("option", `${number + 1}　${each.title}`);
    option.value = String(number);
    list.append(option);
  });
  list.addEventListener("change", () => show(Number(list.value)));
  before.addEventListener("click", () => show(shown - 1));
  after.addEventListener("click", () => show(shown + 1));
  document.getElementById("whole").addEventListener("click", whole);
  document.addEventListener("keydown", pressed, true);
  const asked = Number(location.hash.slice(1));
  await show(asked >= 1 && asked <= content.scenes.length ? asked - 1 : 0);
}

start().catch((reason) => {
  console.error(reason);
  scene.replaceChildren(made("p", "このファイルを開けません。Edge か Chrome の新しい版で開いてください。", "problem"));
});
