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
  if (!version->IsInteger() || Json::Compare(*version, 1) < 0)
    return Fail(key + " is " + version->Dump() + ", which is not a version");
  if (Json::Compare(*version, kStateVersion) > 0) {
    return Fail("it has version " + version->Dump() +
                " of the format, from a newer mockduit; this one reads up to version " +
                std::to_string(kStateVersion));
  }
  return {};
}

}  // namespace mockduit
