// What texts in cells of an entry mean, without any page.
const LONGEST = 9; // digits of a figure; an identity number has ten or twelve

// What is written for s and e, by the words that the page has for them.
export const wordOf = (text, words) => ({ s: words.s, e: words.e })[text.trim().toLowerCase()] ?? text;

// Whether a text may hold an identity number: it is then neither sent nor kept in the browser.
export const mayBeNumber = (text) => (text.match(/\d[\d\s+-]*/gu) ?? []).some((run) => run.replace(/\D/gu, "").length > LONGEST);

// The lines and cells of a block from a spreadsheet; the last line break ends the last line.
export const blockOf = (text) =>
  text
    .replace(/\r\n?/gu, "\n")
    .replace(/\n$/u, "")
    .split("\n")
    .map((line) => line.split("\t").map((cell) => cell.trim()));
