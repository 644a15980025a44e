#include "session/state_version.h"

namespace mockduit {
namespace {

constexpr const char* kKey = "mockduit_state";

}  // namespace

Json WithStateVersion(Json state) {
  if (Json::Object* members = state.IfObject()) {
    members->insert(members->begin(), {kKey, kStateVersion});
  }
  return state;
}

Result<void> CheckStateVersion(const Json& state) {
  const std::string key = "'" + std::string(kKey) + "'";
  const Json* version = state.Find(kKey);
  if (version == nullptr) return Fail("this is not a state file of mockduit: it has no " + key);
  const std::int64_t number = version->AsInteger();
  if (!version->IsInteger() || number < 1)
    return Fail(key + " is " + version->Dump() + ", which is not a version");
  if (number > kStateVersion) {
    return Fail("it has version " + std::to_string(number) +
                " of the format, from a newer mockduit; this one reads up to version " +
                std::to_string(kStateVersion));
  }
  return {};
}

}  // namespace mockduit
