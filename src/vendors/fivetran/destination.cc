// Destinations: what their config may say, and the setup tests that they run when they are made,
// changed or tested.
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/testing.h"

namespace mockduit::fivetran {
namespace {

class Destination : public TestingBehaviour {
 public:
  using TestingBehaviour::TestingBehaviour;

 protected:
  void RunSetupTests(const Call& call, Json& destination, World& world) const {
    const Json request = call.body() != nullptr ? *call.body() : Json::MakeObject();
    Json results = RunTests(SetupTests::Of::kDestination, call, request, destination, world);
    const bool was_connected = destination.Get("setup_status").AsString() != "incomplete";
    const char* failed = was_connected ? "broken" : "incomplete";
    destination.Set("setup_status", SetupTests::AllPassed(results) ? "connected" : failed);
    destination.Set("setup_tests", std::move(results));
  }
};

class KeepDestination : public Destination {
 public:
  KeepDestination(Declared declared, std::shared_ptr<const Knowledge> knowledge,
                  OutcomeChoice invalid_config)
      : Destination(std::move(declared), std::move(knowledge)), invalid_config_(invalid_config) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& destination) const override {
    const std::string service(destination.Get("service").AsString());
    if (!types().AllowsDestination(service, call.body()->Get("config"))) {
      return std::unexpected(Failure{invalid_config_});
    }
    if (call.body()->Get("run_setup_tests").AsBool(true)) RunSetupTests(call, destination, world);
    return {};
  }

  const OutcomeChoice invalid_config_;
};

class TestDestination : public Destination {
 public:
  using Destination::Destination;

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& destination) const override {
    RunSetupTests(call, destination, world);
    return {};
  }
};

}  // namespace

Made MakeKeepDestination(const Vendor& vendor, const Operation& operation,
                         SharedKnowledge& shared) {
  const auto invalid_config = OutcomeChoice::Find(operation, {"bad_request", "invalid_config"});
  if (!invalid_config) return std::unexpected(invalid_config.error());
  return MakeTesting<KeepDestination>(vendor, operation, shared, *invalid_config);
}

Made MakeTestDestination(const Vendor& vendor, const Operation& operation,
                         SharedKnowledge& shared) {
  return MakeTesting<TestDestination>(vendor, operation, shared);
}

}  // namespace mockduit::fivetran
