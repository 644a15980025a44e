// The `effect` of an operation.
#include <array>

#include "contract/read/reading.h"

namespace mockduit {
namespace {

// The query parameter that a page names, which the operation must have.
std::string ReadQueryName(ContractReading& reading, const Node& page, std::string_view key,
                          std::string_view by_default, const Names& names) {
  std::string name = page[key].Text(by_default);
  const Shape* query = names.Find(Root::kRequestQuery);
  if (name.empty() || query == nullptr || query->Find(name) != nullptr) return name;
  reading.Wrong(page[key] ? page[key] : page, "'" + std::string(key) +
                                                  "' of the page is the query parameter '" + name +
                                                  "', which the operation does not list" +
                                                  DidYouMean(name, query->MemberNames()));
  return name;
}

Paging ReadPaging(ContractReading& reading, const Node& node, const Names& names) {
  Paging paging;
  if (!node || !reading.Check(node, blocks::kPage)) return paging;
  const std::string style = reading.Needed(node, "style");
  if (!style.empty() && style != "cursor" && style != "offset") {
    reading.Wrong(node["style"], "'" + style + "' is no style of pages; it is cursor or offset");
  }
  paging.style = style == "cursor" ? Paging::Style::kCursor : Paging::Style::kOffset;
  paging.limit = ReadQueryName(reading, node, "limit", "limit", names);
  paging.start = ReadQueryName(reading, node, "start", style == "cursor" ? "cursor" : "", names);
  const auto count = [&](std::string_view key, std::size_t by_default) {
    const std::int64_t number = node[key] ? node[key].json().AsInteger() : 0;
    return number >= 1 ? static_cast<std::size_t>(number) : by_default;
  };
  paging.default_limit = count("default", paging.default_limit);
  paging.maximum_limit = count("maximum", paging.maximum_limit);
  if (node["default"] && node["default"].json().IsInteger() && node["maximum"] &&
      node["maximum"].json().IsInteger() && paging.default_limit > paging.maximum_limit) {
    reading.Wrong(node["default"], "the 'default' of a page is above its 'maximum'");
  }
  paging.total = node["total"].Flag();
  paging.bad_cursor = reading.ReadOutcome(node["bad_cursor"]);
  if (style == "cursor" && paging.bad_cursor.outcome.empty() && !node["bad_cursor"]) {
    reading.Missing(node, "bad_cursor");
  }
  return paging;
}

// Adds what it finds to `names`.
Effect::Needs ReadNeeds(ContractReading& reading, const Node& node, Names& names) {
  Effect::Needs needs;
  if (!reading.Check(node, blocks::kNeeds)) return needs;
  needs.all = static_cast<bool>(node["list"]);
  if (needs.all && node["find"]) {
    reading.WrongKey(node["find"], "what is needed is one of 'find' and 'list'");
  }
  needs.which = ReadWhich(reading, node, names, needs.all ? "list" : "find");
  needs.absent = reading.ReadOutcome(node["absent"]);
  if (!needs.all && !needs.which.by && needs.which.where.empty()) {
    reading.Wrong(node, "'by' or 'where' must say which one");
  }
  const std::string kind = ShortKind(needs.which.kind);
  const Shape members = reading.contract->kinds.MembersOf(kind);
  // An unknown kind is reported once; no member of it is reported as well.
  if (reading.contract->kinds.Find(kind) == nullptr) names.Know(Root::kFound, Shape());
  names.KnowMember(Root::kFound, kind, needs.all ? Shape::ListOf(members) : members);
  return needs;
}

Effect::Refusal ReadRefusal(ContractReading& reading, const Node& node, const Names& names) {
  Effect::Refusal refusal;
  if (!reading.Check(node, blocks::kRefusal)) return refusal;
  refusal.when = reading.CompileCondition(node["when"], names);
  if (node["there"]) {
    refusal.there = ReadWhich(reading, node, names, "there");
  } else {
    for (const char* key : {"by", "where"}) {
      if (!node[key]) continue;
      reading.WrongKey(node[key], "'" + std::string(key) + "' says nothing without 'there'");
    }
  }
  refusal.outcome = reading.ReadOutcome(node);
  return refusal;
}

Mask ReadMask(ContractReading& reading, const Node& node, const std::string& kind,
              const Names& names) {
  Mask mask;
  if (!reading.Check(node, blocks::kMask)) return mask;
  mask.members = reading.Texts(node["members"]);
  for (std::size_t i = 0; i < mask.members.size(); ++i) {
    reading.CheckMember(node["members"].Item(i), false, kind, mask.members[i]);
  }
  if (!node["members"]) reading.Missing(node, "members");
  if (node["as"]) mask.as = node["as"].json();
  mask.unless = reading.CompileText(node["unless"], names);
  return mask;
}

// Which of the verbs it is; nothing, and a problem, when it is not exactly one.
std::optional<std::pair<std::string_view, Effect::Does>> ReadVerb(ContractReading& reading,
                                                                  const Node& node) {
  static constexpr std::array<std::pair<std::string_view, Effect::Does>, 6> kVerbs = {
      {{"create", Effect::Does::kCreate},
       {"get", Effect::Does::kGet},
       {"list", Effect::Does::kList},
       {"update", Effect::Does::kUpdate},
       {"replace", Effect::Does::kReplace},
       {"delete", Effect::Does::kDelete}}};
  const auto is_there = [&](const auto& verb) { return static_cast<bool>(node[verb.first]); };
  if (std::ranges::count_if(kVerbs, is_there) != 1) {
    reading.Wrong(node, "an effect is one of create, get, list, update, replace and delete");
    return std::nullopt;
  }
  return *std::ranges::find_if(kVerbs, is_there);
}

// The keys that an effect of one verb has and one of another has not.
void CheckKeysOfVerb(ContractReading& reading, const Node& node, std::string_view verb,
                     Effect::Does does) {
  using enum Effect::Does;
  static constexpr std::array<std::pair<std::string_view, std::array<Effect::Does, 5>>, 14> kOf = {{
      {"id", {kCreate, kCreate}},
      {"taken", {kCreate, kCreate}},
      {"by", {kCreate, kGet, kUpdate, kReplace, kDelete}},
      {"absent", {kGet, kUpdate, kReplace, kDelete}},
      {"where", {kGet, kList, kUpdate, kReplace, kDelete}},
      {"resource", {kCreate, kReplace, kReplace, kReplace, kReplace}},
      {"take", {kUpdate, kUpdate, kUpdate, kUpdate, kUpdate}},
      {"set", {kUpdate, kUpdate, kUpdate, kUpdate, kUpdate}},
      {"merge", {kUpdate, kUpdate, kUpdate, kUpdate, kUpdate}},
      {"newest_first", {kList, kList, kList, kList, kList}},
      {"sort", {kList, kList, kList, kList, kList}},
      {"page", {kList, kList, kList, kList, kList}},
      {"search", {kList, kList, kList, kList, kList}},
  }};
  for (const auto& [key, verbs] : kOf) {
    if (key.empty() || !node[key] || std::ranges::find(verbs, does) != verbs.end()) continue;
    reading.WrongKey(node[key], "'" + std::string(key) + "' says nothing in an effect that is '" +
                                    std::string(verb) + "'");
  }
}

// Reads one effect, step by step: each part knows the names that the steps before it found.
class EffectReader {
 public:
  EffectReader(ContractReading& reading, const Node& node, const Names& names)
      : reading_(reading), node_(node), names_(names) {}

  Effect Read(const UriTemplate& path, EffectNames& of_answers) {
    if (!reading_.Check(node_, blocks::kEffect)) return std::move(effect_);
    const auto verb = ReadVerb(reading_, node_);
    if (!verb) {
      KnowAnything(of_answers);
      return std::move(effect_);
    }
    effect_.does = verb->second;
    CheckKeysOfVerb(reading_, node_, verb->first, verb->second);
    kind_ = reading_.Kind(node_[verb->first]);
    members_ = reading_.contract->kinds.MembersOf(ShortKind(kind_));
    const auto declared = reading_.kind_blocks.find(ShortKind(kind_));
    if (declared != reading_.kind_blocks.end()) kind_block_ = declared->second;
    reading_.EachItem(node_["needs"], [&](const Node& needs) {
      effect_.needs.push_back(ReadNeeds(reading_, needs, names_));
    });
    ReadWhichOne(path);
    of_answers.failure = names_;
    if (effect_.does != Effect::Does::kList) of_answers.failure.Know(Root::kResult, members_);
    ReadWhatHappens();
    ReadShown();
    names_.Know(Root::kResult, OfAnswer());
    of_answers.success = names_;
    return std::move(effect_);
  }

 private:
  // An effect that cannot be read is reported once; no name in its answers is reported as well.
  static void KnowAnything(EffectNames& of_answers) {
    for (Names* answer : {&of_answers.success, &of_answers.failure}) {
      for (const Root root : {Root::kResult, Root::kFound, Root::kMade}) {
        answer->Know(root, Shape());
      }
    }
  }

  bool of_one() const {
    return effect_.does != Effect::Does::kCreate && effect_.does != Effect::Does::kList;
  }

  void ReadWhichOne(const UriTemplate& path) {
    effect_.which = {kind_, reading_.CompileIfThere(node_["by"], names_),
                     ReadWhere(reading_, node_["where"], kind_, names_)};
    if (effect_.does == Effect::Does::kList) {
      effect_.newest_first = node_["newest_first"].Flag();
      ReadSort();
      ReadSearch();
      effect_.paging = ReadPaging(reading_, node_["page"], names_);
    }
    if (of_one()) {
      if (!effect_.which.by) effect_.which.by = ByLastVariable(path);
      effect_.absent = reading_.ReadOutcome(node_["absent"]);
      if (!node_["absent"]) reading_.Missing(node_, "absent");
    }
    if (effect_.does == Effect::Does::kCreate && !effect_.which.by) {
      effect_.id = node_["id"] || !kind_block_["id"] ? reading_.Needed(node_, "id")
                                                     : kind_block_["id"].Text();
      if (node_["id"]) reading_.CheckMember(node_["id"], false, kind_, effect_.id);
    }
    if (node_["taken"]) effect_.taken = reading_.ReadOutcome(node_["taken"]);
  }

  // "{{request.path.id}}" of "/things/{id}".
  Template ByLastVariable(const UriTemplate& path) {
    if (path.variables().empty()) {
      reading_.Wrong(node_, "the path has no variable, so 'by' must say which '" +
                                ShortKind(kind_) + "' is meant");
      return {};
    }
    return Template::Compile("{{request.path." + path.variables().back() + "}}", Names::Any())
        .value_or(Template());
  }

  void ReadSort() {
    const Node sort = node_["sort"];
    if (!sort || !reading_.Check(sort, blocks::kSort)) return;
    reading_.Needed(sort, "by");
    const std::string order = sort["order"].Text("asc");
    if (order.find("{{") == std::string::npos && order != "asc" && order != "desc") {
      reading_.Wrong(sort["order"], "'" + order + "' is no order; it is asc or desc");
    }
    effect_.sorting = Sorting{reading_.CompileText(sort["by"], names_),
                              reading_.CompileText(sort["order"], names_)};
    if (effect_.sorting->by.IsConstant()) {
      reading_.CheckMember(sort["by"], false, kind_, sort["by"].Text());
    }
  }

  void ReadSearch() {
    const Node search = node_["search"];
    if (!search || !reading_.Check(search, blocks::kSearch)) return;
    reading_.Needed(search, "for");
    if (!search["in"]) reading_.Missing(search, "in");
    effect_.searching =
        Searching{reading_.Texts(search["in"]), reading_.CompileText(search["for"], names_)};
    for (std::size_t i = 0; i < effect_.searching->members.size(); ++i) {
      reading_.CheckMember(search["in"].Item(i), false, kind_, effect_.searching->members[i]);
    }
  }

  void ReadWhatHappens() {
    if (of_one()) names_.Know(Root::kResult, members_);
    reading_.EachItem(node_["refuse"], [&](const Node& refusal) {
      effect_.refusals.push_back(ReadRefusal(reading_, refusal, names_));
    });
    if (const Node resource = node_["resource"]) {
      effect_.resource = reading_.CompileTemplate(resource, names_);
      CheckMembers(reading_, resource, kind_);
      if (effect_.does == Effect::Does::kCreate && !effect_.which.by) {
        CheckHasId(reading_, resource, kind_, effect_.id);
      }
      CheckId(resource);
    } else if (effect_.does == Effect::Does::kCreate || effect_.does == Effect::Does::kReplace) {
      reading_.Missing(node_, "resource");
    }
    ReadTake();
    effect_.patch = ReadPatch(reading_, node_, kind_, names_);
    if (effect_.does == Effect::Does::kList) {
      names_.Know(Root::kResult, PageShape(members_));
    } else {
      names_.Know(Root::kResult, members_);
    }
    effect_.then = ReadSteps(reading_, node_["then"],
                             effect_.does == Effect::Does::kList ? std::string() : kind_, names_);
  }

  // What is created has an id.
  void CheckId(const Node& resource) {
    const Node id = effect_.id.empty() ? Node::None() : resource[effect_.id];
    if (!id || (id.IsText() && !id.Text().empty()) || id["$first"]) return;
    reading_.Wrong(id, "'" + effect_.id + "' is the id of the resource: it must be text");
  }

  void ReadTake() {
    effect_.take = reading_.Texts(node_["take"]);
    const Shape* body = names_.Find(Root::kRequestBody);
    for (std::size_t i = 0; i < effect_.take.size(); ++i) {
      const std::string& member = effect_.take[i];
      const Node node = node_["take"].Item(i);
      if (!reading_.CheckMember(node, false, kind_, member)) continue;
      if (body == nullptr || body->Find(member) != nullptr) continue;
      reading_.Wrong(node, "the body has no member '" + member + "'" +
                               DidYouMean(member, body->MemberNames()));
    }
  }

  // The effect's own, else what the kind says of all of them.
  Node Own(std::string_view key) const { return node_[key] ? node_[key] : kind_block_[key]; }

  // {usage: {list: connection, where: …, show: …}}
  void ReadWith(Names& of_item) {
    reading_.EachMember(Own("with"), [&](const std::string& member, const Node& node) {
      if (!reading_.Check(node, blocks::kRelated)) return;
      Effect::Related related{.member = member, .all = static_cast<bool>(node["list"])};
      related.which = ReadWhich(reading_, node, of_item, related.all ? "list" : "find");
      if (!node["show"]) reading_.Missing(node, "show");
      const std::string kind = ShortKind(related.which.kind);
      Names of_related = of_item;
      of_related.KnowMember(Root::kFound, kind, reading_.contract->kinds.MembersOf(kind));
      related.show = reading_.CompileTemplate(node["show"], of_related);
      const Shape shape = ShapeOf(node["show"].json(), of_related);
      shown_ = shown_.With(member, related.all ? Shape::ListOf(shape) : shape);
      effect_.with.push_back(std::move(related));
    });
    of_item.Know(Root::kResult, shown_);
  }

  void ReadShown() {
    Names of_item = names_;
    of_item.Know(Root::kResult, members_);
    shown_ = members_;
    ReadWith(of_item);
    const Node without = Own("without");
    effect_.without = reading_.Texts(without);
    for (std::size_t i = 0; i < effect_.without.size(); ++i) {
      reading_.CheckMember(without.Item(i), false, kind_, effect_.without[i]);
    }
    const auto given = [](const Node& node) { return node && !node.json().IsNull(); };
    if (const Node mask = Own("mask"); given(mask)) {
      effect_.mask = ReadMask(reading_, mask, kind_, of_item);
    }
    if (const Node show = Own("show"); given(show)) {
      effect_.show = reading_.CompileTemplate(show, of_item);
      shown_ = ShapeOf(show.json(), of_item);
    }
  }

  static Shape PageShape(const Shape& item) {
    return Shape::Of({{"items", Shape::ListOf(item)},
                      {"limit", Shape::Leaf()},
                      {"offset", Shape::Leaf()},
                      {"next_cursor", Shape::Leaf()},
                      {"total", Shape::Leaf()}});
  }

  // {{result}} in the answer of a success.
  Shape OfAnswer() const {
    return effect_.does == Effect::Does::kList ? PageShape(shown_) : shown_;
  }

  ContractReading& reading_;
  const Node& node_;
  Names names_;
  Effect effect_;
  std::string kind_;
  Node kind_block_ = Node::None();
  Shape members_;
  Shape shown_;
};

}  // namespace

Effect ReadEffect(ContractReading& reading, const Node& node, const UriTemplate& path,
                  const Names& names, EffectNames& of_answers) {
  of_answers = {names, names};
  return EffectReader(reading, node, names).Read(path, of_answers);
}

}  // namespace mockduit
