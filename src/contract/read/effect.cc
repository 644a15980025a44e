// The `effect` of an operation.
#include <array>

#include "contract/read/reading.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

const std::vector<std::string> kEffectKeys = {
    "create", "get",          "list",  "update", "replace",  "delete", "id",   "by",
    "taken",  "absent",       "needs", "refuse", "resource", "take",   "set",  "merge",
    "where",  "newest_first", "page",  "mask",   "without",  "show",   "then", "sort"};

// "{{request.path.id}}" of "/things/{id}"; nothing where the path has no variable.
std::string LastVariable(const UriTemplate& path) {
  std::string last;
  for (const UriTemplate::Segment& segment : path.segments()) {
    if (segment.is_variable) last = "{{request.path." + segment.text + "}}";
  }
  return last;
}

// "not_found", or {outcome: not_found, variant: widget}.
OutcomeRef ReadOutcomeRef(ContractReading& reading, const Node& node) {
  if (!node) return {};
  if (node.IsText()) return {node.Text(), ""};
  return {reading.Needed(node, "outcome"), node["variant"].Text()};
}

std::size_t ReadCount(const Node& node, std::size_t usual) {
  if (!node) return usual;
  return static_cast<std::size_t>(std::max<std::int64_t>(node.json().AsInteger(), 1));
}

Paging ReadPaging(ContractReading& reading, const Node& node) {
  Paging paging;
  if (!node) return paging;
  reading.OnlyKeys(node, "a page",
                   {"style", "limit", "start", "default", "maximum", "bad_cursor", "total"});
  const std::string style = reading.Needed(node, "style");
  if (style != "cursor" && style != "offset") {
    reading.Wrong(node["style"], "style is cursor or offset");
  }
  paging.style = style == "cursor" ? Paging::Style::kCursor : Paging::Style::kOffset;
  paging.limit = node["limit"].Text("limit");
  paging.start = node["start"].Text(style == "cursor" ? "cursor" : "");
  paging.default_limit = ReadCount(node["default"], paging.default_limit);
  paging.maximum_limit = ReadCount(node["maximum"], paging.maximum_limit);
  paging.total = node["total"].Flag();
  paging.bad_cursor = ReadOutcomeRef(reading, node["bad_cursor"]);
  if (style == "cursor" && paging.bad_cursor.outcome.empty()) {
    reading.Wrong(node, "pages by cursor need 'bad_cursor'");
  }
  return paging;
}

Effect::Needs ReadNeeds(ContractReading& reading, const Node& node) {
  reading.OnlyKeys(node, "what is needed", {"find", "list", "by", "where", "absent"});
  const bool all = static_cast<bool>(node["list"]);
  Effect::Needs needs{ReadWhich(reading, node, all ? "list" : "find"),
                      ReadOutcomeRef(reading, node["absent"]), all};
  if (!all && !needs.which.by && needs.which.where.empty()) {
    reading.Wrong(node, "'by' or 'where' must say which one");
  }
  return needs;
}

Effect::Refusal ReadRefusal(ContractReading& reading, const Node& node) {
  reading.OnlyKeys(node, "a refusal", {"when", "there", "by", "where", "outcome", "variant"});
  Effect::Refusal refusal;
  refusal.when = reading.CompileCondition(node["when"]);
  if (node["there"]) refusal.there = ReadWhich(reading, node, "there");
  refusal.outcome = ReadOutcomeRef(reading, node);
  return refusal;
}

Mask ReadMask(ContractReading& reading, const Node& node) {
  reading.OnlyKeys(node, "a mask", {"members", "as", "unless"});
  Mask mask;
  mask.members = reading.Texts(node["members"]);
  if (node["as"]) mask.as = node["as"].json();
  mask.unless = reading.CompileText(node, node["unless"].Text());
  return mask;
}

// Which of the verbs it is; nothing, and told, when it is not exactly one.
std::optional<std::pair<std::string_view, Does>> ReadVerb(ContractReading& reading,
                                                          const Node& node) {
  static constexpr std::array<std::pair<std::string_view, Does>, 6> kVerbs = {
      {{"create", Does::kCreate},
       {"get", Does::kGet},
       {"list", Does::kList},
       {"update", Does::kUpdate},
       {"replace", Does::kReplace},
       {"delete", Does::kDelete}}};
  const auto is_there = [&](const auto& verb) { return static_cast<bool>(node[verb.first]); };
  if (std::ranges::count_if(kVerbs, is_there) != 1) {
    reading.Wrong(node, "an effect is one of create, get, list, update, replace and delete");
    return std::nullopt;
  }
  return *std::ranges::find_if(kVerbs, is_there);
}

}  // namespace

Effect ReadEffect(ContractReading& reading, const Node& node, const UriTemplate& path) {
  Effect effect;
  if (!reading.OnlyKeys(node, "an effect", kEffectKeys)) return effect;
  const auto verb = ReadVerb(reading, node);
  if (!verb) return effect;
  effect.does = verb->second;
  effect.which = ReadWhich(reading, node, verb->first);
  const bool creates = effect.does == Does::kCreate;
  const bool of_one = !creates && effect.does != Does::kList;
  if (of_one && !effect.which.by) {
    effect.which.by = reading.CompileText(node, LastVariable(path));
  }
  if (creates && !effect.which.by) effect.id = reading.Needed(node, "id");
  if (node["taken"]) effect.taken = ReadOutcomeRef(reading, node["taken"]);
  effect.absent = ReadOutcomeRef(reading, node["absent"]);
  if (of_one && effect.absent.outcome.empty()) reading.Wrong(node, "this effect needs 'absent'");
  reading.EachItem(node["needs"],
                   [&](const Node& needs) { effect.needs.push_back(ReadNeeds(reading, needs)); });
  reading.EachItem(node["refuse"], [&](const Node& refusal) {
    effect.refusals.push_back(ReadRefusal(reading, refusal));
  });
  effect.resource = reading.CompileTemplate(node["resource"]);
  effect.take = reading.Texts(node["take"]);
  effect.patch = {reading.CompileTemplate(node["set"]), reading.CompileTemplate(node["merge"])};
  effect.newest_first = node["newest_first"].Flag();
  if (const Node sort = node["sort"]) {
    effect.sorting = Sorting{reading.CompileText(sort, reading.Needed(sort, "by")),
                             reading.CompileText(sort, sort["order"].Text())};
  }
  effect.paging = ReadPaging(reading, node["page"]);
  effect.then = ReadSteps(reading, node["then"]);
  effect.without = reading.Texts(node["without"]);
  if (node["mask"]) effect.mask = ReadMask(reading, node["mask"]);
  if (node["show"]) effect.show = reading.CompileTemplate(node["show"]);
  return effect;
}

}  // namespace mockduit
