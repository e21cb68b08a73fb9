// Puts a concept that was found on a line of the field that the choice beside the search names, unless it is there.
export default (element) => {
  element.addEventListener("picked", (event) => {
    const chosen = element.querySelector("select");
    const field = chosen.form.elements[chosen.value];
    const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const { named } = event.detail;
    if (!lines.includes(named)) field.value = [...lines, named].join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
