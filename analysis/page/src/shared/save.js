// A plot as a file of its own: light colours written out, a ground, no marks of the pointer.
import { colours, light } from "./palette.js";

/** The text of an SVG file from a plot in the page, whatever theme that shows. */
export function svgText(drawn) {
  const copy = drawn.cloneNode(true);
  for (const tip of copy.querySelectorAll('[aria-label="tip"]')) tip.remove();
  const alternative = copy.getAttribute("aria-label") ?? "";
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", light.bg);
  copy.prepend(ground);
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = alternative;
  copy.prepend(title);
  copy.setAttribute("color", light.text);
  const palette = colours(light);
  const text = new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\(--([a-z0-9-]+)\)/g, (whole, name) => palette[name] ?? whole);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}
