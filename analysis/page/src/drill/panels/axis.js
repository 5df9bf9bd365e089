// Time along a picture: days below, a line at the moment of the clock.
import { DAY_MS, tick, tickTimes } from "./moments.js";
import { s } from "./parts.js";

/** Where moments lie between two edges. */
export function timeScale(from, until, left, right) {
  const span = until > from ? until - from : DAY_MS;
  const scale = (time) => left + ((time - from) / span) * (right - left);
  scale.inside = (time) => Math.min(right, Math.max(left, scale(time)));
  Object.assign(scale, { from, until: from + span, left, right });
  return scale;
}

const DAY_PX = 56; // room of the name of a day

export function dayAxis(desk, scale, top, bottom) {
  const most = Math.max(2, Math.floor((scale.right - scale.left) / DAY_PX));
  return tickTimes(scale.from, scale.until, most).map((time) => {
    const x = scale(time);
    // At the edges the name leans inwards: it may not be cut.
    const anchor = x > scale.right - 20 ? "end" : x < scale.left + 20 ? "start" : "middle";
    return [
      s("line", { x1: x, x2: x, y1: top, y2: bottom, class: "grid" }),
      s("text", { x, y: bottom + 15, "text-anchor": anchor, class: "tick" }, tick(desk, time)),
    ];
  });
}

/** The line of the clock; `moveNow` carries it on. */
export function nowLine(desk, scale, top, bottom) {
  const line = s("line", { class: "now-line", y1: top, y2: bottom });
  Object.assign(line, { scale });
  place(line, desk.time);
  return line;
}

function place(line, time) {
  const isSeen = time >= line.scale.from && time <= line.scale.until;
  line.setAttribute("visibility", isSeen ? "visible" : "hidden");
  const x = line.scale.inside(time).toFixed(1);
  line.setAttribute("x1", x);
  line.setAttribute("x2", x);
}

export function moveNow(desk, root) {
  for (const line of root.querySelectorAll(".now-line")) place(line, desk.time);
}
