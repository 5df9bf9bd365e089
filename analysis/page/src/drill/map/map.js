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

const LAYERS = ["routes", "future", "graticule", "areas", "bases", "straits", "observations", "others", "app6"];
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

const hidesVerdictOf = (desk, state) => desk.isHidden("verdict") && (desk.doc.decisions ?? []).some((each) => each.state === state && each.part !== "host");

export class MapView {
  /** @param blocks {land, contours}: either may be null */
  constructor(desk, blocks) {
    this.desk = desk;
    this.blocks = blocks;
    this.layers = Object.fromEntries(LAYERS.map((layer) => [layer, layer !== "app6"]));
    this.reach = null; // unit chosen for contours; the chosen unit's come first
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
    this.tools = this.toolbar();
    this.stage.replaceChildren(
      this.base.ground.element,
      this.moving.trails.element,
      this.base.svg,
      this.moving.svg,
      this.tools,
      this.help,
    );
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
    const tools = this.toolbar();
    const menu = this.tools.querySelector("details");
    if (menu && !menu.open) {
      this.tools.replaceWith(tools);
      this.tools = tools;
    }
    this.showReach();
    if (this.view.width > 0) this.moved();
  }

  toolbar() {
    const { desk, view } = this;
    const button = (name, act) =>
      h("button", { type: "button", title: desk.word(`map.${name}`), "aria-label": desk.word(`map.${name}`), click: act }, icon(name));
    const boxes = LAYERS.map((layer) => {
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
    this.reach ??= ids.length === 1 ? ids[0] : null;
    const choose = h(
      "select",
      { change: (event) => ((this.reach = event.target.value || null), this.showReach()) },
      h("option", { value: "" }, desk.word("map.none")),
      ids.map((id) => h("option", { value: id }, desk.name(id, scene.unit.get(id)?.name))),
    );
    choose.value = this.reach ?? "";
    return h("label", { class: "wide" }, desk.word("map.reach"), choose);
  }

  showReach() {
    const { selected } = this.desk;
    const own = selected?.kind === "unit" && unitsWithReach(this.blocks.contours).includes(selected.id) ? selected.id : null;
    const wanted = this.desk.isHidden("reach") ? null : (own ?? this.reach);
    // How far it gets is what a class may have yet to find out.
    const state = this.scene.unit.get(wanted)?.state;
    const unit = hidesStage(this.desk, state, { stage: "able" }) || hidesVerdictOf(this.desk, state) ? null : wanted;
    if (unit === this.base.contour.shown) return;
    this.base.contour.show(unit);
    if (this.view.width > 0) this.moved();
  }

  setLayer(layer, isOn) {
    this.layers[layer] = isOn;
    this.moving.options.app6 = this.layers.app6;
    this.applyLayers();
    this.moved();
  }

  applyLayers() {
    for (const layer of LAYERS) this.stage.classList.toggle(`no-${layer}`, !this.layers[layer]);
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (width === this.view.width && height === this.view.height) return;
    if (!matchMedia("print").matches) {
      this.element.style.setProperty("--drawn-width", `${width + 2}px`); // with its edge
      this.element.style.setProperty("--drawn-height", `${height + 2}px`);
    }
    this.view.resize(width, height);
  }

  /** The part seen is another. */
  moved() {
    if (!this.base || this.view.width === 0) return;
    this.base.layout();
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
    this.moving.draw(this.desk.time, this.base.boxes);
    this.base.giveWay(this.moving.boxes, this.desk.time, hidesFuture);
    this.drawn = (this.drawn ?? 0) + 1;
  }
}
