// Values that alone would turn a stage, nearest first, as `muster why` tells them.
import { h, said } from "../../shared/dom.js";
import { list } from "./facts.js";
import { fixed } from "../../shared/format.js";
import { now } from "./numbers.js";
import { more, phrase } from "./parts.js";

const SHOWN = 3;
const DECIMALS = 4; // of a figure whose range is about 1

/** Those that the figure may take. */
export const tipsOf = (decision, index) =>
  list(decision.tipping_values)
    .filter((tip) => tip.stage === index && tip.within)
    .sort((a, b) => Math.abs(a.from - a.now) - Math.abs(b.from - b.now));

export const turnText = (tip) => fixed(tip.from, tip.decimals ?? DECIMALS);

/** The tip of a figure at a stage; undefined: it turns nothing there. */
export const tipAt = (decision, index, path) =>
  tipsOf(decision, index).find((tip) => tip.path === path);

const line = (desk, tip) =>
  h(
    "li",
    {},
    said(tip.name ?? tip.path),
    ": ",
    phrase(desk, tip.from > tip.now ? "tips.up" : "tips.down", {
      at: turnText(tip),
      now: now(tip.now, tip.from),
    }),
  );

export function tipsView(desk, decision, index) {
  const tips = tipsOf(decision, index);
  if (tips.length === 0) return null;
  const [first, rest] = [tips.slice(0, SHOWN), tips.slice(SHOWN)];
  return h(
    "div",
    { class: "tips" },
    h("p", { class: "tips-head" }, desk.word("tips.head")),
    h(
      "ul",
      {},
      first.map((tip) => line(desk, tip)),
    ),
    rest.length > 0
      ? more(
          `tips/${decision.drill}/${decision.state}/${index}`,
          desk.word("tips.more", { n: rest.length }),
          h(
            "ul",
            {},
            rest.map((tip) => line(desk, tip)),
          ),
        )
      : null,
  );
}
