// The `match` of a rule, a limit or a count.
#include "base/text.h"
#include "contract/language/matcher.h"
#include "scenario/read/reading.h"

namespace mockduit {
namespace {

void ReadOperations(Reading& reading, const Node& node, Match& match) {
  const auto take = [&](const Node& glob) {
    const std::string text = reading.Text(glob, "operation");
    const auto& known = reading.catalog().OperationNames();
    const auto fits = [&](const std::string& name) { return GlobMatches(text, name); };
    if (glob.IsText() && std::ranges::none_of(known, fits)) {
      reading.Wrong(glob, "no operation is called '" + text + "'" + DidYouMean(text, known));
    }
    match.operations.push_back(text);
  };
  if (const Json::Array* globs = node.json().IfArray()) {
    if (globs->empty()) return reading.Wrong(node, "operation names nothing");
    return reading.List(node, "operation", take);
  }
  take(node);
}

void ReadVendor(Reading& reading, const Node& node, Match& match) {
  match.vendor = reading.Word(node, "vendor", reading.catalog().VendorNames());
}

void ReadMethod(Reading& reading, const Node& node, Match& match) {
  match.method =
      reading.Word(node, "method", {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"});
}

// True when a request could have a path that fits both.
bool Meet(const UriTemplate& one, const UriTemplate& other) {
  const auto& left = one.segments();
  const auto& right = other.segments();
  if (one.open_end() ? left.size() > right.size() : left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!left[i].is_variable && !right[i].is_variable && left[i].text != right[i].text) {
      return false;
    }
  }
  return true;
}

void ReadPath(Reading& reading, const Node& node, Match& match) {
  const std::string text = reading.Text(node, "path");
  if (!node.IsText()) return;
  if (!text.starts_with('/')) return reading.Wrong(node, "a path begins with '/'");
  match.path =
      UriTemplate(text.size() > 1 && text.ends_with('/') ? text.substr(0, text.size() - 1) : text);
  std::vector<std::string> known;
  for (const Vendor& vendor : reading.catalog().vendors()) {
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
  reading.Wrong(node, "no operation has the path '" + text + "'" + DidYouMean(text, known));
}

// "config.schema" as "/config/schema"; what begins with '/' is a pointer already.
std::string PointerOf(std::string_view place) {
  if (place.starts_with('/')) return std::string(place);
  std::string pointer;
  while (!place.empty()) pointer += "/" + PointerToken(TakeUntil(place, "."));
  return pointer;
}

void ReadParts(Reading& reading, const Node& node, std::string_view what,
               std::vector<Match::Part>& parts) {
  if (!node.json().IsObject()) {
    return reading.Wrong(node, std::string(what) + " must be a map of names to matchers");
  }
  for (const JsonMember& member : *node.json().IfObject()) {
    auto matcher = ValueMatcher::Compile(member.value);
    if (matcher) {
      parts.push_back({member.key, PointerOf(member.key), std::move(*matcher)});
    } else {
      reading.Wrong(node[member.key], matcher.error().message);
    }
  }
}

constexpr Reading::Key<Match> kMatchKeys[] = {
    {"operation", &ReadOperations},
    {"vendor", &ReadVendor},
    {"method", &ReadMethod},
    {"path", &ReadPath},
    {"query", [](Reading& reading, const Node& node,
                 Match& match) { ReadParts(reading, node, "query", match.query); }},
    {"headers", [](Reading& reading, const Node& node,
                   Match& match) { ReadParts(reading, node, "headers", match.headers); }},
    {"body", [](Reading& reading, const Node& node,
                Match& match) { ReadParts(reading, node, "body", match.body); }},
};

}  // namespace

void ReadMatch(Reading& reading, const Node& node, Match& match) {
  reading.Map(node, "match", kMatchKeys, match);
}

}  // namespace mockduit
