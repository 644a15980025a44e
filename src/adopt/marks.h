// Marks: what stands in a value for what is new in each answer, until the value is written in
// another way than JSON.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adopt/composed.h"
#include "base/json.h"

namespace mockduit {

class Marks {
 public:
  // `fill` has pointers into the value, and the templates that stand there in each answer;
  // `written` is the value as its type writes it, in which no mark stands.
  Marks(Json value, const Fill& fill, std::string_view written);

  // The value, with a word of letters and digits for each template, which is written alike in every
  // media type.
  const Json& value() const { return value_; }
  // That value as it was written, as a template. In one `is_percent_encoded` the templates are.
  std::string TemplateOf(std::string_view written, bool is_percent_encoded) const;

 private:
  Json value_;
  std::string beginning_;               // of each mark
  std::vector<std::string> templates_;  // by the numbers of their marks
};

}  // namespace mockduit
