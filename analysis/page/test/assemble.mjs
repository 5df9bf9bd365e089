// What the program does with the two halves, for the tests.

/** JSON as it may stand in HTML: nothing in it can end the script element or start another. */
export const escaped = (json) =>
  json.replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export const escapeJson = (document) => escaped(JSON.stringify(document));

export const assemble = ({ head, tail }, document) => head + escapeJson(document) + tail;
