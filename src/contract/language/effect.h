// Effect: what an operation does to the store, as a contract declares it. What no effect can say is
// a behaviour in C++.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "contract/language/step.h"

namespace mockduit {

// A documented outcome, and one variant of it ("" = the default).
struct OutcomeRef {
  std::string outcome;
  std::string variant;
};

// A text that some member of what is listed must have in it, whatever the case of its letters.
struct Searching {
  std::vector<std::string> members;
  Template text;  // "" and nothing: all are listed
};

// How a list comes in pages.
struct Paging {
  enum class Style {
    kWhole,   // all at once
    kCursor,  // an opaque cursor: base64url of {"skip":N}, absent on the last page
    kOffset,  // a number of resources to pass over
  };
  Style style = Style::kWhole;
  std::string limit;  // the query parameter that says how many
  std::string start;  // the query parameter that has the cursor or the offset; "": none
  std::size_t default_limit = 100;    // where the request does not say how many
  std::size_t maximum_limit = 1'000;  // however many the request asks for
  OutcomeRef bad_cursor;              // the answer to a malformed cursor
  bool total = false;                 // the answer says how many there are
};

struct Sorting {
  Template by;     // a member, by dotted path
  Template order;  // "DESC", else ascending
};

// A secret's stand-in, in answers only.
struct Mask {
  std::vector<std::string> members;  // by dotted path
  Json as;
  Template unless;  // a value other than "", "false" and null: shown as it is
};

struct Effect {
  enum class Does { kCreate, kGet, kList, kUpdate, kReplace, kDelete };

  // Something else that must be there: a list's group. Templates know it: {{found.group.name}}.
  struct Needs {
    Which which;        // without `by`: the newest that fits
    OutcomeRef absent;  // no outcome: it may be missing
    bool all = false;   // all that fit, as a list, which may be empty
  };
  // A state of the world in which the operation is not done.
  struct Refusal {
    Condition when;
    std::optional<Which> there;  // one must be there
    OutcomeRef outcome;
  };

  Does does = Does::kCreate;
  Which which;                      // the resource; kList: which ones
  std::string id;                   // kCreate: the field that is its id, unless `by` is
  std::optional<OutcomeRef> taken;  // kCreate: the answer to an id that is there already
  OutcomeRef absent;  // all but kCreate and kList: the answer to an id that is not there
  std::vector<Needs> needs;
  std::vector<Refusal> refusals;
  JsonTemplate resource;  // kCreate, kReplace: what is stored, in the documented order of keys
  std::vector<std::string> take;       // kUpdate: members that take what the body has of that name
  Patch patch;                         // kUpdate
  bool newest_first = false;           // kList
  std::optional<Sorting> sorting;      // kList
  std::optional<Searching> searching;  // kList
  Paging paging;                       // kList
  Steps then;

  // Every outcome that it may end in besides success.
  std::vector<OutcomeRef> Outcomes() const;

  // A member that answers show of each resource, made of others: a room's boxes.
  struct Related {
    std::string member;
    Which which;
    bool all = false;   // a list of all that fit; else the newest, or null
    JsonTemplate show;  // each of them, as {{found.kind}} of the shown {{result}}
  };

  // What answers show of a resource.
  std::vector<Related> with;
  std::vector<std::string> without;  // members left out, by dotted path
  std::optional<Mask> mask;
  std::optional<JsonTemplate> show;  // its whole shape
};

}  // namespace mockduit
