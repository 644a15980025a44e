#include "contract/language/names.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kFew = 8;  // as many names as a message lists

// "; did you mean 'found.box.id'?", else the few that there are, else nothing. `rest` stands behind
// the member.
std::string Advice(std::string_view base, std::string_view member, std::string_view rest,
                   const Shape& shape) {
  const std::vector<std::string> names = shape.MemberNames();
  if (std::string nearest = Nearest(member, names); !nearest.empty()) {
    if (!rest.empty()) nearest += "." + std::string(rest);
    return "; did you mean '" + std::string(base) + "." + nearest + "'?";
  }
  if (names.empty()) return "; '" + std::string(base) + "' has no members here";
  if (names.size() > kFew) return "";
  return "; '" + std::string(base) + "' has " + OrList(names);
}

bool IsIndex(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Why a dotted path leads nowhere in a shape; nothing when it leads somewhere. `base` is how
// messages name the shape, `where` the place.
std::optional<std::string> WhyNotIn(const Shape& shape, std::string_view base,
                                    std::string_view path, std::string_view where) {
  const Shape* at = &shape;
  std::string place(base);
  for (std::string_view rest = path; !rest.empty();) {
    const std::string_view member = TakeUntil(rest, ".");
    const Shape* below = at->Find(member);
    if (below == nullptr) {
      return "'" + std::string(base) + "." + std::string(path) + "' is not known " +
             std::string(where) + Advice(place, member, rest, *at);
    }
    place += "." + std::string(member);
    at = below;
  }
  return std::nullopt;
}

// What is known of the members of a list that `pluck` takes one of.
Shape AfterFilter(const Shape& shape, const Filter& filter) {
  switch (filter.kind()) {
    case Filter::Kind::kPluck: {
      const Shape item = shape.Item();
      const Shape* member = item.Find(filter.argument());
      return Shape::ListOf(member != nullptr ? *member : Shape());
    }
    case Filter::Kind::kWrap: return Shape::ListOf(Shape());
    default: return Shape::Leaf();
  }
}

}  // namespace

Shape Shape::Leaf() {
  Shape shape;
  shape.kind_ = Kind::kLeaf;
  return shape;
}

Shape Shape::Of(Members members) {
  Shape shape;
  shape.kind_ = Kind::kMembers;
  shape.members_ = std::make_shared<const Members>(std::move(members));
  return shape;
}

Shape Shape::ListOf(Shape item) {
  Shape shape;
  shape.kind_ = Kind::kList;
  shape.item_ = std::make_shared<const Shape>(std::move(item));
  return shape;
}

const Shape::Members& Shape::members() const {
  static const Members kNone;
  return members_ != nullptr ? *members_ : kNone;
}

std::vector<std::string> Shape::MemberNames() const {
  std::vector<std::string> names;
  for (const auto& [name, shape] : members()) names.push_back(name);
  return names;
}

const Shape* Shape::Find(std::string_view member) const {
  static const Shape kAnything;
  switch (kind_) {
    case Kind::kAnything: return &kAnything;
    case Kind::kLeaf: return nullptr;
    case Kind::kList: return IsIndex(member) ? item_.get() : nullptr;
    case Kind::kMembers: break;
  }
  const auto found = std::ranges::find(members(), member, &Members::value_type::first);
  return found != members().end() ? &found->second : nullptr;
}

Shape Shape::Item() const { return is_list() ? *item_ : Shape(); }

Shape Shape::With(const std::string& member, const Shape& shape) const {
  return Or(Of({{member, shape}}));
}

Shape Shape::Or(const Shape& other) const {
  if (anything() || other.anything()) return {};
  if (kind_ == Kind::kLeaf) return other;
  if (other.kind_ == Kind::kLeaf) return *this;
  if (kind_ != other.kind_) return {};
  if (is_list()) return ListOf(item_->Or(*other.item_));
  Members all = members();
  for (const auto& [name, shape] : other.members()) {
    const auto known = std::ranges::find(all, name, &Members::value_type::first);
    if (known != all.end()) {
      known->second = known->second.Or(shape);
    } else {
      all.emplace_back(name, shape);
    }
  }
  return Of(std::move(all));
}

Names Names::Any() {
  Names names;
  for (int root = 0; root <= static_cast<int>(Root::kViolationsFields); ++root) {
    names.known_.emplace_back(static_cast<Root>(root), Shape());
  }
  return names;
}

void Names::Know(Root root, Shape shape) {
  Forget(root);
  known_.emplace_back(root, std::move(shape));
}

void Names::KnowMember(Root root, const std::string& member, const Shape& shape) {
  for (auto& [known, members] : known_) {
    if (known != root) continue;
    if (!members.anything()) members = members.With(member, shape);
    return;
  }
  known_.emplace_back(root, Shape::Of({{member, shape}}));
}

void Names::Forget(Root root) {
  std::erase_if(known_, [&](const auto& k) { return k.first == root; });
}

const Shape* Names::Find(Root root) const {
  const auto found = std::ranges::find(known_, root, [](const auto& known) { return known.first; });
  return found != known_.end() ? &found->second : nullptr;
}

void Names::Add(const Names& other) {
  for (const auto& [root, shape] : other.known_) {
    const Shape* known = Find(root);
    Know(root, known != nullptr ? known->Or(shape) : shape);
  }
}

std::optional<std::string> Names::WhyUnknown(Root root, std::string_view path) const {
  if (IsKnownEverywhere(root)) return std::nullopt;
  const Shape* known = Find(root);
  const std::string name(NameOf(root));
  if (known != nullptr && root == Root::kRequestHeader) {
    // Names of headers are the same in capitals and small letters.
    return WhyNotIn(*known, name, LowerCase(path), place_);
  }
  if (known != nullptr) return WhyNotIn(*known, name, path, place_);
  const std::string below = path.empty() ? "" : "." + std::string(path);
  return "'" + name + below + "' is not known " + place_ + ", only " + std::string(PlaceOf(root));
}

Shape Names::Below(const Hole& hole) const {
  if (IsKnownEverywhere(hole.root)) return Shape::Leaf();
  const Shape* at = Find(hole.root);
  for (std::string_view rest = hole.path; at != nullptr && !rest.empty();) {
    at = at->Find(TakeUntil(rest, "."));
  }
  return at != nullptr ? *at : Shape();
}

Shape Names::ShapeOf(const Hole& hole) const {
  Shape shape = Below(hole);
  for (const Filter& filter : hole.filters) shape = AfterFilter(shape, filter);
  // A default may be of another shape.
  return hole.fallback && !hole.fallback->IsString() ? Shape() : shape;
}

std::optional<std::string> Names::WhyUnknown(const Hole& hole) const {
  if (auto why = WhyUnknown(hole.root, hole.path)) return why;
  Shape shape = Below(hole);
  for (const Filter& filter : hole.filters) {
    if (filter.looks_ahead()) {
      const auto named = ParseName(filter.argument());
      if (auto why = named ? WhyUnknown(named->root, named->path) : std::nullopt) return why;
    }
    const Shape item = shape.Item();
    if (filter.kind() == Filter::Kind::kPluck && item.Find(filter.argument()) == nullptr) {
      return WhyNotIn(item, std::string(NameOf(hole.root)) + "." + hole.path, filter.argument(),
                      place_);
    }
    shape = AfterFilter(shape, filter);
  }
  return std::nullopt;
}

}  // namespace mockduit
