// Where a document refers to.
#include "contract/read/reading.h"
#include "contract/reference.h"

namespace mockduit {

void CheckReferences(ContractReading& reading) {
  const YamlDocument& document = reading.document();
  std::vector<std::string> path;  // the tokens that lead to where the walk is
  const auto place = [&](std::string_view key) {
    std::string pointer;
    for (const std::string& token : path) pointer += "/" + PointerToken(token);
    return pointer + "/" + PointerToken(key);
  };
  const auto check = [&](const Json& ref) {
    auto why = WhyNowhere(ref, document.root);
    // What has no place of its own is a copy.
    if (!why || document.values.Find(place("$ref")) == nullptr) return;
    reading.Add(document.AtValue(place("$ref"), *std::move(why)));
  };
  const auto walk = [&](const auto& self, const Json& json) -> void {
    if (const Json::Object* members = json.IfObject()) {
      const Json* ref = json.Find("$ref");
      const bool are_properties = !path.empty() && path.back() == "properties";
      if (ref != nullptr && !are_properties) check(*ref);
      if (json.Find("<<") != nullptr && document.keys.Find(place("<<")) != nullptr) {
        reading.Add(
            document.AtKey(place("<<"), "the merge key '<<' is not read; write the members out"));
      }
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
