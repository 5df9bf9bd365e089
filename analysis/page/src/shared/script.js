// Writings within a text: a reader's machine needs to know what to speak, and which form of a Chinese character to draw.
const CJK = "\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}\\u30fc\\u3005";
const RUN = new RegExp(`[${CJK}](?:[${CJK}\\s\\p{N}(),.=\\u30fb]*[${CJK})])?`, "gu");
const [HANGUL, KANA] = [/\p{Script=Hangul}/u, /[\p{Script=Hiragana}\p{Script=Katakana}]/u];

const known = new Map(); // names in characters that Chinese and Japanese share
let shared = null;

/** Says of which language these names are, and all else in characters that two languages share; null: not known. */
export function learnLanguage(names, lang) {
  for (const name of names) known.set(name, lang);
}
export const sharedIsOf = (lang) => (shared = lang);

const languageOf = (run) =>
  HANGUL.test(run) ? "ko" : KANA.test(run) ? "ja" : (known.get(run.trim()) ?? shared);

/** A text as parts {text, lang}; lang is null for what is of the page's own writing. */
export function partsByLanguage(text) {
  const parts = [];
  let at = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (index > at) parts.push({ text: text.slice(at, index), lang: null });
    parts.push({ text: run, lang: languageOf(run) });
    at = index + run.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), lang: null });
  return parts;
}

/** The language of the first part that is not of the page's own writing, or null. */
export const languageIn = (text) => partsByLanguage(text).find(({ lang }) => lang)?.lang ?? null;
