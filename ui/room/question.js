// The question of a room: choices to press, the time that is left, the tally, the right answer.
// All that people wrote is put in as text, never as markup.

const TRIES = 4;
const part = made("section", "question");
const seen = new Set(); // scenes whose question was drawn since the page was opened
let view = null; // what is drawn: one question in one phase
let ahead = 0; // seconds by which the server's clock is ahead of this one
let version = null;
let ticking = 0;

/** Return the element with the question of this state, the same one every time, or null.
 * Without a pid, as on the hall's screen, there is nothing to press. */
export function questionPart(state, { pid = "", address = "" } = {}) {
  if (state.ended || !state.question || !state.scene) {
    view = null;
    version = state.version ?? version;
    clearInterval(ticking);
    return null;
  }
  if (state.now) ahead = state.now - Date.now() / 1000;
  const before = view;
  const key = JSON.stringify([state.scene.id, state.phase, state.question]);
  if (!before || before.key !== key || version === null || state.version > version + 1) {
    view = begun(state, key, before, { pid, address });
  }
  version = state.version;
  seen.add(state.scene.id);
  view.state = state;
  draw(view);
  clearInterval(ticking);
  if (state.phase === "asking" && state.ends_at) ticking = setInterval(() => drawTime(view), 250);
  return part;
}

function begun(state, key, before, sender) {
  const isNext = before && before.state.scene.id === state.scene.id
    && state.version <= version + 1 && state.phase !== "asking";
  const next = {
    key, ...sender, state, problem: "", isSending: false,
    kept: isNext ? before.kept : null, // the answer as the server has it
    wanted: isNext ? before.kept : null, // the answer last pressed
  };
  const isNew = version !== null && !seen.has(state.scene.id);
  if (sender.pid && !isNext && !isNew) askForOwn(next);
  part.className = `question question-${state.phase}`;
  part.replaceChildren(...frame(next));
  return next;
}

function frame(drawn) {
  const { question, phase } = drawn.state;
  const heading = made("h2", "question-text", question.text);
  const isOpen = phase === "asking";
  drawn.time = made("p", "question-time");
  drawn.said = made("p", "question-said");
  drawn.said.setAttribute("role", "status");
  drawn.rows = question.choices.map((choice) => (isOpen ? button : bar)(drawn, choice));
  const list = made(isOpen ? "div" : "ul", isOpen ? "question-choices" : "question-tally");
  if (isOpen) {
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "選択肢");
  }
  list.append(...drawn.rows.map((row) => row.element));
  return [heading, drawn.time, list, drawn.said];
}

function button(drawn, choice) {
  const isShown = !drawn.pid;
  const element = made(isShown ? "p" : "button", "question-choice");
  const sign = made("span", "question-sign");
  sign.setAttribute("aria-hidden", "true");
  element.append(sign, made("span", "", choice.label));
  if (!isShown) {
    element.type = "button";
    element.addEventListener("click", () => press(drawn, choice.key));
  }
  return { choice, element, sign };
}

function bar(drawn, choice) {
  const element = made("li", "question-row");
  const head = made("p", "question-label");
  const label = made("span", "", choice.label);
  const marks = made("span", "question-marks");
  const track = made("div", "question-track");
  track.setAttribute("aria-hidden", "true");
  const fill = made("div", "question-fill");
  track.append(fill);
  const number = made("span", "question-number");
  head.append(label, marks, number);
  element.append(head, track);
  return { choice, element, marks, fill, number };
}

function draw(drawn) {
  if (drawn.state.phase === "asking") drawChoices(drawn);
  else drawTally(drawn);
  drawTime(drawn);
}

function drawChoices(drawn) {
  if (!drawn.pid) return;
  for (const { choice, element, sign } of drawn.rows) {
    const isOwn = choice.key === drawn.wanted;
    element.setAttribute("aria-pressed", String(isOwn));
    sign.textContent = isOwn ? "●" : "○";
  }
  drawn.said.textContent = saidWhileAsking(drawn);
  drawn.said.classList.toggle("question-problem", Boolean(drawn.problem));
}

function saidWhileAsking(drawn) {
  if (drawn.problem) return drawn.problem;
  if (drawn.wanted === null) return "一つ選んで押してください。";
  const words = `「${labelOf(drawn, drawn.wanted)}」`;
  if (drawn.wanted !== drawn.kept) return `${words}を送っています…`;
  return `${words}と答えました。締め切りまでは、押し直して変えられます。`;
}

function drawTally(drawn) {
  const { tally, answer, phase } = drawn.state;
  const votes = drawn.state.question.choices.map(({ key }) => tally?.[key] ?? 0);
  const all = votes.reduce((sum, each) => sum + each, 0);
  drawn.rows.forEach((row, place) => {
    const share = all ? votes[place] / all : 0;
    const isRight = phase === "revealed" && row.choice.key === answer;
    row.fill.style.width = `${100 * share}%`;
    row.number.textContent = all ? `${votes[place]}人（${Math.round(100 * share)}％）` : "0人";
    row.marks.replaceChildren(...[
      isRight ? made("span", "question-right", "✓ 正解") : null,
      row.choice.key === drawn.kept ? made("span", "question-own", "あなたの答え") : null,
    ].filter(Boolean));
    row.element.classList.toggle("question-is-right", isRight);
  });
  const counted = all ? `回答 ${all}人。` : "回答はありませんでした。";
  drawn.said.textContent = counted + saidAfter(drawn);
}

function saidAfter(drawn) {
  const { answer, phase } = drawn.state;
  if (phase !== "revealed") return "答え合わせを待ちましょう。";
  if (answer === null) return "決まった正解のない問いです。";
  if (!drawn.pid) return `正解は「${labelOf(drawn, answer)}」です。`;
  if (drawn.kept === answer) return "○ 正解です。";
  return `正解は「${labelOf(drawn, answer)}」でした。`;
}

function drawTime(drawn) {
  const { phase, ends_at: end, answered } = drawn.state;
  if (phase !== "asking") {
    drawn.time.textContent = phase === "closed" ? "締め切りました" : "答え合わせ";
    return;
  }
  const left = end ? Math.max(0, Math.ceil(end - Date.now() / 1000 - ahead)) : null;
  const isOver = left === 0;
  let words = isOver ? "時間になりました" : `残り ${left}秒`;
  if (left === null) words = "時間の区切りはありません";
  const shown = `${words}　回答 ${answered}人`;
  if (drawn.time.textContent !== shown) drawn.time.textContent = shown;
  drawn.time.classList.toggle("question-hurry", left !== null && left <= 5);
  for (const { element } of drawn.rows) if (element.tagName === "BUTTON") element.disabled = isOver;
}

function press(drawn, key) {
  drawn.wanted = key;
  drawn.problem = "";
  drawChoices(drawn);
  if (!drawn.isSending) void send(drawn);
}

// One after the other: what was pressed last is what the server has in the end.
async function send(drawn) {
  drawn.isSending = true;
  for (let tries = 0; drawn.wanted !== drawn.kept && drawn === view;) {
    const choice = drawn.wanted;
    const told = await posted(drawn, "answer", { choice });
    if (told.isKept) drawn.kept = choice;
    else if (told.reason || (tries += 1) >= TRIES) giveUp(drawn, told.reason);
    else await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
  }
  drawn.isSending = false;
  if (drawn === view && drawn.state.phase === "asking") drawChoices(drawn);
}

function giveUp(drawn, reason) {
  drawn.wanted = drawn.kept;
  drawn.problem = reason || "送れませんでした。通信を確かめて、もう一度押してください。";
}

// Many pages may have lost the line at once: they do not all ask in the same moment.
async function askForOwn(drawn) {
  if (version !== null) await new Promise((done) => setTimeout(done, 1000 * Math.random()));
  const told = await posted(drawn, "own-answer", {});
  if (!told.isKept || drawn !== view || drawn.wanted !== drawn.kept) return;
  drawn.kept = drawn.wanted = told.choice;
  draw(drawn);
}

async function posted(drawn, what, fields) {
  try {
    const response = await fetch(`${drawn.address}/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pid: drawn.pid, scene: drawn.state.scene.id, ...fields }),
    });
    const told = await response.json();
    if (response.ok) return { isKept: true, choice: told.choice };
    return { isKept: false, reason: response.status === 503 ? "" : `${told.reason}${told.action}` };
  } catch {
    return { isKept: false, reason: "" };
  }
}

function labelOf(drawn, key) {
  return drawn.state.question.choices.find((choice) => choice.key === key)?.label ?? "";
}

function made(name, kind, text) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text !== undefined) element.textContent = text;
  return element;
}
