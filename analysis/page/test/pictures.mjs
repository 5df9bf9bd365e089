// What a picture of a page shows, as far as a program sees it: PNG as browsers write it, 8 bits a channel,
// three or four channels, not interlaced.
import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";

const paeth = (a, b, c) => {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (da <= db && da <= dc) return a;
  return db <= dc ? b : c;
};

/** {width, height, channels, bytes} */
export function readPng(png) {
  let head;
  const packed = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const [kind, from] = [png.toString("latin1", at + 4, at + 8), at + 8];
    const part = png.subarray(from, from + png.readUInt32BE(at));
    if (kind === "IHDR") head = { width: part.readUInt32BE(0), height: part.readUInt32BE(4), rest: [...part.subarray(8)] };
    if (kind === "IDAT") packed.push(part);
  }
  const [bits, colour, , , interlaced] = head.rest;
  const channels = { 2: 3, 6: 4 }[colour];
  assert.ok(bits === 8 && channels && !interlaced, `PNG of ${bits} bits, kind ${colour}`);
  const { width, height } = head;
  const [raw, row] = [inflateSync(Buffer.concat(packed)), width * channels];
  const bytes = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)];
    for (let i = 0; i < row; i += 1) {
      const at = y * row + i;
      const left = i >= channels ? bytes[at - channels] : 0;
      const up = y > 0 ? bytes[at - row] : 0;
      const corner = i >= channels && y > 0 ? bytes[at - row - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      bytes[at] = raw[y * (row + 1) + 1 + i] + guess;
    }
  }
  return { width, height, channels, bytes };
}

/** How many colours there are, the commonest of them (0 black to 1 white), and its share. */
export function coloursOf({ channels, bytes }) {
  const counts = new Map();
  for (let at = 0; at < bytes.length; at += channels) {
    const colour = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const [colour, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
  const light = (0.2126 * (colour >> 16) + 0.7152 * ((colour >> 8) & 255) + 0.0722 * (colour & 255)) / 255;
  return { colours: counts.size, light, share: (count * channels) / bytes.length };
}
