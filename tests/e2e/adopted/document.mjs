// An OpenAPI document of anybody, 3.0 or 3.1, of one file or several, as a judge reads it: its
// operations, and what its own schemas say of a value. Nothing of ours helps: Ajv is the judge.
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import addFormats from "ajv-formats";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"];
const MAPS = new Set(["properties", "patternProperties", "$defs", "dependentSchemas", "schemas"]);
const VALUES = new Set(["example", "examples", "default", "enum", "const"]);

export const isMap = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);
// A key as a part of a pointer in a URI.
export const token = (key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

function readText(path) {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  return path.endsWith(".json") ? JSON.parse(text) : parse(text, { maxAliasCount: -1 });
}

// A node of the document, and where it stands: "/files/spec.yaml#/paths/~1a". Every node that is
// reached through this class stands behind its references.
export class Document {
  #folder;
  #files = new Map();
  #ajv;
  #validators = new Map();
  unread = new Map(); // why the judge cannot read a schema, by its place

  constructor(path) {
    this.#folder = dirname(path);
    this.file = path.slice(this.#folder.length + 1);
    this.root = this.#read(this.file);
    this.isOld = this.root.openapi.startsWith("3.0");
    this.#ajv = new Ajv({
      strict: false,
      unicodeRegExp: false,
      validateSchema: false,
      logger: false,
      inlineRefs: false,
    });
    addFormats(this.#ajv);
    // What OpenAPI 3.0 calls a format is often shown as words: "Base64 {…}".
    for (const name of ["byte", "binary", "password"]) this.#ajv.addFormat(name, true);
    for (const [file, root] of this.#files) this.#register(file, root);
  }

  #read(file) {
    if (!this.#files.has(file)) {
      const root = readText(join(this.#folder, file));
      this.#files.set(file, root);
      // The files that it leads to, too.
      const look = (node) => {
        if (Array.isArray(node)) node.forEach(look);
        if (!isMap(node)) return;
        if (typeof node.$ref === "string") {
          const target = this.#fileOf(node.$ref, file);
          if (target !== undefined && target !== file) this.#read(target);
        }
        Object.values(node).forEach(look);
      };
      look(root);
    }
    return this.#files.get(file);
  }

  // Nothing where it leads out of the folder, or to what is not there.
  #fileOf(reference, file) {
    const [path] = reference.split("#");
    if (path === "") return file;
    if (path.includes(":") || path.startsWith("/")) return undefined;
    const target = normalize(join(dirname(file), path));
    if (target.startsWith("..")) return undefined;
    try {
      readFileSync(join(this.#folder, target));
      return target;
    } catch {
      return undefined;
    }
  }

  #register(file, root) {
    const read = (schema) => this.#asJudged(schema);
    this.#ajv.addSchema(eachSchema(structuredClone(root), read), `http://documents.test/${file}`);
  }

  // A schema as Ajv should read it. What only requests have is no part of an answer, though it be
  // required (OpenAPI 3.0, Schema Object).
  #asJudged(schema) {
    const { properties, required } = schema;
    const isShown = (name) => properties?.[name]?.writeOnly !== true;
    const shown = Array.isArray(required)
      ? { ...schema, required: required.filter(isShown) }
      : schema;
    return asJsonSchema(shown, this.isOld);
  }

  // {node, at} behind all references; nothing where one leads nowhere.
  follow({ node, at }, hops = 0) {
    if (!isMap(node) || typeof node.$ref !== "string") return { node, at };
    if (hops > 20) return undefined;
    const file = this.#fileOf(node.$ref, at.file);
    if (file === undefined) return undefined;
    const pointer = node.$ref.split("#")[1] ?? "";
    const tokens = pointer.split("/").slice(1);
    const keys = tokens.map((one) =>
      decodeURIComponent(one).replaceAll("~1", "/").replaceAll("~0", "~"),
    );
    const found = keys.reduce((below, key) => below?.[key], this.#files.get(file));
    if (found === undefined) return undefined;
    return this.follow(
      { node: found, at: { file, pointer: keys.map((k) => `/${token(k)}`).join("") } },
      hops + 1,
    );
  }

  // What stands at `keys` below a node, behind its reference; nothing where there is nothing.
  below(place, ...keys) {
    let found = this.follow(place);
    for (const key of keys) {
      const node = found?.node?.[key];
      if (node === undefined || node === null) return undefined;
      const at = { file: found.at.file, pointer: `${found.at.pointer}/${token(String(key))}` };
      found = this.follow({ node, at });
    }
    return found;
  }

  // Each of a list or map, with its key.
  each(place) {
    if (!place) return [];
    return Object.keys(place.node)
      .map((key) => [key, this.below(place, key)])
      .filter(([, found]) => found !== undefined);
  }

  // Why the schema that stands there does not accept a value; "" where it does.
  objection(schema, value) {
    const validate = this.#validatorOf(`${schema.at.file}#${schema.at.pointer}`);
    if (validate(value)) return "";
    return this.#ajv.errorsText(validate.errors, { dataVar: "body" });
  }

  // A schema that is none, by the judge, accepts everything.
  #validatorOf(key) {
    if (!this.#validators.has(key)) {
      let validate = () => true;
      try {
        validate = this.#ajv.compile({ $ref: `http://documents.test/${key}` });
      } catch (error) {
        this.unread.set(key, error.message);
      }
      this.#validators.set(key, validate);
    }
    return this.#validators.get(key);
  }

  // [{id, method, path, place, parameters, security}]
  operations() {
    const root = { node: this.root, at: { file: this.file, pointer: "" } };
    const found = [];
    const shapes = new Set();
    for (const [path, item] of this.each(this.below(root, "paths"))) {
      if (!path.startsWith("/") || !isMap(item.node)) continue;
      for (const method of METHODS) {
        const place = this.below(item, method);
        const shape = `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
        if (!isMap(place?.node) || shapes.has(shape)) continue;
        shapes.add(shape);
        found.push({
          method: method.toUpperCase(),
          path,
          place,
          parameters: this.#parameters(place, item),
          security: place.node.security ?? this.root.security ?? [],
        });
      }
    }
    return found;
  }

  #parameters(operation, item) {
    const found = new Map();
    for (const place of [item, operation]) {
      for (const [, parameter] of this.each(this.below(place, "parameters"))) {
        const { name, in: where } = parameter.node;
        if (typeof name === "string") found.set(`${where} ${name}`, parameter);
      }
    }
    return [...found.values()];
  }

  scheme(name) {
    const root = { node: this.root, at: { file: this.file, pointer: "" } };
    return this.below(root, "components", "securitySchemes", name)?.node;
  }

  // Of the first server: "/v1".
  get basePath() {
    const [server] = this.root.servers ?? [];
    const url = (server?.url ?? "").replace(
      /\{([^}]*)\}/g,
      (_, name) => server.variables?.[name]?.default ?? "",
    );
    // Some hosts are no hosts: "https://example:<port>/v1".
    const path = url.replace(/^[^/]*:\/\/[^/?#]*/, "").replace(/[?#].*/, "");
    if (!path.startsWith("/")) return "";
    return path.replace(/\/+$/, "");
  }
}

// The document with each map of it that may be a schema read anew; examples and the like are none.
function eachSchema(node, read, isMapOfSchemas = false) {
  if (Array.isArray(node)) return node.map((one) => eachSchema(one, read));
  if (!isMap(node)) return node;
  const converted = {};
  for (const [key, value] of Object.entries(node)) {
    const isValue = !isMapOfSchemas && VALUES.has(key);
    const isMapBelow = !isMapOfSchemas && MAPS.has(key);
    converted[key] = isValue ? value : eachSchema(value, read, isMapBelow);
  }
  return isMapOfSchemas ? converted : read(converted);
}

// 3.0's dialect as JSON Schema. Documents of 3.1 that still say "nullable" mean it, too.
function asJsonSchema(schema, isOld) {
  if (isOld && typeof schema.$ref === "string") return { $ref: schema.$ref };
  const { nullable, ...rest } = schema;
  for (const [exclusive, inclusive] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ]) {
    if (typeof rest[exclusive] !== "boolean") continue;
    if (isOld && rest[exclusive] && rest[inclusive] !== undefined) {
      rest[exclusive] = rest[inclusive];
    } else delete rest[exclusive];
  }
  return nullable === true ? { anyOf: [{ type: "null" }, rest] } : rest;
}
