// What moves on the map: signs of units, what they have sailed, their labels. Redrawn each frame; a node
// is touched only where something about it is another.
import { languageIn } from "../../shared/script.js";
import { measure } from "../../shared/text.js";
import { gather, placeLabels, spread } from "./groups.js";
import { Trails } from "./paint.js";
import { signOf, turns } from "./symbols.js";
import { put, s } from "./svg.js";

const KIND_OF = {
  supply: "supply",
  submarine: "submarine",
  helicopter: "helicopter",
};
const WORDS_SHOWN = ["adrift", "landed", "refuelling", "drifting", "at-anchor"];
const short = (value) => Math.round(value * 10) / 10;

/** Lines sailed, each once however many ships sailed it together. */
function tracksOf(motion, scene, projection) {
  const byLine = new Map();
  for (const [id, mover] of motion.movers) {
    const line = mover.line();
    if (line.length < 2) continue;
    const state = scene.state.get(scene.unit.get(id).state);
    const key = `${state?.id}|${line.map((point) => point.map(short).join()).join(";")}`;
    if (byLine.has(key)) {
      byLine.get(key).units.push(id);
      continue;
    }
    const points = line.map(([time, lon, lat]) => [time, ...projection.forward(lon, lat)]);
    byLine.set(key, { state, cue: state?.cue ?? 0, units: [id], points, index: 0, offset: 0 });
  }
  return [...byLine.values()];
}

export const fullPath = (track) => track.points.map(([, x, y], i) => `${i ? "L" : "M"}${short(x)},${short(y)}`).join("");

export class Moving {
  /** @param parts {desk, scene, motion, projection, view, options {app6}, colours(), trails } */
  constructor(parts) {
    Object.assign(this, parts);
    this.tracks = tracksOf(this.motion, this.scene, this.projection);
    this.trails ??= new Trails(this.view); // of the run before
    this.trails.take(this.tracks);
    this.signs = s("g", { class: "signs" });
    this.svg = s("svg", { class: "moving-map", "aria-hidden": "true" }, this.signs);
    this.nodes = new Map();
    this.spreadBefore = new Map();
    this.labelBefore = new Map();
    this.boxes = [];
  }

  labelOf(group) {
    const { desk, scene } = this;
    const marks = group.marks;
    const state = scene.state.get(marks[0].unit.state);
    if (marks.length === 1) {
      const [{ unit, count, word, fuel }] = marks;
      const name = desk.name(unit.id, unit.name);
      const many = count > 1 ? `${name} \u00d7${count}` : name;
      const isChosen = this.isChosen(unit);
      const more = isChosen || WORDS_SHOWN.includes(word) ? [desk.word(`state.${word}`)] : [];
      if (isChosen && fuel !== null) more.push(`${Math.round(fuel * 100)}\u00a0%`);
      return [many, ...more].join(", ");
    }
    const counts = new Map();
    for (const { unit, count } of marks) {
      const kind = KIND_OF[unit.symbol] ?? (unit.domain === "air" ? "aircraft" : "ship");
      counts.set(kind, (counts.get(kind) ?? 0) + count);
    }
    const parts = [...counts].map(([kind, n]) => desk.word(`map.count.${kind}`, { n }));
    return `${desk.name(marks[0].unit.state, state?.name)}: ${parts.join(", ")}`;
  }

  isChosen(unit) {
    const { selected } = this.desk;
    return selected?.kind === "unit" && selected.id === unit.id;
  }

  /** Groups of the marks that are on the screen, those that matter first. */
  groupsAt(time) {
    const { view, scene } = this;
    const size = 22 * this.desk.scale;
    const seen = [];
    for (const mark of this.motion.marks(time)) {
      const [x, y] = view.screen(this.projection.forward(...mark.place));
      if (x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
      const { unit } = mark;
      const isPart = scene.takesPart(unit);
      if (!isPart && this.layers.others === false && !this.isChosen(unit)) continue;
      const kind = unit.domain === "air" ? (mark.flying ? "fly" : "air") : "sea";
      seen.push({ ...mark, x, y, key: `${unit.state}|${isPart}|${kind}` });
    }
    const groups = gather(seen, size * 0.9);
    for (const group of groups) {
      const [first] = group.marks;
      group.id = `${group.key}|${first.unit.id}`;
      group.chosen = group.marks.some(({ unit }) => this.isChosen(unit));
      group.lead = group.marks.find(({ unit }) => this.isChosen(unit)) ?? leadOf(group.marks);
      group.hollow = !scene.takesPart(first.unit);
      group.order = (group.chosen ? 0 : 100) + (group.hollow ? 40 : 0) + (scene.state.get(first.unit.state)?.index ?? 30);
    }
    return groups.sort((a, b) => a.order - b.order || b.marks.length - a.marks.length || (a.id < b.id ? -1 : 1));
  }

  /** @param base what does not move: `boxes` to keep off, `buttons`, `giveWay` of signs */
  draw(time, base) {
    this.trails.draw(time, this.colours(), this.desk.scale);
    const size = 24 * this.desk.scale;
    const { view } = this;
    const bounds = { x0: 2, y0: 2, x1: view.width - 2, y1: view.height - 2 };
    const groups = spread(this.groupsAt(time), size, this.spreadBefore, base.buttons, bounds);
    const font = 12.5 * this.desk.scale;
    const labels = groups.map((group) => {
      group.text = this.labelOf(group);
      return { id: group.id, box: group.box, width: this.width(group.text, font) + 4, height: font * 1.3 };
    });
    const signs = groups.map((group) => group.box);
    const obstacles = [...base.boxes, ...base.signsBeside(signs), ...signs];
    const placed = placeLabels(labels, obstacles, bounds, this.labelBefore);
    const old = new Set(this.nodes.keys());
    for (const group of groups) {
      old.delete(group.id);
      this.drawGroup(group, placed.get(group.id), font);
    }
    for (const id of old) {
      this.nodes.get(id).g.remove();
      this.nodes.delete(id);
    }
    this.signBoxes = signs;
    this.boxes = [...signs, ...placed.values()];
  }

  width(text, font) {
    this.widths ??= new Map();
    const key = `${font}|${text}`;
    if (!this.widths.has(key)) this.widths.set(key, measure(text, font, true));
    return this.widths.get(key);
  }

  nodeOf(group) {
    if (this.nodes.has(group.id)) return this.nodes.get(group.id);
    const node = {
      leader: s("path", { class: "leader" }),
      ring: s("circle", { class: "ring", r: 16 }),
      spot: s("circle", { class: "spot", r: 2.5 }),
      sign: s("g"),
      text: s("text", { class: "name unit", direction: "auto" }),
      title: s("title"),
      signature: "",
    };
    node.g = s("g", { class: "group", click: () => this.choose(node.group) }, node.title, node.leader, node.spot, node.ring, node.sign, node.text);
    this.signs.append(node.g);
    this.nodes.set(group.id, node);
    return node;
  }

  drawGroup(group, at, font) {
    const node = this.nodeOf(group);
    node.group = group;
    const { lead } = group;
    const state = this.scene.state.get(lead.unit.state);
    const signature = `${lead.unit.id}|${group.hollow}|${this.options.app6}|${state?.colour}`;
    if (node.signature !== signature) {
      node.signature = signature;
      node.sign.replaceChildren(signOf(lead.unit, { app6: this.options.app6, hollow: group.hollow }));
      node.g.style.color = state?.colour ?? "var(--a0)";
    }
    const turn = turns(lead.unit, this.options) && lead.course !== null ? Math.round(lead.course) : 0;
    const scale = this.desk.scale === 1 ? "" : ` scale(${this.desk.scale})`;
    put(node.sign, "transform", `translate(${short(group.sx)},${short(group.sy)})${scale}${turn ? ` rotate(${turn})` : ""}`);
    put(node.ring, "class", group.chosen ? "ring chosen" : "ring");
    if (group.chosen) {
      put(node.ring, "transform", `translate(${short(group.sx)},${short(group.sy)})`);
    }
    let lines = group.moved ? `M${short(group.x)},${short(group.y)}L${short(group.sx)},${short(group.sy)}` : "";
    put(node.spot, "transform", `translate(${short(group.x)},${short(group.y)})`);
    put(node.spot, "visibility", group.moved ? "visible" : "hidden");
    put(node.text, "visibility", at ? "visible" : "hidden");
    if (at) {
      const x = (at.x0 + at.x1) / 2;
      // A transform, not x and y: the text is not laid out anew.
      put(node.text, "transform", `translate(${short(x)},${short(at.y1 - font * 0.33)})`);
      if (at.isFar) lines += leaderTo(group, at);
    }
    if (node.text.textContent !== group.text) {
      node.text.textContent = group.text;
      put(node.text, "lang", languageIn(group.text) ?? "");
      node.title.textContent = group.marks
        .map(({ unit, word }) => `${this.desk.name(unit.id, unit.name)}: ${this.desk.word(`state.${word}`)}`)
        .join("\n");
    }
    put(node.leader, "d", lines);
  }

  choose(group) {
    if (this.view.dragged >= 3) return;
    const chosen = group.marks.findIndex(({ unit }) => this.isChosen(unit));
    const { unit } = group.marks[(chosen + 1) % group.marks.length];
    const isSame = chosen >= 0 && group.marks.length === 1;
    this.desk.set({ selected: isSame ? null : { kind: "unit", id: unit.id } });
  }
}

const RANK = ["carrier", "cruiser", "destroyer", "amphibious", "frigate", "landing", "corvette", "submarine", "survey", "patrol", "supply"];

/** The unit whose sign stands for a group. */
function leadOf(marks) {
  const rank = ({ unit }) => (RANK.indexOf(unit.symbol) + RANK.length + 1) % (RANK.length + 1);
  return marks.reduce((best, mark) => (rank(mark) < rank(best) ? mark : best));
}

/** A line from the sign's edge to the nearest edge of its label. */
function leaderTo(group, at) {
  const x = Math.max(at.x0, Math.min(at.x1, group.sx));
  const y = Math.max(at.y0, Math.min(at.y1, group.sy));
  const length = Math.hypot(x - group.sx, y - group.sy) || 1;
  const from = 11;
  return `M${short(group.sx + ((x - group.sx) * from) / length)},${short(group.sy + ((y - group.sy) * from) / length)}L${short(x)},${short(y)}`;
}
