// A vendor that is data alone: boxes of widgets, stateful without a line of C++.
#include <gtest/gtest.h>

#include "unit/contract/acme.h"
#include "unit/engine/no_caller.h"
#include "unit/engine/world.h"

namespace mockduit {
namespace {

constexpr const char* kEffectsContract = R"(
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

class EffectsTest : public ::testing::Test {
 protected:
  EffectsTest() {
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
    const Response response = emulator_->Handle(std::move(request));
    return std::to_string(response.status) + " " + response.body;
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

  const Catalog catalog_ = LoadedCatalog({{"f/acme/v1.yaml", kEffectsContract}});
  ManualClock clock_{*ParseTime("2026-01-15T10:00:00Z")};
  Log log_;
  Metrics metrics_{clock_};
  NoCaller caller_;
  ScenarioLibrary scenarios_;
  Sessions sessions_{{}, {}, clock_, std::make_shared<const std::vector<SeedResource>>(), log_};
  std::unique_ptr<Emulator> emulator_ =
      Emulator::Make({catalog_, scenarios_, sessions_, caller_, metrics_}, {}, {}).value();
};

TEST_F(EffectsTest, GiveWhatWasMade) {
  Make("w");
  EXPECT_EQ(Send("GET", "/widgets/w"),
            R"(200 {"id":"w","box":"b","color":"red","size":{"w":1,"h":2}})");
  EXPECT_EQ(Send("GET", "/widgets/x"), R"(404 {"error":"no widget"})");
}

TEST_F(EffectsTest, AskForWhatAnotherThingNeeds) {
  EXPECT_EQ(Send("POST", "/boxes/x/widgets", "{}"), R"(404 {"error":"no box"})");
  EXPECT_EQ(Send("GET", "/boxes/x/widgets"), R"(404 {"error":"no box"})");
}

TEST_F(EffectsTest, ListInPagesByCursor) {
  for (const char* id : {"a", "b", "c", "d", "e"}) Make(id);
  EXPECT_EQ(Listed("/boxes/b/widgets"), "e d eyJza2lwIjoyfQ");
  EXPECT_EQ(Listed("/boxes/b/widgets?cursor=eyJza2lwIjoyfQ"), "c b eyJza2lwIjo0fQ");
  EXPECT_EQ(Listed("/boxes/b/widgets?cursor=eyJza2lwIjo0fQ"), "a end");
  EXPECT_EQ(Listed("/boxes/b/widgets?limit=100"), "e d c eyJza2lwIjozfQ") << "no more than three";
  EXPECT_EQ(Listed("/boxes/b/widgets?cursor=eyJza2lwIjo5OX0"), "end") << "past the last one";
  for (const char* cursor : {"x", "eyJ4IjoxfQ", "eyJza2lwIjotMX0", "%2B"}) {
    EXPECT_EQ(Listed("/boxes/b/widgets?cursor=" + std::string(cursor)),
              R"(400 {"error":"cursor"})");
  }
}

TEST_F(EffectsTest, ListWhatIsAskedFor) {
  Make("a", "red");
  Make("b", "blue");
  Send("POST", "/boxes", R"({"id":"other"})");
  EXPECT_EQ(Listed("/boxes/b/widgets?color=blue"), "b end");
  EXPECT_EQ(Listed("/boxes/b/widgets?color=green"), "end");
  EXPECT_EQ(Listed("/boxes/other/widgets"), "end");
}

TEST_F(EffectsTest, ListInPagesByOffset) {
  for (const char* id : {"a", "b", "c"}) Make(id);
  EXPECT_EQ(Listed("/widgets"), "a b ");
  EXPECT_EQ(Listed("/widgets?skip=2"), "c ");
  EXPECT_EQ(Listed("/widgets?skip=1&limit=1"), "b ");
  EXPECT_EQ(Listed("/widgets?skip=7"), "");
}

TEST_F(EffectsTest, UpdateWhatIsSentAndNothingElse) {
  Make("w");
  EXPECT_EQ(Send("PATCH", "/widgets/w", R"({"size":{"h":5},"other":1})"),
            R"(200 {"id":"w","box":"b","color":"red","size":{"w":1,"h":5}})");
  EXPECT_EQ(Send("PATCH", "/widgets/w", R"({"color":"blue"})"),
            R"(200 {"id":"w","box":"b","color":"blue","size":{"w":1,"h":5}})");
  EXPECT_EQ(Send("GET", "/widgets/w"),
            R"(200 {"id":"w","box":"b","color":"blue","size":{"w":1,"h":5}})");
  EXPECT_EQ(Send("PATCH", "/widgets/x", "{}"), R"(404 {"error":"no widget"})");
}

TEST_F(EffectsTest, Replace) {
  Make("w");
  EXPECT_EQ(Send("PUT", "/widgets/w", "{}"), R"(200 {"id":"w","new":true})");
  EXPECT_EQ(Send("GET", "/widgets/w"), R"(200 {"id":"w","new":true})");
}

TEST_F(EffectsTest, DeleteOnceAndWithAllThatGoesWithIt) {
  Make("v");
  Make("w");
  EXPECT_TRUE(Send("DELETE", "/widgets/v").starts_with(R"(200 {"id":"v")"));
  EXPECT_EQ(Send("DELETE", "/widgets/v"), R"(404 {"error":"no widget"})");
  EXPECT_EQ(Send("DELETE", "/boxes/b"), "204 ");
  EXPECT_EQ(Send("GET", "/widgets/w"), R"(404 {"error":"no widget"})");
  EXPECT_EQ(Send("DELETE", "/boxes/b"), R"(404 {"error":"no box"})");
}

TEST_F(EffectsTest, KnowNothingOfOtherSessions) {
  Make("w");
  EXPECT_EQ(Send("GET", "/@other/widgets/w"), R"(404 {"error":"no widget"})");
}

TEST_F(EffectsTest, MoveByTheNumberOfPolls) {
  Make("w");
  const auto begin = [&](const std::string& id, std::uint64_t polls) {
    const auto session = sessions_.Get("default")->Enter();
    session->world().Begin(catalog_.FindLifecycle("acme.drying"), id, {.after_polls = polls},
                           {session->Now(), nullptr});
  };
  begin("w", 4);
  clock_.Advance(std::chrono::hours(1));
  const auto state = [](const std::string& sent) {
    const std::size_t at = sent.find("state");
    return at == std::string::npos ? "wet" : sent.substr(at + 8, sent.find('"', at + 8) - at - 8);
  };
  std::string states;
  for (int i = 0; i < 5; ++i) states += state(Send("GET", "/widgets/w")) + " ";
  EXPECT_EQ(states, "wet drying drying dry dry ");
  Make("x");
  begin("x", 1);
  EXPECT_EQ(state(Send("GET", "/widgets/w")), "dry");
  EXPECT_NE(Send("GET", "/widgets?skip=1").find(R"("state":"dry")"), std::string::npos)
      << "a list is a look at each";
}

TEST(EffectReader, TellsWhatIsWrong) {
  const std::pair<const char*, const char*> kEffects[] = {
      {"{}", "an effect is one of create, get, list, update, replace and delete"},
      {"{get: x}", "'absent' is missing here"},
      {"{create: x, resource: {}}", "'id' is missing here"},
      {"{list: x, page: {style: pages}}", "'pages' is no style of pages; it is cursor or offset"},
      {"{list: x, page: {style: cursor}}", "'bad_cursor' is missing here"},
  };
  for (const auto& [effect, message] : kEffects) {
    const std::string contract =
        "openapi: 3.1.0\nx-mockduit: {vendor: acme, edition: v1, kinds: {x: {members: "
        "any}}}\npaths:\n  /x/{id}:\n    get:\n"
        "      operationId: x\n"
        "      parameters: [{name: limit, in: query}, {name: cursor, in: query}]\n      "
        "x-mockduit: {effect: " +
        std::string(effect) +
        "}\n      responses: {\"204\": {x-mockduit: {outcome: success, source: s}}}\n";
    const auto catalog = Catalog::Load({{"f/acme/v1.yaml", contract}});
    ASSERT_FALSE(catalog) << effect;
    EXPECT_EQ(catalog.error().front().message, message);
  }
}

}  // namespace
}  // namespace mockduit
