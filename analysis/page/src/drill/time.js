// Moments as text: in UTC, or in the local time of a state.

const HOUR = 3600000;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value) => String(value).padStart(2, "0");

/** "UTC", "UTC+9", "UTC+5:30". */
export function zoneText(zoneH) {
  if (!zoneH) return "UTC";
  const minutes = Math.round(Math.abs(zoneH) * 60);
  const rest = minutes % 60 ? `:${two(minutes % 60)}` : "";
  return `UTC${zoneH < 0 ? "\u2212" : "+"}${Math.floor(minutes / 60)}${rest}`;
}

const shifted = (time, zoneH) => new Date(time + zoneH * HOUR);

/** "Thu 20 Jul 2023". */
export function dayText(time, zoneH = 0) {
  const at = shifted(time, zoneH);
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** "20 Jul". */
export function shortDay(time, zoneH = 0) {
  const at = shifted(time, zoneH);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}

/** "04:00". */
export function hourText(time, zoneH = 0) {
  const at = shifted(time, zoneH);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

export const momentText = (time, zoneH = 0) =>
  `${dayText(time, zoneH)}, ${hourText(time, zoneH)} ${zoneText(zoneH)}`;
