// One worker with the engine, seen from the page: calls are answered one at a time; after a stop the worker
// is given up and a new one takes its place.

/** The engine cannot be had: WebAssembly or workers are blocked, or what stands in the page is damaged. */
export class EngineBlocked extends Error {}

function makeWorker(script) {
  if (typeof WebAssembly !== "object") throw new EngineBlocked("this browser has WebAssembly turned off");
  if (typeof Worker !== "function") throw new EngineBlocked("this browser has workers turned off");
  if (typeof DecompressionStream !== "function") throw new EngineBlocked("this browser is too old to unpack it");
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    return new Worker(address);
  } catch (error) {
    throw new EngineBlocked(error.message);
  } finally {
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
}

/**
 * @param script  text of the worker's script
 * @param blocks  texts of the page's blocks, and the name of the scenario
 * @param stopped told of each stop: (why, request)
 * @return {start, call, end}: promises of documents; a call starts the worker if need be
 */
export function makeClient(script, blocks, stopped = () => {}) {
  let worker = null;
  let opening = null;
  let last = Promise.resolve();
  let count = 0;
  const waiting = new Map();

  const drop = (error) => {
    worker?.terminate();
    worker = opening = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const send = (message) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject, request: message.request });
      worker.postMessage({ ...message, id: count });
    });
  const take = ({ data: { id, text, failed, hasStopped } }) => {
    const asked = waiting.get(id);
    if (!asked) return;
    waiting.delete(id);
    if (failed === undefined) return asked.resolve(JSON.parse(text));
    asked.reject(new Error(failed));
    if (!hasStopped) return undefined;
    drop(new Error(failed));
    if (asked.request) stopped(failed, asked.request);
    return undefined;
  };
  const start = () => {
    opening ??= (async () => {
      worker = makeWorker(script);
      worker.onmessage = take;
      worker.onerror = (event) => {
        event.preventDefault();
        drop(new EngineBlocked(event.message || "the browser did not let its worker start"));
      };
      try {
        return await send({ blocks });
      } catch (error) {
        drop(error);
        throw error instanceof EngineBlocked ? error : new EngineBlocked(error.message);
      }
    })();
    return opening;
  };
  const call = (request) => {
    const answer = last.then(start).then(() => send({ request }));
    last = answer.catch(() => {});
    return answer;
  };
  return { start, call, end: () => drop(new Error("ended")) };
}
