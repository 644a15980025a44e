// EffectsTest: an emulator of a vendor that is data alone, boxes of widgets, and the calls that a
// test makes of it. Used by the tests of effects.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/engine/own_contract.h"

namespace mockduit {

inline constexpr const char* kBoxes = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  conditions: {malformed_body: bad_request, invalid: bad_request}
  lifecycles:
    drying:
      kind: widget
      takes: 10s
      steps: [{at: 0.5, set: {state: drying}}]
      ends: {dry: {set: {state: dry}}}
paths:
  /boxes:
    post:
      operationId: create_box
      requestBody: {content: {application/json: {schema: {type: object}}}}
      x-mockduit: {effect: {create: box, id: id, resource: {id: "{{request.body.id}}"}}}
      responses:
        "201":
          x-mockduit: {outcome: success, source: s, fill: {"": "{{result}}"}}
          content: {application/json: {examples: {one: {value: {}}}}}
        "400": &bad
          x-mockduit: {outcome: bad_request, source: s}
          content: {application/json: {examples: {one: {value: {error: bad}}, cursor: {value: {error: cursor}}}}}
  /boxes/{box}:
    delete:
      operationId: delete_box
      x-mockduit:
        effect:
          delete: box
          absent: {outcome: not_found, variant: box}
          then: [{delete: widget, where: {box: "{{request.path.box}}"}}]
      responses:
        "204": {x-mockduit: {outcome: success, source: s}}
        "404": &gone
          x-mockduit: {outcome: not_found, source: s}
          content: {application/json: {examples: {widget: {value: {error: no widget}}, box: {value: {error: no box}}}}}
  /boxes/{box}/widgets:
    post:
      operationId: create_widget
      requestBody: {content: {application/json: {schema: {type: object}}}}
      x-mockduit:
        effect:
          create: widget
          id: id
          needs: [{find: box, by: "{{request.path.box}}", absent: {outcome: not_found, variant: box}}]
          resource:
            id: "{{request.body.id}}"
            box: "{{request.path.box}}"
            color: "{{request.body.color}}"
            size: {w: 1, h: 2}
      responses:
        "201":
          x-mockduit: {outcome: success, source: s, fill: {"": "{{result}}"}}
          content: {application/json: {examples: {one: {value: {}}}}}
        "400": *bad
        "404": *gone
    get:
      operationId: list_widgets
      x-mockduit:
        effect:
          list: widget
          needs: [{find: box, by: "{{request.path.box}}", absent: {outcome: not_found, variant: box}}]
          where: {box: "{{request.path.box}}", color: "{{request.query.color}}"}
          newest_first: true
          page: {style: cursor, default: 2, maximum: 3, bad_cursor: {outcome: bad_request, variant: cursor}}
      responses:
        "200":
          x-mockduit:
            outcome: success
            source: s
            fill: {/items: "{{result.items}}", /next: "{{result.next_cursor ?? omit}}", /of: "{{result.total}}"}
          content: {application/json: {examples: {one: {value: {items: [], next: x, of: 0}}}}}
        "400": *bad
        "404": *gone
  /widgets:
    get:
      operationId: list_all
      x-mockduit: {effect: {list: widget, page: {style: offset, start: skip, default: 2}}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s, fill: {"": "{{result.items}}"}}
          content: {application/json: {examples: {one: {value: []}}}}
  /widgets/{id}:
    get: &one
      operationId: get_widget
      x-mockduit: {effect: {get: widget, absent: not_found}}
      responses:
        "200": &shown
          x-mockduit: {outcome: success, source: s, fill: {"": "{{result}}"}}
          content: {application/json: {examples: {one: {value: {}}}}}
        "404": *gone
    patch:
      operationId: update_widget
      requestBody: {content: {application/json: {schema: {type: object}}}}
      x-mockduit:
        effect:
          update: widget
          absent: not_found
          set: {color: "{{request.body.color ?? omit}}"}
          merge: {size: "{{request.body.size ?? omit}}"}
      responses: {"200": *shown, "400": *bad, "404": *gone}
    put:
      operationId: replace_widget
      requestBody: {content: {application/json: {schema: {type: object}}}}
      x-mockduit:
        effect: {replace: widget, absent: not_found, resource: {id: "{{request.path.id}}", new: true}}
      responses: {"200": *shown, "400": *bad, "404": *gone}
    delete:
      operationId: delete_widget
      x-mockduit: {effect: {delete: widget, absent: not_found}}
      responses: {"200": *shown, "404": *gone}
)";

class EffectsTest : public OwnContractTest {
 protected:
  EffectsTest() : OwnContractTest({{"f/acme/v1.yaml", kBoxes}}) {
    scenarios_.Load({{"success.yaml", "{}"}}, catalog_);
    Send("POST", "/boxes", R"({"id":"b"})");
  }

  // "200 body"
  std::string Send(const std::string& method, std::string path, const std::string& body = "") {
    Request request{method, path, "", {}, body};
    if (const std::size_t mark = path.find('?'); mark != std::string::npos) {
      request.path = path.substr(0, mark);
      request.query = path.substr(mark + 1);
    }
    return Answered(std::move(request));
  }
  void Make(const std::string& id, const std::string& color = "red") {
    const std::string made =
        Send("POST", "/boxes/b/widgets", R"({"id":")" + id + R"(","color":")" + color + R"("})");
    ASSERT_TRUE(made.starts_with("201 ")) << made;
  }
  // The ids that a list shows, then where the next page begins.
  std::string Listed(const std::string& path) {
    const std::string sent = Send("GET", path);
    const auto body = Json::Parse(sent.substr(4));
    if (!sent.starts_with("200 ") || !body) return sent;
    std::string ids;
    const Json& items = body->IsArray() ? *body : body->Get("items");
    for (const Json& item : *items.IfArray()) ids += std::string(item.Get("id").AsString()) + " ";
    return ids + std::string(body->IsArray() ? "" : body->Get("next").AsString("end"));
  }
};

}  // namespace mockduit
