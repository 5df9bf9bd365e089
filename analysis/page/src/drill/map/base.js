// What does not move on the map: land, graticule, straits, areas, bases, routes, observations, contours.
// Drawn once for a document; a change of the view moves it as a whole and lays its labels anew.
import { languageIn } from "../../shared/script.js";
import { measure } from "../../shared/text.js";
import { ms } from "../scene.js";
import { shortDay } from "../time.js";
import { boxAt, placeLabels, touch } from "./groups.js";
import { boxPath, circle, crossings, degreeText, landPath, pathOf, shorePath } from "./project.js";
import { contourLayer } from "./reach.js";
import { Ground } from "./paint.js";
import { s } from "./svg.js";

const dated = (time) => (Number.isFinite(ms(time)) && time ? shortDay(ms(time)) : "");

/** Lines of the graticule over a box of degrees. */
function graticulePath(projection, box, step) {
  const lines = [];
  const [west, east] = [box.west - 40, box.east + 40];
  const [south, north] = [Math.max(-80, box.south - 25), Math.min(84, box.north + 25)];
  const line = (from, to, point) => {
    const points = [];
    for (let i = 0; i <= 40; i += 1) points.push(point(from + ((to - from) * i) / 40));
    lines.push(pathOf(projection, points));
  };
  for (let lon = Math.ceil(west / step) * step; lon <= east; lon += step)
    line(south, north, (lat) => [lon, lat]);
  for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step)
    line(west, east, (lon) => [lon, lat]);
  return lines.join("");
}

const MOST_LETTERS = 32;

/** The first words; the whole sentence stands in the panel of evidence. */
function clip(text) {
  if (text.length <= MOST_LETTERS) return text;
  const end = text.lastIndexOf(" ", MOST_LETTERS - 1);
  return `${text.slice(0, end > MOST_LETTERS / 2 ? end : MOST_LETTERS - 1).replace(/[\s,;:]+$/, "")}\u2026`;
}

const stepFor = (degrees) => [1, 2, 5, 10, 20, 30].find((step) => degrees / step <= 7) ?? 30;

const areaPoints = (area) =>
  area.points?.length > 2
    ? area.points
    : Number.isFinite(area.lon_deg) && area.radius_nm > 0
      ? circle([area.lon_deg, area.lat_deg], area.radius_nm)
      : null;

const middleOf = (points) => {
  const sum = points.reduce(([a, b], [x, y]) => [a + x, b + y], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
};

const northOf = (points) => points.reduce((best, point) => (point[1] > best[1] ? point : best));

/** Ids and names of straits that some route passes: the others are named when there is room. */
const passed = (scene) => new Set((scene.doc.routes ?? []).flatMap((route) => route.gates ?? []));

/** Everything with a label: {id, text, kind, at [x, y] on the map, half size of its sign, time}. */
function labelled(desk, scene, projection) {
  const found = [];
  const add = (kind, id, text, [lon, lat], half, time = null) => {
    if (Number.isFinite(lon) && Number.isFinite(lat))
      found.push({ kind, id: `${kind}:${id}`, text, at: projection.forward(lon, lat), half, time });
  };
  for (const area of scene.areas) {
    const points = areaPoints(area);
    if (points) add("area", area.id, desk.name(area.id, area.name), northOf(points), 2);
  }
  for (const base of scene.bases)
    add("base", base.id, desk.name(base.id, base.name), [base.lon_deg, base.lat_deg], 5);
  for (const seen of scene.observations) {
    const words = [clip(seen.says ?? seen.what ?? seen.id), dated(seen.from)].filter(Boolean).join(", ");
    add("seen", seen.id, words, [seen.lon_deg, seen.lat_deg], 6, ms(seen.from));
  }
  const gates = passed(scene);
  for (const strait of scene.straits) {
    if (!strait.points?.length) continue;
    add("strait", strait.id, desk.name(strait.id, strait.name), middleOf(strait.points), 4);
    found[found.length - 1].minor = !gates.has(strait.id) && !gates.has(strait.name);
  }
  for (const sea of desk.naming.things)
    if (sea.place?.at && sea.kind === "sea") add("sea", sea.id, desk.naming.nameOf(sea), sea.place.at, 0);
  return found.sort((a, b) => Boolean(a.minor) - Boolean(b.minor));
}

/** Signs of bases: hollow; a port is a square, an airfield a circle. */
function signFor(item, scene) {
  if (item.kind === "base") {
    const base = scene.base.get(item.id.slice(5));
    const colour = scene.state.get(base.state)?.colour ?? "var(--axis)";
    const shape =
      base.kind === "airfield"
        ? s("circle", { r: 4, class: "base" })
        : s("rect", { x: -4, y: -4, width: 8, height: 8, class: "base" });
    shape.style.color = colour;
    return shape;
  }
  if (item.kind === "seen") return s("path", { class: "seen", d: "M-5,0L0,-5L5,0L0,5ZM0,-1.2V1.2M-1.2,0H1.2" });
  return null;
}

// Land and graticule under a projection are the same in every run: when a slider moves they are ready.
const ready = new WeakMap();
function readyOf(projection, key, make) {
  if (!ready.has(projection)) ready.set(projection, new Map());
  const made = ready.get(projection);
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

const landPaths = (projection, land) =>
  readyOf(projection, land, () => ({
    water: new Path2D(boxPath(projection, land)),
    land: new Path2D(landPath(projection, land)),
    shore: new Path2D(shorePath(projection, land)),
  }));

const graticuleOf = (projection, box, step) =>
  readyOf(projection, step, () => new Path2D(graticulePath(projection, box, step)));

export class Base {
  /** @param parts {desk, scene, projection, view, land, contours, ground} */
  constructor(parts) {
    Object.assign(this, parts);
    const { projection, scene } = this;
    this.group = s("g");
    this.step = 5;
    this.ground ??= new Ground(this.view); // of the run before
    this.labels = s("g", { class: "labels" });
    this.frame = s("g", { class: "frame" });
    this.contour = contourLayer(this);
    this.draw(scene, projection);
    this.items = labelled(this.desk, scene, projection);
    for (const item of this.items) {
      item.width = measure(item.text, this.size(item)) + 4;
      item.sign = signFor(item, scene);
      item.text = s("text", { class: `name ${item.kind}`, direction: "auto", lang: languageIn(item.text) }, item.text);
      item.node = s("g", { class: `item ${item.kind}` }, item.sign, item.text);
      this.labels.append(item.node);
    }
    this.svg = s("svg", { class: "base-map", "aria-hidden": "true" }, this.group, this.contour.labels, this.labels, this.frame);
    this.before = new Map();
    this.boxes = []; // of what the moving labels keep off
    this.buttons = []; // of what moving signs keep off
  }

  size(item) {
    return (item.kind === "area" ? 13 : 11.5) * this.desk.scale;
  }

  draw(scene, projection) {
    const land = this.landBlock;
    const routes = (scene.doc.routes ?? []).map((route) => pathOf(projection, route.points ?? []));
    this.ground.paths = {
      graticule: graticuleOf(projection, this.box, this.step),
      routes: new Path2D(routes.join("")),
      ...(land && landPaths(projection, land)),
    };
    const straits = scene.straits.map((strait) =>
      s("path", {
        class: `strait${strait.open === false ? " closed" : ""}`,
        d: pathOf(projection, strait.points ?? []),
      }),
    );
    const areas = scene.areas.map(areaPoints).map((points, i) =>
      s("path", {
        class: `area${scene.areas[i].avoid ? " avoid" : ""}`,
        d: pathOf(projection, points ?? [], true),
      }),
    );
    this.group.append(...straits, ...areas, this.contour.lines);
  }

  /** Puts everything where the view has it now. */
  layout(buttons) {
    const { view } = this;
    this.buttons = buttons;
    this.group.setAttribute("transform", `matrix(${view.k},0,0,${view.k},${view.tx},${view.ty})`);
    this.frameLabels();
    const bounds = { x0: 2, y0: 2, x1: view.width - 2, y1: view.height - 2 };
    const signs = [];
    const wanted = [];
    for (const item of this.items) {
      const [x, y] = view.screen(item.at);
      const isOff = x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20;
      const isMinor = item.minor && view.zoomed() < 2.5;
      item.shown = !isOff && !isMinor && !this.isOff(item);
      item.signBox = null;
      item.node.style.display = item.shown ? "" : "none";
      if (!item.shown) continue;
      if (item.sign) item.sign.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
      const box = boxAt(x, y, 2 * item.half, 2 * item.half);
      item.signBox = item.sign ? box : null;
      if (item.sign) signs.push(box);
      wanted.push({ id: item.id, box, width: item.width, height: this.size(item) * 1.25, upright: item.kind === "area", item });
    }
    const placed = placeLabels(wanted, [...this.frameBoxes, ...signs], bounds, this.before);
    this.boxes = [...this.frameBoxes];
    for (const { item } of wanted) {
      const at = placed.get(item.id);
      item.box = at && !at.isFar ? at : null;
      item.text.style.display = item.box ? "" : "none";
      if (!item.box) continue;
      item.text.setAttribute("x", ((at.x0 + at.x1) / 2).toFixed(1));
      item.text.setAttribute("y", (at.y1 - this.size(item) * 0.32).toFixed(1));
    }
    const names = wanted.map(({ item }) => item.box).filter(Boolean);
    this.boxes.push(...this.contour.layout(view, [...this.boxes, ...signs, ...names], bounds));
  }

  isOff(item) {
    const layer = { area: "areas", base: "bases", seen: "observations", strait: "straits" }[item.kind];
    return this.layers[layer] === false;
  }

  /** The signs that stay beside these: one that a unit's sign would cover is left out, as who sees a ship at a port sees the port. */
  signsBeside(signs) {
    const beside = [];
    for (const item of this.items) {
      if (!item.signBox) continue;
      const isUnder = signs.some((sign) => touch(sign, item.signBox));
      if (isUnder !== item.isUnder) item.sign.style.visibility = (item.isUnder = isUnder) ? "hidden" : "";
      if (!isUnder) beside.push(item.signBox);
    }
    return beside;
  }

  /** Names that a moving sign or label covers give way; observations come when their day does. */
  giveWay(boxes, time, hidesFuture) {
    this.contour.giveWay(boxes);
    for (const each of this.degrees) {
      const isOut = boxes.some((box) => touch(box, each.box));
      if (isOut !== each.isOut) each.node.style.visibility = (each.isOut = isOut) ? "hidden" : "";
    }
    for (const item of this.items) {
      if (!item.shown) continue;
      const isLater = item.time !== null && item.time > time;
      const hide = isLater && hidesFuture;
      if (isLater !== item.isLater) item.node.classList.toggle("later", (item.isLater = isLater));
      if (hide !== item.isHidden) item.node.style.visibility = (item.isHidden = hide) ? "hidden" : "";
      if (!item.box) continue;
      const isOut = hide || boxes.some((box) => touch(box, item.box));
      if (isOut !== item.isOut) item.text.style.visibility = (item.isOut = isOut) ? "hidden" : "";
    }
  }

  /** Degrees at the edges, and the scale bar. */
  frameLabels() {
    const { view, projection } = this;
    const [w, h] = [view.width, view.height];
    const at = (x, y) => projection.inverse(...view.map(x, y));
    const step = stepFor(Math.abs(at(w / 2, 0)[1] - at(w / 2, h)[1]) || 5);
    if (step !== this.step) {
      this.step = step;
      this.ground.paths.graticule = graticuleOf(projection, this.box, step);
    }
    const nodes = [];
    this.frameBoxes = [];
    this.degrees = [];
    const size = 11 * this.desk.scale;
    const add = (text, x, y) => {
      const width = measure(text, size) + 4;
      const inner = (value, half, end) => Math.max(half + 2, Math.min(end - half - 2, value));
      const box = boxAt(inner(x, width / 2, w), inner(y, size * 0.65, h), width, size * 1.3);
      if (this.frameBoxes.some((other) => touch(other, box))) return;
      this.frameBoxes.push(box);
      const node = s("text", { class: "degree", x: (box.x0 + box.x1) / 2, y: box.y1 - size * 0.3 }, text);
      this.degrees.push({ box, node });
      nodes.push(node);
    };
    nodes.push(this.scaleBar(size, at(w / 2, h / 2)[1]));
    this.frameBoxes.push(...this.buttons);
    const COUNT = 80;
    const along = (index, point) => Array.from({ length: COUNT + 1 }, (_, i) => at(...point(i / COUNT))[index]);
    for (const { value, at: where } of crossings(along(0, (part) => [part * w, h - 8]), step))
      add(degreeText(value, "E", "W"), (where / COUNT) * w, h - size * 0.8);
    for (const { value, at: where } of crossings(along(1, (part) => [14, part * h]), step))
      add(degreeText(value, "N", "S"), 0, (where / COUNT) * h);
    this.frame.replaceChildren(...nodes);
  }

  scaleBar(size, lat) {
    const { view, projection } = this;
    const mile = projection.mile(lat) * view.k;
    const room = Math.min(150, view.width * 0.3);
    let length = 1;
    for (const next of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]) if (next * mile <= room) length = next;
    const [x, y] = [30 * this.desk.scale, view.height - size * 2.4];
    const width = length * mile;
    const text = `${length}\u00a0nm`;
    this.frameBoxes.push({ x0: x - 4, y0: y - size * 1.6, x1: x + width + 8, y1: y + 6 });
    return s(
      "g",
      { class: "scale-bar" },
      s("path", { d: `M${x},${y - 4}V${y}H${x + width}V${y - 4}M${x + width / 2},${y - 3}V${y}` }),
      s("text", { class: "degree", x: x + width / 2, y: y - 6 }, text),
    );
  }
}
