// A finished scene as elements. What people or publishers wrote is set as text only.

let drawn = [];

export function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Put the parts of a scene into a place, in place of those of before. */
export async function drawScene(into, scene) {
  for (const view of drawn) view.finalize();
  drawn = [];
  const figures = [];
  const made = scene.problem ? [element("p", scene.problem, "problem")] : [];
  let metrics = null;
  for (const part of scene.parts) {
    if (part.kind === "metric") {
      metrics ??= made[made.push(element("dl", undefined, "metrics")) - 1];
      metrics.append(...metric(part.rows));
      continue;
    }
    metrics = null;
    made.push(part.kind === "figure" ? figure(part, figures) : words(part));
  }
  into.replaceChildren(...made);
  for (const [place, spec] of figures) await embed(place, spec);
}

function metric(rows) {
  return rows.map(([label, value, note]) => {
    const box = element("div");
    box.append(element("dt", label), element("dd", value, "value"));
    if (note) box.append(element("dd", note, "note"));
    return box;
  });
}

function words(part) {
  if (part.kind === "heading") return element("h2", part.text);
  if (part.kind === "table") return table(part);
  return element("p", part.text, part.kind);
}

function table(part) {
  const frame = element("div", undefined, "scrolls");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", part.text || "表");
  const made = element("table");
  const [head = [], ...rows] = part.rows ?? [];
  made.createTHead().insertRow().append(...head.map((cell) => element("th", cell)));
  const body = made.createTBody();
  for (const row of rows) body.insertRow().append(...row.map((cell) => element("td", cell)));
  frame.append(made);
  return frame;
}

function figure(part, figures) {
  const frame = element("figure", undefined, "scrolls");
  const place = element("div", undefined, "picture");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", part.text || "図");
  frame.append(place);
  figures.push([place, part.spec]);
  return frame;
}

async function embed(place, spec) {
  if (!place.isConnected) return; // the room has moved on meanwhile
  try {
    if (!window.vegaEmbed) await import("./vega.js");
    drawn.push(await window.vegaEmbed(place, spec, { actions: false, renderer: "canvas" }));
  } catch (error) {
    console.warn(error);
    place.replaceChildren(element("p", "この図を描けませんでした。", "problem"));
  }
}
