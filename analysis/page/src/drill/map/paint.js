// The heavy lines of the map, on canvas: a picture that the browser keeps while signs move over it. The
// ground is drawn when the view changes, trails each frame. Colours are those of the theme.

/** Dashes of the states, as in style.css. */
const DASHES = [[5, 5], [], [9, 3], [2.5, 3], [10, 3, 2.5, 3]];
const NAMES = ["sea", "land", "coast", "net", "faint", "axis", "a0", "a1", "a2", "a3", "a4"];

/** The colours that hold now, by name. */
export function coloursNow() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls when colours are others: the switch, the system, or paper, which is always light. */
export function watchColours(changed) {
  new MutationObserver(changed).observe(document.documentElement, { attributes: true });
  for (const query of ["(prefers-color-scheme: dark)", "print"])
    matchMedia(query).addEventListener("change", changed);
}

export class Canvas {
  constructor(name, view) {
    this.view = view;
    this.element = document.createElement("canvas");
    this.element.className = name;
    this.pen = this.element.getContext("2d");
  }

  /** Cleared, in pixels of the page; lines keep their width whatever the zoom. */
  begin() {
    const { view, element, pen } = this;
    this.dots = window.devicePixelRatio || 1;
    const [width, height] = [view.width, view.height].map((size) => Math.round(size * this.dots));
    // On paper browsers repeat what was done, and to clear a rectangle would whiten the canvas below too.
    if (element.width !== width || element.height !== height || view.isPaper) {
      element.width = width; // which clears it
      element.height = height;
    } else {
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, width, height);
    }
    const zoom = view.k * this.dots;
    pen.setTransform(zoom, 0, 0, zoom, view.tx * this.dots, view.ty * this.dots);
    pen.lineJoin = "round";
  }

  stroke(path, colour, width, dash = [], alpha = 1) {
    const { pen, view } = this;
    pen.strokeStyle = colour;
    pen.lineWidth = width / view.k;
    pen.setLineDash(dash.map((length) => length / view.k));
    pen.globalAlpha = alpha;
    pen.stroke(path);
    pen.globalAlpha = 1;
  }

  fill(path, colour, rule = "nonzero") {
    this.pen.fillStyle = colour;
    this.pen.fill(path, rule);
  }
}

/** Lines that the chart box and the land make; `paths` are Path2D. */
export class Ground extends Canvas {
  constructor(view) {
    super("ground", view);
    this.paths = {};
    this.tracks = [];
  }

  draw(colours, layers, hidesFuture, scale) {
    const { water, land, shore, graticule, routes } = this.paths;
    this.begin();
    if (water) this.fill(water, colours.sea);
    if (land) this.fill(land, colours.land, "evenodd");
    if (graticule && layers.graticule) this.stroke(graticule, colours.net, 0.9 * scale);
    if (shore) this.stroke(shore, colours.coast, 0.8 * scale);
    if (hidesFuture) return;
    const strong = scale > 1 ? colours.axis : colours.faint;
    if (routes && layers.routes) this.stroke(routes, strong, scale, [1, 3]);
    if (!layers.future) return;
    for (const { path, cue } of this.tracks) this.stroke(path, colours[`a${cue}`], 1.2 * scale, DASHES[cue], 0.45);
  }
}

/** What has been sailed up to now. Going on, only new pieces are drawn; else all is drawn anew. */
export class Trails extends Canvas {
  constructor(view) {
    super("trails", view);
    this.take([]);
  }

  /** Other tracks. */
  take(tracks) {
    this.tracks = tracks;
    this.forget();
  }

  /** Everything is to be drawn anew. */
  forget() {
    this.time = null;
  }

  draw(time, colours, scale) {
    if (this.time === null || time < this.time) {
      this.begin();
      this.time = -Infinity;
    }
    if (time === this.time) return;
    const { pen } = this;
    for (const track of this.tracks) this.piece(track, this.time, time);
    this.time = time;
    pen.lineCap = "butt";
    for (const track of this.tracks) {
      if (!track.piece) continue;
      pen.lineDashOffset = track.offset;
      this.stroke(track.piece, colours[`a${track.cue}`], 2.2 * scale, DASHES[track.cue]);
      pen.lineDashOffset = 0;
      track.offset += track.length;
    }
  }

  /** The piece of a track between two moments, and how long it is. */
  piece(track, from, to) {
    const { points } = track;
    track.piece = null;
    if (to <= points[0][0] || from >= points[points.length - 1][0]) return;
    if (from === -Infinity) [track.index, track.offset] = [0, 0];
    const at = (i, time) => {
      const [a, b] = [points[i], points[i + 1]];
      const share = !b || !(b[0] > a[0]) ? 0 : Math.max(0, Math.min(1, (time - a[0]) / (b[0] - a[0])));
      return b ? [a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])] : [a[1], a[2]];
    };
    let last = at(track.index, from);
    const path = new Path2D();
    path.moveTo(...last);
    let length = 0;
    const go = (next) => {
      length += Math.hypot(next[0] - last[0], next[1] - last[1]);
      path.lineTo(...next);
      last = next;
    };
    while (track.index + 1 < points.length && points[track.index + 1][0] <= to) {
      track.index += 1;
      go([points[track.index][1], points[track.index][2]]);
    }
    go(at(track.index, to));
    track.piece = length > 0 ? path : null;
    track.length = length;
  }
}
