// Shows how many large files are before one that is being sent, and then how many of its rows have been read. Where many wait
// already, the file is not sent yet: it waits here, in nobody's memory but the reader's own. Without this script the request waits by itself, and nothing is shown.
const pause = 700;

const name = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export default (element) => {
  const form = element.closest("form");
  const { url, large, place, reads, rows, one, many } = element.dataset;
  let ticket = null;
  let isSent = false;
  let most = 0; // of rows read; what was told once is not taken back while they are kept

  const show = (before, read) => {
    most = Math.max(most, read ?? 0);
    const reading = most ? rows.replace("{count}", most.toLocaleString(document.documentElement.lang)) : reads;
    const text = before > 1 ? many.replace("{count}", before) : before === 1 ? one : reading;
    if (element.textContent !== text) element.textContent = text;
  };
  const send = () => {
    isSent = true;
    const address = new URL(form.getAttribute("action") || location.href, location.href);
    address.searchParams.set(place, ticket);
    form.setAttribute("action", address);
    HTMLFormElement.prototype.submit.call(form);
  };
  const look = async () => {
    try {
      const answer = await fetch(`${url}?${place}=${ticket}`, { credentials: "same-origin" });
      const queue = answer.ok ? await answer.json() : { before: null, waiting: 0, is_full: false, rows: null };
      show(isSent ? queue.before : queue.waiting, queue.rows);
      if (!isSent && !queue.is_full) send();
    } catch {
      // The network went away. What has been sent is answered; what has not is tried all the same.
      if (!isSent) send();
    }
    setTimeout(look, pause);
  };
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]")?.files[0];
    if (!file) return;
    if (file.size <= Number(large)) {
      show(0);
      return;
    }
    event.preventDefault();
    if (ticket !== null) return;
    ticket = name();
    show(0);
    look();
  });
};
