// Symbols of APP-6 drawn when the page is built: the library that draws them is too large for a page.
// Only what the program's codes can ask for; the exercise mark X of the frame is left out, since all
// the page shows is an exercise.
import ms from "milsymbol";

// By symbol set, the entities that sim/tell/symbol.c gives. Who adds a kind of craft adds it here too.
const ENTITIES = {
  30: [
    "120100", // carrier
    "120202", // cruiser
    "120203", // destroyer
    "120204", // frigate
    "120205", // corvette
    "120306", // amphibious dock
    "120307", // landing ship
    "120500", // patrol boat
    "130104", // survey and intelligence
    "130109", // fast support
    "130110", // oiler
    "130113", // tug
  ],
  35: ["110100"], // submarine
  "01": [
    "110102", // attack
    "110103", // bomber
    "110104", // fighter
    "110107", // transport
    "110109", // tanker
    "110110", // patrol
    "110116", // early warning
    "110200", // helicopter
    "110300", // without a pilot
  ],
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
