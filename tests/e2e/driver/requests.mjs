// The requests that a published document calls valid.
import { sample } from "./samples.mjs";

// [[what, body]]: the document's examples; then, unless there are some and they are all that is
// wanted, what its schema allows: everything, and no more than is required. Where the schema tells kinds apart by a
// member, one of each kind with everything.
export function bodiesOf(document, { body }, { values = {}, examplesOnly = false }) {
  if (!body) return [["no body", undefined]];
  const examples = body.examples.map((value, i) => [`example ${i + 1}`, value]);
  if (!body.schema || (examplesOnly && examples.length > 0)) return examples;
  const { discriminator } = document.resolve(body.schema);
  if (!discriminator?.mapping) {
    const of = (whole) => sample(document, body.schema, { whole, values });
    return [...examples, ["everything", of(true)], ["what is required", of(false)]];
  }
  const kinds = Object.entries(discriminator.mapping).map(([kind, $ref]) => [
    kind,
    sample(document, { $ref }, {
      whole: true,
      values: { ...values, [discriminator.propertyName]: kind },
    }),
  ]);
  return [...examples, ...kinds];
}

// [{name: text}]: the parameters that are required, then each other beside them.
export function queriesOf(document, { parameters }, values = {}) {
  const required = [];
  const others = [];
  for (const parameter of parameters.filter((one) => one.in === "query")) {
    const { name, example, schema = {} } = parameter;
    const value = values[name] ?? example ?? sample(document, schema, { whole: true });
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    if (values[name] === null) continue;
    (parameter.required ? required : others).push([name, text]);
  }
  return [required, ...others.map((pair) => [...required, pair])].map(Object.fromEntries);
}
