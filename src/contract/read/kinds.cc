// The kinds of a contract: those that its vendor block declares, else those that its effects, its
// lifecycles and the seed store.
#include "contract/read/kinds.h"

#include "contract/read/parts.h"
#include "contract/read/reading.h"

namespace mockduit {
namespace {

// [id, name, {lock: [kind, code]}, {config: any}], or one such name.
class MemberReader {
 public:
  explicit MemberReader(ContractReading& reading) : reading_(reading) {}

  Shape Read(const Node& node) {
    if (node.Text() == "any") return {};
    const Json::Array* items = node.json().IfArray();
    const Json::Object* members = node.json().IfObject();
    Shape shape = Shape::Of({});
    if (items != nullptr) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        const Node item = node.Item(i);
        shape = shape.Or(item.IsText() ? Shape::Of({{item.Text(), Shape::Leaf()}}) : Nested(item));
      }
    } else if (members != nullptr) {
      shape = Nested(node);
    } else {
      reading_.Wrong(node,
                     "members are 'any', or a list of names and of maps such as {lock: [code]}");
    }
    return shape;
  }

 private:
  Shape Nested(const Node& node) {
    Shape::Members members;
    if (!node.json().IsObject()) {
      reading_.Wrong(node, "a member is a name, or a map of names to their own members");
      return Shape::Of({});
    }
    for (const JsonMember& member : *node.json().IfObject()) {
      members.emplace_back(member.key, Read(node.Below(member.value)));
    }
    return Shape::Of(std::move(members));
  }

  ContractReading& reading_;
};

// Finds whatever a document stores.
class Gatherer {
 public:
  explicit Gatherer(Kinds& kinds) : kinds_(kinds) {}

  void Walk(const Json& document) {
    const Json& lifecycles = document.Get("x-mockduit").Get("lifecycles");
    Each(lifecycles, [&](const std::string& /*name*/, const Json& lifecycle) {
      const std::string kind(lifecycle.Get("kind").AsString());
      Each(lifecycle.Get("steps"), [&](const std::string&, const Json& stage) {
        Changes(kind, stage);
        Steps(kind, stage.Get("then"));
      });
      Each(lifecycle.Get("ends"), [&](const std::string&, const Json& end) {
        Changes(kind, end);
        Steps(kind, end.Get("then"));
      });
    });
    Each(document.Get("paths"), [&](const std::string& /*path*/, const Json& item) {
      Each(item, [&](const std::string& method, const Json& operation) {
        if (!IsMethod(method)) return;
        const Json& block = operation.Get("x-mockduit");
        Effect(block.Get("effect"), block.Find("behaviour") != nullptr);
      });
    });
  }

 private:
  template <class Visit>
  static void Each(const Json& json, Visit visit) {
    if (const Json::Object* members = json.IfObject()) {
      for (const JsonMember& member : *members) visit(member.key, member.value);
    }
    if (const Json::Array* items = json.IfArray()) {
      for (const Json& item : *items) visit("", item);
    }
  }

  // What is known of templates' values before the contract is read.
  Shape ShapeOf(const Json& json) { return mockduit::ShapeOf(json, any_); }

  void Stores(std::string_view kind, const Shape& members, bool whole) {
    if (!kind.empty()) kinds_.Add({std::string(kind), members, "", whole});
  }

  void Changes(std::string_view kind, const Json& block) {
    if (const Json* set = block.Find("set")) Stores(kind, ShapeOfPaths(*set, any_), false);
    if (const Json* merge = block.Find("merge")) Stores(kind, ShapeOf(*merge), false);
  }

  void Effect(const Json& effect, bool behaves) {
    for (const char* verb : {"create", "replace"}) {
      const std::string_view kind = effect.Get(verb).AsString();
      if (const Json* resource = effect.Find("resource")) Stores(kind, ShapeOf(*resource), true);
    }
    for (const char* verb : {"create", "get", "list", "update", "replace", "delete"}) {
      const std::string kind(effect.Get(verb).AsString());
      if (kind.empty()) continue;
      if (behaves) Stores(kind, Shape(), true);  // C++ may add to it
      Steps(kind, effect.Get("then"));
      if (std::string_view(verb) != "update") continue;
      Changes(kind, effect);
      Each(effect.Get("take"), [&](const std::string&, const Json& member) {
        Stores(kind, Shape::Of({{std::string(member.AsString()), Shape()}}), false);
      });
    }
  }

  void Steps(const std::string& subject, const Json& steps) {
    Each(steps, [&](const std::string&, const Json& step) {
      if (const Json* kind = step.Find("update")) {
        Changes(kind->AsString(), step);
      } else if (const Json* made = step.Find("create")) {
        Stores(made->AsString(), ShapeOf(step.Get("resource")), true);
      } else {
        Changes(subject, step);
      }
      Steps(subject, step.Get("then"));
    });
  }

  Kinds& kinds_;
  const Names any_ = Names::Any();
};

}  // namespace

void ReadKinds(ContractReading& reading, const Node& node) {
  if (!node) return;
  reading.contract->kinds = {};
  reading.EachMember(node, [&](const std::string& name, const Node& block) {
    reading.CheckName(block, name);
    if (!reading.Check(block, blocks::kKind)) return;
    Kind kind{name, {}, block["id"].Text(), true, true, {}};
    reading.EachMember(block["refers"], [&](const std::string& member, const Node& other) {
      kind.refers.emplace_back(member, other.Text());
    });
    if (const Node members = block["members"]) {
      kind.members = MemberReader(reading).Read(members);
    }
    reading.contract->kinds.Add(std::move(kind));
    reading.kind_blocks.emplace(name, block);
  });
  for (const auto& [name, block] : reading.kind_blocks) {
    const std::string kind = reading.StoreKind(name);
    if (const Node id = block["id"]) reading.CheckMember(id, false, kind, id.Text());
    reading.EachMember(block["refers"], [&](const std::string& member, const Node& other) {
      reading.CheckMember(other, true, kind, member);
      reading.CheckKind(other, false, other.Text());
    });
  }
}

void GatherKinds(const Json& document, Kinds& kinds) { Gatherer(kinds).Walk(document); }

void GatherSeedKinds(const Json& seed, Kinds& kinds) {
  const Json::Array* entries = seed.IfArray();
  if (entries == nullptr) return;
  for (const Json& entry : *entries) {
    const std::string kind(entry.Get("kind").AsString());
    if (!kind.empty()) kinds.Add({kind, ShapeOf(entry.Get("resource"), Names()), "", true});
  }
}

}  // namespace mockduit
