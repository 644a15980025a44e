// Likeness: how alike the bodies of two requests at one place are, as those of two attempts of one
// call are. The checks of retries and duplicates use it; it looks at nothing but the two requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mockduit {

struct Entry;

enum class Likeness : std::uint8_t {
  kNone,        // two calls
  kRenumbered,  // equal but for a number or a short id in a name, made up or not: "src-8", "src-9"
  kRenamed,     // equal but for a name that was made up: "src-8d1f" and "src-77b0"
  kAltered,     // one call, whose body was spoilt: encoded twice, as a form, a member lost, cut off
  kSame,        // different only in times and in ids of requests
  kExact,       // equal, byte for byte or as JSON
};
Likeness Compare(const Entry& first, const Entry& second);

// The query of a request as that of a call: its parameters by name, without those that a client may
// set anew for each attempt, which no contract knows: "_" and names that speak of an attempt.
std::string QueryOfCall(const Entry& entry);

// True for members, parameters and headers that a client may set anew for each attempt.
bool NamesAttempt(std::string_view name);

// What a body looks like from afar. Two that are objects of as many members are not one spoilt from
// the other, which Compare takes longer to find out.
struct BodyShape {
  bool is_object = false;
  std::size_t members = 0;

  bool MayBeSpoilt(const BodyShape& other) const {
    return !is_object || !other.is_object || members != other.members;
  }
};
BodyShape ShapeOf(const Entry& entry);
// kSame or kExact.
inline bool IsSame(Likeness likeness) { return likeness >= Likeness::kSame; }

// Of the body alone: equal for all requests at a place that Compare may find the same. Not kept:
// see History::LikenessOf.
std::uint64_t LikenessHash(const Entry& entry);

}  // namespace mockduit
