// Beside a button that signs out: what a page keeps in this browser until it can be saved is forgotten with the person.
export const KEPT = "kept:";

export const forget = (but = "") => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(KEPT) && !(but && key.startsWith(`${KEPT}${but}:`))) localStorage.removeItem(key);
  }
};

export default (form) => form.addEventListener("submit", () => forget());
