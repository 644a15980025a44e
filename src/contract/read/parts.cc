#include "contract/read/parts.h"

#include <algorithm>
#include <array>

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"get",   "put",     "post", "delete",
                                                      "patch", "options", "head"};

// By its status among the failures; the successes stay in front, in the order they are in.
void Insert(Json::Object& responses, const JsonMember& answer) {
  const auto later = std::ranges::find_if(responses, [&](const JsonMember& response) {
    return response.key > answer.key && !response.key.starts_with('2');
  });
  responses.insert(later, answer);
}

}  // namespace

void SpreadAnswers(Json& document) {
  const Json answers = document.Get("x-mockduit").Get("answers");
  Json* paths = document.Find("paths");
  if (!answers.IsObject() || paths == nullptr || !paths->IsObject()) return;
  for (JsonMember& path : *paths->IfObject()) {
    if (!path.value.IsObject()) continue;
    for (JsonMember& method : *path.value.IfObject()) {
      if (!IsMethod(method.key)) continue;
      Json* responses = method.value.Find("responses");
      if (responses == nullptr || !responses->IsObject()) continue;
      for (const JsonMember& answer : *answers.IfObject()) {
        if (responses->Find(answer.key) == nullptr) Insert(*responses->IfObject(), answer);
      }
    }
  }
}

bool IsMethod(std::string_view key) { return std::ranges::find(kMethods, key) != kMethods.end(); }

std::string PartOf(const Json& document) {
  return std::string(document.Get("x-mockduit").Get("part_of").AsString());
}

}  // namespace mockduit
