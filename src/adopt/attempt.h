// Attempt: one try at making a body up: how much of it there is, what was noted on the way, and why
// it came to nothing. It knows what earlier tries taught, and makes nothing itself.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adopt/compose_advice.h"
#include "adopt/composed.h"
#include "adopt/merged_schema.h"
#include "base/references.h"

namespace mockduit {

class Attempt {
 public:
  // Both must outlive this.
  Attempt(References& references, const Advice& advice)
      : references_(references), advice_(advice) {}

  const Advice& advice() const { return advice_; }
  const Fill& fill() const { return fill_; }
  const std::set<std::string>& from_examples() const { return from_examples_; }
  // Why nothing was made.
  std::string WhyNone() const;

  // Goes into a schema: false, with the reason noted, where its value would come round to itself or
  // be one too many. What goes in must come out.
  bool Enter(const Merged& merged);
  void Leave(const Merged& merged);
  // Whether a schema leads back to what the value at hand is within, or deeper than is gone.
  bool LeadsRound(const Json& schema) const;
  // Whether so much has been made that only what is required is shown.
  bool IsLarge() const;

  // What is new in each answer, by a template; what the document shows.
  void NoteFill(const std::string& pointer, std::string text);
  void NoteExample(const std::string& pointer) { from_examples_.insert(pointer); }
  // A place to come back to, when what is made from here on comes to nothing.
  std::size_t Mark() const { return fill_.size(); }
  // Forgets what was noted of a value since then.
  void Forget(const std::string& pointer, std::size_t mark);
  void ForgetFill(std::size_t mark) { fill_.resize(mark); }
  // Forgets what differs between two answers at a pointer or below, but for new ids.
  void ForgetTimes(const std::string& pointer);

  // Three reasons to make nothing: no value is good, it has no end, it would be too large.
  std::nullopt_t Refused(const std::string& pointer);
  std::nullopt_t ComesRound();
  std::nullopt_t TooLarge(std::string why);

 private:
  References& references_;
  const Advice& advice_;
  Fill fill_;
  std::set<std::string> from_examples_;
  std::vector<const Json*> above_;  // the schemas that the value at hand is within
  int depth_ = 0;
  std::size_t count_ = 0;  // of values
  std::string too_large_;  // what asks for more than is made up; "": nothing
  // Where no value is good at all; it was the last thing that there was none for. Nothing: what was
  // found there comes round to itself.
  std::optional<std::string> refused_;
};

}  // namespace mockduit
