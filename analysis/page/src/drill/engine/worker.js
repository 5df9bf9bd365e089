// The worker of a live page: loads the engine from the blocks that it is sent, opens the scenario, answers one
// request after another. Its script is a text in the page's bundle (build.mjs); it loads nothing.
import { unpack } from "../coast.js";
import { EngineStopped, instantiate } from "./module.js";
import { joined } from "./sorted.js";

let engine = null;

const wrong = (answer) => answer?.diagnostics?.find(({ severity }) => severity === "error")?.message;

/* The texts of the blocks: engine, coast, routes, and the scenario, packed as they stand in the page. */
async function load({ wasm, coast, routes, text, name }) {
  engine = await instantiate(joined(await unpack(wasm)));
  if (coast) {
    const why = wrong(engine.land(await unpack(coast)));
    if (why) throw new Error(why);
  }
  if (routes) {
    const why = wrong(engine.routes(await unpack(routes)));
    if (why) throw new Error(why);
  }
  const answer = engine.call({ call: "open", name, text: new TextDecoder().decode(await unpack(text)) });
  if (answer.format !== "muster-run") throw new Error(wrong(answer) ?? answer.format);
}

onmessage = async ({ data: { id, blocks, request } }) => {
  try {
    if (blocks) await load(blocks);
    // A text is handed over faster than a tree: the page reads it.
    postMessage({ id, text: blocks ? "null" : engine.callText(request) });
  } catch (error) {
    postMessage({ id, failed: error.message, hasStopped: error instanceof EngineStopped });
  }
};
