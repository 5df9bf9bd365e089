// Every text of the page, English. {name} is filled in; "key.one" is the form for one.
import { panelTexts } from "./en_panels.js";

export const en = {
  "page.kicker": "muster {version}, replay of a drill",
  "page.noscript": "Allow scripts for this file to see the replay; it loads nothing from anywhere.",
  "page.damaged": "This page cannot be shown: {why}",
  "page.panels": "Panels",
  "page.projector": "Projector",
  "page.projector.title": "Bigger type, stronger lines",
  "page.width": "Width of the panels",
  "page.plan": "plan run: no chance",
  "page.replication": "replication {n}, seed {seed}",
  "page.scenario": "scenario",
  "page.hash": "hash",
  "page.seed": "seed",
  "page.variant": "variant",
  "page.licence":
    "Made by muster {version}, free software under the GNU General Public License, version 3 or later. This file opens no connection and loads nothing. Coast: Natural Earth, public domain.",
  "page.notices": "Software of others in this page, and its licences",
  "log.title": "Log",
  ...panelTexts,
};
