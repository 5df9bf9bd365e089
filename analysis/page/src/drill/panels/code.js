// The scenario as text with what was moved in it: first the lines that differ, then the whole.
import { copy, download, h, said } from "../../shared/dom.js";
import { fileName } from "../../shared/format.js";
import { engineButton, expectFormat, failureView, hasEngine, isReady, statusView } from "./live.js";
import { isShown, scrolling, section } from "./parts.js";

/** Lines of `text` that were put into `base`, [{number, text}]; the rest of `base` stands in it in order. */
export function newLines(base, text) {
  const lines = base.split("\n");
  let at = 0;
  return text.split("\n").flatMap((line, i) => {
    if (line !== lines[at]) return [{ number: i + 1, text: line }];
    at += 1;
    return [];
  });
}

function view(desk) {
  const out = h("div");
  let plain = null; // the text as it stands in the page
  let shown = "";
  let turn = 0;
  async function fill() {
    if (!isReady(desk)) return;
    turn += 1;
    const mine = turn;
    try {
      plain ??= expectFormat(await desk.engine.call({ call: "text" }), "muster-text").text;
      const answer = expectFormat(await desk.engine.call(desk.engine.request({ call: "text" })), "muster-text");
      if (mine !== turn) return;
      shown = answer.text;
      const lines = newLines(plain, shown);
      out.replaceChildren(
        section(
          2,
          desk.word("code.changed"),
          lines.length === 0
            ? h("p", { class: "sentence muted" }, desk.word("code.same"))
            : scrolling(desk.word("code.changed"), "code/changed", h("pre", { class: "code" }, lines.map(({ number, text }) => [h("span", { class: "muted" }, `${String(number).padStart(4)}  `), h("ins", {}, said(text)), "\n"]))),
        ),
        section(2, desk.word("code.whole"), h("div", { class: "code-box", tabindex: "0", role: "group", "aria-label": desk.word("code.whole") }, h("pre", { class: "code" }, shown))),
      );
    } catch (error) {
      if (mine === turn) out.replaceChildren(failureView(error.message));
    }
  }
  const root = h(
    "div",
    { class: "panel-body panel-code" },
    h("p", { class: "sentence" }, desk.word("code.how")),
    statusView(desk),
    h(
      "div",
      { class: "buttons" },
      engineButton(desk, { click: () => copy(shown) }, desk.word("code.copy")),
      engineButton(desk, { click: () => download(fileName(desk.first.scenario?.id ?? "scenario", "cfg"), "text/plain", shown) }, desk.word("code.save")),
    ),
    out,
  );
  let isStale = false;
  const isSeen = () => isShown(root);
  const refresh = () => (isSeen() || !root.isConnected ? fill() : (isStale = true));
  desk.watch(["moves", "extra", "engine"], refresh);
  new ResizeObserver(() => {
    if (!isStale || !isSeen()) return;
    isStale = false;
    fill();
  }).observe(root);
  fill();
  return root;
}

export const code = { id: "code", title: "code.title", isLive: true, when: hasEngine, view };
