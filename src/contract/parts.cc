#include "contract/parts.h"

#include <algorithm>
#include <array>

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"get",   "put",     "post", "delete",
                                                      "patch", "options", "head"};

}  // namespace

void SpreadAnswers(Json& document) {
  const Json answers = document.Get("x-mockduit").Get("answers");
  Json* paths = document.Find("paths");
  if (!answers.IsObject() || paths == nullptr || !paths->IsObject()) return;
  for (JsonMember& path : *paths->IfObject()) {
    if (!path.value.IsObject()) continue;
    for (JsonMember& method : *path.value.IfObject()) {
      if (std::ranges::find(kMethods, method.key) == kMethods.end()) continue;
      Json* responses = method.value.Find("responses");
      if (responses == nullptr || !responses->IsObject()) continue;
      for (const auto& [status, answer] : *answers.IfObject()) {
        if (responses->Find(status) == nullptr) responses->Set(status, answer);
      }
    }
  }
}

std::string PartOf(const Json& document) {
  return std::string(document.Get("x-mockduit").Get("part_of").AsString());
}

}  // namespace mockduit
