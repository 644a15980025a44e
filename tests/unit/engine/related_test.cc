// `with`: what answers show of each resource, made of others.
#include <gtest/gtest.h>

#include "unit/engine/own_contract.h"

namespace mockduit {
namespace {

constexpr const char* kContract = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  kinds:
    room:
      id: id
      members: [id, name]
      with:
        boxes: {list: box, where: {room: "{{result.id}}"}, show: {box: "{{found.box.id}}", of: "{{result.name}}"}}
    box: {id: id, members: [id, room]}
    guest: {id: id, members: [id], with: {others: {list: guest, where: {id: {contains: g}}, show: 1}}}
paths:
  /rooms:
    post:
      operationId: create_room
      x-mockduit: {effect: {create: room, resource: {id: "{{request.body.id}}", name: "{{request.body.name}}"}}}
      responses: {"201": &answer {x-mockduit: {outcome: success, source: s, fill: {"": "{{result}}"}}, content: {application/json: {examples: {one: {value: {}}}}}}}
    get:
      operationId: list_rooms
      x-mockduit: {effect: {list: room}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s, fill: {"": "{{result.items}}"}}
          content: {application/json: {examples: {one: {value: []}}}}
  /rooms/{id}:
    get:
      operationId: get_room
      x-mockduit:
        effect:
          get: room
          absent: not_found
          with: {newest: {find: box, where: {room: "{{result.id}}"}, show: "{{found.box.id}}"}}
          show: {room: "{{result.name}}", newest: "{{result.newest}}"}
      responses: {"200": *answer, "404": {x-mockduit: {outcome: not_found, source: s}}}
  /guests:
    post:
      operationId: create_guest
      x-mockduit: {effect: {create: guest, resource: {id: "{{request.body.id}}"}}}
      responses: {"201": *answer}
    get:
      operationId: list_guests
      x-mockduit: {effect: {list: guest}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s, fill: {"": "{{result.items | length}}"}}
          content: {application/json: {examples: {one: {value: 0}}}}
  /boxes:
    post:
      operationId: create_box
      x-mockduit: {effect: {create: box, resource: {id: "{{request.body.id}}", room: "{{request.body.room}}"}}}
      responses: {"201": *answer}
)";

class Related : public OwnContractTest {
 protected:
  Related() : OwnContractTest({{"f/acme/v1.yaml", kContract}}) {
    scenarios_.Load({{"success.yaml", "{}"}}, catalog_);
    Send("POST", "/rooms", R"({"id":"r","name":"Red"})");
    Send("POST", "/rooms", R"({"id":"b","name":"Blue"})");
  }

  Response Answer(const std::string& method, const std::string& path,
                  const std::string& body = "") {
    Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    return emulator_.Handle(request);
  }
  std::string Send(const std::string& method, const std::string& path,
                   const std::string& body = "") {
    return Answer(method, path, body).body;
  }
};

TEST_F(Related, AreListedWithEachResource) {
  Send("POST", "/boxes", R"({"id":"1","room":"r"})");
  Send("POST", "/boxes", R"({"id":"2","room":"b"})");
  Send("POST", "/boxes", R"({"id":"3","room":"r"})");
  EXPECT_EQ(Send("GET", "/rooms"),
            R"([{"id":"r","name":"Red","boxes":[{"box":"1","of":"Red"},{"box":"3","of":"Red"}]},)"
            R"({"id":"b","name":"Blue","boxes":[{"box":"2","of":"Blue"}]}])");
}

TEST_F(Related, AreAnEmptyListOrNullWhereThereAreNone) {
  EXPECT_EQ(Send("POST", "/rooms", R"({"id":"g","name":"Green"})"),
            R"({"id":"g","name":"Green","boxes":[]})");
  EXPECT_EQ(Send("GET", "/rooms/g"), R"({"room":"Green","newest":null})");
}

TEST_F(Related, AreLookedForNoLongerThanTheWorkOfAnEffectAllows) {
  for (int i = 0; i < 330; ++i) {
    Send("POST", "/guests", R"({"id":"g)" + std::to_string(i) + R"("})");
  }
  const Response answer = Answer("GET", "/guests");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(
      answer.headers.Get("X-Mockduit-Warning"),
      "not all was looked through: the effect of acme.list_guests did more than 100000 things");
}

TEST_F(Related, AreTheNewestWhereOneIsAskedFor) {
  Send("POST", "/boxes", R"({"id":"1","room":"r"})");
  Send("POST", "/boxes", R"({"id":"3","room":"r"})");
  EXPECT_EQ(Send("GET", "/rooms/r"), R"({"room":"Red","newest":"3"})");
}

}  // namespace
}  // namespace mockduit
