// Why a state fills its places or does not. Three words are kept apart: a unit does not meet the role, is not
// allotted the fuel, or cannot.
import { h, said } from "../../shared/dom.js";
import { list, reachOf } from "./facts.js";
import { decimal } from "./numbers.js";
import { joined, phrase } from "./parts.js";

/** Does a limit of fuel issued hold it back? That is a policy, not the ship. */
export const isHeld = (row) => row.has_range && row.has_way && row.binding === "allotment";

/** Is nothing of its kind asked of its side? */
export const isUnasked = (row) => row.misfit === "nothing asked";

/** Does it meet the role that its side is asked for? */
const meetsRole = (row) =>
  row.misfit === undefined ? list(row.fits_slots).length > 0 : row.misfit === null;

/** What stops a unit: "unasked", "role", "allotment", "cannot" or null. */
export function stopOf(row) {
  if (isUnasked(row)) return "unasked";
  if (!meetsRole(row)) return "role";
  if (row.passes) return null;
  return isHeld(row) ? "allotment" : "cannot";
}

/** The limit in a word, as `muster reach` has it. */
export function bindingKey(row) {
  if (!row.has_range) return "reach.binding.range";
  if (!row.has_way) return "reach.binding.way";
  if (row.passes || !row.binding) return "reach.binding.nothing";
  if (row.binding === "tank" || row.binding === "usable")
    return row.domain === "air" ? "reach.binding.distance" : "reach.binding.onboard";
  return `reach.binding.${row.binding.replaceAll(" ", "-")}`;
}

/** Names, each once, with how often it comes. */
function namesOf(desk, rows, withReason) {
  const count = new Map();
  for (const row of rows) {
    const reason = withReason(row);
    const key = JSON.stringify([row.name, reason]);
    count.set(key, { row, reason, n: (count.get(key)?.n ?? 0) + 1 });
  }
  return joined(
    [...count.values()].map(({ row, reason, n }) => [
      said(row.name ?? row.unit),
      n > 1 ? ` (${n})` : null,
      reason ? [" (", said(reason), ")"] : null,
    ]),
    "; ", // names have commas of their own
  );
}

function groups(desk, rows) {
  const reason = (row) => desk.word(bindingKey(row));
  const lack = (row) =>
    [row.misfit, isHeld(row) ? desk.word("able.also") : null].filter((each) => each).join("; ") ||
    null;
  const lines = [
    ["able.role", rows.filter((row) => stopOf(row) === "role"), lack],
    ["able.allotment", rows.filter((row) => stopOf(row) === "allotment"), () => null],
    ["able.cannot", rows.filter((row) => stopOf(row) === "cannot"), reason],
    ["able.can", rows.filter((row) => stopOf(row) === null), () => null],
  ];
  return h(
    "dl",
    { class: "able-units" },
    lines
      .filter(([, of]) => of.length > 0)
      .map(([key, of, why]) =>
        h(
          "div",
          { class: key.replace(".", "-") },
          h("dt", {}, desk.word(key)),
          h("dd", {}, namesOf(desk, of, why)),
        ),
      ),
  );
}

/** Kit and cap as bars from 0 to 1 with the need as a line across both. */
function shares(desk, decision) {
  const { kit, cap, cap_need: need } = decision;
  const part = (key, value) =>
    h(
      "div",
      { class: "share-row" },
      h("span", { class: "share-name" }, desk.word(key)),
      h(
        "span",
        { class: "share-bar", "aria-hidden": "true" },
        h("span", {
          class: "share-fill",
          style: `width:${(100 * Math.min(1, Math.max(0, value))).toFixed(2)}%`,
        }),
        need > 0 && need <= 1
          ? h("span", { class: "share-need", style: `left:${(100 * need).toFixed(2)}%` })
          : null,
      ),
      h("span", { class: "number" }, decimal(value, 2)),
    );
  return h(
    "div",
    { class: "shares" },
    part("able.kit", kit),
    part("able.cap", cap),
    h("p", { class: "muted" }, phrase(desk, "able.need", { need: decimal(need, 2) })),
  );
}

export function ableView(desk, decision) {
  if (decision.reading === "index") return h("p", { class: "sentence" }, desk.word("able.index"));
  if (decision.reading !== "fleet" || decision.kit === null) return null;
  const rows = reachOf(desk.doc, decision.drill).filter(({ state }) => state === decision.state);
  return h(
    "div",
    { class: "able" },
    shares(desk, decision),
    rows.length > 0 ? groups(desk, rows) : null,
  );
}
