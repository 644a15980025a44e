// Destinations: the setup tests that they run when they are made, changed or tested.
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/testing.h"

namespace mockduit::fivetran {
namespace {

class Destination : public TestingBehaviour {
 public:
  Destination(Declared declared, std::shared_ptr<const Knowledge> knowledge, bool always)
      : TestingBehaviour(std::move(declared), std::move(knowledge)), always_(always) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& destination) const override {
    const Json body = call.body() != nullptr ? *call.body() : Json::MakeObject();
    if (!always_ && !body.Get("run_setup_tests").AsBool(true)) return {};
    Json request = destination;
    request.MergePatch(body);
    Json results = RunTests(SetupTests::Of::kDestination, call, request, destination, world);
    const bool was_connected = destination.Get("setup_status").AsString() != "incomplete";
    const char* failed = was_connected ? "broken" : "incomplete";
    destination.Set("setup_status", SetupTests::AllPassed(results) ? "connected" : failed);
    destination.Set("setup_tests", std::move(results));
    return {};
  }

  const bool always_;
};

}  // namespace

Made MakeKeepDestination(const Vendor& vendor, const Operation& operation,
                         SharedKnowledge& shared) {
  return MakeTesting<Destination>(vendor, operation, shared, false);
}

Made MakeTestDestination(const Vendor& vendor, const Operation& operation,
                         SharedKnowledge& shared) {
  return MakeTesting<Destination>(vendor, operation, shared, true);
}

}  // namespace mockduit::fivetran
