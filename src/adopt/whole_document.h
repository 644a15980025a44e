// WholeDocument: what the operations of one foreign document share while they are read: where its
// references lead, its schemas, each compiled once, and the bodies that were composed of them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "adopt/composed.h"
#include "base/json.h"
#include "base/references.h"
#include "contract/read/shared_parts.h"

namespace mockduit {

// One thread at a time.
class WholeDocument : public References {
 public:
  // `root` must outlive this.
  explicit WholeDocument(const Json& root)
      : References(root),
        parts{SchemaCompiler(root, SchemaRules::For(root, false)), {}},
        rules_(SchemaRules::For(root, false)),
        places_(root, rules_) {}

  // What is compiled by these stands in the document. Its mistakes are notes.
  SharedParts parts;

  // Schemas are known by where they stand. One that was made of parts of the document stands here.
  const Json& Hold(Json schema) { return held_.emplace_back(std::move(schema)); }

  // What Compose made of the schema that stands there, under that name; nullptr: nothing is kept.
  const Composed* FindComposed(const Json& schema, const std::string& name) const;
  // Keeps it, in place of all others where there are too many.
  void Keep(const Json& schema, const std::string& name, const Composed& composed);

 private:
  // By "$anchor" and "$id".
  const Json* FindOther(std::string_view reference) override {
    return places_.Resolve(reference, places_.root()).json;
  }

  SchemaRules rules_;
  SchemaPlaces places_;
  std::deque<Json> held_;
  std::map<std::pair<const Json*, std::string>, Composed> composed_;
  std::size_t size_ = 0;  // of their values
};

}  // namespace mockduit
