// What predictions and blind coding share: fields for one's own answers, files in and out.
import { announce, download, h, said } from "../../shared/dom.js";
import { fileName } from "../../shared/format.js";
import { readAnswers, writeAnswers } from "./rows.js";
import { lessonOf } from "./state.js";

/** A slider and a number for one answer; `give(value or null)` when it was set. */
export function answerField(desk, { id, question, min, max, step }, value, give) {
  const number = h("input", { type: "number", min, max, step, inputmode: "decimal", "data-key": `answer-${id}`, "aria-label": question });
  const slider = h("input", { type: "range", min, max, step, "data-key": `slide-${id}`, "aria-label": desk.word("lesson.slide", { question }) });
  number.value = value ?? "";
  slider.value = String(value ?? (min + max) / 2);
  const take = (text) => {
    const next = text === "" ? null : Number(text);
    const isRight = next === null || (next >= min && next <= max);
    number.setAttribute("aria-invalid", String(!isRight));
    if (isRight) give(next);
    else announce(desk.word("lesson.range", { min, max }));
  };
  slider.addEventListener("input", () => (number.value = slider.value));
  slider.addEventListener("change", () => take(slider.value));
  number.addEventListener("change", () => take(number.value));
  return h("div", { class: "answer-field" }, slider, number);
}

/** Buttons that read answers of a class from a file and write them to one. */
export function filesView(desk, { what, questions, rows, words, take }) {
  const faults = h("ul", { class: "faults", "aria-label": desk.word("csv.faults") });
  const input = h("input", {
    type: "file",
    accept: ".csv,text/csv,text/plain",
    "data-key": `${what}-file`,
    change: async () => {
      const [file] = input.files;
      if (!file) return;
      const read = readAnswers(await file.text(), questions, words);
      if (read.rows.length > 0) take(read.rows);
      announce(desk.word("csv.read", { n: read.rows.length }));
      desk.faults = { what, list: read.faults };
      show();
      const again = [...document.querySelectorAll(".faults")].find((each) => each.dataset.what === what);
      if (again && again !== faults) again.replaceChildren(...items());
    },
  });
  faults.dataset.what = what;
  const items = () => (desk.faults?.what === what ? desk.faults.list : []).map(({ key, ...params }) => h("li", {}, said(desk.word(key, params))));
  const show = () => faults.replaceChildren(...items());
  show();
  return h(
    "div",
    { class: "files" },
    h("label", {}, desk.word("csv.in"), " ", input),
    h(
      "button",
      {
        type: "button",
        "data-key": `${what}-out`,
        click: () => download(fileName(`${lessonOf(desk.first).title} ${what}`, "csv"), "text/csv", writeAnswers(rows(), questions)),
      },
      desk.word("csv.out"),
    ),
    h("p", { class: "muted" }, desk.word("csv.how", { ids: questions.map(({ id }) => id).join(", ") })),
    faults,
  );
}
