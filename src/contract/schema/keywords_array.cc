// Keywords about lists.
#include <array>

#include "contract/schema/keywords.h"

namespace mockduit {
namespace {

void ReadPrefix(const KeywordRead& in) {
  if (!in.Must(in.value().IsArray(), "a list")) return;
  for (const Json& item : *in.value().IfArray()) {
    Made(in.node.array).prefix_items.push_back(in.compiler.Below(item));
  }
}

// Until draft 2019-09 a list of schemas was a prefix, and the rest were additional items.
void ReadItems(const KeywordRead& in) {
  if (in.value().IsArray()) {
    const bool is_2020 = in.compiler.rules().dialect == SchemaRules::Dialect::k2020;
    if (is_2020) {
      in.compiler.Wrong(in.value(), "'items' must be a schema; a list of them is 'prefixItems'");
    }
    return ReadPrefix(in);
  }
  const SchemaNode* items = in.compiler.Below(in.value());
  Made(in.node.array).items = items;
  if (in.whole.Get("minItems").AsNumber() >= 1 && IsOfTypeAlone("array", in.whole)) {
    in.compiler.Demand(in.node, items, in.value());
  }
}

void ReadAdditionalItems(const KeywordRead& in) {
  const SchemaNode* items = in.compiler.Below(in.value());
  if (in.whole.Get("items").IsArray()) Made(in.node.array).items = items;
}

void ReadContains(const KeywordRead& in) {
  Made(in.node.array).contains = in.compiler.Below(in.value());
}

template <std::optional<std::size_t> ArrayRules::* Size>
void ReadArraySize(const KeywordRead& in) {
  ReadSize(in, Made(in.node.array).*Size);
}

void ReadUnique(const KeywordRead& in) {
  if (!in.Must(in.value().IsBool(), "true or false") || !in.value().AsBool()) return;
  Made(in.node.array).unique_items = true;
}

constexpr std::array<SchemaKeyword, 9> kArrayKeywords = {{
    {"prefixItems", ReadPrefix, SchemaIn::kList},
    {"items", ReadItems, SchemaIn::kValueOrList},
    {"additionalItems", ReadAdditionalItems, SchemaIn::kValue},
    {"contains", ReadContains, SchemaIn::kValue},
    {"minContains", ReadArraySize<&ArrayRules::min_contains>},
    {"maxContains", ReadArraySize<&ArrayRules::max_contains>},
    {"minItems", ReadArraySize<&ArrayRules::min_items>},
    {"maxItems", ReadArraySize<&ArrayRules::max_items>},
    {"uniqueItems", ReadUnique},
}};

}  // namespace

std::span<const SchemaKeyword> ArrayKeywords() { return kArrayKeywords; }

}  // namespace mockduit
