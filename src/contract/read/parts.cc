#include "contract/read/parts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "contract/contract.h"

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 8> kMethods = {"get",   "put",     "post", "delete",
                                                      "patch", "options", "head", "trace"};

// By its status among the failures; the successes stay in front, in the order they are in.
void Insert(Json::Object& responses, const JsonMember& answer) {
  const auto later = std::ranges::find_if(responses, [&](const JsonMember& response) {
    return response.key > answer.key && !response.key.starts_with('2');
  });
  responses.insert(later, answer);
}

// "create_box" as "createBox".
std::string CamelCase(std::string_view name) {
  std::string camel;
  bool upper = false;
  for (const char c : name) {
    if (c != '_') camel += upper ? UpperCase({c}) : std::string(1, c);
    upper = c == '_';
  }
  return camel;
}

// The outcome that a status alone stands for; "" where there is none.
std::string_view OutcomeOf(const std::string& status) {
  if (status.starts_with('2')) return "success";
  for (const OutcomeName& outcome : kOutcomeNames) {
    if (std::to_string(outcome.status) == status) return outcome.name;
  }
  return "";
}

// The answers of one file.
class Spreader {
 public:
  Spreader(const Json& own_block, const Json& vendor_block)
      : vendor_(vendor_block),
        document_(own_block.Find("document") != nullptr ? own_block.Get("document")
                                                        : vendor_block.Get("document")) {}

  void Answer(Json& answer, const std::string& operation, const std::string& status) const {
    if (!answer.IsObject() || answer.Find("$ref") != nullptr) return;
    Json block = answer.Get("x-mockduit");
    if (!block.IsObject() && !block.IsNull()) return;
    const std::string_view outcome = OutcomeOf(status);
    if (block.Find("outcome") == nullptr && !outcome.empty()) block.Set("outcome", outcome);
    const auto made = [&](std::string pattern) {
      return SourceOf(std::move(pattern), operation, status);
    };
    AddSource(block, document_, made);
    if (!block.IsNull()) answer.Set("x-mockduit", std::move(block));
    Headers(answer);
    EachExample(answer, [&](Json& own) { AddSource(own, {}, made); });
  }

  // Several operations may have this one: what its document makes of each is known once they are
  // read.
  void Shared(Json& answer) const {
    if (!answer.IsObject()) return;
    const auto pattern_itself = [](std::string pattern) { return pattern; };
    if (Json* block = answer.Find("x-mockduit")) AddSource(*block, {}, pattern_itself);
    Headers(answer);
    EachExample(answer, [&](Json& own) { AddSource(own, {}, pattern_itself); });
  }

  // Those of the class of its outcome, where it lists none.
  void Headers(Json& answer) const {
    if (!answer.IsObject() || answer.Find("headers") != nullptr) return;
    const std::string_view outcome = answer.Get("x-mockduit").Get("outcome").AsString();
    const Json& headers = vendor_.Get("headers").Get(outcome == "success" ? "success" : "failure");
    if (!outcome.empty() && headers.IsObject()) answer.Set("headers", headers);
  }

 private:
  // Calls `visit` with the block of each example that has one.
  template <class Visit>
  static void EachExample(Json& answer, Visit visit) {
    Json* content = answer.Find("content");
    if (content == nullptr || !content->IsObject()) return;
    for (JsonMember& media : *content->IfObject()) {
      Json* examples = media.value.Find("examples");
      if (examples == nullptr || !examples->IsObject()) continue;
      for (JsonMember& example : *examples->IfObject()) {
        if (Json* own = example.value.Find("x-mockduit")) visit(*own);
      }
    }
  }

  // `made` gives the source that a pattern makes.
  template <class Made>
  void AddSource(Json& block, const Json& by_default, Made made) const {
    if (!block.IsObject() && !block.IsNull()) return;
    if (block.Find("source") != nullptr || block.Find("inferred") != nullptr) return;
    const Json* named = block.Find("document");
    const Json& pattern =
        vendor_.Get("documents").Get((named != nullptr ? *named : by_default).AsString());
    if (!pattern.IsString()) return;
    std::string source = made(std::string(pattern.AsString()));
    if (const Json* besides = block.Find("besides"); besides != nullptr && besides->IsString()) {
      source.append("; ").append(besides->AsString());
      block.Remove("besides");
    }
    block.Set("source", std::move(source));
  }

  const Json& vendor_;
  const Json& document_;
};

// Calls `visit` with each operation of a document.
template <class Visit>
void EachOperation(Json& document, Visit visit) {
  Json* paths = document.Find("paths");
  if (paths == nullptr || !paths->IsObject()) return;
  for (JsonMember& path : *paths->IfObject()) {
    if (!path.value.IsObject()) continue;
    for (JsonMember& method : *path.value.IfObject()) {
      if (IsMethod(method.key) && method.value.IsObject()) visit(method.value);
    }
  }
}

}  // namespace

std::string SourceOf(std::string pattern, const std::string& operation, const std::string& status) {
  const std::pair<std::string_view, std::string> words[] = {
      {"{operation}", operation},
      {"{camel_operation}", CamelCase(operation)},
      {"{status}", status}};
  for (const auto& [word, value] : words) {
    const std::size_t at = pattern.find(word);
    if (at != std::string::npos) pattern.replace(at, word.size(), value);
  }
  return pattern;
}

std::vector<std::string> DocumentWords() { return {"operation", "camel_operation", "status"}; }

void SpreadDefaults(Json& document, const Json& vendor_block) {
  const Json block = document.Get("x-mockduit");
  const Json& answers = block.Get("answers");
  const Spreader spreader(block, vendor_block);
  EachOperation(document, [&](Json& operation) {
    Json* responses = operation.Find("responses");
    if (responses == nullptr || !responses->IsObject()) return;
    const std::string id(operation.Get("operationId").AsString());
    for (JsonMember& response : *responses->IfObject()) {
      spreader.Answer(response.value, id, response.key);
    }
    if (!answers.IsObject()) return;
    for (const JsonMember& answer : *answers.IfObject()) {
      if (responses->Find(answer.key) == nullptr) Insert(*responses->IfObject(), answer);
    }
  });
  Json* components = document.Find("components");
  Json* shared = components != nullptr ? components->Find("responses") : nullptr;
  if (shared == nullptr || !shared->IsObject()) return;
  for (JsonMember& response : *shared->IfObject()) spreader.Shared(response.value);
}

bool IsMethod(std::string_view key) { return std::ranges::find(kMethods, key) != kMethods.end(); }

std::string PartOf(const Json& document) {
  return std::string(document.Get("x-mockduit").Get("part_of").AsString());
}

}  // namespace mockduit
