#include "base/yaml_text.h"

#include <yaml-cpp/emitter.h>

#include <algorithm>

#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kLine = 90;  // what fits on one line stands on one

// Words that need no quotes, whatever reads them.
bool IsPlain(std::string_view text) {
  static constexpr std::string_view kOthers[] = {"true", "false", "null", "yes", "no",
                                                 "on",   "off",   "y",    "n"};
  if (text.empty() || IsDigit(text.front())) return false;
  const std::string lower = LowerCase(text);
  if (std::ranges::find(kOthers, lower) != std::end(kOthers)) return false;
  return text.front() != '-' && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' ||
                  c == '/' || c == '-';
         });
}

void Write(YAML::Emitter& out, const Json& json);

void WriteText(YAML::Emitter& out, const std::string& text) {
  if (!IsPlain(text)) out << YAML::DoubleQuoted;
  out << text;
}

void Write(YAML::Emitter& out, const Json& json) {
  const bool is_small = json.Dump().size() <= kLine;
  if (const Json::Object* members = json.IfObject()) {
    out << (is_small || members->empty() ? YAML::Flow : YAML::Block) << YAML::BeginMap;
    for (const auto& [key, value] : *members) {
      out << YAML::Key;
      WriteText(out, key);
      out << YAML::Value;
      Write(out, value);
    }
    out << YAML::EndMap;
  } else if (const Json::Array* items = json.IfArray()) {
    out << (is_small || items->empty() ? YAML::Flow : YAML::Block) << YAML::BeginSeq;
    for (const Json& item : *items) Write(out, item);
    out << YAML::EndSeq;
  } else if (const std::string* text = json.IfString()) {
    WriteText(out, *text);
  } else {
    out << json.Dump();
  }
}

}  // namespace

std::string ToYaml(const Json& json) {
  YAML::Emitter out;
  Write(out, json);
  return std::string(out.c_str()) + "\n";
}

}  // namespace mockduit
