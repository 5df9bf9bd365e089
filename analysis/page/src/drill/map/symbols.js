// Signs of ships and aircraft: plain shapes, or APP-6 as it was drawn when the page was built. Both
// stand round 0, 0 in a square of 24. Filled: takes part; hollow: does not.
import { s } from "./svg.js";

/* global APP6 */ // {frames, icons}, put in by build.mjs

export const SIGN = 24; // side of the square

// Ships from the side, bow to the right; aircraft from above, nose up.
const HULL = "M-11,2H11.5L8,7.5H-8.5Z";
const SHIPS = {
  carrier: "M-12,0H8L12,-2.5L9,6.5H-9ZM1,0V-6H5V0Z",
  cruiser: `${HULL}M-7,2V-2.5H-4V-8H-2.5V-2.5H1V-9H2.5V-2.5H5V2Z`,
  destroyer: `${HULL}M-6.5,2V-1.5H-2V-7.5H0V-3.5H4V2Z`,
  frigate: `${HULL}M-5,2V-1H-1V-6.5H.6V-1H3V2Z`,
  corvette: "M-8,2H9L6,7H-6ZM-3.5,2V-1H-.5V-5H.8V-1H2.5V2Z",
  amphibious: "M-11,-2.5H5V-6H8V-.5L11.5,2L8,7.5H-9Z",
  landing: "M-11,2H6L11.5,-1.5L9,7.5H-9ZM-9,2V-4.5H-4V2Z",
  supply: `${HULL}M-9,2V-4H-6V2ZM-3.2,2V-5.5H-5V-7H0V-5.5H-1.7V2ZM4,2V-5.5H2V-7H7.5V-5.5H5.5V2Z`,
  patrol: "M-7,2.5H8L5.5,6.5H-5.5ZM-3,2.5V-.5H.5V-3.5H1.7V-.5H2.5V2.5Z",
  submarine: "M-11.5,3.5C-11.5,.5 -8,0 -5,0H-2V-4.5H2.5V0H7C10,0 12,2 12,3.5S10,7 7,7H-6C-9,7 -11.5,6 -11.5,3.5Z",
  survey: `${HULL}M-9.5,2L-7.5,-5H-6L-5.2,2ZM0,2V-3H6V2Z`,
};
const AIRCRAFT = {
  fighter: "M0,-11L1.8,-4L9,4.5V6.8L2,5V8L4.2,10.8H-4.2L-2,8V5L-9,6.8V4.5L-1.8,-4Z",
  bomber: "M0,-11L1.6,-5L11.5,4V6.2L1.6,1.8V7.5L5,10.5H-5L-1.6,7.5V1.8L-11.5,6.2V4L-1.6,-5Z",
  attack: "M0,-10L1.6,-3.5L10,-.5V2.2L1.6,2.5V7.5L4.5,10H-4.5L-1.6,7.5V2.5L-10,2.2V-.5L-1.6,-3.5Z",
  transport: "M0,-11L1.8,-8V-2.5L11.5,1V3.2L1.8,1.4V7L5,9V10.8H-5V9L-1.8,7V1.4L-11.5,3.2V1L-1.8,-2.5V-8Z",
  tanker: "M0,-11L1.8,-9V-3.5L11.5,0V2.2L1.8,.4V5L5,7V8.8H1L.6,12H-.6L-1,8.8H-5V7L-1.8,5V.4L-11.5,2.2V0L-1.8,-3.5V-9Z",
  patrol: "M0,-11L1.6,-8.5V-3H3.6V-4.8H5V-3H7V-4.4H8.4V-3H11.5V-.8H1.6V7L4.6,8.6V10.6H-4.6V8.6L-1.6,7V-.8H-11.5V-3H-8.4V-4.4H-7V-3H-5V-4.8H-3.6V-3H-1.6V-8.5Z",
  "early-warning":
    "M0,-11L1.6,-8.5V-3.5H11.5V-1.3H1.6V.3A3.6,3.6 0 0,1 1.6,7V8L4.6,9.2V10.8H-4.6V9.2L-1.6,8V7A3.6,3.6 0 0,1 -1.6,.3V-1.3H-11.5V-3.5H-1.6V-8.5Z",
  helicopter:
    "M-9.2,-10.2L-1.6,-3.4A2.6,2.6 0 0,1 1.6,-3.4L9.2,-10.2L10.2,-9.2L3,-1.6V1L10.2,7.2L9.2,8.2L1.6,3.4L1,8.5H3V10.3H-3V8.5H-1L-1.6,3.4L-9.2,8.2L-10.2,7.2L-3,1V-1.6L-10.2,-9.2Z",
  uav: "M0,-7L1.1,-3.5L11.8,-2V-.4L1.1,.6V5L4,8.4L2.9,9L0,6.6L-2.9,9L-4,8.4L-1.1,5V.6L-11.8,-.4V-2L-1.1,-3.5Z",
};

const isAir = (unit) => unit.domain === "air";

/** The outline of a unit's plain sign. */
export const shapeOf = (unit) =>
  isAir(unit) ? (AIRCRAFT[unit.symbol] ?? AIRCRAFT.fighter) : (SHIPS[unit.symbol] ?? SHIPS.frigate);

function app6Parts(sidc) {
  const [, identity, set, entity] = /^10\d(\d)(\d\d)\d{4}(\d{6})/.exec(sidc ?? "") ?? [];
  const frame = APP6.frames[`${set}-${identity}`] ?? APP6.frames[`${set}-3`];
  const icon = APP6.icons[`${set}-${entity}`];
  return frame && icon ? { frame, icon } : null;
}

function app6Element(part, ground) {
  if (part[0] === "t") {
    const [, text, x, y, size] = part;
    return s("text", { class: "app6", x, y, "font-size": size }, text);
  }
  const [, d, width, filled, transform] = part;
  const fill = filled ? "currentColor" : ground;
  return s("path", { d, fill, stroke: width ? "currentColor" : null, "stroke-width": width, transform: transform || null });
}

/**
 * The sign of a unit, a group round 0, 0; colour comes from `color` of what it stands in.
 *
 * @param options {app6, hollow}
 */
export function signOf(unit, { app6, hollow }) {
  const parts = app6 ? app6Parts(unit.sidc) : null;
  if (parts) {
    const ground = hollow ? "none" : "var(--bg)";
    return s(
      "g",
      { class: `sign${hollow ? " hollow" : ""}`, transform: "scale(0.19) translate(-100,-100)" },
      app6Element(parts.frame, ground),
      parts.icon.map((part) => app6Element(part, "none")),
    );
  }
  return s("path", { class: `sign plain${hollow ? " hollow" : ""}`, d: shapeOf(unit) });
}

/** Whether the sign is turned with the course: aircraft from above are. */
export const turns = (unit, { app6 }) => isAir(unit) && !(app6 && app6Parts(unit.sidc));
