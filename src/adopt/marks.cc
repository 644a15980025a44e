#include "adopt/marks.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "contract/language/template.h"

namespace mockduit {
namespace {

constexpr std::string_view kEnd = "x";  // of a mark, behind its number

// Nothing in the text begins so.
std::string BeginningOf(std::string_view text) {
  std::string beginning = "mark";
  while (text.contains(beginning)) beginning += 'k';
  return beginning;
}

}  // namespace

Marks::Marks(Json value, const Fill& fill, std::string_view written)
    : value_(std::move(value)), beginning_(BeginningOf(written)) {
  for (const auto& [pointer, text] : fill) {
    if (value_.At(pointer) == nullptr) continue;
    value_.SetAt(pointer, beginning_ + std::to_string(templates_.size()) + std::string(kEnd));
    templates_.emplace_back(text.AsString());
  }
}

std::string Marks::TemplateOf(std::string_view written, bool is_percent_encoded) const {
  std::string result;
  while (true) {
    const std::size_t at = std::min(written.find(beginning_), written.size());
    result += AsTemplate(written.substr(0, at));
    if (at == written.size()) return result;
    written.remove_prefix(at + beginning_.size());
    const auto number = ParseNumber<std::size_t>(TakeUntil(written, kEnd));
    std::string hole = templates_.at(number.value_or(0));
    if (is_percent_encoded && hole.ends_with("}}")) hole.insert(hole.size() - 2, " | percent");
    result += hole;
  }
}

}  // namespace mockduit
