// The panels of the side, in order. A panel is {id, title, when(doc) -> bool, view(desk) -> element};
// title is a key of the language file; isLive: it needs the engine. A new panel is a file in panels/ and a line here.
import { coding } from "./lesson/coding.js";
import { notes } from "./lesson/notes.js";
import { predict } from "./lesson/predict.js";
import { room } from "./lesson/room.js";
import { twice } from "./lesson/twice.js";
import { log } from "./log.js";
import { about } from "./panels/about.js";
import { assumptions } from "./panels/assumptions.js";
import { chance } from "./panels/chance.js";
import { code } from "./panels/code.js";
import { evidence } from "./panels/evidence.js";
import { flip } from "./panels/flip.js";
import { fuel } from "./panels/fuel.js";
import { joins } from "./panels/joins.js";
import { levers } from "./panels/levers.js";
import { measures } from "./panels/measures.js";
import { names } from "./panels/names.js";
import { reach } from "./panels/reach.js";
import { rivals } from "./panels/rivals.js";
import { serials } from "./panels/serials.js";
import { timeline } from "./panels/timeline.js";
import { together } from "./panels/together.js";
import { variants } from "./panels/variants.js";

export const panels = [
  joins,
  levers,
  variants,
  flip,
  log,
  serials,
  fuel,
  reach,
  together,
  evidence,
  timeline,
  measures,
  chance,
  rivals,
  assumptions,
  code,
  predict,
  coding,
  notes,
  room,
  twice,
  names,
  about,
];
