// Keeps the bar of a decision true while one answers: how many questions are answered, and links to what is left. The page
// says the same when it is loaded, and after the button that looks.
export default (element) => {
  const form = document.getElementById(element.dataset.form);
  const steps = [...element.querySelectorAll("[data-step]")];
  const questions = steps.filter((step) => step.dataset.step.startsWith("q_"));
  const value = (name) => new FormData(form).get(name)?.trim() || "";
  const refuses = () => value("outcome") === "refuse";
  const told = new Map(steps.map((step) => [step, step.hidden]));
  const touched = new Set();
  const isDone = (step) => {
    const name = step.dataset.step;
    if (!touched.has(name)) return told.get(step);
    // A choice that needs its reason is judged when the form is sent; here an answer is a choice, and a reply some words.
    return /[\p{L}\p{N}]/u.test(value(name));
  };
  const update = () => {
    const without = refuses();
    for (const step of steps) step.hidden = isDone(step) || (without && "question" in step.dataset);
    const answered = questions.filter(isDone).length;
    element.querySelector("[data-count]").textContent = element.dataset.words
      .replace("%answered", answered).replace("%all", questions.length);
    const isFilledIn = steps.every((step) => step.hidden);
    element.querySelector("[data-left]").hidden = isFilledIn;
    element.querySelector("[data-done]").hidden = !isFilledIn;
  };
  document.addEventListener("input", (event) => {
    if (event.target.form !== form) return;
    touched.add(event.target.name.replace(/^(q_.*)_reason$/, "$1"));
    update();
  });
};
