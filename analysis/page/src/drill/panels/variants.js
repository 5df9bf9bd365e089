// Variants of the scenario: what the file itself has ready, and what each changes. Levers come on top.
import { h, newId, said } from "../../shared/dom.js";
import { variantsOf } from "../engine/moves.js";
import { hidesAnswer, list } from "./facts.js";
import { hasEngine, isReady, movesOf, offeredView, statusView } from "./live.js";

const useKey = (use) => `use.${use}`;

function view(desk) {
  const name = newId("variant");
  const choices = [null, ...variantsOf(desk.first)].map((variant) => {
    const id = variant?.id ?? null;
    const input = h("input", {
      type: "radio",
      name,
      value: id ?? "",
      change: () => desk.engine?.move({ ...movesOf(desk), variant: id }),
    });
    const use = variant?.use && desk.word(useKey(variant.use)) !== useKey(variant.use) ? desk.word(useKey(variant.use)) : null;
    const told = h("div");
    const element = h(
      "li",
      { class: "variant" },
      h("label", {}, input, h("span", {}, variant ? said(variant.title ?? id) : desk.word("variants.none"))),
      told,
    );
    // What its author says of it may tell what a class has yet to find.
    const tell = (isHidden) =>
      told.replaceChildren(
        ...[
          isHidden || !variant?.why ? null : h("p", { class: "muted" }, said(variant.why)),
          use ? h("p", { class: "muted" }, use) : null,
          isHidden || !variant ? null : h("ul", { class: "changes" }, list(variant.changes).map((change) => h("li", {}, h("code", {}, said(change))))),
        ].filter(Boolean),
      );
    return { id, input, element, tell };
  });
  const [none, ...ready] = choices;
  const offered = () => (desk.offered?.variant ? [desk.offered.variant] : []);
  const some = offeredView(desk, { key: "variants", name: "variants", items: ready, offered });
  const note = h("p", { class: "sentence muted", role: "status" });
  const fill = () => {
    const { variant, values } = movesOf(desk);
    for (const { id, input } of choices) {
      input.checked = id === variant;
      input.disabled = !isReady(desk);
    }
    const n = Object.keys(values).length;
    note.textContent = n > 0 ? desk.word("variants.levers", { n }) : "";
  };
  const tell = () => {
    const isHidden = list(desk.first.decisions).some(({ state }) => hidesAnswer(desk, state));
    for (const choice of choices) choice.tell(isHidden);
  };
  desk.watch(["moves", "engine"], fill);
  desk.watch(["hidden"], tell);
  fill();
  tell();
  return h(
    "div",
    { class: "panel-body panel-variants" },
    h("p", { class: "sentence" }, desk.word("variants.how")),
    statusView(desk),
    note,
    h("fieldset", {}, h("legend", { class: "off" }, desk.word("variants.title")), h("ul", { class: "variants" }, none.element), some),
  );
}

export const variants = {
  id: "variants",
  title: "variants.title",
  isLive: true,
  when: (doc) => hasEngine() && variantsOf(doc).length > 0,
  view,
};
