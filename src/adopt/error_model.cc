#include "adopt/error_model.h"

#include <map>
#include <utility>

#include "adopt/compose.h"
#include "adopt/media_samples.h"
#include "adopt/path_item.h"
#include "base/text.h"
#include "http/message.h"

namespace mockduit {
namespace {

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

ErrorModel::ErrorModel(WholeDocument& document)
    : document_(document), type_("application/problem+json") {
  Tally tally(document);
  TakeAll(document, tally);
  const Tally::Entry most = tally.Most();
  if (most.schema == nullptr) return;
  Composed composed = Compose(*most.schema, document);
  if (!composed.value.IsObject() || !composed.objection.empty()) return;
  type_ = most.type;
  schema_ = most.schema;
  composed_ = std::move(composed);
}

const ToldFailure& ErrorModel::ToldOf(int status) {
  const auto known = told_.find(status);
  if (known != told_.end()) return known->second;
  ToldFailure told;
  if (schema_ != nullptr) {
    told = TellFailure(composed_, *schema_, status, document_);
  } else {
    told.value = Json::MakeObject(
        {{"type", "about:blank"}, {"title", ReasonPhrase(status)}, {"status", status}});
    told.natural = NaturalAt("/detail", status);
  }
  return told_.emplace(status, std::move(told)).first->second;
}

Json ErrorModel::AnswerOf(int status, const std::string& inferred) {
  const ToldFailure& told = ToldOf(status);
  Json block = Json::MakeObject({{"status", status}, {"inferred", inferred}});
  if (!told.natural.IsNull()) block.Set("natural", told.natural);
  Json media = Json::MakeObject(
      {{"examples", Json::MakeObject({{"composed", ExampleOf(told.value, told.fill)}})}});
  if (schema_ != nullptr) media.Set("schema", document_.ReferenceTo(*schema_));
  return Json::MakeObject({{"description", ReasonPhrase(status)},
                           {"x-mockduit", std::move(block)},
                           {"content", Json::MakeObject({{type_, std::move(media)}})}});
}

}  // namespace mockduit
