// The map: still part below, moving part above, buttons, and what is shown.
import { h, newId } from "../../shared/dom.js";
import { hidesStage } from "../panels/facts.js";
import { motionOf } from "../motion.js";
import { sceneOf } from "../scene.js";
import { Base } from "./base.js";
import { fullPath, Moving } from "./moving.js";
import { coloursNow, watchColours } from "./paint.js";
import { boxOnMap, makeProjection } from "./project.js";
import { unitsWithReach } from "./reach.js";
import { s } from "./svg.js";
import { makeView } from "./view.js";

const LAYERS = ["contours", "routes", "future", "graticule", "areas", "bases", "straits", "observations", "others", "app6"];
// Panels beside which contours of a unit are shown without being asked for; beside the others they stay as they were
// or go.
const ABOUT_REACH = ["reach", "fuel"];
const ABOUT_ANSWERS = ["joins", "flip", "evidence", "rivals", "predict", "coding", "assumptions", "together"];
const PAPER = { width: 690, height: 460 }; // pixels of the map on a page of A4 or Letter
const ICONS = { in: "M-5,0H5M0,-5V5", out: "M-5,0H5", fit: "M-5,-2V-5H-2M2,-5H5V-2M5,2V5H2M-2,5H-5V2" };

const icon = (name) => s("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" }, s("path", { d: ICONS[name], class: "icon" }));

/** A box that holds the places of all units, where the document gives none. */
function boxFor(scene) {
  if (scene.box && [scene.box.west, scene.box.east, scene.box.south, scene.box.north].every(Number.isFinite)) {
    const { west, east, south, north } = scene.box;
    if (east > west && north > south) return scene.box;
  }
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  const take = (lon, lat) => {
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return;
    box.west = Math.min(box.west, lon - 1);
    box.east = Math.max(box.east, lon + 1);
    box.south = Math.min(box.south, lat - 1);
    box.north = Math.max(box.north, lat + 1);
  };
  for (const thing of [...scene.units, ...scene.bases, ...(scene.doc.drills ?? [])]) take(thing.lon_deg, thing.lat_deg);
  for (const route of scene.doc.routes ?? []) for (const point of route.points ?? []) take(...point);
  return box.east > box.west ? box : { west: 120, east: 145, south: 30, north: 48 };
}

/** How far it gets is what a class may have yet to find out. */
const isSecret = (desk, state) =>
  desk.isHidden(state) ||
  hidesStage(desk, state, { stage: "able" }) ||
  (desk.isHidden("verdict") && (desk.doc.decisions ?? []).some((each) => each.state === state && each.part !== "host"));

/** Of the units with contours the one whose reach is least against its way: there the line tells most. */
function tightest(desk, ids) {
  const least = (unit) => {
    const row = desk.doc.reach?.find((each) => each.unit === unit);
    const radius = Math.min(...(row?.ladder ?? []).map(({ radius_nm: nm }) => nm ?? Infinity));
    const share = radius / row?.required_nm;
    return Number.isFinite(share) ? share : Infinity;
  };
  const open = ids.filter((unit) => !isSecret(desk, sceneOf(desk.doc).unit.get(unit)?.state));
  return open.reduce((best, unit) => (best === null || least(unit) < least(best) ? unit : best), null);
}

export class MapView {
  /** @param blocks {land, contours}: either may be null */
  constructor(desk, blocks) {
    this.desk = desk;
    this.blocks = blocks;
    this.layers = Object.fromEntries(LAYERS.map((layer) => [layer, layer !== "app6"]));
    this.reach = null; // unit chosen for contours; the chosen unit's come first
    this.isAboutReach = false;
    this.stage = h("div", {
      class: "map-stage",
      tabindex: "0",
      role: "group",
      "aria-label": desk.word("map.label"),
      "aria-describedby": newId("map-keys"),
    });
    this.element = h("div", { class: "map-box" }, this.stage);
    this.help = h("p", { class: "off", id: this.stage.getAttribute("aria-describedby") }, desk.word("map.keys"));
    this.setDoc();
    new ResizeObserver(() => this.resize()).observe(this.stage);
    desk.watch(["doc"], () => this.setDoc());
    desk.watch(["time"], () => this.request());
    desk.watch(["contours"], () => this.setContours());
    desk.watch(["hidden"], () => {
      this.showReach();
      this.repaint();
    });
    desk.watch(["view"], () => this.showReach());
    addEventListener("beforeprint", () => this.toPaper());
    addEventListener("afterprint", () => this.fromPaper());
    desk.watch(["scale"], () => this.setDoc());
    watchColours(() => this.repaint());
    desk.watch(["selected"], () => this.choose());
    desk.watch(["names"], () => this.setDoc());
  }

  setDoc() {
    const { desk } = this;
    this.scene = sceneOf(desk.doc);
    this.motion = motionOf(desk.doc);
    const box = boxFor(this.scene);
    const isSameBox = JSON.stringify(box) === JSON.stringify(this.box);
    this.box = box;
    if (!isSameBox) {
      this.projection = makeProjection(box);
      const onMap = boxOnMap(this.projection, box);
      if (this.view) this.view.setBox(onMap);
      else this.view = makeView(this.stage, onMap, () => this.moved());
    }
    const parts = { desk, scene: this.scene, projection: this.projection, view: this.view, layers: this.layers };
    const options = { app6: this.layers.app6 };
    const colours = () => (this.colours ??= coloursNow());
    const { ground } = this.base ?? {};
    const { trails } = this.moving ?? {};
    this.base = new Base({ ...parts, box, landBlock: this.blocks.land, contours: this.blocks.contours, ground });
    this.moving = new Moving({ ...parts, motion: this.motion, options, colours, trails });
    this.base.ground.tracks = this.moving.tracks.map((track) => ({ cue: track.cue, path: new Path2D(fullPath(track)) }));
    this.setTools();
    this.stage.replaceChildren(this.base.ground.element, this.moving.trails.element, this.base.svg, this.moving.svg, this.help);
    this.applyLayers();
    this.choose();
    if (this.view.width > 0) this.moved();
  }

  /** Contours that follow what was moved; faded while others are worked out. */
  setContours() {
    const { area, isStale } = this.desk.contours;
    this.stage.classList.toggle("old-contours", isStale);
    if (isStale || area === this.blocks.contours) return;
    this.blocks = { ...this.blocks, contours: area };
    this.base.contour.take(area);
    if (!this.tools.querySelector("details").open) this.setTools();
    this.showReach();
    if (this.view.width > 0) this.moved();
  }

  setTools() {
    this.tools?.remove();
    this.tools = this.toolbar();
    this.element.append(this.tools);
  }

  /** Where buttons stand over the map. */
  buttons() {
    const [map, ...nodes] = [this.stage, ...this.tools.children].map((node) => node.getBoundingClientRect());
    return nodes
      .map(({ left, top, right, bottom }) => ({ x0: left - map.left - 3, y0: top - map.top - 3, x1: right - map.left + 3, y1: bottom - map.top + 3 }))
      .filter((box) => box.y1 > 0 && box.x1 > box.x0);
  }

  toolbar() {
    const { desk, view } = this;
    const button = (name, act) =>
      h("button", { type: "button", title: desk.word(`map.${name}`), "aria-label": desk.word(`map.${name}`), click: act }, icon(name));
    const layers = LAYERS.filter((layer) => layer !== "contours" || unitsWithReach(this.blocks.contours).length > 0);
    const boxes = layers.map((layer) => {
      const input = h("input", { type: "checkbox", change: (event) => this.setLayer(layer, event.target.checked) });
      input.checked = this.layers[layer];
      return h("label", {}, input, desk.word(`map.layer.${layer}`));
    });
    return h(
      "div",
      { class: "map-tools" },
      button("in", () => view.zoom(1.6)),
      button("out", () => view.zoom(1 / 1.6)),
      button("fit", () => view.fit()),
      h("details", { class: "map-menu" }, h("summary", { title: desk.word("map.layers") }, desk.word("map.layers.short")), h("div", { class: "map-layers" }, this.finder(), this.reachChooser(), boxes)),
    );
  }

  finder() {
    const { desk, scene } = this;
    this.find = h(
      "select",
      { change: (event) => desk.set({ selected: event.target.value ? { kind: "unit", id: event.target.value } : null }) },
      h("option", { value: "" }, desk.word("map.none")),
      scene.units.map((unit) => h("option", { value: unit.id }, `${desk.name(unit.id, unit.name)} (${desk.name(unit.state)})`)),
    );
    return h("label", { class: "wide" }, desk.word("map.find"), this.find);
  }

  reachChooser() {
    const ids = unitsWithReach(this.blocks.contours);
    if (ids.length === 0) return null;
    const { desk, scene } = this;
    const choose = h(
      "select",
      { change: (event) => ((this.reach = event.target.value || null), this.showReach()) },
      h("option", { value: "" }, desk.word("map.reach.auto")),
      ids.map((id) => h("option", { value: id }, desk.name(id, scene.unit.get(id)?.name))),
    );
    choose.value = this.reach ?? "";
    return h("label", { class: "wide" }, desk.word("map.reach"), choose);
  }

  showReach() {
    const { selected } = this.desk;
    const ids = unitsWithReach(this.blocks.contours);
    const own = selected?.kind === "unit" && ids.includes(selected.id) ? selected.id : null;
    if (ABOUT_REACH.includes(this.desk.view)) this.isAboutReach = true;
    else if (ABOUT_ANSWERS.includes(this.desk.view)) this.isAboutReach = false;
    const shown = own ?? this.reach ?? (this.isAboutReach ? tightest(this.desk, ids) : null);
    const isOpen = !this.desk.isHidden("reach") && this.layers.contours && !isSecret(this.desk, this.scene.unit.get(shown)?.state);
    const unit = isOpen ? shown : null;
    if (unit === this.base.contour.shown) return;
    this.base.contour.show(unit);
    if (this.view.width > 0) this.moved();
  }

  setLayer(layer, isOn) {
    this.layers[layer] = isOn;
    this.moving.options.app6 = this.layers.app6;
    this.applyLayers();
    this.showReach();
    this.moved();
  }

  applyLayers() {
    for (const layer of LAYERS) this.stage.classList.toggle(`no-${layer}`, !this.layers[layer]);
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (this.view.isPaper || (width === this.view.width && height === this.view.height)) return;
    this.view.resize(width, height);
  }

  /** Paper has a map of its own size, in light colours; what is printed is what stands when this returns. */
  toPaper() {
    if (this.view.isPaper || this.view.width === 0) return;
    this.view.isPaper = true;
    const root = document.documentElement;
    this.theme = root.getAttribute("data-theme");
    root.setAttribute("data-theme", "light");
    this.view.resize(PAPER.width, PAPER.height);
    this.drawNow();
  }

  fromPaper() {
    if (!this.view.isPaper) return;
    this.view.isPaper = false;
    const root = document.documentElement;
    if (this.theme === null) root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", this.theme);
    this.resize();
    this.drawNow();
  }

  drawNow() {
    this.colours = null;
    this.isStale = true;
    this.draw();
  }

  /** The part seen is another. */
  moved() {
    if (!this.base || this.view.width === 0) return;
    this.base.layout(this.view.isPaper ? [] : this.buttons());
    this.isStale = true;
    this.request();
  }

  /** Colours, or what the ground shows, are others. */
  repaint() {
    this.colours = null;
    this.isStale = true;
    this.request();
  }

  choose() {
    const { selected } = this.desk;
    if (this.find) this.find.value = selected?.kind === "unit" ? selected.id : "";
    this.showReach();
    const where = this.placeOf(selected);
    if (where && this.view.width > 0) this.view.reveal(this.projection.forward(...where));
    this.request();
  }

  placeOf(selected) {
    if (selected?.kind === "unit") return this.motion.at(selected.id, this.desk.time)?.place ?? null;
    if (selected?.kind !== "event") return null;
    const entry = this.scene.entry.get(selected.id);
    if (Number.isFinite(entry?.lon_deg)) return [entry.lon_deg, entry.lat_deg];
    return entry?.unit ? (this.motion.at(entry.unit, entry.at)?.place ?? null) : null;
  }

  /** Draws before the next picture, once however often it is asked for. */
  request() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    if (this.view.width === 0) return;
    const hidesFuture = this.desk.isHidden("future");
    this.colours ??= coloursNow();
    if (this.isStale) {
      this.isStale = false;
      this.base.ground.draw(this.colours, this.layers, hidesFuture, this.desk.scale);
      this.moving.trails.forget();
    }
    this.moving.draw(this.desk.time, this.base);
    this.base.giveWay(this.moving.boxes, this.desk.time, hidesFuture);
    this.drawn = (this.drawn ?? 0) + 1;
  }
}
