#include "vendors/fivetran/knowledge.h"

#include <algorithm>
#include <array>
#include <optional>

namespace mockduit::fivetran {

Result<Knowledge> Knowledge::Compile(const Vendor& vendor) {
  const YamlDocument* services = vendor.FindDocument("services");
  const YamlDocument* tests = vendor.FindDocument("setup_tests");
  if (services == nullptr || tests == nullptr) {
    return Fail("it needs services.yaml and setup_tests.yaml");
  }
  auto compiled_services = Services::Compile(*services);
  if (!compiled_services) return Fail(compiled_services.error().front().Text());
  auto compiled_tests = SetupTests::Compile(*tests);
  if (!compiled_tests) return Fail(compiled_tests.error().front().Text());
  Types types;
  if (const YamlDocument* document = vendor.FindDocument("connector_types")) {
    auto compiled_types = Types::Compile(*document);
    if (!compiled_types) return Fail(compiled_types.error().front().Text());
    types = std::move(*compiled_types);
  }
  return Knowledge{std::move(*compiled_services), std::move(*compiled_tests), std::move(types)};
}

Result<std::shared_ptr<const Knowledge>> SharedKnowledge::Of(const Vendor& vendor) {
  const MutexLock lock(mutex_);
  const YamlDocument* services = vendor.FindDocument("services");
  const YamlDocument* tests = vendor.FindDocument("setup_tests");
  const YamlDocument* types = vendor.FindDocument("connector_types");
  const auto types_source = types != nullptr ? types->source : nullptr;
  const bool is_known = knowledge_ != nullptr && services != nullptr && tests != nullptr &&
                        services_ == services->source && setup_tests_ == tests->source &&
                        types_ == types_source;
  if (is_known) return knowledge_;
  auto compiled = Knowledge::Compile(vendor);
  if (!compiled) return std::unexpected(compiled.error());
  services_ = services->source;
  setup_tests_ = tests->source;
  types_ = types_source;
  knowledge_ = std::make_shared<const Knowledge>(std::move(*compiled));
  return knowledge_;
}

namespace {

// The operations whose bodies setup tests look at, by their behaviours.
constexpr std::array<std::string_view, 6> kTesting = {
    "fivetran.create_connection",  "fivetran.modify_connection",  "fivetran.run_setup_tests",
    "fivetran.create_destination", "fivetran.modify_destination", "fivetran.test_destination"};

// What setup_tests.yaml may speak of.
SetupTests::Known KnownOf(const Vendor& vendor, const Services& services) {
  std::optional<Shape> request;
  for (const auto& contract : vendor.editions) {
    for (const auto& operation : contract->operations) {
      const bool tests = std::ranges::find(kTesting, operation->behaviour()) != kTesting.end();
      if (!tests || operation->body() == nullptr) continue;
      const Shape members = operation->body()->Members();
      request = request ? request->Or(members) : members;
    }
  }
  return {services.Names(), request.value_or(Shape())};
}

}  // namespace

// The behaviours that need a file report that it is missing.
std::vector<Problem> CheckData(const Vendor& vendor) {
  std::vector<Problem> problems;
  const auto take = [&](const auto& compiled) {
    if (!compiled)
      problems.insert(problems.end(), compiled.error().begin(), compiled.error().end());
  };
  std::optional<SetupTests::Known> known;
  if (const YamlDocument* document = vendor.FindDocument("services")) {
    const auto services = Services::Compile(*document);
    take(services);
    if (services) known = KnownOf(vendor, *services);
  }
  if (const YamlDocument* tests = vendor.FindDocument("setup_tests")) {
    take(SetupTests::Compile(*tests, known));
  }
  if (const YamlDocument* types = vendor.FindDocument("connector_types")) {
    take(Types::Compile(*types));
  }
  return problems;
}

}  // namespace mockduit::fivetran
