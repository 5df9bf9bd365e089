// Symbols of APP-6 drawn when the page is built: the library that draws them is too large for a page.
// Only what the program's codes can ask for; the exercise mark X of the frame is left out, since all
// the page shows is an exercise.
import ms from "milsymbol";

// Symbol set and entity: README.md says whence. Who adds a kind of craft adds it here.
const ENTITIES = {
  30: [
    "120100", "120202", "120203", "120204", "120205", "120306", "120307", "120400", "120500",
    "120600", "130104", "130109", "130110", "130113", "140109",
  ],
  35: ["110100"],
  "01": ["110103", "110104", "110105", "110107", "110109", "110110", "110116", "110118", "110200", "110300"],
};
const IDENTITIES = ["3", "4"]; // takes part, does not

const ELEMENT = /<(path|circle|text|g)\s([^>]*)>(?:([^<]*)<\/text>)?/g;
const attribute = (text, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(` ${text}`)?.[1];

/** One element as the page draws it: [kind, data, stroke width, filled]. */
function element([, name, attributes, words]) {
  const width = Number(attribute(attributes, "stroke-width") ?? 0);
  const filled = attribute(attributes, "fill") === "X";
  const stroke = attribute(attributes, "stroke") === "X" ? width : 0;
  if (name === "path") return ["p", attribute(attributes, "d"), stroke, filled, attribute(attributes, "transform") ?? ""];
  if (name === "circle") {
    const [x, y, r] = ["cx", "cy", "r"].map((key) => Number(attribute(attributes, key)));
    return ["p", `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`, stroke, filled, ""];
  }
  if (name === "text") {
    const [x, y, size] = ["x", "y", "font-size"].map((key) => Number(attribute(attributes, key)));
    return ["t", words, x, y, size];
  }
  throw new Error(`symbols: <${name}> is not known here`);
}

function drawn(code) {
  const symbol = new ms.Symbol(code, { size: 30, monoColor: "X" });
  // A wrong code draws a question mark and raises nothing.
  if (!symbol.isValid()) throw new Error(`symbols: ${code} is no valid code`);
  const svg = symbol.asSVG();
  const parts = [...svg.replace(/^<svg[^>]*>/, "").matchAll(ELEMENT)].map(element);
  return parts.filter((part) => !(part[0] === "t" && part[1] === "X" && part[3] === 50));
}

/** {frames: {"30-3": element}, icons: {"30-120203": [elements]}}; the centre is 100, 100. */
export function app6() {
  const [frames, icons] = [{}, {}];
  for (const [set, entities] of Object.entries(ENTITIES)) {
    for (const entity of entities) {
      for (const identity of IDENTITIES) {
        const [frame, ...icon] = drawn(`101${identity}${set}0000${entity}0000`);
        frames[`${set}-${identity}`] = frame;
        const before = icons[`${set}-${entity}`];
        const text = JSON.stringify(icon);
        if (before && JSON.stringify(before) !== text && identity === "3") throw new Error(entity);
        icons[`${set}-${entity}`] ??= icon;
      }
    }
  }
  return { frames, icons };
}
