// Shows what a search field finds while one types: <div data-module="search" data-url="…"> around a label and an input.
// The answers are links (or, where data-pick names a field, buttons that add to it), reached by Tab or the arrows. The
// form works without it.
const pause = 150;
const shortest = 2;

export default (element) => {
  const input = element.querySelector("input");
  const { url, meant, none, more, found } = element.dataset;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  element.append(said, list);
  let timer, running;

  const line = (text, kind, language) => {
    const made = document.createElement("span");
    made.className = kind;
    made.textContent = text;
    if (language) made.lang = language;
    return made;
  };
  const choice = (hit) => {
    const row = document.createElement("li");
    const way = document.createElement(element.dataset.pick ? "button" : "a");
    if (element.dataset.pick) {
      way.type = "button";
      way.addEventListener("click", () => {
        element.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: hit }));
        close();
        input.value = "";
        input.focus();
      });
    } else way.href = hit.url;
    way.append(line(hit.named, "wording"));
    if (hit.found) way.append(line(hit.found, "small"));
    if (hit.definition) way.append(line(hit.definition, "small soft", hit.language));
    row.append(way);
    return row;
  };
  const remark = (text) => {
    const row = document.createElement("li");
    row.className = "small soft";
    row.textContent = text;
    return row;
  };
  const close = () => {
    list.hidden = true;
  };
  const show = (answer) => {
    const rows = answer.hits.map(choice);
    if (answer.meant.length) rows.push(remark(meant), ...answer.meant.map(choice));
    if (!rows.length) rows.push(remark(none));
    if (answer.are_cut && more) rows.push(remark(more));
    list.replaceChildren(...rows);
    list.hidden = false;
    said.textContent = rows.length ? `${found}${answer.hits.length + answer.meant.length}` : none;
  };
  // What is chosen beside the field narrows what is found, where the field is one of several that a search is sent with.
  const chosen = () =>
    input.form?.getAttribute("method") === "post" ? {} : Object.fromEntries(new FormData(input.form ?? undefined));
  const ask = async () => {
    running?.abort();
    const words = input.value.trim();
    if (words.length < shortest) return close();
    running = new AbortController();
    try {
      const address = `${url}?${new URLSearchParams({ ...chosen(), q: words })}`;
      const answer = await fetch(address, { signal: running.signal, credentials: "same-origin" });
      if (answer.ok) show(await answer.json());
    } catch {
      // A newer question took its place, or the network went away; the button remains.
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      input.focus();
    }
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [input, ...list.querySelectorAll("a, button")];
    const place = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    stops[(place + stops.length) % stops.length].focus();
    event.preventDefault();
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget)) close();
  });
  // Somebody may have written before this script came.
  if (document.activeElement === input && input.value !== input.defaultValue) ask();
};
