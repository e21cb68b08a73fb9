// A button beside a text that is there to be copied, where the browser lets a page copy.
export default (element) => {
  if (!navigator.clipboard) return;
  const text = element.querySelector(".copied");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = element.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    said.textContent = element.dataset.copied;
  });
  const row = document.createElement("div");
  row.className = "buttons";
  row.append(button, said);
  element.append(row);
};
