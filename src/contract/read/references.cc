// Where a document refers to.
#include "contract/read/reading.h"

namespace mockduit {

void CheckReferences(ContractReading& reading) {
  const YamlDocument& document = reading.document();
  std::string pointer;
  const auto walk = [&](const auto& self, const Json& json) -> void {
    const std::size_t length = pointer.size();
    if (const Json::Object* members = json.IfObject()) {
      if (const Json* ref = json.Find("$ref"); ref != nullptr && ref->IsString()) {
        const std::string target(ref->AsString());
        const bool leads_somewhere =
            target.starts_with("#/") && document.root.At(target.substr(1)) != nullptr;
        // What has no place of its own is a copy.
        if (!leads_somewhere && document.values.contains(pointer + "/$ref")) {
          reading.Add(document.AtValue(pointer + "/$ref", "$ref '" + target + "' leads nowhere"));
        }
      }
      for (const JsonMember& member : *members) {
        if (member.key == "value" || member.key == "default") continue;  // data
        pointer += "/" + PointerToken(member.key);
        self(self, member.value);
        pointer.resize(length);
      }
    }
    if (const Json::Array* items = json.IfArray()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        pointer += "/" + std::to_string(i);
        self(self, (*items)[i]);
        pointer.resize(length);
      }
    }
  };
  walk(walk, document.root);
}

}  // namespace mockduit
