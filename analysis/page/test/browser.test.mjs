// The page as a reader has it: Chromium opens the file, without network. Without a browser the tests are
// skipped, in CI they fail. Two pages at a time: a page is a process of its own.
import { after, before, describe, test } from "node:test";
import { missing, start, stop, write } from "./chromium.mjs";
import * as drawn from "./drawn.mjs";
import { FIXTURES } from "./fixtures.mjs";
import * as reader from "./reader.mjs";

describe("a page in Chromium", { concurrency: 2, skip: missing }, () => {
  before(async () => {
    await start();
    for (const [name, make] of Object.entries(FIXTURES)) await write(name, make());
  });
  after(stop);
  for (const [name, run] of [...drawn.tests, ...reader.tests]) test(name, { timeout: 120000 }, run);
});
