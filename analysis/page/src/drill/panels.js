// The panels of the side, in order. A panel is {id, title, when(doc) -> bool, view(desk) -> element};
// title is a key of the language file. A new panel is a file in panels/ and a line here.
import { log } from "./log.js";
import { about } from "./panels/about.js";
import { assumptions } from "./panels/assumptions.js";
import { evidence } from "./panels/evidence.js";
import { fuel } from "./panels/fuel.js";
import { joins } from "./panels/joins.js";
import { measures } from "./panels/measures.js";
import { reach } from "./panels/reach.js";
import { serials } from "./panels/serials.js";
import { timeline } from "./panels/timeline.js";
import { together } from "./panels/together.js";

export const panels = [
  joins,
  log,
  serials,
  fuel,
  reach,
  together,
  evidence,
  timeline,
  measures,
  assumptions,
  about,
];
