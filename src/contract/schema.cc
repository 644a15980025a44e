#include "contract/schema.h"

#include "contract/schema/node.h"

namespace mockduit {

SchemaRules SchemaRules::For(const Json& root, bool strict) {
  SchemaRules rules;
  rules.strict = strict;
  rules.knows_sides = !strict;
  if (root.Get("openapi").ToText().starts_with("3.0")) rules.dialect = Dialect::kDraft4;
  return rules;
}

std::string_view Schema::SingleType() const {
  return node_.one_type ? std::string_view(node_.type) : std::string_view();
}

}  // namespace mockduit
