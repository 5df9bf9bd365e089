// What is said where the page cannot even start: apart from the other texts, which stand packed in it.
export const startTexts = {
  tooOld: "This page is drawn by a script that stands packed in this file, and this browser is too old to open it: Chrome 100, Firefox 113 or Safari 16.4 and later do.",
  damaged: "This page cannot be shown, for this file is damaged: {why}",
};
