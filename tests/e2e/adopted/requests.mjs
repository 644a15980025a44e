// Requests that a document calls good, made of nothing but the document.
import { isMap } from "./document.mjs";
import { sample } from "./samples.mjs";

const isJson = (type) => /^application\/([^;]*\+)?json\s*(;|$)/i.test(type);

// {method, path, query, headers, body}, or the reason why none was found.
export function requestOf(document, operation) {
  const request = { method: operation.method, path: operation.path, query: [], headers: {} };
  const cookies = [];
  for (const parameter of operation.parameters) {
    const { name, in: where, required = false } = parameter.node;
    if (!required && where !== "path") continue;
    // OpenAPI has parameters of these names ignored.
    if (where === "header" && /^(accept|content-type|authorization)$/i.test(name)) continue;
    const value = valueOf(document, parameter);
    if (value === undefined) return { why: `no value was found for the parameter ${name}` };
    if (where === "path") {
      const text = pathText(parameter.node, value);
      request.path = request.path.replaceAll(`{${name}}`, () => text);
    } else if (where === "query") request.query.push(...queryPairs(parameter.node, value));
    else if (where === "header") request.headers[name] = plain(value);
    else if (where === "cookie") cookies.push(`${name}=${encodeURIComponent(plain(value))}`);
  }
  // Variables that no parameter describes.
  request.path = request.path.replace(/\{[^}]*\}/g, "any");
  if (cookies.length > 0) request.headers.Cookie = cookies.join("; ");
  addCredential(document, operation, request);
  const body = document.below(operation.place, "requestBody");
  if (!body) return request;
  const made = bodyOf(document, body);
  return made.why && !body.node.required
    ? request
    : { ...request, ...made, headers: { ...request.headers, ...made.headers } };
}

function valueOf(document, parameter) {
  const { schema, content } = parameter.node;
  if (schema !== undefined) return sample(document, document.below(parameter, "schema"));
  const [type] = Object.keys(content ?? {});
  if (type === undefined) return "sent";
  const inside = document.below(parameter, "content", type, "schema");
  const value = inside ? sample(document, inside) : {};
  return value === undefined ? undefined : JSON.stringify(value);
}

const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain).join(",");
  if (isMap(value))
    return Object.entries(value)
      .map((pair) => pair.map(plain).join(","))
      .join(",");
  return String(value);
};

// RFC 6570, as far as OpenAPI has it.
function pathText({ name, style = "simple", explode = false }, value) {
  const encoded = (one) => encodeURIComponent(String(one));
  const lead = { label: ".", matrix: ";" }[style] ?? "";
  const between = explode ? ({ label: ".", matrix: ";" }[style] ?? ",") : ",";
  if (Array.isArray(value)) {
    if (style === "matrix" && explode)
      return value.map((one) => `;${name}=${encoded(one)}`).join("");
    const list = value.map(encoded).join(between);
    return style === "matrix" ? `;${name}=${list}` : lead + list;
  }
  if (isMap(value)) {
    const pairs = Object.entries(value).map(
      ([key, one]) => `${encoded(key)}${explode ? "=" : ","}${encoded(one)}`,
    );
    return style === "matrix" && !explode
      ? `;${name}=${pairs.join(",")}`
      : lead + pairs.join(between);
  }
  return style === "matrix" ? `;${name}=${encoded(value)}` : lead + encoded(value);
}

function queryPairs({ name, style = "form", explode = style === "form" }, value) {
  const separator = { spaceDelimited: " ", pipeDelimited: "|" }[style] ?? ",";
  if (Array.isArray(value)) {
    if (explode) return value.map((one) => [name, plain(one)]);
    return [[name, value.map(plain).join(separator)]];
  }
  if (!isMap(value)) return [[name, plain(value)]];
  // How lists and maps within maps are written, OpenAPI does not say.
  const pairs = Object.entries(value).filter(([, one]) => !isMap(one) && !Array.isArray(one));
  if (style === "deepObject") return pairs.map(([key, one]) => [`${name}[${key}]`, plain(one)]);
  return explode
    ? pairs.map(([key, one]) => [key, plain(one)])
    : [[name, pairs.flat().map(plain).join(separator)]];
}

// Whether a request without any credential is refused: each of the alternatives asks for one.
export function asksForCredential(document, { security }) {
  const shows = (name) => {
    const { type } = document.scheme(name) ?? {};
    return type !== undefined && type !== "mutualTLS";
  };
  return security.length > 0 && security.every((one) => Object.keys(one).some(shows));
}

function addCredential(document, { security }, request) {
  for (const name of Object.keys(security[0] ?? {})) {
    // Of a scheme that there is not, nobody knows where its credential stands.
    const scheme = document.scheme(name) ?? { type: "http", scheme: "bearer" };
    const isKey = scheme.type === "apiKey";
    if (isKey && scheme.in === "query") request.query.push([scheme.name, "my-key"]);
    else if (isKey && scheme.in === "cookie") {
      const others = request.headers.Cookie ? `${request.headers.Cookie}; ` : "";
      request.headers.Cookie = `${others}${scheme.name}=my-key`;
    } else if (isKey) request.headers[scheme.name] = "my-key";
    else if (scheme.type === "http" && scheme.scheme.toLowerCase() === "basic") {
      request.headers.Authorization = `Basic ${btoa("my-key:my-secret")}`;
    } else request.headers.Authorization = "Bearer my-key";
  }
}

// Of the first media type, JSON before others, for which a body is found.
function bodyOf(document, body) {
  const types = Object.keys(body.node.content ?? {});
  if (types.length === 0) return {};
  const tried = [...types.filter(isJson), ...types.filter((type) => !isJson(type))].map((type) =>
    bodyOfType(document, body, type),
  );
  return tried.find(({ why }) => !why) ?? tried[0];
}

function bodyOfType(document, body, type) {
  const schema = document.below(body, "content", type, "schema");
  const value = schema ? sample(document, schema) : {};
  if (value === undefined) return { why: `no body of ${type} was found` };
  const headers = {
    "Content-Type": type.replace("*/*", "application/octet-stream").replace("/*", "/plain"),
  };
  if (isJson(type)) return { headers, body: JSON.stringify(value) };
  if (type === "application/x-www-form-urlencoded" && isMap(value)) {
    const pairs = Object.entries(value).flatMap(([key, one]) =>
      Array.isArray(one)
        ? one.map((item) => [key, plain(item)])
        : [[key, isMap(one) ? JSON.stringify(one) : plain(one)]],
    );
    return { headers, body: new URLSearchParams(pairs).toString() };
  }
  if (type.startsWith("multipart/")) {
    const parts = Object.entries(isMap(value) ? value : {}).flatMap(([key, one]) =>
      Array.isArray(one) ? one.map((item) => [key, item]) : [[key, one]],
    );
    const text = parts
      .map(([key, one]) => {
        const isPart = isMap(one) || Array.isArray(one);
        const extra = isPart ? "Content-Type: application/json\r\n" : "";
        return `--limit\r\nContent-Disposition: form-data; name="${key}"\r\n${extra}\r\n${isPart ? JSON.stringify(one) : one}\r\n`;
      })
      .join("");
    return { headers: { "Content-Type": `${type}; boundary=limit` }, body: `${text}--limit--\r\n` };
  }
  return { headers, body: typeof value === "string" ? value : JSON.stringify(value) };
}
