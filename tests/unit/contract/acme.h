// Small contracts for tests of the rooms that read them. Lines and columns count: tests of messages
// name them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "contract/catalog.h"

namespace mockduit {

inline constexpr std::string_view kAcme = R"(openapi: 3.1.0
info: {title: Acme API, version: v1}
x-mockduit:
  vendor: acme
  edition: v1
  default: true
  credentials:
    - {scheme: bearer}
    - {scheme: header, name: X-Acme-Key}
  conditions: {bad_path: bad_request,
    no_credential: unauthorized,
    malformed_body: {outcome: bad_request, variant: unreadable},
    invalid: bad_request,
    unknown_path: not_found,
    unknown_method: method_not_allowed}
  fill: {/id: "{{uuid4}}"}
paths:
  /widgets/{size}:
    post:
      operationId: create_widget
      parameters:
        - {name: size, in: path, required: true, schema: {type: integer}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [color]}
      x-mockduit:
        effect: {create: widget, id: id, resource: {id: "{{uuid4}}", color: red}}
      responses:
        "201":
          x-mockduit: {outcome: success, source: the book, fill: {/color: "{{result.color}}"}}
          headers:
            Location: {x-mockduit: {value: "{{request.url}}/{{result.id}}"}}
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Widget"}
              examples:
                made: {value: {id: w-1, color: red}}
        "400":
          x-mockduit: {outcome: bad_request, source: the book, natural: {why: "{{attempt}}"}}
          content:
            application/problem+json:
              examples:
                wrong: {value: {error: wrong}}
                unreadable: {x-mockduit: {inferred: a guess}, value: {id: x, error: unreadable}}
        "401":
          x-mockduit: {outcome: unauthorized, inferred: no page tells}
        "429":
          x-mockduit: {outcome: rate_limited, source: the book}
          headers:
            Retry-After: {schema: {minimum: 2, maximum: 30}, example: 7}
          content:
            application/json:
              examples:
                slow: {value: {error: slow}}
components:
  responses:
    NotFound:
      x-mockduit: {outcome: not_found, status: 404, inferred: no page tells}
    MethodNotAllowed:
      x-mockduit: {outcome: method_not_allowed, status: 405, inferred: no page tells}
  schemas:
    Widget: {type: object, properties: {color: {type: string}}}
)";

// A contract of one operation in a few lines.
inline std::string TinyContract(const std::string& vendor, const std::string& edition,
                                const std::string& method, const std::string& path,
                                const std::string& more = "") {
  return "openapi: 3.1.0\nx-mockduit: {vendor: " + vendor + ", edition: '" + edition + "'" + more +
         "}\npaths:\n  " + path + ":\n    " + method + ":\n      operationId: " + method +
         "_it\n      responses: {'200': {x-mockduit: {outcome: success, source: s}}}\n";
}

inline Catalog LoadedCatalog(const std::vector<TextFile>& files) {
  auto catalog = Catalog::Load(files);
  if (!catalog) {
    for (const Problem& problem : catalog.error()) ADD_FAILURE() << problem.Text();
    return {};
  }
  return std::move(*catalog);
}

inline Catalog AcmeCatalog() {
  return LoadedCatalog({{"fixtures/acme/v1.yaml", std::string(kAcme)}});
}

inline std::vector<std::string> Texts(const std::vector<Problem>& problems) {
  std::vector<std::string> texts;
  for (const Problem& problem : problems) texts.push_back(problem.Text());
  return texts;
}

// `text` with the one place that says `old` saying `fresh`.
inline std::string Replaced(std::string_view text, std::string_view old, std::string_view fresh) {
  std::string changed(text);
  const std::size_t at = changed.find(old);
  if (at == std::string::npos) {
    ADD_FAILURE() << "there is no '" << old << "'";
    return changed;
  }
  return changed.replace(at, old.size(), fresh);
}

}  // namespace mockduit
