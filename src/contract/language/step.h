// Step: one thing that happens to a session's world besides, or after, what an operation is about:
// another resource is made, a job begins, an event is emitted. Effects and lifecycles have lists of
// them; session/world.cc does them.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "contract/language/condition.h"
#include "contract/language/template.h"

namespace mockduit {

struct Lifecycle;
struct Webhooks;

// What is asked of a resource's members, by dotted path. A template that gives null asks nothing.
using Where = std::vector<std::pair<std::string, Asked>>;

// What is asked, once its templates are filled: to be held against many resources.
class Selection {
 public:
  Selection(const Where& where, Scope& scope);

  bool everything() const { return asked_.empty(); }
  // A member by its dotted path, and the text that it must have; nothing where no text is asked
  // for.
  using Exactly = std::pair<std::string_view, std::string_view>;
  std::optional<Exactly> exactly() const {
    return exactly_.first.empty() ? std::nullopt : std::optional<Exactly>(exactly_);
  }
  // True when every member that is asked for is so.
  bool Takes(const Json& resource) const;
  // False when a resource of that JSON text cannot be taken; far cheaper than to read it.
  bool MayTake(std::string_view text) const;

 private:
  std::vector<std::pair<std::string_view, ValueMatcher>> asked_;  // by path, of `where`
  std::vector<std::string> needles_;
  std::pair<std::string_view, std::string> exactly_;
};

// How a resource changes.
struct Patch {
  JsonTemplate set;    // a map of dotted paths to values; null is set, what is left out stays
  JsonTemplate merge;  // a JSON merge patch (RFC 7396)

  void Apply(Json& resource, Scope& scope) const;
};

// Which resource, or resources.
struct Which {
  std::string kind;            // "acme.box"
  std::optional<Template> by;  // its id
  Where where;                 // what else it must be; without `by`: all that fit
};

struct Step {
  enum class Does { kSet, kUpdate, kCreate, kDelete, kEach, kBegin, kStop, kEmit };

  Condition when;
  std::optional<Which> if_there;      // one must be there
  std::optional<Which> unless_there;  // none may be there
  Does does = Does::kSet;
  Which which;             // kUpdate, kCreate, kDelete, kEach; of kBegin and kStop only `by`
  Template event;          // kEmit
  Patch patch;             // kSet, kUpdate
  std::string id;          // kCreate: the field that is its id, unless `by` is
  JsonTemplate resource;   // kCreate: what is stored; kEmit: the event's data
  std::vector<Step> then;  // kEach
  std::weak_ptr<const Lifecycle> lifecycle;  // kBegin, kStop
  std::optional<Template> until;             // kBegin: when it ends, unless a scenario says
  bool unscripted = false;                   // kBegin: ignores what the scenario says
  std::shared_ptr<const Webhooks> webhooks;  // kEmit: which receive the event; nullptr: none
};
using Steps = std::vector<Step>;

// The last part of "acme.box": how templates call it, {{found.box.id}}.
std::string ShortKind(const std::string& kind);

}  // namespace mockduit
