// Takes the code of a link from behind its #, which browsers do not send, into the form, and sends that: the address then
// holds no secret any more. Without a script the reader pastes the code.
export default (element) => {
  const take = () => {
    const code = location.hash.slice(1);
    const field = element.querySelector("input[name=code]");
    if (code.length < 20 || !field) return;
    history.replaceState(null, "", location.pathname + location.search);
    field.value = code;
    field.form.requestSubmit();
  };
  take();
  addEventListener("hashchange", take);
};
