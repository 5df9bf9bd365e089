// Names of places: what they are called in each set that a reader may choose. Names are part of the argument in
// this region, so none of them is in the program: a set is a file of names by the ids of this list.
import { iho, neutral } from "./places_en.js";
import { ja } from "./places_ja.js";
import { ko } from "./places_ko.js";

/** Sets, the default first. `lang` is that of their names; what a set lacks stays as the document has it. */
export const sets = [
  { id: "neutral", title: "names.set.neutral", lang: "en", names: neutral },
  { id: "iho", title: "names.set.iho", lang: "en", names: iho },
  { id: "ko", title: "names.set.ko", lang: "ko", names: ko },
  { id: "ja", title: "names.set.ja", lang: "ja", names: ja },
];

// A place: id, kind, and the English forms by which documents speak of it, the longest of those that match
// counting. `also`: further names to choose from. `at`: [lon, lat] where the map writes it, if a document speaks of it.
const place = (kind, id, forms, more = {}) => ({ kind, id, forms, also: [], ...more });

const seas = [
  place("sea", "sea-of-japan", ["Sea of Japan (East Sea)", "Sea of Japan/East Sea", "East Sea (Sea of Japan)", "Sea of Japan", "Japan Sea"], {
    also: ["Sea of Japan", "East Sea", "East Sea (Sea of Japan)", "East Sea of Korea"],
    at: [133.4, 37.4],
  }),
  place("sea", "yellow-sea", ["Yellow Sea"], { also: ["West Sea"], at: [123.4, 35.6] }),
  place("sea", "east-china-sea", ["East China Sea"], { at: [125.2, 29.4] }),
  place("sea", "south-china-sea", ["South China Sea"], { at: [114.5, 15] }),
  place("sea", "okhotsk", ["Sea of Okhotsk", "Okhotsk Sea"], { at: [150, 54] }),
  place("sea", "bering-sea", ["Bering Sea"], { at: [182, 58] }),
  place("sea", "philippine-sea", ["Philippine Sea"], { at: [133, 19] }),
  place("sea", "bohai", ["Bohai Sea", "Gulf of Bohai"], { at: [119.8, 38.7] }),
  place("sea", "peter-the-great", ["Peter the Great Gulf", "Peter the Great Bay"]),
  place("sea", "gulf-of-oman", ["Gulf of Oman"], { at: [59, 24.6] }),
  place("sea", "pacific", ["Pacific Ocean", "Pacific"]),
];

const straits = [
  place("strait", "korea-strait-west", ["Korea Strait west channel (Busan-Tsushima)"]),
  place("strait", "korea-strait-east", ["Korea Strait east channel (Tsushima-Iki)"], { also: ["Tsushima Strait"] }),
  place("strait", "korea-strait", ["Korea Strait", "Tsushima Strait"], { also: ["Korea Strait", "Tsushima Strait"] }),
  place("strait", "iki", ["Iki channel (Iki-Kyushu)"]),
  place("strait", "tsugaru", ["Tsugaru Strait", "Tsugaru"]),
  place("strait", "soya", ["Soya/La Perouse Strait", "La Perouse Strait", "Soya Strait"], { also: ["Soya Strait", "La Pérouse Strait"] }),
  place("strait", "tatar", ["Nevelskoi Strait (Tatar)", "Nevelskoi Strait"], { also: ["Nevelskoi Strait", "Mamiya Strait"] }),
  place("strait", "nemuro", ["Nemuro/Kunashir"], { also: ["Nemuro Strait", "Kunashir Strait"] }),
  place("strait", "osumi", ["Osumi Strait"]),
  place("strait", "bungo", ["Hoyo (Bungo) Strait"]),
  place("strait", "kanmon", ["Kanmon Strait"]),
  place("strait", "akashi", ["Akashi Strait"]),
  place("strait", "naruto", ["Naruto Strait"]),
  place("strait", "jeju-strait", ["Jeju Strait"]),
  place("strait", "bohai-strait", ["Laotieshan channel (Bohai Strait)", "Bohai Strait"]),
  place("strait", "qiongzhou", ["Qiongzhou Strait"]),
  place("strait", "bashi", ["Bashi Channel (Luzon Strait)", "Bashi Channel"]),
  place("strait", "miyako", ["Miyako Strait"]),
];

const islands = [
  // Written only where a document does; the map draws no name of an island by itself, and never whose it is.
  place("island", "liancourt", ["Liancourt Rocks (Dokdo/Takeshima)", "Liancourt Rocks", "Dokdo/Takeshima", "Takeshima/Dokdo"], {
    also: ["Liancourt Rocks", "Dokdo", "Takeshima"],
  }),
  place("island", "southern-kurils", ["southern Kurils", "Southern Kurils", "Northern Territories"], { also: ["southern Kurils", "Northern Territories"] }),
  place("island", "kurils", ["Kuril Islands", "Kurils"]),
  place("island", "ulleungdo", ["Ulleungdo"]),
  place("island", "tsushima", ["Tsushima"]),
  place("island", "jeju", ["Jeju"]),
  place("island", "aleutians", ["Aleutians"]),
  place("island", "kamchatka", ["Kamchatka"]),
  place("island", "hawaii", ["Hawaii"]),
  place("island", "guam", ["Guam"]),
  place("island", "palawan", ["Palawan"]),
  place("river", "yalu", ["Yalu"], { also: ["Yalu", "Amnok"] }),
];

// Only where the document has a state of that name: the words mean other things elsewhere.
const state = (id, ...forms) => place("state", id, forms, { isOfList: true });

const states = [
  { ...state("prk", "North Korea"), also: ["North Korea", "DPRK", "Democratic People’s Republic of Korea"] },
  { ...state("kor", "South Korea"), also: ["South Korea", "ROK", "Republic of Korea"] },
  { ...state("chn", "China"), also: ["China", "PRC", "People’s Republic of China"] },
  state("rus", "Russia"), state("jpn", "Japan"), state("usa", "United States"), state("aus", "Australia"),
  state("phl", "Philippines"), state("mng", "Mongolia"), state("twn", "Taiwan"), state("ind", "India"),
  state("irn", "Iran"), state("pak", "Pakistan"), state("zaf", "South Africa"), state("tha", "Thailand"),
  state("tur", "Turkey"), state("can", "Canada"), state("gbr", "United Kingdom", "Britain"), state("fra", "France"),
  state("deu", "Germany"), state("ita", "Italy"), state("nld", "Netherlands"), state("bel", "Belgium"),
  state("lux", "Luxembourg"), state("irl", "Ireland"), state("dnk", "Denmark"), state("grc", "Greece"),
  state("cze", "Czechoslovakia"), state("pol", "Poland"), state("rom", "Romania"), state("hun", "Hungary"),
  state("prt", "Portugal"), state("fin", "Finland"), state("lva", "Latvia"), state("ltu", "Lithuania"),
  state("est", "Estonia"), state("sun", "Soviet Union"), state("yug", "Yugoslavia"), state("auh", "Austria-Hungary"),
  state("alb", "Albania"), state("bra", "Brazil"), state("gab", "Gabon"), state("gha", "Ghana"),
  state("are", "United Arab Emirates"), state("ecu", "Ecuador"), state("mlt", "Malta"), state("moz", "Mozambique"),
  state("che", "Switzerland"), state("syr", "Syria"), state("sau", "Saudi Arabia"),
];

export const places = [...seas, ...straits, ...islands, ...states];

/** Words in which a place is part of another name: they stay as they are. */
export const shields = [
  "Pacific Fleet", "Pacific Air Forces", "Indo-Pacific", "Japan Joint Staff", "Japan Maritime Self-Defense Force",
  "Japan Air Self-Defense Force", "Japan Self-Defense Forces", "Bank of Japan", "Bank of China", "Air China",
];
