#include "engine/own_answers.h"

#include "base/text.h"

namespace mockduit {

Response ProblemAnswer(int status, std::string_view title, std::string_view detail,
                       Json::Object more) {
  Json problem = Json::MakeObject({{"type", "about:blank"},
                                   {"title", std::string(title)},
                                   {"status", status},
                                   {"detail", ValidUtf8(detail)}});
  for (JsonMember& member : more) problem.Set(member.key, std::move(member.value));
  return {status, {{"Content-Type", "application/problem+json"}}, problem.DumpPretty() + "\n"};
}

Response JsonAnswer(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, body.DumpPretty() + "\n"};
}

}  // namespace mockduit
