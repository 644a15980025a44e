#include "base/cut_document.h"

#include <algorithm>
#include <utility>

#include "base/json_document.h"
#include "base/yaml_words.h"

namespace mockduit {
namespace {

// JSON with a 0 in place of what is too deep, and where that is. Bytes keep their places.
struct CutText {
  std::string text;
  std::vector<std::size_t> cut;
};

CutText CutDeep(std::string_view text) {
  CutText result{std::string(text), {}};
  const auto blank = [&](std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin) {
      if (text[begin] != '\n' && text[begin] != '\r') result.text[begin] = ' ';
    }
  };
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t begin = i;
    const bool is_deep = depth > static_cast<std::size_t>(Json::kMaxDepth);
    switch (text[i]) {
      case '"':
        for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1UZ : 0UZ;
        break;
      case '{':
      case '[':
        if (++depth == static_cast<std::size_t>(Json::kMaxDepth) + 1) result.cut.push_back(i);
        break;
      case '}':
      case ']': depth -= depth > 0 ? 1UZ : 0UZ; break;
      default: break;
    }
    if (is_deep) blank(begin, std::min(i + 1, text.size()));
  }
  for (const std::size_t at : result.cut) result.text[at] = '0';
  return result;
}

Read<CutDocument> ReadCutJson(const TextFile& file) {
  CutText cut = CutDeep(file.text);
  CutDocument result;
  auto document = ReadJsonDocument(
      cut.cut.empty() ? file : TextFile{file.path, std::move(cut.text), file.made_by_machine},
      &result.cut);
  if (!document) return std::unexpected(std::move(document.error()));
  result.document = std::move(*document);
  for (const std::size_t at : cut.cut) {
    result.cut.push_back(ProblemAtByte(file, at, TooDeepWords(Json::kMaxDepth)));
    if (result.cut.size() > kMaxProblemsOfAFile) break;
  }
  return result;
}

}  // namespace

Read<CutDocument> ReadCutDocument(const TextFile& file) {
  if (file.path.ends_with(".json")) return ReadCutJson(file);
  const std::size_t first = file.text.find_first_not_of(" \t\r\n");
  const bool may_be_json =
      first != std::string::npos && (file.text[first] == '{' || file.text[first] == '[');
  if (may_be_json) {
    if (auto document = ReadCutJson(file)) return document;
  }
  return ReadCutYaml(file.path, file.text);
}

}  // namespace mockduit
