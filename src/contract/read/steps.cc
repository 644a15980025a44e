// Steps: what happens besides what an operation does itself, and what they share with effects.
#include <array>

#include "base/text.h"
#include "base/time.h"
#include "contract/read/kind_mistakes.h"
#include "contract/read/reading.h"

namespace mockduit {
namespace {

constexpr std::array<std::pair<std::string_view, Step::Does>, 9> kVerbs = {
    {{"update", Step::Does::kUpdate},
     {"create", Step::Does::kCreate},
     {"delete", Step::Does::kDelete},
     {"each", Step::Does::kEach},
     {"begin", Step::Does::kBegin},
     {"stop", Step::Does::kStop},
     {"emit", Step::Does::kEmit},
     {"set", Step::Does::kSet},
     {"merge", Step::Does::kSet}}};

// What the steps of one list know: it grows by what they make.
class StepReader {
 public:
  StepReader(ContractReading& reading, const Node& node, const std::string& subject, Names& names)
      : reading_(reading), node_(node), subject_(subject), names_(names) {}

  Step Read() {
    Step step;
    const auto verb = std::ranges::find_if(
        kVerbs, [&](const auto& v) { return static_cast<bool>(node_[v.first]); });
    if (verb == kVerbs.end()) {
      reading_.Wrong(
          node_,
          "a step is one of set, update, create, delete, each, begin, stop, emit" + NearestVerb());
      return step;
    }
    if (verb->second == Step::Does::kSet && IsAnotherStep()) {
      reading_.Wrong(
          node_,
          "a step is one of set, update, create, delete, each, begin, stop, emit" + NearestVerb());
      return step;
    }
    reading_.Check(
        node_, *std::ranges::find(blocks::Steps(), "the step '" + std::string(verb->first) + "'",
                                  &Block::name));
    step.does = verb->second;
    step.when = reading_.CompileCondition(node_["when"], names_);
    step.if_there = There("if_there");
    step.unless_there = There("unless_there");
    switch (step.does) {
      case Step::Does::kSet:
        NeedSubject(verb->first);
        step.patch = ReadPatch(reading_, node_, subject_, names_);
        break;
      case Step::Does::kEmit: ReadEmit(step); break;
      case Step::Does::kBegin:
      case Step::Does::kStop: ReadLifecycle(step, node_[verb->first]); break;
      default: ReadOfKind(step, node_[verb->first]);
    }
    return step;
  }

 private:
  // True when it only looks like one that sets: its verb is misspelt.
  bool IsAnotherStep() const {
    const std::span<const BlockKey> keys = blocks::Steps().front().keys;
    return std::ranges::any_of(*node_.json().IfObject(), [&](const JsonMember& member) {
      const bool known = std::ranges::find(keys, member.key, &BlockKey::name) != keys.end();
      return !known && !Nearest(member.key, {"update", "create", "delete", "each"}).empty();
    });
  }

  // A list is about no resource that a step could change, or whose lifecycle could begin.
  void NeedSubject(std::string_view verb) {
    if (!subject_.empty()) return;
    reading_.WrongKey(node_[verb], "'" + std::string(verb) +
                                       "' needs the resource that an effect is about, and a list "
                                       "is about none");
  }

  std::string NearestVerb() const {
    std::vector<std::string> verbs;
    for (const auto& [name, does] : kVerbs) verbs.emplace_back(name);
    if (!node_.json().IsObject()) return "";
    for (const JsonMember& member : *node_.json().IfObject()) {
      if (std::ranges::find(verbs, member.key) != verbs.end()) continue;
      if (std::string advice = DidYouMean(member.key, verbs); !advice.empty()) return advice;
    }
    return "";
  }

  std::optional<Which> There(std::string_view key) {
    const Node there = node_[key];
    if (!there || !reading_.Check(there, blocks::kWhich)) return std::nullopt;
    return ReadWhich(reading_, there, names_);
  }

  void ReadEmit(Step& step) {
    step.event = reading_.CompileText(node_["emit"], names_);
    step.resource = reading_.CompileTemplate(node_["data"], names_);
    step.webhooks = reading_.contract->webhooks;
    if (step.webhooks == nullptr) {
      reading_.Wrong(node_["emit"],
                     "the contract has no 'webhooks' that could be told of an event");
    }
    if (reading_.emits) {
      reading_.emitters.Add(names_);
    } else {
      reading_.emitters = names_;
    }
    reading_.emits = true;
  }

  void ReadLifecycle(Step& step, const Node& named) {
    const std::string name = named.Text();
    step.lifecycle = reading_.contract->FindLifecycle(name);
    if (step.lifecycle.expired() && !name.empty()) {
      std::vector<std::string> known;
      for (const auto& one : reading_.contract->lifecycles) known.push_back(ShortKind(one->name));
      reading_.Wrong(named, "there is no lifecycle '" + name + "'" + DidYouMean(name, known));
    } else if (!node_["of"]) {
      CheckSubject(step, named);
    }
    step.which.by = reading_.CompileIfThere(node_["of"], names_);
    step.until = reading_.CompileIfThere(node_["until"], names_);
    step.unscripted = node_["unscripted"].Flag();
  }

  // Without `of`, it is the lifecycle of what the effect is about.
  void CheckSubject(const Step& step, const Node& named) {
    if (subject_.empty()) return NeedSubject(step.does == Step::Does::kBegin ? "begin" : "stop");
    const auto lifecycle = step.lifecycle.lock();
    if (lifecycle == nullptr || lifecycle->kind == subject_) return;
    if (reading_.contract->kinds.Find(ShortKind(lifecycle->kind)) == nullptr) return;
    reading_.Wrong(named, "the lifecycle '" + named.Text() + "' is of the kind '" +
                              ShortKind(lifecycle->kind) + "', but the effect is about a '" +
                              ShortKind(subject_) + "'; 'of' says of which one");
  }

  void ReadOfKind(Step& step, const Node& named) {
    const std::string kind = reading_.Kind(named);
    const std::string name = ShortKind(kind);
    const Shape members = reading_.contract->kinds.MembersOf(name);
    // An unknown kind is reported once; no member of it is reported as well.
    if (reading_.contract->kinds.Find(name) == nullptr) names_.Know(Root::kFound, Shape());
    step.which = {kind, reading_.CompileIfThere(node_["by"], names_),
                  ReadWhere(reading_, node_["where"], kind, names_)};
    step.patch = ReadPatch(reading_, node_, kind, names_);
    if (step.does == Step::Does::kCreate) {
      if (!step.which.by) step.id = IdOf(name);
      if (!node_["resource"]) reading_.Missing(node_, "resource");
      step.resource = reading_.CompileTemplate(node_["resource"], names_);
      CheckMembers(reading_, node_["resource"], kind);
      if (!step.which.by) CheckHasId(reading_, node_["resource"], kind, step.id);
      names_.KnowMember(Root::kFound, name, members);
      names_.KnowMember(Root::kMade, name, Shape::ListOf(members));
    } else if (!step.which.by && step.which.where.empty()) {
      reading_.Wrong(node_, "'by' or 'where' must say which ones");
    }
    if (step.does != Step::Does::kEach) return;
    Names inside = names_;
    inside.KnowMember(Root::kFound, name, members);
    step.then = ReadSteps(reading_, node_["then"], subject_, inside);
    // What is made inside is known behind it, too.
    for (const Root root : {Root::kFound, Root::kMade}) {
      if (const Shape* known = inside.Find(root)) names_.Know(root, *known);
    }
  }

  // The member that is the id of what is made.
  std::string IdOf(const std::string& kind) {
    const auto declared = reading_.kind_blocks.find(kind);
    if (!node_["id"] && declared != reading_.kind_blocks.end() && declared->second["id"]) {
      return declared->second["id"].Text();
    }
    const std::string id = reading_.Needed(node_, "id");
    if (node_["id"]) reading_.CheckMember(node_["id"], false, kind, id);
    return id;
  }

  ContractReading& reading_;
  const Node& node_;
  const std::string& subject_;
  Names& names_;
};

// What stands at a member of which the kind declares members must have them.
void CheckNested(ContractReading& reading, const Node& node, const std::string& kind,
                 const std::string& path) {
  const Json& value = node.json();
  const Kind* known = reading.contract->kinds.Find(ShortKind(kind));
  const bool may_be = value.IsObject() || value.IsArray() || value.IsNull() ||
                      value.AsString().find("{{") != std::string_view::npos;
  if (known == nullptr || !known->declared || may_be) return;
  const Shape* shape = &known->members;
  for (std::string_view rest = path; shape != nullptr && !rest.empty();) {
    shape = shape->Find(TakeUntil(rest, "."));
  }
  if (shape == nullptr || shape->members().empty()) return;
  reading.Wrong(node, NoMap(known->name, path, *shape));
}

// The members that a merge patch names.
void CheckMerge(ContractReading& reading, const Node& node, const std::string& kind,
                const std::string& base) {
  const Json::Object* members = node.json().IfObject();
  if (members == nullptr || node.json().Find("$first") != nullptr ||
      node.json().Find("$merge") != nullptr)
    return;
  for (const JsonMember& member : *members) {
    const Node below = node.Below(member.value);
    if (reading.CheckMember(below, true, kind, base + member.key)) {
      CheckNested(reading, below, kind, base + member.key);
      CheckMerge(reading, below, kind, base + member.key + ".");
    }
  }
}

}  // namespace

void CheckHasId(ContractReading& reading, const Node& resource, const std::string& kind,
                const std::string& id) {
  const Json::Object* members = resource ? resource.json().IfObject() : nullptr;
  if (members == nullptr || id.empty() || resource[id]) return;
  // A member that the kind does not have is told where it is named.
  if (reading.contract->kinds.MembersOf(ShortKind(kind)).Find(id) == nullptr) return;
  const auto is_word = [](const JsonMember& member) { return member.key.starts_with('$'); };
  if (std::ranges::any_of(*members, is_word)) return;
  reading.Wrong(resource, "what is created needs its id, '" + id +
                              "': all that have none would be one resource");
}

void CheckMembers(ContractReading& reading, const Node& node, const std::string& kind) {
  if (node) CheckMerge(reading, node, kind, "");
}

Patch ReadPatch(ContractReading& reading, const Node& node, const std::string& kind,
                const Names& names) {
  if (const Node set = node["set"]; set && set.json().IsObject()) {
    for (const JsonMember& member : *set.json().IfObject()) {
      reading.CheckMember(set.Below(member.value), true, kind, member.key);
    }
  }
  CheckMembers(reading, node["merge"], kind);
  return {reading.CompileTemplate(node["set"], names),
          reading.CompileTemplate(node["merge"], names)};
}

Where ReadWhere(ContractReading& reading, const Node& node, const std::string& kind,
                const Names& names) {
  Where where;
  if (!node || !node.json().IsObject()) return where;  // Check reports other types
  for (const JsonMember& member : *node.json().IfObject()) {
    const Node value = node.Below(member.value);
    reading.CheckMember(value, true, kind, member.key);
    where.emplace_back(member.key, reading.CompileAsked(value, names));
  }
  return where;
}

Which ReadWhich(ContractReading& reading, const Node& node, const Names& names,
                std::string_view kind_key) {
  if (!node[kind_key]) reading.Needed(node, kind_key);
  std::string kind = reading.Kind(node[kind_key]);
  auto by = reading.CompileIfThere(node["by"], names);
  Where where = ReadWhere(reading, node["where"], kind, names);
  return {std::move(kind), std::move(by), std::move(where)};
}

Steps ReadSteps(ContractReading& reading, const Node& node, const std::string& subject,
                Names& names) {
  Steps steps;
  if (!node || !node.json().IsArray()) return steps;
  reading.EachItem(node, [&](const Node& step) {
    steps.push_back(StepReader(reading, step, subject, names).Read());
  });
  return steps;
}

}  // namespace mockduit
