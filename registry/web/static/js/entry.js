// A table of inputs becomes a grid with one tab stop, saved row by row as somebody writes. What cannot be sent waits in this
// browser, and is forgotten when the person signs out. Without this script the table is saved by its button.
import { forget, KEPT } from "./forget.js";
import { blockOf, mayBeNumber, wordOf as wordIn } from "./entry_cells.js";

const PAUSE = 500; // after the last key
const AGAIN = 4000; // until what waits is tried once more
const ABANDONED = 15000; // after which a tab sends what another one wrote, which may have been closed
const STILL = 1000; // after the last key of a number that was refused: its remaining digits are no figure

export default (form) => {
  const { url, owner, entry, step } = form.dataset;
  const wordOf = (text) => wordIn(text, form.dataset);
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), form.dataset[name]);
  const table = form.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const cells = rows.map((row) => [...row.querySelectorAll("td")]);
  const inputOf = (cell) => cell.querySelector("input");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "entry-status";
  const clashes = document.createElement("div");
  const undone = []; // groups of {cell, text} as they were
  let at = [0, 0];
  let before = ""; // the text of the cell that is edited
  let savedAt = "";
  let refusal = ""; // stands until something else is written, whatever is told of the connection meanwhile
  let refusedAt = -Infinity; // when the last key of what was refused was pressed

  // What waits, by row: kept in the browser before it is sent.
  const place = `${KEPT}${owner}:${entry}`;
  const read = () => JSON.parse(localStorage.getItem(place) ?? "{}");
  const write = (waiting) =>
    Object.keys(waiting).length ? localStorage.setItem(place, JSON.stringify(waiting)) : localStorage.removeItem(place);
  const keyOf = (row, period = step) => `${period} ${row.dataset.unit}`;
  const rowOf = (key) => rows.find((row) => keyOf(row) === key);
  const tab = (sessionStorage.tab ??= Math.random().toString(36).slice(2)); // the same when the page is read anew
  const sending = new Set();
  const clashing = new Set();

  const tell = (text = "") => {
    const count = Object.keys(read()).length;
    const waits = count === 1 ? say("one") : count ? say("waiting", { count }) : "";
    const words = [refusal, text, waits || (savedAt && say("saved", { time: savedAt }))].filter(Boolean).join(" · ");
    if (status.textContent !== words) status.textContent = words;
  };

  const refuse = (text) => {
    refusal = text;
    tell();
  };

  const mark = (cell, kind) => {
    const sign = document.querySelector("#signs").content.querySelector(`[data-kind="${kind}"]`);
    cell.dataset.kind = kind;
    cell.querySelector(".says").replaceChildren(...sign.cloneNode(true).childNodes);
  };

  const change = (cell, text) => {
    const row = cell.closest("tr");
    const waiting = read();
    const key = keyOf(row);
    const kept = waiting[key] ?? { unit: row.dataset.unit, period: step, revision: Number(row.dataset.revision), cells: {} };
    kept.cells[cell.dataset.element] = text;
    waiting[key] = { ...kept, tab, at: Date.now() };
    write(waiting);
    tell();
    clearTimeout(row.timer);
    row.timer = setTimeout(() => send(key), PAUSE);
  };

  const put = (changes) => {
    if (changes.some(({ text }) => mayBeNumber(text))) {
      for (const { cell } of changes) if (mayBeNumber(inputOf(cell).value)) inputOf(cell).value = "";
      refuse(say("refused"));
      return false;
    }
    refusal = "";
    undone.push(changes.map(({ cell, was }) => ({ cell, text: was ?? inputOf(cell).value })));
    for (const { cell, text } of changes) {
      inputOf(cell).value = text;
      change(cell, text);
    }
    return true;
  };

  const undo = () => {
    const group = undone.pop();
    if (!group) return;
    refusal = "";
    for (const { cell, text } of group) {
      inputOf(cell).value = text;
      change(cell, text);
    }
    tell(say("undone", { count: group.length }));
  };

  const taken = (key, sent) => {
    const waiting = read();
    const kept = waiting[key];
    if (!kept) return;
    for (const [name, text] of Object.entries(sent)) if (kept.cells[name] === text) delete kept.cells[name];
    if (!Object.keys(kept.cells).length) delete waiting[key];
    write(waiting);
  };

  const show = (row, answer, { texts = false } = {}) => {
    row.dataset.revision = answer.revision;
    row.querySelector("input[name^=rev-]").value = answer.revision;
    for (const cell of row.querySelectorAll("td")) {
      const said = answer.cells[cell.dataset.element];
      const field = inputOf(cell);
      const waits = read()[keyOf(row)]?.cells[cell.dataset.element] !== undefined;
      if (texts || (!waits && field !== document.activeElement)) field.value = said.text;
      if (!waits) mark(cell, said.kind);
    }
  };

  const clash = (key, kept, answer) => {
    const row = rowOf(key);
    const same = Object.fromEntries(Object.entries(kept.cells).filter(([name, text]) => answer.cells[name].text === text));
    taken(key, same); // another tab sent it
    kept.cells = Object.fromEntries(Object.entries(kept.cells).filter(([name]) => !(name in same)));
    if (!Object.keys(kept.cells).length) {
      if (row) show(row, answer);
      return;
    }
    clashing.add(key);
    const box = document.createElement("div");
    box.className = "message is-stop";
    const inner = document.createElement("div");
    inner.className = "stack-s";
    const head = document.createElement("p");
    head.textContent = say("clash", { unit: row ? row.querySelector("th").innerText.trim() : kept.period });
    const list = document.createElement("ul");
    for (const [name, yours] of Object.entries(kept.cells)) {
      const line = document.createElement("li");
      const column = cells[0].findIndex((cell) => cell.dataset.element === name) + 1;
      const nothing = say("nothing");
      const theirs = answer.cells[name].text || nothing;
      line.textContent = say("yours", { element: table.tHead.rows[0].cells[column].textContent, yours: yours || nothing, theirs });
      list.append(line);
    }
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    const choose = (label, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = label;
      button.addEventListener("click", () => {
        clashing.delete(key);
        box.remove();
        act();
        focus(...at);
      });
      buttons.append(button);
    };
    choose(say("mine"), () => {
      const waiting = read();
      waiting[key].revision = answer.revision;
      write(waiting);
      if (row) row.dataset.revision = answer.revision;
      send(key);
    });
    choose(say("theirs"), () => {
      const waiting = read();
      delete waiting[key];
      write(waiting);
      if (row) show(row, answer, { texts: true });
      tell();
    });
    inner.append(head, list, buttons);
    const sign = document.querySelector("#signs")?.content?.querySelector('[data-kind="unread"] svg');
    box.append(...(sign ? [sign.cloneNode(true)] : []), inner);
    clashes.append(box);
  };

  const send = async (key) => {
    const kept = read()[key];
    if (!kept || sending.has(key) || clashing.has(key)) return;
    sending.add(key);
    const row = rowOf(key);
    const body = { unit: JSON.parse(kept.unit), period: kept.period, revision: kept.revision, cells: kept.cells };
    let answer = null;
    try {
      answer = await fetch(url, {
        method: "PATCH",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" },
        body: JSON.stringify(body),
      });
    } catch {
      tell(say("offline"));
    }
    sending.delete(key);
    if (answer === null) return;
    if (answer.redirected || ![200, 409, 422].includes(answer.status)) {
      tell(answer.redirected || [400, 401, 403].includes(answer.status) ? say("signedout") : "");
      return;
    }
    const told = await answer.json();
    if (answer.status === 409) {
      clash(key, kept, told);
      return tell();
    }
    taken(key, kept.cells);
    if (answer.status === 422) return refuse(`${told.title}. ${told.body} ${told.mend}`);
    savedAt = told.at;
    const waiting = read();
    if (waiting[key]) {
      waiting[key].revision = told.revision;
      write(waiting);
    }
    if (row) show(row, told);
    tell();
    if (waiting[key]) send(key);
  };
  const isOurs = (kept) => kept.tab === tab || !(Date.now() - kept.at < ABANDONED); // of two tabs, the one that wrote it sends it
  const sendAll = () => {
    for (const [key, kept] of Object.entries(read())) if (isOurs(kept)) send(key);
  };

  // The grid: one tab stop, which the arrow keys move.
  const focus = (row, column) => {
    const [then, now] = [cells[at[0]][at[1]], cells[row]?.[column]];
    if (!now) return;
    then.tabIndex = -1;
    at = [row, column];
    now.tabIndex = 0;
    now.focus();
    now.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const bound = (number, most) => Math.min(Math.max(number, 0), most);
  const move = (down, right) =>
    focus(bound(at[0] + down, rows.length - 1), bound(at[1] + right, cells[0].length - 1));
  const edit = (cell, { empty = false } = {}) => {
    const field = inputOf(cell);
    before = field.value;
    if (empty) field.value = "";
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  };
  const done = (cell) => {
    const field = inputOf(cell);
    const text = field.inputMode === "decimal" ? wordOf(field.value.trim()) : field.value.trim();
    if (text === before) field.value = text;
    else {
      put([{ cell, text, was: before }]);
      before = field.value;
    }
  };
  const here = () => cells[at[0]][at[1]];

  const keys = {
    ArrowDown: () => move(1, 0),
    ArrowUp: () => move(-1, 0),
    ArrowRight: () => move(0, 1),
    ArrowLeft: () => move(0, -1),
    Enter: () => move(1, 0),
    Home: () => focus(at[0], 0),
    End: () => focus(at[0], cells[0].length - 1),
    PageDown: () => move(10, 0),
    PageUp: () => move(-10, 0),
    F2: () => edit(here()),
    Delete: () => put([{ cell: here(), text: "" }]),
    Backspace: () => put([{ cell: here(), text: "" }]),
    s: () => put([{ cell: here(), text: wordOf("s") }]),
    e: () => put([{ cell: here(), text: wordOf("e") }]),
  };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.isComposing) return;
    const isMeta = event.ctrlKey || event.metaKey;
    if (event.key.length === 1 && !isMeta && event.timeStamp - refusedAt < STILL) {
      event.preventDefault();
      refusedAt = event.timeStamp;
      return;
    }
    if (event.target.matches("input")) {
      if (event.key === "Escape") {
        event.target.value = before;
        cell.focus();
      } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        done(cell);
        move(event.key === "ArrowUp" ? -1 : 1, 0);
      }
      return;
    }
    if (isMeta && event.key.toLowerCase() === "z") {
      event.preventDefault();
      undo();
    } else if (!isMeta && !event.altKey && keys[event.key] && (inputOf(cell).inputMode === "decimal" || event.key.length > 1)) {
      event.preventDefault();
      keys[event.key]();
    } else if (!isMeta && !event.altKey && event.key.length === 1) {
      edit(cell, { empty: true }); // and the key writes in it
    }
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (!cell) return;
    const row = rows.indexOf(cell.closest("tr"));
    here().tabIndex = -1;
    at = [row, cells[row].indexOf(cell)];
    cell.tabIndex = 0;
    if (event.target.matches("input") && event.relatedTarget !== cell) before = event.target.value;
  });
  table.addEventListener("focusout", (event) => {
    if (event.target.matches("td input")) done(event.target.closest("td"));
  });
  table.addEventListener("input", (event) => {
    const cell = event.target.closest("td");
    if (!mayBeNumber(event.target.value)) return;
    event.target.value = before;
    refusedAt = event.timeStamp;
    refuse(say("refused"));
    cell.focus();
  });
  table.addEventListener("paste", (event) => {
    const cell = event.target.closest("td");
    const block = blockOf(event.clipboardData.getData("text/plain"));
    if (!cell || (event.target.matches("input") && block.length === 1 && block[0].length === 1)) return;
    event.preventDefault();
    const [row, column] = at;
    const changes = block.flatMap((line, down) =>
      line.flatMap((text, right) => {
        const target = cells[row + down]?.[column + right];
        const isNumber = target && inputOf(target).inputMode === "decimal";
        return target ? [{ cell: target, text: isNumber ? wordOf(text) : text }] : [];
      }),
    );
    cell.focus();
    if (changes.length && put(changes)) tell(say("pasted", { count: changes.length }));
  });

  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", table.caption.textContent);
  for (const cell of cells.flat()) {
    cell.setAttribute("role", "gridcell");
    cell.tabIndex = -1;
    cell.setAttribute("aria-labelledby", `${inputOf(cell).id}-name`);
    inputOf(cell).tabIndex = -1;
    const name = document.createElement("span");
    name.id = `${inputOf(cell).id}-name`;
    name.className = "visually-hidden";
    cell.append(name);
  }
  const nameAll = () => {
    for (const cell of cells.flat()) {
      const name = cell.lastElementChild;
      name.textContent = `${inputOf(cell).getAttribute("aria-label")}: ${inputOf(cell).value} ${cell.querySelector(".says").innerText}`;
    }
  };
  new MutationObserver(nameAll).observe(table.tBodies[0], { subtree: true, attributes: true, attributeFilter: ["data-kind"] });
  nameAll();
  here().tabIndex = 0;

  // For fingers: what the keys s, e and Ctrl+Z do.
  const tools = document.createElement("div");
  tools.className = "buttons entry-tools";
  for (const [label, act] of [
    [say("closed"), () => keys.s()],
    [say("notreported"), () => keys.e()],
    [say("undo"), undo],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = label;
    button.addEventListener("click", act);
    tools.append(button);
  }
  form.querySelector(".entry-hint").textContent += ` ${say("hint")}`;
  form.querySelector(".entry-save").before(clashes, tools, status);
  form.querySelector(".entry-save").hidden = true;
  document.querySelector(".entry-count")?.remove(); // it would be that of when the page was opened

  forget(owner); // of whoever used this browser before
  const waiting = read();
  for (const [key, kept] of Object.entries(waiting)) {
    const row = rowOf(key);
    for (const [name, text] of Object.entries(row ? kept.cells : {})) {
      const cell = [...row.querySelectorAll("td")].find((one) => one.dataset.element === name);
      if (cell) inputOf(cell).value = text;
    }
  }
  addEventListener("online", sendAll);
  addEventListener("storage", () => tell());
  setInterval(sendAll, AGAIN);
  sendAll();
  tell();

  // What is checked is what is saved: the button waits for what is under way.
  const check = document.querySelector("#kontrollera");
  check?.addEventListener("submit", async (event) => {
    if (!Object.keys(read()).length) return;
    event.preventDefault();
    await Promise.all(Object.keys(read()).map(send));
    if (!Object.keys(read()).length) HTMLFormElement.prototype.submit.call(check);
    else tell();
  });
};
