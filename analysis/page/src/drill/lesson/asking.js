// What predictions and blind coding share: fields for one's own answers, files in and out.
import { announce, download, h, said } from "../../shared/dom.js";
import { fileName } from "../../shared/format.js";
import { mergeAnswers, readAnswers, writeAnswers } from "./rows.js";
import { lessonOf } from "./state.js";

/** A slider and a number for one answer; `give(value or null)` when it was set. Unanswered, the slider has no thumb. */
export function answerField(desk, { id, question, min, max, step }, value, give) {
  const number = h("input", { type: "number", min, max, step, inputmode: "decimal", "data-key": `answer-${id}`, "aria-label": question });
  const slider = h("input", { type: "range", min, max, step, "data-key": `slide-${id}`, "aria-label": desk.word("lesson.slide", { question }) });
  const state = h("span", { class: "field-state" });
  const fault = h("p", { class: "field-fault", role: "alert" });
  let kept = value ?? null;
  number.value = kept ?? "";
  slider.value = String(kept ?? (min + max) / 2);
  const mark = () => {
    element.classList.toggle("unanswered", kept === null);
    state.textContent = kept === null ? desk.word("lesson.unanswered") : "";
    if (kept === null) slider.setAttribute("aria-valuetext", desk.word("lesson.unanswered"));
    else slider.removeAttribute("aria-valuetext");
  };
  const take = (text) => {
    const next = text === "" ? null : Number(text);
    const isRight = next === null || (next >= min && next <= max);
    number.setAttribute("aria-invalid", String(!isRight));
    fault.textContent = isRight ? "" : desk.word("lesson.range", { min, max, value: text });
    if (isRight) {
      kept = next;
      if (next !== null) slider.value = String(next);
    } else number.value = kept ?? "";
    mark();
    if (isRight) give(next);
  };
  const slide = () => {
    number.value = slider.value;
    take(slider.value);
  };
  slider.addEventListener("input", () => {
    number.value = slider.value;
    element.classList.remove("unanswered");
  });
  slider.addEventListener("change", slide);
  slider.addEventListener("click", () => kept === null && slide()); // the middle itself changes nothing
  slider.addEventListener("keydown", (event) => kept === null && event.key === "Enter" && slide());
  number.addEventListener("change", () => take(number.value));
  const element = h("div", { class: "answer-field" }, slider, number, state, fault);
  mark();
  return element;
}

/**
 * Buttons that read answers of a class from files and write them to one. Rows come to those that are there, by name.
 *
 * @param questions those asked so far; `later`: those still to come, which files may have already
 */
export function filesView(desk, { what, questions, later = [], rows, kept, words, take, forget }) {
  const faults = h("ul", { class: "faults", "aria-label": desk.word("csv.faults") });
  const all = [...questions, ...later.map((each) => ({ ...each, isLater: true }))];
  const read = async (files) => {
    const told = [];
    let now = kept();
    const count = { were: now.length, fresh: 0, changed: 0 };
    for (const file of files) {
      const stem = file.name.replace(/\.[^.]*$/, "");
      const found = readAnswers(await file.text(), all, words);
      const merged = mergeAnswers(now, found.rows, { stem, unnamed: desk.word("lesson.own") });
      now = merged.rows;
      count.fresh += merged.fresh;
      count.changed += merged.changed;
      told.push(...found.faults.map((fault) => ({ ...fault, file: files.length > 1 ? file.name : null })));
    }
    desk.faults = { what, list: told };
    if (count.fresh + count.changed > 0) take(now);
    const changed = count.changed > 0 ? ` ${desk.word("csv.changed", { n: count.changed })}` : "";
    desk.read = { what, text: desk.word("csv.merged", { were: count.were, fresh: count.fresh }) + changed };
    announce(desk.read.text);
    // The panel may have been drawn anew meanwhile.
    for (const each of document.querySelectorAll(`.faults[data-what="${what}"]`)) each.replaceChildren(...items());
    for (const each of document.querySelectorAll(`.read-in[data-what="${what}"]`)) each.textContent = desk.read.text;
  };
  const input = h("input", {
    type: "file",
    multiple: true,
    accept: ".csv,text/csv,text/plain",
    "data-key": `${what}-file`,
    change: async () => {
      const files = [...input.files];
      input.value = ""; // the same file again is read again
      if (files.length > 0) await read(files);
    },
  });
  faults.dataset.what = what;
  const items = () =>
    (desk.faults?.what === what ? desk.faults.list : []).map(({ key, file, ...params }) =>
      h("li", {}, file ? [said(file), ": "] : null, said(desk.word(key, params))),
    );
  faults.replaceChildren(...items());
  const has = (id) => rows().some(({ values }) => Number.isFinite(values[id]));
  const save = () =>
    download(fileName(`${lessonOf(desk.first).title} ${what}`, "csv"), "text/csv", writeAnswers(rows(), [...questions, ...later.filter(({ id }) => has(id))]));
  let isSure = false;
  const clear = h("button", { type: "button", "data-key": `${what}-forget` }, desk.word("csv.forget"));
  clear.addEventListener("click", () => {
    if (!isSure) {
      isSure = true;
      clear.textContent = desk.word("csv.forget.sure", { n: kept().length });
      return;
    }
    desk.read = null;
    desk.faults = null;
    forget();
  });
  clear.hidden = kept().length === 0;
  return h(
    "div",
    { class: "files" },
    h("label", {}, desk.word("csv.in"), " ", input),
    h("button", { type: "button", "data-key": `${what}-out`, click: save }, desk.word("csv.out")),
    h("p", { class: "read-in", "data-what": what }, desk.read?.what === what ? desk.read.text : ""),
    h("p", { class: "muted" }, desk.word("csv.how", { ids: questions.map(({ id }) => id).join(", ") })),
    faults,
    h("p", { class: "forget" }, clear),
  );
}
