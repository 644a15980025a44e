// Values that a schema of a document accepts, for requests. A few attempts are made, each simpler
// than the one before; the judge decides which of them is good.
import { isMap, token } from "./document.mjs";

const FORMATS = {
  date: "2026-02-03",
  "date-time": "2026-02-03T04:05:06Z",
  time: "04:05:06Z",
  duration: "PT5M",
  uuid: "7d9f0c52-1b5e-4c61-8a37-2f4e6d8b9a01",
  uri: "https://client.example/path",
  url: "https://client.example/path",
  email: "client@example.org",
  hostname: "client.example",
  ipv4: "192.0.2.7",
  ipv6: "2001:db8::7",
  byte: "c2VudA==",
};
// A value, or undefined where none was found.
export function sample(document, schema) {
  for (const way of [
    { examples: true, whole: true },
    { examples: false, whole: true },
    { examples: true, whole: false },
    { examples: false, whole: false },
  ]) {
    for (let choice = 0; choice < 3; ++choice) {
      const value = compose(document, schema, { ...way, choice }, []);
      if (value !== undefined && document.objection(schema, value) === "") return value;
    }
  }
  return undefined;
}

function compose(document, schema, way, above) {
  const place = document.follow(schema);
  if (!place || above.includes(place.node) || above.length > 12) return undefined;
  if (!isMap(place.node)) return place.node === false ? undefined : {};
  const node = flat(document, place, way.choice);
  const inner = (one) => compose(document, one, way, [...above, place.node]);
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum.find((one) => one !== null) ?? null;
  if (way.examples) {
    const example = node.example ?? node.examples?.[0] ?? node.default;
    if (example !== undefined && example !== null) return example;
  }
  switch ([node.type].flat().find((one) => one !== "null") ?? guess(node)) {
    case "object":
      return object(node, way, inner);
    case "array":
      return array(node, way, inner);
    case "string":
      return text(node);
    case "boolean":
      return true;
    case "integer":
    case "number":
      return number(node);
    default:
      return node.type ? null : "sent";
  }
}

function guess(node) {
  if (node.properties || node.additionalProperties) return "object";
  return node.items ? "array" : undefined;
}

// The schema with its parts in one. Members are {node, at}, as they stand in the document.
function flat(document, place, choice, seen = new Set()) {
  const { node } = place;
  if (!isMap(node) || seen.has(node)) return {};
  seen.add(node);
  const one = Object.fromEntries(Object.entries(node));
  const properties = document.below(place, "properties");
  if (properties) {
    const at = (key) => ({
      file: properties.at.file,
      pointer: `${properties.at.pointer}/${token(key)}`,
    });
    one.properties = Object.fromEntries(
      Object.entries(properties.node)
        .map(([key, value]) => [key, document.follow({ node: value, at: at(key) })])
        .filter(([, property]) => property !== undefined),
    );
  }
  for (const key of ["items", "additionalProperties"]) {
    if (isMap(node[key])) one[key] = document.below(place, key);
  }
  const parts = document.each(document.below(place, "allOf")).map(([, part]) => part);
  for (const key of ["oneOf", "anyOf"]) {
    const choices = document
      .each(document.below(place, key))
      .filter(([, part]) => part.node.type !== "null");
    if (choices.length === 0) continue;
    const [index, part] = choices[choice % choices.length];
    parts.push(part);
    const { propertyName, mapping } = node.discriminator ?? {};
    const name = propertyName && nameOf(node[key][index].$ref ?? "", mapping);
    if (name) one.properties = { ...one.properties, [propertyName]: { node: { const: name } } };
  }
  return parts.map((part) => flat(document, part, choice, seen)).reduce(merge, one);
}

// What a discriminator calls a choice.
function nameOf(reference, mapping = {}) {
  const named = Object.entries(mapping).find(([, target]) => target === reference);
  return named ? named[0] : reference.split("/").at(-1);
}

function merge(left, right) {
  return {
    ...right,
    ...left,
    properties:
      left.properties || right.properties ? { ...right.properties, ...left.properties } : undefined,
    required: [...(left.required ?? []), ...(right.required ?? [])],
  };
}

function object(node, { whole }, inner) {
  const required = new Set(node.required ?? []);
  const made = {};
  for (const [name, property] of Object.entries(node.properties ?? {})) {
    if (!required.has(name) && (!whole || property.node?.readOnly)) continue;
    const value = inner(property);
    if (value !== undefined) made[name] = value;
    else if (required.has(name)) return undefined;
  }
  for (const name of required) {
    if (!(name in made))
      made[name] = node.additionalProperties?.node ? inner(node.additionalProperties) : "sent";
  }
  for (let i = Object.keys(made).length; i < (node.minProperties ?? 0); ++i)
    made[`key${i}`] = "sent";
  return made;
}

function array(node, { whole }, inner) {
  const count = Math.max(node.minItems ?? 0, whole ? 1 : 0);
  if (count > 50) return undefined;
  if (count === 0) return [];
  const item = node.items ? inner(node.items) : "sent";
  if (item === undefined) return node.minItems > 0 ? undefined : [];
  return Array.from({ length: count }, (_, i) =>
    node.uniqueItems && i > 0 && typeof item === "string" ? `${item}${i}` : item,
  );
}

function text(node) {
  const { format, pattern, minLength = 0, maxLength = Infinity } = node;
  const word = FORMATS[format] ?? "sent".padEnd(minLength, "x");
  const words = pattern === undefined ? [word] : [word, spelled(pattern, 0), spelled(pattern, 3)];
  const fits = (one) => {
    if (one.length > maxLength || one.length < minLength) return false;
    return pattern === undefined || new RegExp(pattern).test(one);
  };
  return words.find(fits) ?? word.slice(0, maxLength);
}

// A text for a simple pattern: characters, classes and groups, the first alternative of each, as
// often as must be and `more` times where there is no bound.
function spelled(pattern, more) {
  const tokens =
    pattern.match(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|\{\d+(?:,\d*)?\}|[\s\S]/g) ?? [];
  let at = 0;
  const atom = (token) => {
    if (token === "^" || token === "$" || token === "\\b") return "";
    if (token === ".") return "x";
    if (token === "\\d") return "7";
    if (token === "\\w") return "w";
    if (token === "\\s") return " ";
    if (token.startsWith("\\")) return token.slice(1);
    if (token.startsWith("[^")) {
      return [..."x7-_ X"].find((one) => new RegExp(token).test(one)) ?? "";
    }
    if (!token.startsWith("[")) return token;
    const [, first, second] = token;
    return first === "\\" ? atom(first + second) : first;
  };
  const sequence = () => {
    let text = "";
    while (at < tokens.length && tokens[at] !== ")" && tokens[at] !== "|") {
      const token = tokens[at++];
      const one = token === "(" || token === "(?:" ? group() : atom(token);
      text += one.repeat(times());
    }
    return text;
  };
  const group = () => {
    const first = sequence();
    while (tokens[at] === "|") {
      at += 1;
      sequence();
    }
    at += 1;
    return first;
  };
  const times = () => {
    const token = tokens[at];
    if (token === "?" || token === "*" || token === "+") at += 1;
    if (token === "?") return 0;
    if (token === "*") return more;
    if (token === "+") return 1 + more;
    const bounds = token?.match(/^\{(\d+)(,?)(\d*)\}$/);
    if (!bounds) return 1;
    at += 1;
    const most = bounds[2] && bounds[3] ? Number(bounds[3]) : Infinity;
    return Math.min(Number(bounds[1]) + (bounds[2] ? more : 0), most);
  };
  return sequence();
}

function number({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, type }) {
  const step = multipleOf ?? (type === "integer" ? 1 : 0.5);
  let least = typeof exclusiveMinimum === "number" ? exclusiveMinimum + step : minimum;
  if (exclusiveMinimum === true) least = minimum + step;
  let most = typeof exclusiveMaximum === "number" ? exclusiveMaximum - step : maximum;
  if (exclusiveMaximum === true) most = maximum - step;
  let value = Math.max(least ?? 2, 2);
  if (most !== undefined) value = Math.min(value, most);
  return multipleOf ? Math.ceil(value / multipleOf) * multipleOf : value;
}
