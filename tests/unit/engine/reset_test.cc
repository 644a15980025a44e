// What becomes of a request that is under way when its session is reset.
#include "engine/emulator.h"
#include "unit/engine/world.h"

namespace mockduit {
namespace {

// Another server, which has the session reset while it is being called.
class ResettingCaller : public FakeCaller {
 public:
  Result<int> Post(const std::string& /*url*/, const Headers& /*headers*/,
                   const std::string& /*body*/,
                   std::chrono::milliseconds /*timeout*/) const override {
    reset();
    return 200;
  }

  std::function<void()> reset;
};

class ResetTest : public ::testing::Test {
 protected:
  ResetTest() {
    emulator_ = std::make_unique<Emulator>(
        EmulatorRooms{BuiltInCatalog(), world_.scenarios(), world_.sessions(), caller_, metrics_},
        VendorBehaviours(caller_), EmulatorSettings{});
  }

  Response MakeWebhook() {
    return emulator_->Handle(Post("/v1/webhooks/account",
                                  R"({"url":"http://127.0.0.1:9/","events":["sync_end"],)"
                                  R"("active":true,"secret":"s"})",
                                  {{"Authorization", Basic("my-key")}}));
  }

  TestWorld world_;
  ResettingCaller caller_;
  Metrics metrics_{world_.real_clock()};
  std::unique_ptr<Emulator> emulator_;
};

TEST_F(ResetTest, LeavesNoTraceOfARequestThatWasUnderWay) {
  caller_.reset = [&] { world_.session()->Reset({}); };
  const Response response = MakeWebhook();
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(Json::Parse(response.body)->Get("title").AsString(), "Session reset");
  EXPECT_EQ(response.headers.Find("X-Mockduit-Exchange"), std::nullopt);
  EXPECT_EQ(world_.session()->world().store().Count("fivetran.webhook"), 0u);
  EXPECT_EQ(world_.session()->journal().total(), 0u);
}

TEST_F(ResetTest, LeavesNoTraceInAStoreThatWasReplaced) {
  caller_.reset = [&] {
    ASSERT_TRUE(world_.session()->ReplaceStore(*Json::Parse(R"({"fivetran.group":{}})")));
  };
  EXPECT_EQ(MakeWebhook().status, 409);
  EXPECT_EQ(world_.session()->world().store().Count("fivetran.webhook"), 0u);
}

// Its request happened before, and only its delay is left to wait out.
TEST_F(ResetTest, LetsAnAnswerGoThatWaitsOutItsDelay) {
  TestWorld world({.scenario = "slow",
                   .scenarios = {{"slow.yaml", "rules: [{play: [{status: 503, delay: 1h}]}]"}}});
  Request request = Post("/v1/groups", "{}", {{"Authorization", Basic("my-key")}});
  const auto passage = std::make_shared<Passage>(std::make_shared<ConnectionTimes>(1), 1, Time{});
  request.passage = passage;
  const Response response = world.Send(request);
  ASSERT_EQ(world.session()->journal().Find(1)->wire->request, 1u);
  world.session()->Reset({});
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(world.session()->journal().total(), 0u);
  request.passage = nullptr;
  world.Send(request);
  passage->Leave(Time{});  // what has its number now is the exchange of another
  ASSERT_TRUE(world.session()->journal().Find(1));
  EXPECT_FALSE(world.session()->journal().Find(1)->abandoned);
}

TEST_F(ResetTest, DoesNotConcernRequestsThatComeLater) {
  caller_.reset = [] {};
  world_.session()->Reset({});
  EXPECT_EQ(MakeWebhook().status, 200);
  EXPECT_EQ(world_.session()->world().store().Count("fivetran.webhook"), 1u);
  EXPECT_EQ(world_.session()->journal().total(), 1u);
}

// A contract whose effects and behaviours come to outcomes that it does not document does not load.
struct Undocumented {
  const char* effect;
  const char* responses;
  const char* message;
};

class UndocumentedTest : public ::testing::TestWithParam<Undocumented> {};

TEST_P(UndocumentedTest, IsToldBeforeTheFirstRequest) {
  const auto& [effect, responses, message] = GetParam();
  const std::string contract =
      "openapi: 3.1.0\nx-mockduit: {vendor: acme, edition: v1}\npaths:\n  /x/{id}:\n    get:\n"
      "      operationId: x\n      x-mockduit: " +
      std::string(effect) + "\n      responses: " + responses + "\n";
  auto catalog = Catalog::Load({{"f/acme/v1.yaml", contract}});
  std::string told;
  const auto problems = catalog ? CheckVendorData(*catalog) : catalog.error();
  for (const Problem& problem : problems) told += problem.Text() + "\n";
  EXPECT_TRUE(told.contains(message)) << told;
}

INSTANTIATE_TEST_SUITE_P(
    Outcomes, UndocumentedTest,
    ::testing::Values(
        Undocumented{"{effect: {list: thing}}",
                     R"({"200": {x-mockduit: {outcome: conflict, source: s}}})", "no success"},
        Undocumented{"{}", R"({"404": {x-mockduit: {outcome: not_found, source: s}}})",
                     "no success"},
        Undocumented{"{effect: {get: thing, absent: not_found}}",
                     R"({"200": {x-mockduit: {outcome: success, source: s}}})", "'not_found'"},
        Undocumented{"{effect: {update: connection, absent: success}, "
                     "behaviour: fivetran.modify_connection}",
                     R"({"200": {x-mockduit: {outcome: success, source: s}}})", "'bad_request'"}));

}  // namespace
}  // namespace mockduit
