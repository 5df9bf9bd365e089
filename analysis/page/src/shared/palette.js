// All colours, for both themes. Checked in test/unit.test.mjs: text 4.5:1 on its ground, marks 3:1,
// and the four colours of series apart for people who see fewer colours.

const viridis = ["#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779"];

export const light = {
  bg: "#ffffff",
  panel: "#f4f6f8",
  text: "#1b1f24",
  muted: "#57606a",
  line: "#d5dbe1", // hairlines of tables
  grid: "#e3e8ec",
  axis: "#767f88",
  faint: "#aab3bc", // lines and points that stand back
  link: "#0b5cad",
  warn: "#fff4db",
  "warn-edge": "#b06f00",
  s1: "#3366ee",
  s2: "#d35f00",
  s3: "#442255",
  s4: "#000000",
  // Of maps: ground, coast line, and four actors; a0 is everyone else.
  sea: "#e8f0f5",
  land: "#f4f1ea",
  coast: "#6f767d",
  net: "#cbd6de", // graticule
  a1: "#dd6600",
  a2: "#4477ff",
  a3: "#442255",
  a4: "#000000",
  a0: "#6a727a",
  // From pale to strong: large values stand out in both themes.
  ramp: ["#8fd744", "#5ec962", ...[...viridis].reverse()],
};

export const dark = {
  bg: "#10171e",
  panel: "#18222c",
  text: "#e6edf3",
  muted: "#9da7b1",
  line: "#2e3a46",
  grid: "#25303b",
  axis: "#7f8a95",
  faint: "#5a6672",
  link: "#8cb4ff",
  warn: "#33290f",
  "warn-edge": "#d9a441",
  s1: "#8cb4ff",
  s2: "#ff8a3d",
  s3: "#ddffcc",
  s4: "#5588bb",
  sea: "#13202b",
  land: "#252b31",
  coast: "#7f8a95",
  net: "#2c3c49",
  a1: "#ff8a3d",
  a2: "#8cb4ff",
  a3: "#ddffcc",
  a4: "#5588bb",
  a0: "#98a2ac",
  ramp: [
    "#46548f",
    "#3b6a92",
    "#317e94",
    "#259490",
    "#24a884",
    "#48bf70",
    "#84d44b",
    "#c2df2f",
    "#fde725",
  ],
};

export const RAMP_SIZE = light.ramp.length;

const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

function mix(a, b, share) {
  const [from, to] = [channels(a), channels(b)];
  const mixed = from.map((value, i) => Math.round(share * value + (1 - share) * to[i]));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** The colours of a theme by the name of the CSS variable without its dashes. */
export function colours(theme) {
  const { ramp, ...rest } = theme;
  // Half tones of the colours of series, for bars on which an interval must be seen.
  const half = [1, 2, 3, 4].map((i) => [`f${i}`, mix(theme[`s${i}`], theme.bg, 0.5)]);
  const steps = ramp.map((colour, i) => [`ramp${i}`, colour]);
  return { ...rest, ...Object.fromEntries([...half, ...steps]) };
}

const declare = (theme) =>
  Object.entries(colours(theme))
    .map(([name, colour]) => `--${name}:${colour};`)
    .join("");

/** Light unless the system or the switch says dark; print is always light. */
export function paletteCss() {
  return `:root{color-scheme:light;${declare(light)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${declare(dark)}}}
@media screen{:root[data-theme=dark]{color-scheme:dark;${declare(dark)}}}`;
}
