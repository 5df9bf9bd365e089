// The map as it stands, as one file: the canvases as pictures, the drawn layers over them with the
// styles that they have now written out.
const NS = "http://www.w3.org/2000/svg";
const STYLES = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
  "font-size", "font-family", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order",
  "visibility", "display", "vector-effect", "fill-opacity", "stroke-opacity", "letter-spacing",
];

const make = (name, attributes) => {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

/** A copy of a drawn layer that needs no style sheet. */
function standing(svg) {
  const copy = svg.cloneNode(true);
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((node, i) => {
    const now = getComputedStyle(node);
    for (const name of STYLES) to[i].style.setProperty(name, now.getPropertyValue(name));
    for (const name of ["tabindex", "class", "role"]) to[i].removeAttribute(name);
  });
  return copy;
}

function mapDrawing() {
  const stage = document.querySelector(".map-stage");
  const { clientWidth: width, clientHeight: height } = stage;
  const all = make("svg", { width, height, viewBox: `0 0 ${width} ${height}`, xmlns: NS });
  const ground = getComputedStyle(stage).backgroundColor;
  all.append(make("rect", { width, height, fill: ground }));
  return { stage, all, width, height };
}

const layersOf = (stage) => [...stage.children].filter((each) => ["canvas", "svg"].includes(each.localName));

/** Text of an SVG file of the map. */
export function mapSvg() {
  const { stage, all, width, height } = mapDrawing();
  for (const layer of layersOf(stage)) {
    if (layer.localName === "canvas") {
      if (layer.width > 0 && layer.height > 0)
        all.append(make("image", { width, height, href: layer.toDataURL("image/png") }));
      continue;
    }
    const copy = standing(layer);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.style.cssText += ";position:static";
    all.append(copy);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(all)}\n`;
}

/** The map as base64 of a PNG, drawn from its layers; rejects where the browser does not draw them. */
export async function mapPng() {
  const { stage, width, height } = mapDrawing();
  const ratio = Math.max(1, Math.min(3, devicePixelRatio || 1));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(stage).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of layersOf(stage)) {
    if (layer.localName === "canvas") pen.drawImage(layer, 0, 0, canvas.width, canvas.height);
    else await drawLayer(pen, layer, canvas, width, height);
  }
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
}

async function drawLayer(pen, layer, canvas, width, height) {
  const copy = standing(layer);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const bytes = new TextEncoder().encode(new XMLSerializer().serializeToString(copy));
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  const image = new Image();
  await new Promise((done, fail) => {
    image.onload = done;
    image.onerror = () => fail(new Error("the browser draws no SVG"));
    image.src = `data:image/svg+xml;base64,${btoa(text)}`;
  });
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
}
