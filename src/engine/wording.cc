#include "engine/wording.h"

#include <algorithm>

#include "base/text.h"

namespace mockduit {
namespace {

std::string Dotted(const Violation& violation) {
  std::string path;
  for (std::size_t i = 1; i < violation.path.size(); ++i) {
    if (!path.empty()) path += '.';
    path += violation.path[i];
  }
  return path;
}

// `words` with {field}, {path}, {place}, {limit}, {value} and {reason} replaced.
std::string Fill(std::string_view words, const Violation& violation) {
  std::string text;
  while (!words.empty()) {
    const std::size_t open = std::min(words.find('{'), words.size());
    text += words.substr(0, open);
    words.remove_prefix(open);
    const std::size_t close = words.find('}');
    if (close == std::string_view::npos) break;
    const std::string_view name = words.substr(1, close - 1);
    if (name == "field") {
      text += violation.path.back();
    } else if (name == "path") {
      // The place as a whole has none, and no dot behind it.
      const std::string path = Dotted(violation);
      if (path.empty() && text.ends_with('.')) text.pop_back();
      text += path;
    } else if (name == "place") {
      text += violation.path.front();
    } else if (name == "limit") {
      text += violation.limit;
    } else if (name == "value") {
      text += violation.value;
    } else if (name == "reason") {
      text += violation.reason;
    } else {
      text += words.substr(0, close + 1);
    }
    words.remove_prefix(close + 1);
  }
  return text + std::string(words);
}

std::string WordsFor(const Violation& violation, const Wording& wording) {
  if (!violation.message.empty()) return Fill(violation.message, violation);
  const std::string exact = violation.keyword + "." + violation.limit;
  const std::string exacter = exact + "." + std::string(violation.got);
  for (const std::string_view key :
       {std::string_view(exacter), std::string_view(exact), std::string_view(violation.keyword),
        std::string_view("default")}) {
    if (const Json* words = wording.messages.Find(key)) return Fill(words->AsString(), violation);
  }
  return violation.path.back() + " violates " + violation.keyword;
}

// "body.name"; the whole body is just "body".
std::string LocationOf(const Violation& violation, const Wording& wording) {
  if (violation.path.size() < 2) return violation.path.front();
  return Fill(wording.location, violation);
}

}  // namespace

std::string ViolationsText(const Call& call) {
  std::vector<std::string> sentences;  // each once
  for (const Violation& violation : call.violations) {
    std::string words = WordsFor(violation, call.operation().wording());
    if (std::ranges::find(sentences, words) == sentences.end())
      sentences.push_back(std::move(words));
  }
  return Join(sentences, "; ");
}

Json ViolationsFields(const Call& call) {
  if (call.violations.empty()) return {};
  Json fields = Json::MakeArray();
  for (const Violation& violation : call.violations) {
    fields.Append(
        Json::MakeObject({{"field_id", Dotted(violation)},
                          {"error_code", WordsFor(violation, call.operation().wording())}}));
  }
  return fields;
}

Json ViolationsErrors(const Call& call) {
  if (call.violations.empty()) return {};
  Json errors = Json::MakeArray();
  for (const Violation& violation : call.violations) {
    errors.Append(Json::MakeObject({{LocationOf(violation, call.operation().wording()),
                                     WordsFor(violation, call.operation().wording())}}));
  }
  return errors;
}

}  // namespace mockduit
