// Says what the checks say while one writes: sends the form's fields with another action, and takes over what is said at
// each field (data-live) from the page that comes back. Nothing that is written is touched; the button Check does the same.
const pause = 800;

export default (element) => {
  const form = element.querySelector("form");
  let timer, running;
  const look = async () => {
    running?.abort();
    running = new AbortController();
    const fields = new FormData(form);
    fields.set("action", element.dataset.action);
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, { // form.action would be a button called so
        method: "POST",
        body: fields,
        signal: running.signal,
        headers: { Accept: "text/html" },
        credentials: "same-origin",
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const said of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(said.id);
        if (fresh && !said.contains(document.activeElement) && fresh.innerHTML !== said.innerHTML) {
          said.replaceChildren(...fresh.childNodes);
        }
      }
    } catch {
      // A later look took its place, or the network went away; the button remains.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
};
