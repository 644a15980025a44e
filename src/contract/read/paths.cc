#include "contract/read/paths.h"

#include <algorithm>
#include <set>

#include "base/suggest.h"

namespace mockduit {
namespace {

// `from` must be a path with the variables of `to`, and another one.
void CheckAliasPath(ContractReading& reading, const Node& from, const Node& to) {
  if (from.Text().empty() || to.Text().empty()) return;
  if (!from.Text().starts_with('/')) return reading.Wrong(from, "a path begins with '/'");
  if (from.Text() == to.Text())
    return reading.Wrong(from, "this alias is the path that it stands for");
  const UriTemplate path(from.Text());
  const UriTemplate target(to.Text());
  if (path.open_end() && (path.segments().empty() || !path.segments().back().is_variable)) {
    reading.Wrong(from, "'**' stands behind a variable, which takes what follows");
  }
  const std::vector<std::string>& variables = target.variables();
  for (const std::string& variable : path.variables()) {
    if (std::ranges::find(variables, variable) != variables.end()) continue;
    reading.Wrong(from, "the path " + to.Text() + " has no variable '" + variable + "'" +
                            DidYouMean(variable, variables));
  }
}

}  // namespace

void PathReader::Check(const std::string& path, const Node& node) {
  if (!path.starts_with('/')) reading_.WrongKey(node, "a path begins with '/'");
  std::set<std::string> variables;
  const UriTemplate uri(path);
  for (const std::string& variable : uri.variables()) {
    if (variables.insert(variable).second) continue;
    reading_.WrongKey(node, "the variable '{" + variable + "}' stands twice in this path");
  }
  reading_.EachItem(node["parameters"],
                    [&](const Node& item) { reading_.Check(item, blocks::kParameter); });
}

void PathReader::CheckNew(const Node& node, const Operation& operation) {
  std::string shape = operation.method;
  for (const UriTemplate::Segment& segment : operation.path.segments()) {
    shape += "/" + segment.Filled("{}");
  }
  const auto [known, is_new] = paths_.emplace(shape, operation.path.text());
  if (is_new) return;
  reading_.WrongKey(node, operation.method + " " + operation.path.text() +
                              " is never reached: " + known->second + " takes the same requests");
}

void PathReader::ReadAlias(const Node& alias) {
  if (!reading_.Check(alias, blocks::kAlias)) return;
  CheckAliasPath(reading_, alias["from"], alias["to"]);
  const bool has_from = !reading_.Needed(alias, "from").empty();
  const bool has_to = !reading_.Needed(alias, "to").empty();
  if (has_from && has_to) aliases_.push_back(RenamedBy(alias));
}

PathReader::Renamed PathReader::RenamedBy(const Node& alias) {
  const auto beginning = [&](std::string_view key) {
    std::string text = alias[key].Text();
    return text == "/" ? "" : text;
  };
  return {beginning("from"), beginning("to"), alias["variant"].Text(), alias["deprecated"].Flag()};
}

std::vector<Alias> PathReader::AliasesOf(const UriTemplate& path) const {
  std::vector<Alias> aliases;
  for (const Renamed& renamed : aliases_) {
    if (!IsOf(renamed, path)) continue;
    aliases.push_back({UriTemplate(renamed.from + path.text().substr(renamed.to.size())),
                       renamed.variant, renamed.deprecated});
  }
  return aliases;
}

void PathReader::CheckAliases(const Node& aliases) {
  std::vector<std::string> paths;
  for (const auto& operation : reading_.contract->operations)
    paths.push_back(operation->path.text());
  reading_.EachItem(aliases, [&](const Node& alias) {
    const Renamed renamed = RenamedBy(alias);
    bool leads_somewhere = false;
    std::vector<std::string> variants;
    for (const auto& operation : reading_.contract->operations) {
      if (!IsOf(renamed, operation->path)) continue;
      leads_somewhere = true;
      for (const Outcome& outcome : operation->outcomes()) {
        for (const Variant& variant : outcome.variants) variants.push_back(variant.name);
      }
    }
    if (!renamed.to.empty() && !leads_somewhere) {
      reading_.Wrong(alias["to"],
                     "no path begins with '" + renamed.to + "'" + DidYouMean(renamed.to, paths));
    } else if (!renamed.variant.empty() &&
               std::ranges::find(variants, renamed.variant) == variants.end()) {
      reading_.Wrong(alias["variant"], "no answer of these paths has the variant '" +
                                           renamed.variant + "'" +
                                           DidYouMean(renamed.variant, variants));
    }
  });
}

}  // namespace mockduit
