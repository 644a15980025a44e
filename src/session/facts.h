// Facts: what templates know of the resources that a request or a lifecycle is about: {{result}},
// {{found.kind}} and {{made.kind}}.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "contract/language/template.h"
#include "session/exchange.h"

namespace mockduit {

struct Facts {
  Json result;
  std::map<std::string, Json, std::less<>> found;  // by short kind
  std::map<std::string, Json, std::less<>> made;   // by short kind: the list of what steps made

  // For the journal and the answer's headers, not for templates.
  bool ongoing = false;               // the resource that was looked at still moves by itself
  std::optional<AnnouncedPage> page;  // of a list
  std::string warning;                // for people, where steps were stopped; "": none

  // Nothing when the hole asks for none of them, or for a kind that is not known.
  std::optional<Json> Value(const Hole& hole) const;
  // The same, not copied; nullptr also where it asks for one of them that has no such member.
  const Json* Look(const Hole& hole) const;
};

// Adds facts to the values of another scope, which must outlive it.
class FactsScope : public Scope {
 public:
  explicit FactsScope(Scope& under) : under_(under) {}

  Json Value(const Hole& hole) override;
  const Json* Look(const Hole& hole) override;
  bool Spend(std::size_t bytes) override { return under_.Spend(bytes); }
  bool overspent() const override { return under_.overspent(); }
  void AddFound(const std::string& kind, Json resource);
  void AddMade(const std::string& kind, const Json& resource);

  Facts facts;

 private:
  Scope& under_;
};

}  // namespace mockduit
