// Counts the cards of a form that are answered, while they are: the heading inside says so in the page's own words.
export default (element) => {
  const form = element.closest("form");
  const cards = [...form.querySelectorAll("[data-card]")];
  const isAnswered = (card) =>
    [...card.querySelectorAll("input, select")].some((one) => (one.type === "radio" ? one.checked : one.value.trim()));
  const heading = element.querySelector("h2");
  heading.setAttribute("aria-live", "polite");
  form.addEventListener("input", () => {
    const answered = cards.filter(isAnswered).length;
    heading.textContent = element.dataset.words.replace("%answered", answered).replace("%all", cards.length);
  });
};
