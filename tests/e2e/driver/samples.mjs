// Valid values by a published schema: the document's own examples where it has them.

const FORMATS = {
  date: "2026-01-15",
  "date-time": "2026-01-15T10:00:00Z",
  uuid: "0b8e1a52-7c1f-4d3e-9a64-5f0c2b7d8e11",
  uri: "https://example.com/path",
  url: "https://example.com/path",
  email: "someone@example.com",
};
const WORDS = ["example", "EXAMPLE", "example-1", "14:00", "10:00:00", "1", "a", "2026-01-15"];

// `whole`: with all members, else with the required ones only. `values`: what members of that name
// are, whatever the schema says.
export function sample(document, schema, { whole, values = {} }, depth = 0) {
  const inner = (one) => sample(document, one, { whole, values }, depth + 1);
  const node = flat(document, schema);
  const given = node.example ?? node.examples?.[0] ?? node.default;
  const choices = node.enum ?? (node.const === undefined ? undefined : [node.const]);
  if (choices) {
    const choice = choices.includes(given) ? given : choices[0];
    return node.type === "integer" ? Number(choice) : choice;
  }
  const type = [node.type].flat().find((one) => one !== "null");
  if (type === "object" || node.properties) {
    if (given !== undefined && typeof given === "object" && !node.properties) return given;
    return object(node, whole && depth < 8, values, inner);
  }
  if (type === "array") {
    if (Array.isArray(given) && !whole) return given;
    return node.items ? [inner(node.items)] : [];
  }
  if (given !== undefined && given !== null && fits(given, type)) return given;
  if (type === "integer" || type === "number") return node.minimum ?? 1;
  if (type === "boolean") return false;
  if (type === "string") return text(node);
  return given ?? {};
}

function object(node, whole, values, inner) {
  const required = new Set(node.required ?? []);
  const members = Object.entries(node.properties ?? {}).filter(
    ([name, property]) => required.has(name) || (whole && !property.readOnly),
  );
  return Object.fromEntries(
    members.map(([name, property]) => [name, values[name] ?? inner(property)]),
  );
}

// The schema with its references and parts in one.
function flat(document, schema, seen = new Set()) {
  const node = document.resolve(schema) ?? {};
  if (seen.has(node)) return {};
  seen.add(node);
  const choice = (node.oneOf ?? node.anyOf ?? []).find(
    (one) => document.resolve(one).type !== "null",
  );
  const parts = [...(node.allOf ?? []), ...(choice ? [choice] : [])];
  return parts
    .map((part) => flat(document, part, seen))
    .reduce(merged, { ...node, allOf: undefined, oneOf: undefined, anyOf: undefined });
}

function merged(left, right) {
  const properties = { ...left.properties };
  for (const [name, property] of Object.entries(right.properties ?? {})) {
    properties[name] = name in properties ? { allOf: [properties[name], property] } : property;
  }
  const both = { ...right, ...defined(left) };
  if (Object.keys(properties).length > 0) both.properties = properties;
  both.required = [...(left.required ?? []), ...(right.required ?? [])];
  return both;
}

const defined = (map) =>
  Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));

function fits(value, type) {
  if (type === undefined) return true;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function text({ format, pattern, minLength = 0 }) {
  if (FORMATS[format]) return FORMATS[format];
  const word = WORDS.find((one) => !pattern || new RegExp(pattern).test(one)) ?? "example";
  return word.padEnd(minLength, "x");
}
