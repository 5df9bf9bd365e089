// Texts of the panel of names, English.
export const namesTexts = {
  "names.title": "Names",
  "names.how":
    "In this region a name is an argument. Choose a set of names, then any single name where a class needs another: the map, the log and all panels follow. Words of sources stay as they were written.",
  "names.set": "Set of names",
  "names.set.neutral": "English, both names where two are in use",
  "names.set.iho": "English, IHO (seas, 1953) and United Nations (states)",
  "names.set.ko": "Korean",
  "names.set.ja": "Japanese",
  "names.kind.sea": "Seas",
  "names.kind.strait": "Straits",
  "names.kind.island": "Islands and coasts",
  "names.kind.river": "Rivers",
  "names.kind.state": "States",
  "names.kind.other": "Others",
  "names.as": "of the set: {name}",
  "names.other": "another …",
  "names.own": "Own name for {what}",
  "names.taken": "“{name}” is the name of {what}: two of one name cannot be told apart",
  "names.keep": "Keep them",
  "names.keep.how":
    "A saved page opens with these names. The file of names serves other pages: muster report SCENARIO --names FILE.",
  "names.reset": "All as in the set",
  "names.file": "Save the names as a file",
  "names.save": "Save this page with its names",
};
