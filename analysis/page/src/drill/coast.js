// The coast as it stands in the page: the land extract of the engine, MSTLAND1 (sim/world/README.md).

const MAGIC = "MSTLAND1";
const HEAD_BYTES = 80;
const TAIL_BYTES = 8; // the check sum, which is the engine's to check

/** Bytes from base64, opened if they are gzip. */
export async function unpack(text) {
  const letters = atob(text.replace(/[\s"]/g, ""));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Rings of [x, y] in grid steps and what makes degrees of them: lon = x0 + dx x, lat = y0 + dy y.
 * Longitudes are continuous, 0 to 360 and beyond. Throws on anything that is no such extract.
 */
export function readLand(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wrong = () => new Error("The coast in this file is damaged.");
  if (bytes.length < HEAD_BYTES + TAIL_BYTES) throw wrong();
  if (String.fromCharCode(...bytes.subarray(0, 8)) !== MAGIC) throw wrong();
  const [west, east, south, north, x0, y0, dx, dy] = Array.from({ length: 8 }, (_, i) =>
    view.getFloat64(8 + 8 * i, true),
  );
  const ringCount = view.getUint32(72, true);
  let pointsLeft = view.getUint32(76, true);
  const end = bytes.length - TAIL_BYTES;
  let at = HEAD_BYTES;
  const whole = () => {
    let [value, unit] = [0, 1];
    for (;;) {
      if (at >= end || unit > 2 ** 49) throw wrong();
      const byte = bytes[at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  };
  const step = () => {
    const value = whole();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const rings = [];
  let [x, y] = [0, 0];
  for (let ring = 0; ring < ringCount; ring += 1) {
    const count = whole();
    pointsLeft -= count;
    if (pointsLeft < 0) throw wrong();
    const points = new Array(count);
    for (let i = 0; i < count; i += 1) points[i] = [(x += step()), (y += step())];
    rings.push(points);
  }
  if (at !== end || pointsLeft !== 0) throw wrong();
  return { west, east, south, north, x0, y0, dx, dy, rings };
}
