// Light, dark, or as the system has it. Kept where the browser lets a file keep something.
import { h } from "./dom.js";

const KEY = "muster-theme";
const THEMES = [
  ["auto", "Auto"],
  ["light", "Light"],
  ["dark", "Dark"],
];

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function apply(theme) {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
}

export function themeSwitch() {
  const start = THEMES.some(([id]) => id === kept()) ? kept() : "auto";
  apply(start);
  const choose = (event) => {
    apply(event.target.value);
    try {
      localStorage.setItem(KEY, event.target.value);
    } catch {
      // It holds for this view alone.
    }
  };
  return h(
    "fieldset",
    { class: "themes" },
    h("legend", { class: "off" }, "Colours"),
    THEMES.map(([id, label]) => {
      const input = h("input", { type: "radio", name: "theme", value: id, change: choose });
      input.checked = id === start;
      return h("label", {}, input, label);
    }),
  );
}
