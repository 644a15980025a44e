// An OpenAPI document, 3.0 or 3.1, as the tests need it: its operations, and validators of what
// they answer.
import { readFileSync } from "node:fs";

import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";

export const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"];

// Of a stream, whose schema may be that of each event.
export const EVENTS = "text/event-stream";

// The media types whose bodies are made and held by a schema.
const WITH_SCHEMA = /json|^text\/event-stream$|^multipart\/form-data$|form-urlencoded/;

const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const token = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");

// "/v1/groups/{groupId}" → "/groups/{}": documents call parameters as they like, and are of two
// minds whether a server's address or the path has the version.
export const shapeOf = (path) => path.replace(/^\/v\d+(?=\/)/, "").replace(/\{[^}]*\}/g, "{}");

export class Document {
  // `maps`: pointers to objects that have one member of an example name, for which any may stand.
  constructor(root, { maps = [] } = {}) {
    this.root = root;
    maps.forEach((pointer) => this.#openMap(pointer));
    this.#ajv = new Ajv({
      allErrors: true,
      verbose: true,
      strict: false,
      unicodeRegExp: false,
      validateSchema: false,
      logger: false,
      keywords: [this.#discriminator, OPTIONAL_NULL],
    });
    addFormats(this.#ajv);
    this.#ajv.addSchema(asJsonSchemas(structuredClone(root), this), "document");
  }

  static read(file, options) {
    const text = readFileSync(file, "utf8");
    const root = file.endsWith(".json") ? JSON.parse(text) : parse(text, { maxAliasCount: -1 });
    return new Document(root, options);
  }

  #ajv;

  #openMap(pointer) {
    const map = this.at(pointer);
    const members = Object.values(map?.properties ?? {});
    if (members.length !== 1) throw new Error(`no map with one example stands at ${pointer}`);
    map.additionalProperties = members[0];
  }

  // {"GET /groups/{}": {id, method, path, parameters, body, responses}}
  operations() {
    const found = new Map();
    for (const [path, item] of Object.entries(this.root.paths)) {
      for (const method of METHODS.filter((name) => item[name])) {
        const place = `/paths/${token(path)}/${method}`;
        const shape = `${method.toUpperCase()} ${shapeOf(path)}`;
        found.set(shape, this.#operation(item, method, path, place));
      }
    }
    return found;
  }

  #operation(item, method, path, place) {
    const own = item[method];
    const parameters = [...(item.parameters ?? []), ...(own.parameters ?? [])];
    const responses = Object.keys(own.responses).map((status) => [
      Number(status),
      this.#response(`${place}/responses/${status}`),
    ]);
    return {
      id: own.operationId,
      effect: own["x-mockduit"]?.effect,
      // `security: []` is how OpenAPI says that no credential is asked for.
      open: (own["x-mockduit"]?.credentials ?? own.security ?? this.root.security)?.length === 0,
      method: method.toUpperCase(),
      path,
      parameters: parameters.map((parameter) => this.resolve(parameter)),
      body: own.requestBody && this.#content(this.resolve(own.requestBody), ""),
      responses: new Map(responses),
    };
  }

  #response(place) {
    const { node, place: found } = this.#follow(place);
    const headers = Object.entries(node.headers ?? this.#headersOfClass(place)).map(([name, header]) => ({
      name,
      schema: this.resolve(header).schema ?? {},
    }));
    return { ...this.#content(node, found), headers };
  }

  // What our own contracts say once of all answers of a class that list no headers.
  #headersOfClass(place) {
    const status = Number(place.slice(place.lastIndexOf("/") + 1));
    return this.root["x-mockduit"]?.headers?.[status < 400 ? "success" : "failure"] ?? {};
  }

  // What stands under the JSON media type, that of events, or that of a form; `place` leads to the
  // schema, for validators.
  #content(node, place) {
    const types = Object.keys(node.content ?? {});
    const type = types.find((name) => name.startsWith("application/") || WITH_SCHEMA.test(name));
    if (!WITH_SCHEMA.test(type)) return { type, required: node.required ?? false, examples: [] };
    const { schema, example, examples = {} } = node.content[type];
    return {
      type,
      required: node.required ?? false,
      schema,
      place: `${place}/content/${token(type)}/schema`,
      examples: [
        ...(example === undefined ? [] : [example]),
        ...Object.values(examples).map((one) => this.resolve(one).value),
      ],
    };
  }

  at(pointer) {
    return pointer
      .split("/")
      .slice(1)
      .reduce((node, key) => node?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], this.root);
  }

  #follow(place) {
    const node = this.at(place);
    return node.$ref ? this.#follow(node.$ref.slice(1)) : { node, place };
  }

  resolve(node) {
    return node?.$ref ? this.resolve(this.at(node.$ref.slice(1))) : node;
  }

  // What the schema at that place of the document has against a body:
  // [{at: "/data/items/0/id", says: "must be string", value}].
  complaints(content, body) {
    const validate = this.#ajv.getSchema(`document#${encodeURI(content.place)}`);
    validate(body);
    return [...complaintsOf(validate.errors), ...this.#strangers(content, body)];
  }

  #headers = new Map();

  complaintsOfHeader(schema, text) {
    const { type } = this.resolve(schema);
    const value = type === "integer" || type === "number" ? Number(text) : text;
    if (!this.#headers.has(schema)) {
      this.#headers.set(schema, this.#ajv.compile(asJsonSchema(structuredClone(schema), this)));
    }
    const validate = this.#headers.get(schema);
    validate(value);
    return complaintsOf(validate.errors);
  }

  #strangers(content, body) {
    const found = [];
    this.#lookForStrangers([content.schema], body, "", found);
    return found;
  }

  // Members of a value that none of these schemas knows: most documents allow them silently, but a
  // name that no client looks for is a mistake of ours.
  #lookForStrangers(schemas, value, at, found) {
    const parts = schemas.flatMap((schema) => this.#parts(schema, value));
    if (Array.isArray(value)) {
      const items = parts.flatMap((part) => part.items ?? []);
      if (items.length === 0) return;
      value.forEach((item, i) => this.#lookForStrangers(items, item, `${at}/${i}`, found));
    } else if (isMap(value)) {
      const objects = parts.filter((part) => part.properties || part.additionalProperties);
      for (const [name, member] of Object.entries(value)) {
        const known = objects.flatMap((part) => part.properties?.[name] ?? []);
        const others = objects.flatMap((part) => part.additionalProperties ?? []);
        const place = `${at}/${token(name)}`;
        if (known.length > 0) this.#lookForStrangers(known, member, place, found);
        else if (others.length > 0) this.#lookForStrangers(others, member, place, found);
        else if (objects.length > 0) found.push({ at: place, says: "is not known", value: member });
      }
    }
  }

  // The schema and all that it is made of, as far as members are concerned.
  #parts(schema, value, seen = new Set()) {
    const node = this.resolve(schema);
    if (!isMap(node) || seen.has(node)) return [];
    seen.add(node);
    const chosen = this.#chosenBy(node.discriminator, value);
    const inner = [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
    if (chosen) inner.push({ $ref: chosen });
    return [node, ...inner.flatMap((one) => this.#parts(one, value, seen))];
  }

  #chosenBy(discriminator, value) {
    return isMap(value) ? discriminator?.mapping?.[value[discriminator.propertyName]] : undefined;
  }

  // Where a schema tells apart by a member, what that member chooses must hold as well.
  #within = new Set();
  #discriminator = {
    keyword: "discriminator",
    errors: "full",
    compile: (discriminator) => {
      const check = (value, context) => {
        const chosen = this.#chosenBy(discriminator, value);
        // What is chosen begins with the schema that chose it.
        if (!chosen || this.#within.has(value)) return true;
        this.#within.add(value);
        const validate = this.#ajv.getSchema(`document${chosen}`);
        const valid = validate(value);
        this.#within.delete(value);
        check.errors = (validate.errors ?? []).map((error) => {
          const { at, says, value } = complaintOf(error);
          const instancePath = context.instancePath + at;
          return { ...error, instancePath, complaint: { at: instancePath, says, value } };
        });
        return valid;
      };
      return check;
    },
  };
}

// Marks a member that a schema does not require and that is null all the same.
const OPTIONAL_NULL = {
  keyword: "optionalNull",
  errors: false,
  validate: () => false,
};

function complaintOf(error) {
  if (error.complaint) return error.complaint;
  const { keyword, message, params, parentSchema, data } = error;
  const says = (text) => ({ at: error.instancePath, says: text, value: data });
  if (keyword === "optionalNull") return says("is null, though it may only be left out");
  if (keyword === "type" && parentSchema.enum?.includes(data)) {
    return says("is not of the type that is told beside its values");
  }
  if (keyword === "enum") {
    const asText = params.allowedValues.includes(String(data));
    return says(asText ? "is told as a text" : "is none of the documented values");
  }
  return says(params?.additionalProperty ? `${message}: ${params.additionalProperty}` : message);
}

// `if` says nothing of its own, and what the branches of a choice say is left to the choice.
function complaintsOf(errors) {
  const kept = [];
  for (const error of errors ?? []) {
    const complaint = complaintOf(error);
    if (error.keyword === "if") continue;
    if (error.keyword === "anyOf" || error.keyword === "oneOf") {
      while (kept.length > 0 && kept.at(-1).at.startsWith(complaint.at)) kept.pop();
    }
    const isKnown = ({ at, says }) => at === complaint.at && says === complaint.says;
    if (!kept.some(isKnown)) kept.push(complaint);
  }
  return kept;
}

// Turns every schema of a document into JSON Schema, where it stands.
function asJsonSchemas(root, document) {
  const inContent = (node) => {
    for (const media of Object.values(node?.content ?? {})) {
      if (media.schema) media.schema = asJsonSchema(media.schema, document);
    }
  };
  const { schemas = {}, responses = {} } = root.components ?? {};
  for (const name of Object.keys(schemas)) schemas[name] = asJsonSchema(schemas[name], document);
  Object.values(responses).forEach(inContent);
  for (const item of Object.values(root.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      Object.values(item[method].responses).forEach(inContent);
    }
  }
  return root;
}

function asJsonSchema(schema, document) {
  if (!isMap(schema)) return schema;
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    schema[key] &&= schema[key].map((one) => asJsonSchema(one, document));
  }
  for (const key of ["items", "additionalProperties", "not"]) {
    if (schema[key]) schema[key] = asJsonSchema(schema[key], document);
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const mayBeNull = takesNull(property, document);
    const converted = asJsonSchema(property, document);
    schema.properties[name] =
      mayBeNull || required.has(name)
        ? converted
        : { if: { type: "null" }, then: { optionalNull: true }, else: converted };
  }
  for (const key of ["anyOf", "oneOf"]) {
    if (!schema[key]?.some((one) => one.type === "null")) continue;
    const others = schema[key].filter((one) => one.type !== "null");
    schema.nullable = true;
    delete schema[key];
    if (others.length === 1) schema.allOf = [...(schema.allOf ?? []), others[0]];
    else if (others.length > 1) schema[key] = others;
  }
  if (!schema.nullable) return schema;
  const { nullable, ...rest } = schema;
  return { if: { type: "null" }, else: rest };
}

function takesNull(schema, document, seen = new Set()) {
  if (!isMap(schema) || seen.has(schema)) return true;
  seen.add(schema);
  const inner = (one) => takesNull(one, document, seen);
  if (schema.$ref) return inner(document.at(schema.$ref.slice(1)));
  if (schema.nullable || [schema.type].flat().includes("null")) return true;
  if (schema.type || schema.enum) return false;
  if (schema.anyOf || schema.oneOf) return (schema.anyOf ?? schema.oneOf).some(inner);
  return (schema.allOf ?? []).every(inner);
}
