// Documents that are wrong, cut off, odd or huge: --contract refuses what is no OpenAPI 3 with a
// sentence that helps, and serves all else; lint tells what is wrong with it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";

import { binary, environment, startEmulator } from "./emulator.mjs";

const folder = mkdtempSync(join(tmpdir(), "mockduit-documents-"));
after(() => rmSync(folder, { recursive: true }));

function write(name, text) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const run = (...options) =>
  spawnSync(binary, options, { encoding: "utf8", env: environment, maxBuffer: 1e9, timeout: 30_000 });

const document = (rest, version = "3.1.0") =>
  JSON.stringify({ openapi: version, info: { title: "T", version: "1" }, ...rest });
const answering = (schema, more = {}) => ({
  responses: { 200: { description: "ok", content: { "application/json": { schema, ...more } } } },
});

describe("what is no OpenAPI 3", () => {
  const refused = {
    "text.yaml": ["Not Found", /this is no OpenAPI document/],
    "empty.yaml": ["", /this is no OpenAPI document/],
    "list.json": ["[1]", /this is no OpenAPI document/],
    "other.yaml": ["name: a", /it has no 'openapi', as in 'openapi: 3.1.0'/],
    "swagger.yaml": [
      "swagger: '2.0'\npaths: {}",
      /npx swagger2openapi .*swagger\.yaml -o openapi\.yaml/,
    ],
    "future.yaml": ["openapi: 4.0.0", /OpenAPI 4.0.0 is not read; 3.0 and 3.1 are/],
    "cut.yaml": ["openapi: 3.1.0\npaths: {/a: {get: {respon", /cut\.yaml:2:/],
    "cut.json": ['{"openapi": "3.1.0", "paths": {"/a"', /cut\.json:1:/],
    "binary.yaml": ["\u0000\u0001", /control character/],
    "huge.yaml": [`openapi: 3.1.0\nx: '${"a".repeat(40 * 1024 * 1024)}'`, /at most 32 MiB in all/],
  };
  for (const [name, [text, reason]] of Object.entries(refused)) {
    it(name, () => {
      const path = write(name, text);
      const { status, signal, stderr } = run("serve", "--port", "0", "--contract", `bad=${path}`);
      assert.equal(signal, null);
      assert.equal(status, 2, stderr.slice(0, 500));
      assert.match(stderr, reason);
    });
  }

  it("is told all together", () => {
    const contracts = ["a", "b"].flatMap((name) => [
      "--contract",
      `${name}=${write(`${name}.txt`, "x")}`,
    ]);
    const { stderr } = run(
      "serve",
      "--port",
      "0",
      ...contracts,
      "--contract",
      join(folder, "missing.yaml"),
    );
    for (const name of ["a.txt", "b.txt", "missing.yaml"]) assert.ok(stderr.includes(name), name);
  });
});

// By name: the operations, and what lint tells of each document.
const ODD = {
  nothing: [{}, [/this document has no map of 'paths'/]],
  nopaths: [{ paths: null }, [/this document has no map of 'paths'/]],
  escaped: [
    {
      paths: { "/a": { get: answering({ $ref: "#/components/schemas/A%20B" }) } },
      components: { schemas: { "A B": { type: "object", properties: { b: { const: 1 } } } } },
    },
    [],
  ],
  servers: [
    {
      servers: [{ url: "https://{where}.test" }],
      paths: { "/a": { servers: [{ url: "//b.test/files" }, { url: "files" }], get: {} } },
    },
    [/counts from where the document stands/],
  ],
  bodied: [
    {
      paths: {
        "/a": {
          post: {
            requestBody: { content: { "application/json": { schema: { type: "array" } } } },
            responses: { 200: {} },
          },
        },
      },
    },
    [],
  ],
  contained: [
    { paths: { "/a": { get: answering({ contains: { type: "integer" }, minContains: 3 }) } } },
    [],
  ],
  written: [
    {
      paths: {
        "/a": { get: { responses: { 200: { content: { "image/png": { schema: { type: "object" } } } } } } },
      },
    },
    [/the body is answered as JSON, for want of a way to write it as image\/png/],
  ],
  silent: [
    { paths: { "/a": { get: {} }, "/b": { get: null }, "/c": null } },
    [/this path leads nowhere/],
  ],
  twice: [
    {
      paths: {
        "/a/{b}": { get: { operationId: "one" } },
        "/a/{c}": { get: { operationId: "two" } },
      },
    },
    [/another operation takes the same requests/],
  ],
  nameless: [
    {
      paths: {
        "/a": { get: { parameters: [{ in: "query" }, { name: "b", in: "body" }, null, 7] } },
      },
    },
    [/has no name/, /no place of a parameter/],
  ],
  circle: [
    {
      paths: {
        "/a": {
          get: answering({ $ref: "#/components/schemas/A" }),
          post: {
            requestBody: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } },
            },
            responses: { 200: { description: "ok" } },
          },
        },
      },
      components: {
        schemas: {
          A: { allOf: [{ $ref: "#/components/schemas/B" }] },
          B: { allOf: [{ $ref: "#/components/schemas/A" }] },
        },
      },
    },
    [],
  ],
  endless: [
    {
      paths: { "/a": { get: answering({ $ref: "#/components/schemas/A" }) } },
      components: {
        schemas: {
          A: {
            type: "object",
            required: ["a"],
            properties: { a: { $ref: "#/components/schemas/A" } },
          },
        },
      },
    },
    [/no body was found/],
  ],
  nowhere: [
    {
      paths: {
        "/a": { get: { responses: { 200: { $ref: "#/components/responses/No" } } } },
        "/b": { get: answering({ $ref: "http://example.com/a.yaml#/A" }) },
        "/c": { get: answering({ $ref: "../../../etc/passwd" }) },
        "/d": { get: answering({ $ref: "/etc/passwd" }) },
        "/e": { get: answering({ $ref: "link.yaml" }) },
        "/f": { get: answering({ $ref: "missing.yaml" }) },
      },
    },
    [
      /its \$ref leads nowhere/,
      /leads to the network/,
      /leads out of the document's folder/,
      /'link.yaml' is a link/,
      /missing.yaml/,
    ],
  ],
  broken: [
    { paths: { "/a": { get: answering({ type: "integer" }, { example: "many" }) } } },
    [/the example 'example' is not what its schema says: body breaks type integer/],
  ],
  impossible: [
    { paths: { "/a": { get: answering({ type: "integer", minimum: 2, maximum: 1 }) } } },
    [/no body was found that this schema accepts|is above .maximum/],
  ],
  ids: [
    {
      paths: {
        "/a": { get: { operationId: "a/b.c {{now}}\n" } },
        "/b": { get: { operationId: "ünïcödé" } },
        "/c": { get: { operationId: [1] } },
      },
    },
    [/this operation lists no answers/, /'operationId' must be text/],
  ],
  braces: [
    {
      paths: {
        "/a": { get: answering({ type: "object" }, { example: { "{{a}}": "{{b", c: "}}" } }) },
      },
    },
    [],
  ],
  lines: [
    {
      paths: {
        "/a": {
          get: {
            responses: {
              200: {
                description: "ok",
                headers: { "X-A": { example: "a\r\nSet-Cookie: b" }, "B C": { example: "d" } },
              },
            },
          },
        },
      },
    },
    [/'B C' is no name of a header/],
  ],
  wrong: [
    {
      paths: {
        "/a": { get: { parameters: 7, responses: [1], security: 3, tags: 9, requestBody: "text" } },
        "/b": { get: { responses: { 200: 7, 404: [1], abc: {} } } },
      },
      servers: 7,
      components: [1],
    },
    [/'abc' is no status/],
  ],
};

describe("what is odd", { timeout: 60_000 }, () => {
  let emulator;
  const paths = Object.fromEntries(
    Object.entries(ODD).map(([name, [rest]]) => [name, write(`odd/${name}.json`, document(rest))]),
  );
  before(async () => {
    const secret = write("secret.yaml", "type: string\nexample: secret");
    symlinkSync(secret, join(folder, "odd/link.yaml"));
    emulator = await startEmulator(
      ...Object.entries(paths).flatMap(([name, path]) => ["--contract", `${name}=${path}`]),
    );
  });

  it("is told of a whole body without a dot behind it", async () => {
    const answer = await fetch(`${emulator.url}/bodied/a`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "7",
    });
    assert.equal((await answer.json()).detail, "body must be of type array");
  });

  for (const [name, [rest, notes]] of Object.entries(ODD)) {
    it(`${name} is served`, { timeout: 10_000 }, async () => {
      for (const [path, item] of Object.entries(rest.paths ?? {})) {
        if (!item?.get) continue;
        const url = `${emulator.url}/${name}${path.replace(/\{[^}]*\}/, "x")}`;
        const answer = await fetch(url);
        assert.equal(answer.status, 200, `${path}: ${await answer.text()}`);
        assert.equal(answer.headers.get("set-cookie"), null);
        assert.ok(!(await answer.text().catch(() => "")).includes("secret"));
        const limited = await fetch(url, { headers: { Prefer: "code=429" } });
        assert.equal(limited.status, 429);
        assert.ok(limited.headers.get("retry-after"));
      }
      const unknown = await fetch(`${emulator.url}/${name}/none/of/these`);
      assert.equal(unknown.status, 404);
    });

    it(`${name} is told of`, () => {
      const { status, stdout } = run("lint", "--format", "json", paths[name]);
      assert.equal(status, 0, stdout.slice(0, 500));
      const told = JSON.parse(stdout);
      assert.deepEqual(told.problems, []);
      for (const note of notes) {
        assert.ok(
          told.notes.some(({ message }) => note.test(message)),
          `${note}: ${JSON.stringify(told.notes.map(({ message }) => message))}`,
        );
      }
      if (notes.length === 0)
        assert.deepEqual(
          told.notes.filter(({ message }) => !/leads round|itself/.test(message)),
          [],
        );
    });
  }
});

describe("what is large", () => {
  it("100,000 operations are served", async () => {
    const paths = {};
    for (let i = 0; i < 100_000; ++i)
      paths[`/things${i}/{id}`] = { get: answering({ $ref: "#/components/schemas/T" }) };
    const path = write(
      "many.json",
      document({
        paths,
        components: { schemas: { T: { type: "object", properties: { id: { type: "string" } } } } },
      }),
    );
    const emulator = await startEmulator("--contract", `many=${path}`);
    for (const i of [0, 99_999]) {
      const answer = await fetch(`${emulator.url}/many/things${i}/x`);
      assert.equal(answer.status, 200);
      assert.equal(typeof (await answer.json()).id, "string");
    }
  });

  it("schemas of forty levels are served", async () => {
    let schema = { type: "integer" };
    for (let i = 0; i < 40; ++i)
      schema = { type: "object", required: ["a"], properties: { a: schema } };
    const emulator = await startEmulator(
      "--contract",
      `deep=${write("deep.json", document({ paths: { "/a": { get: answering(schema) } } }))}`,
    );
    assert.equal((await fetch(`${emulator.url}/deep/a`)).status, 200);
  });

  it("what is nested without end is told with its place, and all else is served", async () => {
    let example = {};
    for (let i = 0; i < 150; ++i) example = { a: example };
    const path = write(
      "bottomless.json",
      document({
        paths: {
          "/a": { get: answering({}, { example }) },
          "/b": { get: answering({ const: 1 }) },
        },
      }),
    );
    const { status, stdout } = run("lint", path);
    assert.equal(status, 0);
    assert.match(stdout, /bottomless\.json:1:\d+: note: nested deeper than 100 levels; what/);
    const emulator = await startEmulator("--contract", `deep=${path}`);
    assert.equal((await fetch(`${emulator.url}/deep/a`)).status, 200);
    assert.equal(await (await fetch(`${emulator.url}/deep/b`)).text(), "1");
  });

  it("brackets without end are refused, however many", () => {
    for (const name of ["brackets.json", "brackets.yaml"]) {
      const path = write(name, `{"openapi": "3.1.0", "x": ${"[".repeat(1_000_000)}`);
      const { status, signal, stderr } = run("serve", "--port", "0", "--contract", path);
      assert.deepEqual([status, signal], [2, null], stderr.slice(0, 500));
    }
  });
});
