// Draws the sheet of a group: sections, data, blanks and indicators. All texts are set as text.

export function element(name, text = "", className = "") {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function button(label, pressed, className = "") {
  const made = element("button", label, className);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

function listOf(lines, className) {
  const made = element("ul", "", className);
  made.append(...lines.map((line) => element("li", line)));
  return made;
}

export function drawPen(box, pen, deed) {
  const words = pen.mine ? `あなた（参加者${pen.own}）がペンを持っています。`
    : pen.free ? "ペンは空いています。" : `参加者${pen.holder}さんが書いています。`;
  const parts = [element("span", words)];
  if (pen.mine) {
    for (const number of pen.asking) parts.push(button(`参加者${number}さんにペンを渡す`, () => deed("hand", number), "main"));
    parts.push(button("ペンを置く", () => deed("lay_down")));
  } else if (pen.free) parts.push(button("ペンを取る", () => deed("take"), "main"));
  else if (pen.asked) {
    parts.push(element("span", "お願いしました。渡されるまでお待ちください。"));
    parts.push(button("お願いを取り消す", () => deed("lay_down")));
  } else parts.push(button("ペンをお願いする", () => deed("take"), "main"));
  const hadFocus = box.contains(document.activeElement);
  box.className = pen.mine ? "mine" : "";
  box.replaceChildren(...parts);
  if (hadFocus) box.querySelector("button")?.focus();
}

export class SheetView {
  constructor(tabs, panels, form, hands) {
    Object.assign(this, { tabs, panels, form, hands, facts: {}, exercise: null });
    this.indicators = new Map(form.indicators.map((entry) => [entry.key, entry]));
    this.blanks = new Map();
    this.picks = new Map();
    this.targets = new Map();
    this.sections = form.sections.map((section) => this.#section(section));
    panels.replaceChildren(...this.sections.map((made) => made.panel));
    tabs.replaceChildren(...this.sections.map((made) => made.tab));
    this.open(form.sections[0].key);
  }

  isPick(key) { return this.picks.has(key); }

  keys() { return [...this.blanks.keys(), ...this.picks.keys()]; }

  open(key) {
    for (const made of this.sections) {
      made.panel.hidden = made.key !== key;
      made.tab.setAttribute("aria-pressed", String(made.key === key));
    }
  }

  #section(section) {
    const panel = element("section", "", section.is_grid ? "grid" : "");
    const fields = element("div", "", "fields");
    fields.append(...section.fields.map((field) => this.#field(field, section)));
    panel.append(element("h2", section.title), element("p", section.lead, "lead"), fields, element("p", `用語の出典：${section.source}`, "source"));
    if (section.key === "steps") panel.append(this.sources = element("p", "", "source"));
    return { key: section.key, panel, tab: button(section.title, () => this.open(section.key)) };
  }

  #field(field, section) {
    const box = element("div", "", "field"), label = element("label", field.label);
    if (field.prompt) label.append(element("span", `　${field.prompt}`, "prompt"));
    const facts = element("div"), example = element("p", `例（研修（カ）、${section.short_source}）：${field.example}`, "example");
    example.hidden = true;
    box.append(label, facts, example);
    const blank = this.#blank(box, field.key, field.label, field.max_length, "textarea");
    label.htmlFor = blank.input.id;
    Object.assign(blank, { facts, example, hasExample: Boolean(field.example) });
    this.blanks.set(field.key, blank);
    if (field.pick) this.#pick(box, field);
    return box;
  }

  #blank(box, key, label, longest, kind) {
    const input = element(kind), count = element("p", "", "count"), problem = element("p", "", "problem");
    input.id = `blank_${key}`;
    input.readOnly = true;
    input.addEventListener("input", () => this.hands.typed(key, input.value));
    problem.setAttribute("role", "alert");
    const unsent = element("div", "", "unsent"), left = element("pre");
    const use = button("この文を入れる", () => this.hands.useLeft(key));
    unsent.append(element("span", "この端末にだけ残っている文："), left, use, button("この文を消す", () => this.hands.dropLeft(key)));
    unsent.hidden = true;
    box.append(input, count, problem, unsent);
    return { label, longest, input, count, problem, unsent, left, use };
  }

  tooLong(key, text) {
    const blank = this.blanks.get(key) ?? this.targets.get(key);
    const length = [...text].length;
    return !blank || length <= blank.longest ? ""
      : `「${blank.label}」が長すぎます（${length.toLocaleString()}字）。${blank.longest}字までにすると保存されます。書いた文はこの端末に残っています。`;
  }

  show(key, cell, pen) {
    if (this.picks.has(key)) return this.#showPicks(key, cell, pen);
    const blank = this.blanks.get(key) ?? this.targets.get(key);
    if (!blank) return;
    const text = cell.draft ?? cell.text;
    // Who writes is not disturbed: the server leaves out spaces at the end of a text.
    const isBusy = pen.mine && document.activeElement === blank.input && blank.input.value.trimEnd() === text.trimEnd();
    if (!isBusy && blank.input.value !== text) blank.input.value = text;
    blank.input.readOnly = !pen.mine;
    blank.count.textContent = `${[...blank.input.value].length.toLocaleString()}／${blank.longest}字`;
    if (blank.problem.textContent !== cell.refused) blank.problem.textContent = cell.refused;
    blank.unsent.hidden = cell.left === null;
    blank.left.textContent = cell.left ?? "";
    blank.use.disabled = !pen.mine;
  }

  // --- indicators ----------------------------------------------------------------------------

  #pick(box, field) {
    const chosen = element("ul", "", "picked"), adding = element("div", "", "adding"), select = element("select");
    const problem = element("p", "", "problem");
    problem.setAttribute("role", "alert");
    select.setAttribute("aria-label", `${field.label}の指標を選ぶ`);
    adding.append(select, button("追加", () => {
      const keys = this.#keysOf(field.pick), isFull = keys.length >= field.max_picks;
      problem.textContent = isFull ? `指標は${field.max_picks}つまでです。どれかを外してください。` : "";
      if (isFull || !select.value) return;
      if (!keys.includes(select.value)) this.hands.typed(field.pick, [...keys, select.value].join(","), 0);
      select.value = "";
    }));
    box.append(chosen, adding, problem);
    this.picks.set(field.pick, { field, chosen, adding, select, problem, text: null, mine: null });
    this.#offer(select, field);
  }

  #offer(select, field) {
    const groups = new Map();
    const inOrder = [...this.indicators.values()].sort((a, b) => (b.dimension === field.stage) - (a.dimension === field.stage));
    const suggested = this.facts.suggested ?? [];
    if (suggested.length) groups.set("この地域で目立つ指標", suggested.map((key) => this.indicators.get(key)));
    for (const entry of inOrder) groups.set(entry.stage, [...(groups.get(entry.stage) ?? []), entry]);
    const first = element("option", "指標を選ぶ");
    first.value = "";
    const parts = [...groups].map(([label, entries]) => {
      const made = element("optgroup");
      made.label = label;
      made.append(...entries.map((entry) => Object.assign(element("option", entry.title), { value: entry.key })));
      return made;
    });
    select.replaceChildren(first, ...parts);
  }

  #keysOf(key) { return (this.picks.get(key).text ?? "").split(",").filter((each) => this.indicators.has(each)); }

  #showPicks(key, cell, pen) {
    const pick = this.picks.get(key), text = cell.refused ? cell.text : cell.draft ?? cell.text;
    pick.adding.hidden = !pen.mine;
    if (cell.refused) pick.problem.textContent = cell.refused;
    if (pick.text === text && pick.mine === pen.mine && pick.told === this.facts) return;
    Object.assign(pick, { text, mine: pen.mine, told: this.facts });
    pick.chosen.replaceChildren(...this.#keysOf(key).map((each) => this.#chosen(key, each, pen)));
  }

  #chosen(key, each, pen) {
    const entry = this.indicators.get(each), row = element("li");
    const now = this.facts.now?.[each];
    row.append(element("span", `${entry.title}（${entry.stage}）${now ? `　いま ${now}` : ""}`));
    row.append(element("small", `定義：${entry.definition}`), element("small", `出典：${entry.source}`));
    if (key === "picked") row.append(this.#target(each, entry));
    if (pen.mine) {
      const drop = button("外す", () => this.hands.typed(key, this.#keysOf(key).filter((other) => other !== each).join(","), 0));
      drop.setAttribute("aria-label", `${entry.title}を外す`);
      row.append(drop);
    }
    return row;
  }

  #target(each, entry) {
    const key = `target.${each}`;
    if (!this.targets.has(key)) {
      const box = element("div"), label = element("label", "目標");
      box.append(label);
      const blank = this.#blank(box, key, `${entry.title}の目標`, this.form.max_target, "input");
      label.htmlFor = blank.input.id;
      this.targets.set(key, { ...blank, box });
      queueMicrotask(() => this.hands.drawn(key));
    }
    return this.targets.get(key).box;
  }

  // --- data and exercise -----------------------------------------------------------------------

  useFacts(facts) {
    this.facts = facts;
    for (const [key, blank] of this.blanks) {
      const lines = facts.steps?.[key] ?? [];
      blank.facts.replaceChildren(...(lines.length ? [listOf(lines, "facts")] : []));
      if (key === "quantity" && facts.standing?.length) blank.facts.append(this.#standing(facts.standing));
    }
    for (const pick of this.picks.values()) this.#offer(pick.select, pick.field);
    this.sources.textContent = facts.source?.length ? `データの出典：${facts.source.join("　")}` : "";
  }

  #standing(rows) {
    const table = element("table"), head = element("tr");
    head.append(...["目立つ指標", "段階", "値", "基準", "差"].map((label) => Object.assign(element("th", label), { scope: "col" })));
    table.append(head, ...rows.map((row) => {
      const made = element("tr");
      made.append(...["title", "stage", "with_unit", "benchmark", "side"].map((key) => element("td", row[key])));
      return made;
    }));
    return table;
  }

  useExercise(exercise) {
    if (this.exercise === exercise) return;
    this.exercise = exercise;
    for (const blank of this.blanks.values()) blank.example.hidden = !(exercise && blank.hasExample);
    if (exercise) this.open("board");
  }
}
