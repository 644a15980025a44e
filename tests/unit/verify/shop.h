// A small vendor for the tests of the checks: boxes that are made, read in pages, changed, painted
// and deleted; an old name for them, an old operation, and headers that are asked for.
#pragma once

#include "unit/contract/acme.h"

namespace mockduit {

inline constexpr std::string_view kShop = R"(openapi: 3.1.0
x-mockduit:
  vendor: shop
  edition: v1
  default: true
  conditions: {bad_query: bad_request, malformed_body: bad_request, invalid: bad_request}
  asks_for:
    - {header: Accept, matches: '^application/json', written: application/json, source: "Shop, 1"}
    - {header: Content-Type, matches: '^application/json', written: application/json,
       with_body: true, source: "Shop, 2"}
  told_times: [dry_at]
  carried_failures:
    - {at: state, is: [dented, broken], uses: [paint_box], starts: {shut: false}, source: "Shop, 3"}
    - {at: parts.*.state, is: [broken], uses: [paint_box], source: "Shop, 3"}
  aliases:
    - {from: /v1/crates, to: /v1/boxes, deprecated: true}
    - {from: /v1/cartons, to: /v1/boxes}
paths:
  /v1/boxes:
    post:
      operationId: create_box
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: {type: string}
                hue: {type: string, deprecated: true}
                parts: {type: array, items: {type: object, properties: {size: {type: integer}}}}
      x-mockduit: {effect: {create: box, id: id, resource: {id: "{{uuid4}}"}}}
      responses:
        "201": {x-mockduit: {outcome: success, source: s}}
        "400": {x-mockduit: {outcome: bad_request, source: s}}
        "429": {x-mockduit: {outcome: rate_limited, source: s}}
        "500": {x-mockduit: {outcome: server_error, source: s}}
    get:
      operationId: list_boxes
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: cursor, in: query, schema: {type: string}}
        - {name: color, in: query, schema: {type: string}}
        - {name: tone, in: query, deprecated: true, schema: {type: string}}
      x-mockduit:
        effect:
          list: box
          page: {style: cursor, limit: limit, start: cursor, bad_cursor: bad_request}
      responses:
        "200": {x-mockduit: {outcome: success, source: s}}
        "400": {x-mockduit: {outcome: bad_request, source: s}}
  /v1/boxes/{id}:
    get:
      operationId: get_box
      x-mockduit: {effect: {get: box, absent: not_found}}
      responses: &of_one
        "200": {x-mockduit: {outcome: success, source: s}}
        "404": {x-mockduit: {outcome: not_found, source: s}}
    patch:
      operationId: update_box
      x-mockduit: {effect: {update: box, absent: not_found, take: [name]}}
      responses: *of_one
    delete:
      operationId: delete_box
      x-mockduit: {effect: {delete: box, absent: not_found}}
      responses: *of_one
  /v1/boxes/{id}/door:
    get:
      operationId: open_door
      x-mockduit: {opened_by_users: true}
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
  /v1/boxes/{id}/paint:
    post:
      operationId: paint_box
      deprecated: true
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
  /v1/lids:
    post:
      operationId: create_lid
      x-mockduit: {effect: {create: lid, id: id, resource: {id: "{{uuid4}}"}}}
      responses: {"201": {x-mockduit: {outcome: success, source: s}}}
    get:
      operationId: list_lids
      x-mockduit: {effect: {list: lid, page: {style: offset, limit: limit, start: skip}}}
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
  /v1/lids/{id}:
    delete:
      operationId: delete_lid
      x-mockduit: {effect: {delete: lid, absent: not_found}}
      responses: *of_one
)";

inline const Catalog& Shop() {
  static const Catalog kCatalog = LoadedCatalog({{"fixtures/shop/v1.yaml", std::string(kShop)}});
  return kCatalog;
}

}  // namespace mockduit
