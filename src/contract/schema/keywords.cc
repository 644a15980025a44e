#include "contract/schema/keywords.h"

#include <array>
#include <unordered_map>

namespace mockduit {
namespace {

// These say nothing about which values are good.
constexpr std::array<SchemaKeyword, 22> kNoteKeywords = {{
    {"title", nullptr},
    {"description", nullptr},
    {"summary", nullptr},
    {"example", nullptr},
    {"examples", nullptr},
    {"default", nullptr},
    {"xml", nullptr},
    {"externalDocs", nullptr},
    {"contentEncoding", nullptr},
    {"contentMediaType", nullptr},
    {"contentSchema", nullptr, SchemaIn::kValue},
    {"$defs", nullptr, SchemaIn::kMap},
    {"definitions", nullptr, SchemaIn::kMap},
    {"$id", nullptr},
    {"$schema", nullptr},
    {"$anchor", nullptr},
    {"$dynamicAnchor", nullptr},
    {"$recursiveAnchor", nullptr},
    {"$vocabulary", nullptr},
    {"$comment", nullptr},
    {"then", nullptr, SchemaIn::kValue},  // read with "if"
    {"else", nullptr, SchemaIn::kValue},
}};

const std::unordered_map<std::string_view, SchemaKeyword>& KnownKeywords() {
  static const auto kKnown = [] {
    std::unordered_map<std::string_view, SchemaKeyword> known;
    for (const auto& keywords : {ValueKeywords(), ArrayKeywords(), ObjectKeywords(),
                                 JointKeywords(), std::span<const SchemaKeyword>(kNoteKeywords)}) {
      for (const SchemaKeyword& keyword : keywords) known.emplace(keyword.name, keyword);
    }
    return known;
  }();
  return kKnown;
}

}  // namespace

const SchemaKeyword* FindSchemaKeyword(std::string_view name) {
  const auto found = KnownKeywords().find(name);
  return found != KnownKeywords().end() ? &found->second : nullptr;
}

std::vector<std::string> SchemaKeywordNames() {
  std::vector<std::string> names;
  for (const auto& [name, keyword] : KnownKeywords()) names.emplace_back(name);
  return names;
}

bool KeywordRead::Must(bool good, std::string_view what) const {
  if (!good) compiler.Wrong(member.value, "'" + member.key + "' must be " + std::string(what));
  return good;
}

bool KeywordRead::MustNotBeEmpty() const {
  const Json::Array* items = value().IfArray();
  return Must(items == nullptr || !items->empty(), "a list with something in it");
}

bool IsOfTypeAlone(std::string_view type, const Json& schema) {
  const Json& types = schema.Get("type");
  const Json::Array* list = types.IfArray();
  return list != nullptr ? list->size() == 1 && list->front() == Json(type) : types == Json(type);
}

void ReadTexts(const KeywordRead& in, std::vector<std::string>& into) {
  if (!in.Must(in.value().IsArray(), "a list of texts")) return;
  for (const Json& item : *in.value().IfArray()) {
    if (item.IsString()) {
      into.emplace_back(item.AsString());
    } else {
      in.compiler.Wrong(item, "each of '" + in.member.key + "' must be text");
    }
  }
}

void ReadSize(const KeywordRead& in, std::optional<std::size_t>& into) {
  const bool good = in.value().IsInteger() && in.value().AsNumber() >= 0;
  if (!in.Must(good, "a whole number from 0 on")) return;
  if (!in.Must(in.value().AsNumber() <= kMaxSchemaSize, "at most 1000000000000")) return;
  into = static_cast<std::size_t>(in.value().AsInteger());
}

}  // namespace mockduit
