// The `match` of a rule, a limit or a count.
#include "base/text.h"
#include "contract/language/matcher.h"
#include "scenario/read/reader.h"

namespace mockduit {
namespace {

void ReadOperations(ScenarioReader& reader, const Node& node, Match& match) {
  const auto take = [&](const Node& glob) {
    const std::string text = reader.Text(glob, "operation");
    const auto& known = reader.catalog().OperationNames();
    const auto fits = [&](const std::string& name) { return GlobMatches(text, name); };
    if (glob.IsText() && std::ranges::none_of(known, fits)) {
      reader.Wrong(glob, "no operation is called '" + text + "'" + DidYouMean(text, known));
    }
    match.operations.push_back(text);
  };
  if (const Json::Array* globs = node.json().IfArray()) {
    if (globs->empty()) return reader.Wrong(node, "operation names nothing");
    return reader.List(node, "operation", take);
  }
  take(node);
}

void ReadVendor(ScenarioReader& reader, const Node& node, Match& match) {
  match.vendor = reader.Word(node, "vendor", reader.catalog().VendorNames());
}

void ReadMethod(ScenarioReader& reader, const Node& node, Match& match) {
  match.method =
      reader.Word(node, "method", {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"});
}

void ReadCreates(ScenarioReader& reader, const Node& node, Match& match) {
  if (!node.json().IsBool()) return reader.Wrong(node, "creates must be true or false");
  match.creates = node.json().AsBool();
}

// True when a request could have a path that fits both.
bool Meet(const UriTemplate& one, const UriTemplate& other) {
  const auto& left = one.segments();
  const auto& right = other.segments();
  if (one.open_end() ? left.size() > right.size() : left.size() != right.size()) return false;
  std::vector<std::string_view> values;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].is_variable || right[i].is_variable) continue;
    if (left[i].is_mixed() && right[i].is_mixed()) continue;
    const bool meet = left[i].is_mixed()    ? left[i].Match(right[i].text, values)
                      : right[i].is_mixed() ? right[i].Match(left[i].text, values)
                                            : left[i].text == right[i].text;
    if (!meet) return false;
  }
  return true;
}

void ReadPath(ScenarioReader& reader, const Node& node, Match& match) {
  const std::string text = reader.Text(node, "path");
  if (!node.IsText()) return;
  if (!text.starts_with('/')) return reader.Wrong(node, "a path begins with '/'");
  match.path =
      UriTemplate(text.size() > 1 && text.ends_with('/') ? text.substr(0, text.size() - 1) : text);
  std::vector<std::string> known;
  for (const Vendor& vendor : reader.catalog().vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        if (Meet(*match.path, operation->path)) return;
        known.push_back(operation->path.text());
        for (const Alias& alias : operation->aliases) {
          if (Meet(*match.path, alias.path)) return;
          known.push_back(alias.path.text());
        }
      }
    }
  }
  reader.Wrong(node, "no operation has the path '" + text + "'" + DidYouMean(text, known));
}

// "config.schema" as "/config/schema"; what begins with '/' is a pointer already.
std::string PointerOf(std::string_view place) {
  if (place.starts_with('/')) return std::string(place);
  std::string pointer;
  while (!place.empty()) pointer += "/" + PointerToken(TakeUntil(place, "."));
  return pointer;
}

void ReadParts(ScenarioReader& reader, const Node& node, std::string_view what,
               std::vector<Match::Part>& parts) {
  if (!node.json().IsObject()) {
    return reader.Wrong(node, std::string(what) + " must be a map of names to matchers");
  }
  for (const JsonMember& member : *node.json().IfObject()) {
    auto matcher = ValueMatcher::Compile(member.value);
    if (matcher) {
      parts.push_back({member.key, PointerOf(member.key), std::move(*matcher)});
    } else {
      reader.Wrong(node.Below(member.value), matcher.error().message);
    }
  }
}

constexpr ScenarioReader::Key<Match> kMatchKeys[] = {
    {"operation", &ReadOperations},
    {"vendor", &ReadVendor},
    {"method", &ReadMethod},
    {"creates", &ReadCreates},
    {"path", &ReadPath},
    {"query", [](ScenarioReader& reader, const Node& node,
                 Match& match) { ReadParts(reader, node, "query", match.query); }},
    {"headers", [](ScenarioReader& reader, const Node& node,
                   Match& match) { ReadParts(reader, node, "headers", match.headers); }},
    {"body", [](ScenarioReader& reader, const Node& node,
                Match& match) { ReadParts(reader, node, "body", match.body); }},
};

}  // namespace

void ReadMatch(ScenarioReader& reader, const Node& node, Match& match) {
  reader.Map(node, "match", kMatchKeys, match);
}

}  // namespace mockduit
