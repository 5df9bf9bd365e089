// Times as every report writes them: UTC, and in brackets the clock of a place.
const HOUR_MS = 3600000;
export const DAY_MS = 24 * HOUR_MS;

/** Milliseconds of a time in the document; NaN: none. */
export const ms = (text) => (typeof text === "string" ? Date.parse(text) : NaN);

const at = (time, zone_h = 0) => {
  const iso = new Date(time + zone_h * HOUR_MS).toISOString();
  return {
    day: iso.slice(0, 10),
    date: Number(iso.slice(8, 10)),
    month: Number(iso.slice(5, 7)) - 1,
    year: iso.slice(0, 4),
    clock: iso.slice(11, 16),
    short: iso.slice(8, 10),
  };
};

/** Is there such a moment, and can a calendar write it? */
export const isMoment = (time) => Number.isFinite(time) && Math.abs(time) < 8e15;

/** "18 13:18 (22:18)" */
export function clock(time, zone_h) {
  if (!isMoment(time)) return "\u2013";
  const utc = at(time);
  return `${utc.short} ${utc.clock} (${at(time, zone_h).clock})`;
}

/** "18 July 2023, 13:18 UTC (22:18)"; the day there if it is another. */
export function dated(desk, time, zone_h) {
  if (!isMoment(time)) return desk.word("panel.never");
  const [utc, there] = [at(time), at(time, zone_h)];
  const month = desk.word("panel.months").split(" ")[utc.month];
  const other = utc.day === there.day ? "" : `${desk.word("panel.day")} ${there.date} `;
  return `${utc.date} ${month} ${utc.year}, ${utc.clock} UTC (${other}${there.clock})`;
}

/** "18 July 2023": the day there. */
export function dayOf(desk, time, zone_h) {
  if (!isMoment(time)) return desk.word("panel.never");
  const there = at(time, zone_h);
  return `${there.date} ${desk.word("panel.months").split(" ")[there.month]} ${there.year}`;
}

/** "18 Jul" for an axis, "06:00" within a day. */
export function tick(desk, time) {
  const utc = at(time);
  if (utc.clock !== "00:00") return utc.clock;
  return `${utc.date} ${desk.word("panel.months").split(" ")[utc.month].slice(0, 3)}`;
}

/** 08:00 in a zone on the day that holds the time there. */
export function morning(time, zone_h) {
  const local = time + zone_h * HOUR_MS;
  return local - (((local % DAY_MS) + DAY_MS) % DAY_MS) + 8 * HOUR_MS - zone_h * HOUR_MS;
}

const STEPS_H = [1, 3, 6, 12, 24];

/** Moments for ticks in a span, at most so many: hours of the day, or midnights evenly spaced. */
export function tickTimes(from, until, most) {
  const fits = (step) => (until - from) / step <= most;
  const hours = STEPS_H.map((step_h) => step_h * HOUR_MS).find(fits);
  const step = hours ?? Math.ceil((until - from) / DAY_MS / most) * DAY_MS;
  const out = [];
  for (let time = Math.ceil(from / step) * step; time <= until; time += step) out.push(time);
  return out;
}
