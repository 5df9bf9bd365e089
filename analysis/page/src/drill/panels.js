// The panels of the side, in order. A panel is {id, title, when(doc) -> bool, view(desk) -> element};
// title is a key of the language file. A new panel is a file in panels/ and a line here.
import { log } from "./log.js";

export const panels = [log];
