#include "contract/read/misspelt_refs.h"

#include <algorithm>
#include <array>

#include "base/suggest.h"

namespace mockduit {
namespace {

// What stands below these is data, in which a member may have any name.
constexpr std::array<std::string_view, 3> kData = {"value", "default", "example"};

bool IsMeantAsReference(const JsonMember& member) {
  return member.key != "$ref" && member.value.AsString().starts_with("#/") &&
         !Nearest(member.key, {"$ref"}).empty();
}

class Repair {
 public:
  explicit Repair(YamlDocument& document) : document_(document) {}

  std::vector<Problem> problems;

  void Walk(Json& json, const std::string& pointer) {
    if (Json::Array* items = json.IfArray()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        Walk((*items)[i], pointer + "/" + std::to_string(i));
      }
    }
    Json::Object* members = json.IfObject();
    if (members == nullptr) return;
    const bool refers = json.Find("$ref") != nullptr;
    for (JsonMember& member : *members) {
      if (std::ranges::find(kData, member.key) != kData.end()) continue;
      if (!refers && IsMeantAsReference(member)) {
        Rename(member, pointer);
      } else {
        Walk(member.value, pointer + "/" + PointerToken(member.key));
      }
    }
  }

 private:
  void Rename(JsonMember& member, const std::string& above) {
    const std::string old = above + "/" + PointerToken(member.key);
    const std::string fresh = above + "/$ref";
    // What has no place of its own is a copy.
    if (const Position* key = document_.keys.Find(old)) {
      problems.push_back(document_.AtKey(
          old, "'" + member.key + "' is no key that refers to something; did you mean '$ref'?"));
      const Position at_key = *key;
      document_.keys.Add(fresh, at_key);
    }
    if (const Position* value = document_.values.Find(old)) {
      const Position at_value = *value;
      document_.values.Add(fresh, at_value);
    }
    member.key = "$ref";
  }

  YamlDocument& document_;
};

}  // namespace

std::vector<Problem> RepairReferences(YamlDocument& document) {
  Repair repair(document);
  repair.Walk(document.root, "");
  return std::move(repair.problems);
}

}  // namespace mockduit
