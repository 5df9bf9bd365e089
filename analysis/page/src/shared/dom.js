// Elements of the page. Text enters as text nodes and attributes only, never as HTML.
import { partsByLanguage } from "./script.js";

/** An element with attributes (functions become listeners) and children; nulls are left out. */
export function h(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

let tell = (text) => text;

/** From now on texts of the document are said as `next` has them: with the names that a reader chose. */
export const tellBy = (next) => (tell = next);

/** Parts of a text that are of another writing, each in an element that says of which language it is. */
const marked = (text) =>
  partsByLanguage(text).map(({ text: part, lang }) => (lang ? h("span", { lang }, part) : part));

const apart = (text, name) => h("bdi", { class: name }, marked(text.replace(/(\d) %/g, "$1\u00a0%")));

/** A text of the document in a direction of its own. */
export const said = (text) => apart(tell(text), null);

/** The words of a source, as they stand: no name in them is another than the source wrote. */
export const quoted = (text) => apart(text, "quoted");

let count = 0;

/** An id that no text of the document can meet. */
export function newId(what) {
  count += 1;
  return `${what}-${count}`;
}

let live;

/** Tells a screen reader, and for a moment everyone, what a button did. */
export function announce(text) {
  live ??= document.body.appendChild(h("div", { role: "status", class: "status" }));
  live.textContent = text;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => (live.textContent = ""), 2500);
}

/** Hands a text to the reader as a file. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(`Saved as ${name}`);
}

/** Copies a text; browsers that keep the clipboard from files get the older way. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h("textarea", { class: "off" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) return announce("This browser does not let a file copy; save it as CSV.");
  }
  return announce("Copied");
}
