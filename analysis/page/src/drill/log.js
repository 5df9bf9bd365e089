// What happened up to now, as a list.
import { h, said } from "../shared/dom.js";
import { sceneOf } from "./scene.js";

export const log = {
  id: "log",
  title: "log.title",
  when: () => true,
  view(desk) {
    const scene = sceneOf(desk.doc);
    return h("ol", { class: "log" }, scene.log.map((entry) => h("li", {}, said(entry.text))));
  },
};
