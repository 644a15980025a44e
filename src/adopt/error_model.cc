#include "adopt/error_model.h"

#include <algorithm>
#include <array>
#include <map>

#include "adopt/compose.h"
#include "adopt/media_samples.h"
#include "adopt/outcome_of_status.h"
#include "adopt/path_item.h"
#include "base/text.h"
#include "http/message.h"

namespace mockduit {
namespace {

// Members that say in words what went wrong, the likeliest first.
constexpr std::array<std::string_view, 9> kReasons = {"message",     "detail", "error_description",
                                                      "description", "msg",    "title",
                                                      "error",       "reason", "errorMessage"};

// How often each schema stands in a failure.
class Tally {
 public:
  explicit Tally(WholeDocument& document) : document_(document) {}

  void Take(const std::string& status, const Json& response) {
    const bool fails = status.starts_with('4') || status.starts_with('5') || status == "default";
    const Json* resolved = fails ? document_.Follow(response) : nullptr;
    const Json::Object* content =
        resolved != nullptr ? resolved->Get("content").IfObject() : nullptr;
    if (content == nullptr) return;
    for (const auto& [type, media] : *content) {
      const Json* schema = media.Find("schema");
      if (!IsJsonMedia(type) || schema == nullptr || !schema->IsObject()) continue;
      Entry& entry = entries_[schema->Dump()];
      entry.schema = schema;
      entry.type = type;
      ++entry.times;
      break;
    }
  }

  struct Entry {
    const Json* schema = nullptr;
    std::string type;
    std::size_t times = 0;
  };
  // The schema is nullptr where there is none.
  Entry Most() const {
    Entry most;
    for (const auto& [text, entry] : entries_) {
      if (entry.times > most.times) most = entry;
    }
    return most;
  }

 private:
  WholeDocument& document_;
  std::map<std::string, Entry> entries_;  // by the schema as text
};

void TakeAll(WholeDocument& document, Tally& tally) {
  const Json::Object* paths = document.root().Get("paths").IfObject();
  if (paths == nullptr) return;
  for (const auto& [path, item] : *paths) {
    for (const auto& [method, operation] : PathItemOf(item, document).Operations()) {
      const Json::Object* responses = operation->Get("responses").IfObject();
      if (responses == nullptr) continue;
      for (const auto& [status, response] : *responses) tally.Take(status, response);
    }
  }
}

}  // namespace

ErrorModel::ErrorModel(WholeDocument& document) {
  Tally tally(document);
  TakeAll(document, tally);
  const Tally::Entry most = tally.Most();
  if (most.schema != nullptr) {
    Composed composed = Compose(*most.schema, document);
    if (composed.value.IsObject() && composed.objection.empty()) {
      type_ = most.type;
      schema_ = document.ReferenceTo(*most.schema);
      value_ = std::move(composed.value);
      return;
    }
  }
  type_ = "application/problem+json";
}

std::string TellReason(Json& body, int status) {
  for (const char* name : {"code", "type", "error_code", "errorCode"}) {
    Json* member = body.Find(name);
    if (member != nullptr && member->AsString().starts_with("example ")) {
      *member = OutcomeOfStatus(status);
    }
  }
  for (const std::string_view name : kReasons) {
    Json* member = body.Find(name);
    if (member == nullptr || !member->AsString().starts_with("example ")) continue;
    *member = ReasonPhrase(status);
    return std::string(name);
  }
  // {"error": {"message": …}}
  Json::Object* members = body.IfObject();
  if (members == nullptr) return "";
  for (JsonMember& member : *members) {
    if (member.value.IsObject()) TellReason(member.value, status);
  }
  return "";
}

Json ErrorModel::AnswerOf(int status, const std::string& inferred) const {
  Json block = Json::MakeObject({{"status", status}, {"inferred", inferred}});
  Json body = value_;
  std::string reason;
  if (schema_.IsNull()) {
    body = Json::MakeObject(
        {{"type", "about:blank"}, {"title", ReasonPhrase(status)}, {"status", status}});
    reason = "detail";
  } else {
    reason = TellReason(body, status);
  }
  if (!reason.empty() && (status == 400 || status == 422)) {
    block.Set("natural", Json::MakeObject({{reason, "{{violations.text ?? omit}}"}}));
  }
  Json media = Json::MakeObject(
      {{"examples", Json::MakeObject({{"composed", ExampleOf(std::move(body), {})}})}});
  if (!schema_.IsNull()) media.Set("schema", schema_);
  return Json::MakeObject({{"description", ReasonPhrase(status)},
                           {"x-mockduit", std::move(block)},
                           {"content", Json::MakeObject({{type_, std::move(media)}})}});
}

}  // namespace mockduit
