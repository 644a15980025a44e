// CheckPages: what docs/checks.md, which is in the binary, says of each check and of its findings,
// as plain text. `mockduit explain` prints it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mockduit {

struct CheckPage {
  struct Finding {
    std::string slug;
    std::string means;
    std::string mending;
  };

  std::string opening;
  std::vector<std::pair<std::string, std::string>> parts;  // "Looks at" → the text
  std::vector<Finding> findings;
};

// Nothing where the document has no section of that name.
std::optional<CheckPage> FindCheckPage(std::string_view check);
// The section of a document. Its text is without the marks of Markdown, on one line each.
CheckPage ReadCheckPage(std::string_view section);

}  // namespace mockduit
