#include "contract/wording.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "contract/formats.h"

namespace mockduit {
namespace {

const std::vector<std::string>& Holes() {
  static const std::vector<std::string> kHoles = {"place", "path",  "field",
                                                  "limit", "value", "reason"};
  return kHoles;
}

// What rules can be broken: keywords of schemas, and what a body can be besides bad by its schema.
std::vector<std::string> Keywords(bool of_vendor) {
  std::vector<std::string> keywords = {"required",
                                       "type",
                                       "enum",
                                       "minLength",
                                       "maxLength",
                                       "pattern",
                                       "format",
                                       "minimum",
                                       "maximum",
                                       "minItems",
                                       "maxItems",
                                       "additionalProperties",
                                       "exclusiveMinimum",
                                       "multipleOf",
                                       "uniqueItems",
                                       "exclusiveMaximum",
                                       "contains",
                                       "minProperties",
                                       "maxProperties",
                                       "maxContains",
                                       "anyOf",
                                       "oneOf",
                                       "not",
                                       "const",
                                       "discriminator",
                                       "items",
                                       "prefixItems",
                                       "properties",
                                       "patternProperties",
                                       "propertyNames",
                                       "unevaluatedItems",
                                       "unevaluatedProperties",
                                       "false"};
  if (of_vendor)
    keywords.insert(keywords.end(),
                    {"json", "object", "form", "empty", "media_type", "contentType", "default"});
  return keywords;
}

// The types of JSON, of which a rule "type.integer.string" names the one that is wanted and the one
// that came.
const std::vector<std::string>& Types() {
  static const std::vector<std::string> kTypes = {"string", "integer", "number", "boolean",
                                                  "object", "array",   "null"};
  return kTypes;
}

// What is wrong with a rule such as "type.integer", or "".
std::string MistakeInRule(std::string_view rule, const std::vector<std::string>& keywords) {
  const std::string keyword(TakeUntil(rule, "."));
  if (std::ranges::find(keywords, keyword) == keywords.end()) {
    return "'" + keyword + "' is no rule that can be broken" + DidYouMean(keyword, keywords);
  }
  while (keyword == "type" && !rule.empty()) {
    const std::string_view type = TakeUntil(rule, ".");
    if (std::ranges::find(Types(), type) != Types().end()) continue;
    return "'" + std::string(type) + "' is no type" + DidYouMean(type, Types());
  }
  if (keyword == "format" && !rule.empty()) {
    const std::string advice = AdviceOnFormat(rule);
    if (!advice.empty()) return "'" + std::string(rule) + "' is no format that is held" + advice;
  }
  return "";
}

bool LooksLikeName(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

}  // namespace

std::vector<WordingMistake> CheckWords(const Json& text) {
  std::vector<WordingMistake> mistakes;
  if (!text.IsString()) return {{&text, false, "words must be text"}};
  std::string_view rest = text.AsString();
  while (true) {
    const std::size_t open = rest.find('{');
    if (open == std::string_view::npos) return mistakes;
    rest.remove_prefix(open + 1);
    const std::string_view hole = rest.substr(0, rest.find('}'));
    const bool known = std::ranges::find(Holes(), hole) != Holes().end();
    if (known || !LooksLikeName(hole)) continue;
    const std::string advice = DidYouMean(hole, Holes());
    mistakes.push_back({&text, false,
                        "'{" + std::string(hole) + "}' is nothing that words know" +
                            (advice.empty() ? "; there is " + OrList(Holes()) : advice)});
  }
}

std::vector<WordingMistake> CheckMessages(const Json& messages, bool of_vendor) {
  std::vector<WordingMistake> mistakes;
  const Json::Object* members = messages.IfObject();
  if (members == nullptr) return {{&messages, false, "messages must be a map"}};
  const std::vector<std::string> keywords = Keywords(of_vendor);
  for (const JsonMember& member : *members) {
    const std::string mistake = MistakeInRule(member.key, keywords);
    if (!mistake.empty()) mistakes.push_back({&member.value, true, mistake});
    const auto wrong = CheckWords(member.value);
    mistakes.insert(mistakes.end(), wrong.begin(), wrong.end());
  }
  return mistakes;
}

}  // namespace mockduit
