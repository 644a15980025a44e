// Answer: what the pipeline decided, before it is put into bytes: a documented outcome, what a play
// says by itself, or the emulator's own words. There is no fourth, and none of them can be empty.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "contract/contract.h"
#include "http/message.h"
#include "scenario/scenario.h"
#include "session/facts.h"

namespace mockduit {

// A documented outcome and one of its variants. The contract that it stands in must outlive it.
class OutcomeChoice {
 public:
  // The outcome's default variant.
  explicit OutcomeChoice(const Outcome& outcome) : outcome_(&outcome) {}
  // The variant of that name, or the default one where the outcome has none of that name.
  OutcomeChoice(const Outcome& outcome, std::string_view variant) : outcome_(&outcome) {
    UseVariant(variant);
  }
  // What `wanted` names among the outcomes of an operation; the error says what is not there.
  static Result<OutcomeChoice> Find(const Operation& operation, const OutcomeRef& wanted);

  const Outcome& outcome() const { return *outcome_; }
  const Variant& variant() const {
    return variant_ != nullptr ? *variant_ : outcome_->variants.front();
  }
  bool has_default_variant() const { return variant_ == nullptr; }
  // Nothing changes where the outcome has no variant of that name.
  void UseVariant(std::string_view variant) {
    if (variant.empty()) return;
    if (const Variant* found = outcome_->FindVariant(variant)) variant_ = found;
  }
  // Of an outcome with variants of several media types, takes one that a client with this header
  // Accept would rather have; nothing changes where it would have none.
  void Negotiate(std::string_view accept) {
    if (outcome_->types.size() <= 1) return;
    const Variant* found = outcome_->FindAccepted(accept, variant(), has_default_variant());
    if (found != nullptr) variant_ = found;
  }

 private:
  const Outcome* outcome_;            // never nullptr
  const Variant* variant_ = nullptr;  // nullptr: the default one
};

// What the vendor documents.
struct DocumentedAnswer {
  enum class Form {
    kEarned,    // the request came to it by itself
    kScripted,  // a play says so: the documented body, to the letter
    kExample,   // a success that a play says, and that did not happen: the documented example
  };

  OutcomeChoice choice;
  Form form = Form::kEarned;
  Facts facts{};                       // what the templates of the body and the headers know
  std::vector<std::string> allowed{};  // the methods there are, where the method is a wrong one
};

// A status, and a body, of a play's own.
struct PlayedAnswer {
  const Play& play;
  Facts facts{};
};

// The emulator's own, in no vendor's name.
struct OwnAnswer {
  Response response;
};

using Answer = std::variant<DocumentedAnswer, PlayedAnswer, OwnAnswer>;

// nullptr for all but documented answers.
inline const DocumentedAnswer* IfDocumented(const Answer& answer) {
  return std::get_if<DocumentedAnswer>(&answer);
}

}  // namespace mockduit
