// Whether one document has the form of another.

const isObject = (value) => typeof value === "object" && value !== null;

/**
 * Has a document the form of a model, so that what draws the one can draw the other? An object has the members of the
 * model's, an item of a list the form of one in the model's; what is null in the model may be anything,
 * and the other way round a text, a number or a truth may be null. A list that is empty in the model may hold anything.
 */
export function isLike(doc, model) {
  if (Array.isArray(model)) return Array.isArray(doc) && (model.length === 0 || doc.every((item) => model.some((one) => isLike(item, one))));
  if (isObject(model)) return isObject(doc) && !Array.isArray(doc) && Object.keys(model).every((key) => key in doc && isLike(doc[key], model[key]));
  return model === null || doc === null || typeof doc === typeof model;
}
