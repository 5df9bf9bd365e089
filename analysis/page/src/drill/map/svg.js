// Elements of SVG; text enters as text nodes and attributes only.
const NS = "http://www.w3.org/2000/svg";

export function s(name, attributes = {}, ...children) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key, value);
    else node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return node;
}

const held = new WeakMap();

/** Sets an attribute only if it is another: the browser need not look again. */
export function put(node, key, value) {
  let values = held.get(node);
  if (!values) held.set(node, (values = {}));
  if (values[key] === value) return;
  values[key] = value;
  node.setAttribute(key, value);
}
