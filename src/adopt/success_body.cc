#include "adopt/success_body.h"

#include <algorithm>

#include "adopt/compose.h"
#include "adopt/media_samples.h"
#include "adopt/outcome_of_status.h"
#include "base/text.h"

namespace mockduit {

std::optional<Success> SuccessOf(std::string_view method, const Json& operation,
                                 WholeDocument& document) {
  const Json::Object* responses = operation.Get("responses").IfObject();
  if (responses == nullptr) return std::nullopt;
  const JsonMember* first = nullptr;
  for (const JsonMember& response : *responses) {
    if (response.key.starts_with('2') && (first == nullptr || response.key < first->key)) {
      first = &response;
    }
  }
  if (first == nullptr) return std::nullopt;
  const bool is_range = LowerCase(first->key) == "2xx";
  Success success{is_range ? std::to_string(UsualSuccess(method)) : first->key, nullptr, {}};
  const Json* response = document.Follow(first->value);
  const Json::Object* content = response != nullptr ? response->Get("content").IfObject() : nullptr;
  if (content == nullptr) return success;
  for (const auto& [type, media] : *content) {
    const Json* schema = media.Find("schema");
    if (!IsJsonMedia(type) || schema == nullptr) continue;
    success.schema = schema;
    success.sample = Compose(*schema, document).value;
    success.examples = SamplesOf(type, media, {}, document).media.Get("examples");
    return success;
  }
  return success;
}

std::optional<std::string> PlaceOf(const Json& sample, std::string_view member) {
  if (sample.Find(member) != nullptr) return "";
  const Json::Object* members = sample.IfObject();
  if (members == nullptr) return std::nullopt;
  for (const auto& [key, value] : *members) {
    if (value.IsObject() && value.Find(member) != nullptr) return "/" + PointerToken(key);
  }
  return std::nullopt;
}

bool HasIn(const Success& success, const std::string& place) {
  const Json::Object* examples = success.examples.IfObject();
  return examples != nullptr && std::ranges::all_of(*examples, [&](const JsonMember& example) {
           return example.value.Get("value").At(place) != nullptr;
         });
}

}  // namespace mockduit
