// Names of places and states without a browser: sets, single names, what a file asks for, hostile names.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { makeDesk } from "../src/drill/desk.js";
import { choicesOf, cleanName, namesOfFile, takenBy, thingsOf, wishedNames } from "../src/drill/naming.js";
import { startNames } from "../src/drill/panels/names.js";
import { en } from "../src/language/en.js";
import { places, sets, shields } from "../src/language/places.js";
import { languageIn, partsByLanguage } from "../src/shared/script.js";
import { HOSTILE } from "./fixtures.mjs";

const folder = process.env.MUSTER_PAGE_DOCUMENTS ? path.join(process.env.MUSTER_PAGE_DOCUMENTS, "runs") : "";
const made = path.join(folder, "northern-interaction-2023.json");
const real = folder && existsSync(made) ? JSON.parse(readFileSync(made, "utf8")) : null;

const document_ = (more = {}) => ({
  format: "muster-run",
  version: 1,
  log: [{ t: "2023-07-20T00:00:00Z", text: "5 ships of China leave the point off Tsushima for the Sea of Japan." }],
  scene: {
    summary: "North Korea\u2019s ships stay in the Sea of Japan; the Pacific Fleet goes to the Pacific.",
    names: [{ id: "sea", thing: "the sea", names: ["Sea of Japan", "East Sea", "East Sea of Korea"], shown: null }],
    states: [
      { id: "PRK", name: "North Korea", names: ["DPRK"] },
      { id: "CHN", name: "China", names: [] },
    ],
    areas: [{ id: "central", name: "central Sea of Japan" }],
    straits: [{ id: "KOREA_W", name: "Korea Strait west channel (Busan-Tsushima)" }],
    ...more,
  },
});
const deskOf = (more) => makeDesk(document_(more), en);
const choose = (desk, nameSet, names = {}) => desk.set({ nameSet, names: new Map(Object.entries(names)) });

test("every set names places of the list, and names are clean and told apart", () => {
  const ids = new Set(places.map(({ id }) => id));
  assert.equal(ids.size, places.length, "an id comes twice");
  for (const { id: set, names, lang } of sets) {
    for (const [id, name] of Object.entries(names)) {
      assert.ok(ids.has(id), `${set}: no place ${id}`);
      assert.equal(cleanName(name), name, `${set}: ${id}`);
      if (lang !== "en") assert.equal(languageIn(name), lang, `${set}: ${name}`);
    }
    assert.equal(new Set(Object.values(names)).size, Object.keys(names).length, `${set}: a name comes twice`);
    for (const id of ids) if (lang !== "en") assert.ok(names[id], `${set} has no name of ${id}`);
    assert.ok(en[sets.find(({ id }) => id === set).title], set);
  }
  // A form stands for one place, or the longer of two would not count.
  const forms = places.flatMap(({ forms: of }) => of);
  const twice = forms.filter((form, i) => forms.indexOf(form) !== i && form !== "Tsushima Strait");
  assert.deepEqual(twice, []);
  for (const each of shields) assert.ok(!forms.includes(each), each);
});

test("the default has both names where two are in use, and owns nothing", () => {
  const desk = deskOf();
  assert.equal(desk.nameSet, "neutral");
  assert.equal(desk.name("central"), "central Sea of Japan (East Sea)");
  assert.equal(desk.name("sea"), "Sea of Japan (East Sea)");
  assert.equal(desk.name("PRK"), "North Korea");
  assert.equal(desk.name("KOREA_W"), "Korea (Tsushima) Strait, west channel");
  // Said again it stays.
  assert.equal(desk.say(desk.say("in the Sea of Japan.")), "in the Sea of Japan (East Sea).");
});

test("a set reaches names and texts; what is part of another name stays", () => {
  const desk = deskOf();
  choose(desk, "ko");
  assert.equal(desk.name("PRK"), "북한");
  assert.equal(desk.name("central"), "central 동해");
  assert.equal(desk.say(desk.doc.log[0].text), "5 ships of 중국 leave the point off 쓰시마섬 for 동해.");
  assert.equal(desk.say(desk.doc.scene.summary), "북한\u2019s ships stay in 동해; the Pacific Fleet goes to 태평양.");
  assert.equal(desk.say("North Koreans, Chinaware"), "North Koreans, Chinaware");
  choose(desk, "ja");
  assert.equal(desk.say("DPRK and the East Sea of Korea"), "北朝鮮 and 日本海");
  choose(desk, "iho");
  assert.equal(desk.name("PRK"), "Democratic People\u2019s Republic of Korea");
  assert.equal(desk.name("central"), "central Japan Sea");
  choose(desk, "nothing of the kind");
  assert.equal(desk.name("central"), "central Sea of Japan (East Sea)");
});

test("a single name goes before the set, everywhere", () => {
  const desk = deskOf();
  choose(desk, "ko", { sea: "East Sea", PRK: "DPRK", tsushima: "Daemado" });
  assert.equal(desk.name("central"), "central East Sea");
  assert.equal(desk.say(desk.doc.log[0].text), "5 ships of 중국 leave the point off Daemado for the East Sea.");
  assert.equal(desk.name("PRK", "North Korea"), "DPRK");
});

test("a name that another thing has is no name for a second one", () => {
  const desk = deskOf();
  const { things } = desk.naming;
  assert.deepEqual([...wishedNames(things, { names: { PRK: "China", CHN: "Cathay" } }).names], [["CHN", "Cathay"]]);
  const taken = (id, name, names = {}) => takenBy(things, id, name, new Map(Object.entries(names)))?.id ?? null;
  assert.equal(taken("CHN", "DPRK"), "PRK");
  assert.equal(taken("PRK", "DPRK"), null, "its own");
  assert.equal(taken("PRK", "china"), "CHN", "letters large or small");
  assert.equal(taken("sea", "중국"), "CHN", "as a set calls it");
  assert.equal(taken("PRK", "Foo", { CHN: "Foo" }), "CHN", "as a reader called it");
  assert.deepEqual([...wishedNames(things, { names: { PRK: "Foo", CHN: "Foo" } }).names], [["PRK", "Foo"]]);
  for (const thing of things) for (const name of choicesOf(thing)) assert.equal(taken(thing.id, name), null, `${thing.id} ${name}`);
});

test("names that would harm a page are texts, whatever they hold", () => {
  const desk = deskOf();
  for (const hostile of [...HOSTILE, "$& $` $' $1 $<x>", "a\u202eb\u2066c\u200fd\u0000e", "(.*)+$", "\\"]) {
    const name = cleanName(hostile);
    assert.ok(!/[\u0000-\u001f\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028]/.test(name), JSON.stringify(name));
    assert.ok(name.length <= 160);
    choose(desk, "neutral", name ? { sea: name } : {});
    const wanted = name || "Sea of Japan (East Sea)";
    assert.equal(desk.say("x Sea of Japan y"), `x ${wanted} y`, JSON.stringify(hostile));
  }
  // States of a document that are called so.
  const of = deskOf({ states: HOSTILE.map((name, i) => ({ id: `S${i}`, name, names: [] })) });
  choose(of, "ko", { S0: "$&", S2: "ok" });
  assert.equal(of.say(`the ${HOSTILE[0]}!`), "the $&!");
  assert.equal(of.say(HOSTILE[2]), "ok");
});

test("what a scenario, a file and a saved page ask for, in that order", () => {
  const desk = makeDesk(document_({ name_set: "ko", names: [{ id: "sea", thing: null, names: ["Sea of Japan"], shown: "Sea S" }] }), en);
  startNames(desk, namesOfFile(desk.doc));
  assert.deepEqual([desk.nameSet, desk.name("sea"), desk.name("PRK")], ["ko", "Sea S", "북한"]);
  // By id, by the id of a place, by any name of it; nonsense is passed over.
  startNames(desk, { set: "ja", names: { "Sea of Japan": "Sea F", tsushima: "T", PRK: "\u202eD\u0000P", CHN: 7, x: {} } });
  assert.deepEqual([desk.nameSet, desk.name("sea"), desk.name("PRK"), desk.name("CHN")], ["ja", "Sea F", "D P", "中国"]);
  assert.equal(desk.say("off Tsushima"), "off T");
  startNames(desk, { set: "neutral", names: { sea: "Saved" }, isWhole: true });
  assert.deepEqual([desk.nameSet, [...desk.names]], ["neutral", [["sea", "Saved"]]]);
  for (const damaged of [null, 5, "x", [], { set: 1, names: "abc" }, { set: "__proto__", names: null }])
    assert.deepEqual([...wishedNames(desk.naming.things, damaged).names], []);
});

test("writings are told apart", () => {
  const langs = (text) => partsByLanguage(text).map(({ text: part, lang }) => [part, lang]);
  assert.deepEqual(langs("central 동해, east"), [["central ", null], ["동해", "ko"], [", east", null]]);
  assert.deepEqual(langs("라페루즈 해협(소야 해협) x"), [["라페루즈 해협(소야 해협)", "ko"], [" x", null]]);
  assert.equal(languageIn("東シナ海"), "ja");
  assert.equal(languageIn("日本海"), "ja");
  assert.deepEqual(langs(""), []);
});

test("the worked case: what it speaks of, each once", { skip: real ? false : "no runs" }, () => {
  const things = thingsOf(real);
  const ids = things.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ["sea", "drill", "PRK", "CHN", "korea-strait-west", "tsushima", "tsugaru"]) assert.ok(ids.includes(id), id);
  for (const id of ["sea-of-japan", "korea-strait", "liancourt", "prk"]) assert.ok(!ids.includes(id), id);
  const sea = choicesOf(things.find(({ id }) => id === "sea"));
  for (const name of ["Sea of Japan", "East Sea", "East Sea of Korea", "Sea of Japan (East Sea)", "Japan Sea", "동해", "日本海"]) assert.ok(sea.includes(name), name);
});
