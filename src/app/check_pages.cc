#include "app/check_pages.h"

#include <algorithm>

#include "app/baked.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::string_view kItem = "- **";

// "[words](https://…)" as "words (https://…)"; of links within the documents the words alone.
std::string WithoutLinks(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t middle = text.find("](");
    const std::size_t open = text.substr(0, middle).rfind('[');
    const std::size_t close =
        middle != std::string_view::npos ? text.find(')', middle) : std::string_view::npos;
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const std::string_view target = text.substr(middle + 2, close - middle - 2);
    plain += text.substr(0, open);
    plain += text.substr(open + 1, middle - open - 1);
    if (target.starts_with("http")) plain += " (" + std::string(target) + ")";
    text.remove_prefix(close + 1);
  }
  return plain + std::string(text);
}

std::string Plain(std::string_view text) {
  std::string plain = WithoutLinks(text);
  std::erase(plain, '`');
  return plain;
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// "| `too-soon` | … | … |"
void TakeRow(std::string_view line, CheckPage& page) {
  TakeUntil(line, "|");
  CheckPage::Finding finding;
  for (std::string* cell : {&finding.slug, &finding.means, &finding.mending}) {
    *cell = Plain(Trimmed(TakeUntil(line, "|")));
  }
  page.findings.push_back(std::move(finding));
}

// "- **Fails** when …" as its title and the text.
void TakePart(std::string_view item, CheckPage& page) {
  item.remove_prefix(kItem.size());
  const std::size_t end = std::min(item.find("**"), item.size());
  std::string_view rest = item.substr(end);
  while (rest.starts_with('*') || rest.starts_with(':')) rest.remove_prefix(1);
  page.parts.emplace_back(item.substr(0, end), Plain(Trimmed(rest)));
}

}  // namespace

CheckPage ReadCheckPage(std::string_view section) {
  CheckPage page;
  std::string opening;
  std::vector<std::string> items;
  bool in_findings = false;
  while (!section.empty() && !section.starts_with("```")) {
    const std::string_view line = TakeUntil(section, "\n");
    if (line.starts_with("| finding |")) {
      in_findings = true;
    } else if (in_findings && line.starts_with("| `")) {
      TakeRow(line, page);
    } else if (line.starts_with(kItem)) {
      items.emplace_back(line);
    } else if (!line.empty() && !line.starts_with('|')) {
      std::string& into = items.empty() ? opening : items.back();
      into += (into.empty() ? "" : " ") + std::string(Trimmed(line));
    }
  }
  page.opening = Plain(opening);
  for (const std::string& item : items) TakePart(item, page);
  return page;
}

std::optional<CheckPage> FindCheckPage(std::string_view check) {
  const auto file = std::ranges::find(BakedFiles(), "docs/checks.md", &BakedFile::path);
  if (file == BakedFiles().end()) return std::nullopt;
  const std::string title = "\n### " + std::string(check) + "\n";
  const std::size_t begin = file->text.find(title);
  if (begin == std::string_view::npos) return std::nullopt;
  return ReadCheckPage(file->text.substr(begin + title.size()));
}

}  // namespace mockduit
