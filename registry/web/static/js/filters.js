// A changed select sends the filters at once; the button remains for those without a script and for text fields.
export default (form) => {
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.dataset.send !== "no") form.requestSubmit();
  });
};
