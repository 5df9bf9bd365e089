// This very page as a file again, with the lesson's state in it: put together from the parts as they
// came, so that the script is the one that its policy allows.
const LESSON = "muster-lesson";

const escapeAttribute = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/** JSON that can stand in a script block: nothing in it ends the block. */
const escapeJson = (value) =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

const tag = (node) =>
  `<${node.localName}${[...node.attributes].map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`).join("")}>`;

/** What the file was made of; taken at the start, before anything is drawn. */
export function partsOfPage() {
  const { head, body } = document;
  return {
    metas: [...head.querySelectorAll("meta")].map(tag),
    title: head.querySelector("title")?.textContent ?? "",
    style: [...head.querySelectorAll("style")].map((each) => each.textContent),
    noscript: body.querySelector("noscript")?.textContent ?? "",
    blocks: [...body.querySelectorAll('script[type="application/json"]')]
      .filter(({ id }) => id !== LESSON)
      .map((each) => `${tag(each)}${each.textContent}</script>`),
    script: [...body.querySelectorAll("script:not([type])")].map((each) => each.textContent),
  };
}

/** The text of the file. A block's text and the script's are as they were: a browser changes none of it. */
export function pageText(parts, saved) {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    ...parts.metas,
    `<title>${escapeAttribute(parts.title)}</title>`,
    ...parts.style.map((text) => `<style>${text}</style>`),
    "</head>",
    "<body>",
    `<noscript>${parts.noscript}</noscript>`,
    '<div id="page"></div>',
    ...parts.blocks,
    `<script type="application/json" id="${LESSON}">${escapeJson(saved)}</script>`,
    ...parts.script.map((text) => `<script>${text}</script>`),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** What is saved: the lesson, the moment, what was moved with the run that came of it, the names. */
export const stateToSave = (desk) => ({
  ...desk.lesson,
  spent: desk.spentNow?.() ?? desk.lesson?.spent ?? 0,
  time: desk.time,
  moves: desk.moves,
  extra: desk.extra,
  run: desk.doc === desk.first || desk.engine?.isShown() === false ? null : desk.doc,
  naming: { set: desk.nameSet, names: Object.fromEntries(desk.names), isWhole: true },
});

/** The state that was saved in this page; nothing where there is none, or it is damaged. */
export function savedLesson() {
  try {
    const saved = JSON.parse(document.getElementById(LESSON)?.textContent || "{}");
    return saved !== null && typeof saved === "object" ? saved : {};
  } catch {
    return {};
  }
}
