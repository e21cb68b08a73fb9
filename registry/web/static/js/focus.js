// Moves the focus to the error summary when the page opens, so that it is read first.
export default (element) => element.focus();
