// Refreshes staged results while the work goes on: fetches the page again and takes over the same element. When the
// answer no longer carries the module, the work is done and the whole page is loaded once more, with what came of it.
const pause = 1500;

export default (element) => {
  const again = async () => {
    try {
      const answer = await fetch(element.dataset.url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(element.id);
      if (!fresh || fresh.dataset.module !== "progress") return location.reload();
      if (fresh.innerHTML !== element.innerHTML) element.replaceChildren(...fresh.childNodes);
    } catch {
      // The network went away; the next round tries again.
    }
    setTimeout(again, pause);
  };
  setTimeout(again, pause);
};
