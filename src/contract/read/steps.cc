// What goes on besides the operations themselves: steps, lifecycles and webhooks.
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
    step.event = node_["emit"].Text();
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

void ReadStages(ContractReading& reading, const Node& node, Lifecycle& lifecycle, Names& names) {
  reading.EachItem(node, [&](const Node& stage) {
    if (!reading.Check(stage, blocks::kStage)) return;
    const double at = stage["at"] ? stage["at"].json().AsNumber(-1) : -1;
    const double before = lifecycle.stages.empty() ? 0 : lifecycle.stages.back().at;
    if (at < before || at > 1) {
      return reading.Wrong(
          stage["at"] ? stage["at"] : stage,
          "'at' must be a share of the time, from 0 to 1, not below the one before");
    }
    Patch patch = ReadPatch(reading, stage, lifecycle.kind, names);
    lifecycle.stages.push_back(
        {at, std::move(patch), ReadSteps(reading, stage["then"], lifecycle.kind, names)});
  });
}

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
  if (members == nullptr || node.json().Find("$first") != nullptr) return;
  for (const JsonMember& member : *members) {
    const Node below = node.Below(member.value);
    if (reading.CheckMember(below, true, kind, base + member.key)) {
      CheckNested(reading, below, kind, base + member.key);
      CheckMerge(reading, below, kind, base + member.key + ".");
    }
  }
}

}  // namespace

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

Names LifecycleNames(const ContractReading& reading, const std::string& kind) {
  Names names;
  names.Know(Root::kError, Shape());
  names.Know(Root::kProcessId);
  names.Know(Root::kResult, reading.contract->kinds.MembersOf(ShortKind(kind)));
  return names;
}

namespace {

// True when a template in it asks for `error`.
bool TellsError(const Json& json) {
  if (const std::string* text = json.IfString()) {
    std::string_view rest = *text;
    for (std::size_t open = rest.find("{{"); open != std::string_view::npos;
         open = rest.find("{{")) {
      rest.remove_prefix(open + 2);
      if (Trim(rest).starts_with("error")) return true;
    }
    return false;
  }
  if (const Json::Array* items = json.IfArray()) return std::ranges::any_of(*items, TellsError);
  const Json::Object* members = json.IfObject();
  return members != nullptr && std::ranges::any_of(*members, [](const JsonMember& member) {
           return TellsError(member.value);
         });
}

}  // namespace

// All of them are there by name before their steps are read, which may begin and stop each other.
void ReadLifecycles(ContractReading& reading, const Node& node) {
  std::vector<std::pair<std::shared_ptr<Lifecycle>, Node>> made;
  reading.EachMember(node, [&](const std::string& name, const Node& lifecycle) {
    auto known = std::make_shared<Lifecycle>();
    known->edition = reading.contract->edition;
    known->name = reading.StoreKind(name);
    known->kind = reading.StoreKind(lifecycle["kind"].Text());
    reading.CheckName(lifecycle, name);
    reading.contract->lifecycles.push_back(known);
    made.emplace_back(std::move(known), lifecycle);
  });
  for (auto& [lifecycle, from] : made) {
    if (!reading.Check(from, blocks::kLifecycle)) continue;
    reading.Needed(from, "kind");
    lifecycle->kind = reading.Kind(from["kind"]);
    if (!from["takes"]) reading.Missing(from, "takes");
    lifecycle->takes = reading.ReadDuration(from["takes"], {});
    Names names = LifecycleNames(reading, lifecycle->kind);
    ReadStages(reading, from["steps"], *lifecycle, names);
    reading.EachMember(from["ends"], [&](const std::string& ending, const Node& change) {
      reading.CheckName(change, ending);
      if (!reading.Check(change, blocks::kEnding)) return;
      Names of_end = names;
      Patch patch = ReadPatch(reading, change, lifecycle->kind, of_end);
      lifecycle->endings.push_back({ending, std::move(patch),
                                    ReadSteps(reading, change["then"], lifecycle->kind, of_end),
                                    TellsError(change.json())});
    });
    const Node polled = from["also_polled"];
    if (polled && polled.json().IsObject()) {
      for (const JsonMember& entry : *polled.json().IfObject()) {
        const Node member = polled[entry.key];
        reading.CheckKind(member, true, entry.key);
        reading.CheckMember(member, false, lifecycle->kind, member.Text());
        lifecycle->watched.push_back({reading.StoreKind(entry.key), member.Text()});
      }
    }
    if (!from["ends"]) reading.Missing(from, "ends");
  }
}

void ReadWebhooks(ContractReading& reading, const Node& node) {
  using std::chrono::hours;
  using std::chrono::seconds;
  if (!node || !reading.Check(node, blocks::kWebhooks)) return;
  auto webhooks = std::make_shared<Webhooks>();
  reading.Needed(node, "kind");
  webhooks->kind = reading.Kind(node["kind"]);
  for (const char* member : {"url", "events", "active"}) {
    reading.CheckMember(node["kind"], false, webhooks->kind, member);
  }
  webhooks->where = ReadWhere(reading, node["where"], webhooks->kind, Names::Any());
  webhooks->body = reading.CompileTemplate(node["body"], Names::Any());
  reading.EachMember(node["headers"], [&](const std::string& name, const Node& value) {
    webhooks->headers.emplace_back(name, reading.CompileText(value, Names::Any()));
  });
  const std::string signature = node["signature"].Text("upper");
  if (signature != "upper" && signature != "lower") {
    reading.Wrong(node["signature"], "signature is upper or lower: the case of its hex digits");
  }
  webhooks->upper_case_signature = signature == "upper";
  reading.EachItem(node["retries"], [&](const Node& wait) {
    const auto duration = ParseDuration(wait.IsText() ? wait.Text() : wait.json().Dump());
    if (!duration) return reading.Wrong(wait, duration.error().message);
    if (*duration <= Duration(0)) {
      reading.Wrong(wait, "a wait between attempts must be longer than nothing");
    } else if (!webhooks->retries.empty() && *duration < webhooks->retries.back()) {
      reading.Wrong(wait, "a wait between attempts must not be shorter than the one before");
    }
    webhooks->retries.push_back(*duration);
  });
  const auto positive = [&](std::string_view key, Duration by_default) {
    const Duration duration = reading.ReadDuration(node[key], by_default);
    if (duration <= Duration(0)) {
      reading.Wrong(node[key], "'" + std::string(key) + "' must be longer than nothing");
    }
    return duration;
  };
  webhooks->for_at_most = positive("give_up_after", hours(24));
  webhooks->timeout = positive("timeout", seconds(10));
  reading.contract->webhooks = std::move(webhooks);
}

void CheckWebhooks(ContractReading& reading, const Node& node) {
  if (!node || reading.contract->webhooks == nullptr) return;
  // Where nothing emits, a vendor's code may.
  Names names = reading.emits ? reading.emitters : Names::Any();
  ReadWhere(reading, node["where"], reading.contract->webhooks->kind, names);
  names.Know(Root::kProcessId);
  names.Know(Root::kEventName);
  names.Know(Root::kEventData, Shape());
  reading.CompileTemplate(node["body"], names);
  names.Know(Root::kSignature);
  reading.EachMember(node["headers"], [&](const std::string& /*name*/, const Node& value) {
    reading.CompileText(value, names);
  });
}

}  // namespace mockduit
