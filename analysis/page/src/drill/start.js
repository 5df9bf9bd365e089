// Opens the page's own script, which stands packed in it with the style inside, and runs it. The element that
// is added is a script like any in the file: the policy allows it by its hash, and nothing is evaluated.
import { startTexts } from "../language/en_start.js";
import { unpack } from "./coast.js";

async function start() {
  if (typeof DecompressionStream !== "function") throw startTexts.tooOld;
  const packed = document.getElementById("muster-script").textContent;
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(await unpack(packed));
  document.head.append(script); // runs before this returns
  script.remove();
}

start().catch((error) => {
  const said = document.createElement("p");
  said.setAttribute("role", "alert");
  said.textContent = typeof error === "string" ? error : startTexts.damaged.replace("{why}", () => error.message);
  document.getElementById("page").append(said);
});
