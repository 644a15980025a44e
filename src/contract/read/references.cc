// Where a document refers to.
#include "contract/read/reading.h"

namespace mockduit {

void CheckReferences(ContractReading& reading) {
  const YamlDocument& document = reading.document();
  std::vector<std::string> path;  // the tokens that lead to where the walk is
  const auto place = [&] {
    std::string pointer;
    for (const std::string& token : path) pointer += "/" + PointerToken(token);
    return pointer + "/$ref";
  };
  const auto check = [&](const Json& ref) {
    const std::string& target = *ref.IfString();
    if (target.starts_with("#/") && document.root.At(target.substr(1)) != nullptr) return;
    // What has no place of its own is a copy.
    if (document.values.Find(place()) == nullptr) return;
    reading.Add(document.AtValue(place(), "$ref '" + target + "' leads nowhere"));
  };
  const auto walk = [&](const auto& self, const Json& json) -> void {
    if (const Json::Object* members = json.IfObject()) {
      const Json* ref = json.Find("$ref");
      if (ref != nullptr && ref->IsString()) check(*ref);
      for (const JsonMember& member : *members) {
        if (member.key == "value" || member.key == "default") continue;  // data
        path.push_back(member.key);
        self(self, member.value);
        path.pop_back();
      }
    }
    if (const Json::Array* items = json.IfArray()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        path.push_back(std::to_string(i));
        self(self, (*items)[i]);
        path.pop_back();
      }
    }
  };
  walk(walk, document.root);
}

}  // namespace mockduit
