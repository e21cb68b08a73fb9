// A button that shows the passwords written inside the element, and hides them again. They are hidden when they are sent,
// so that no browser keeps them as text.
export default (element) => {
  const fields = element.querySelectorAll("input[type=password]");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-link";
  const show = (shown) => {
    for (const field of fields) field.type = shown ? "text" : "password";
    button.textContent = shown ? element.dataset.hide : element.dataset.show;
  };
  show(false);
  button.addEventListener("click", () => show(fields[0].type === "password"));
  element.append(button);
  fields[0].form.addEventListener("submit", () => show(false));
};
