#include "adopt/marks.h"

#include <cstddef>

#include "contract/language/template.h"

namespace mockduit {
namespace {

// Nothing in the value begins so.
std::string BeginningOf(const Json& value) {
  std::string beginning = "mark";
  for (const std::string text = value.Dump(); text.contains(beginning);) beginning += 'k';
  return beginning;
}

}  // namespace

Marks::Marks(Json value, const std::vector<std::pair<std::string, std::string>>& fill)
    : value_(std::move(value)) {
  const std::string beginning = BeginningOf(value_);
  for (const auto& [pointer, text] : fill) {
    const std::string mark = beginning + std::to_string(marks_.size()) + "x";
    if (value_.At(pointer) == nullptr) continue;
    value_.SetAt(pointer, mark);
    marks_.emplace_back(mark, text);
  }
}

std::string Marks::TemplateOf(std::string_view written, bool is_percent_encoded) const {
  std::string result = AsTemplate(written);
  for (const auto& [mark, its_template] : marks_) {
    std::string hole = its_template;
    if (is_percent_encoded && hole.ends_with("}}")) hole.insert(hole.size() - 2, " | percent");
    for (std::size_t at = result.find(mark); at != std::string::npos; at = result.find(mark, at)) {
      result.replace(at, mark.size(), hole);
      at += hole.size();
    }
  }
  return result;
}

}  // namespace mockduit
