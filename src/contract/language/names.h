// Names: what the templates of one place may ask for: the operation's parameters, the members of
// its body, what it found and made. The readers of contracts and scenarios make one for each place
// and hold every hole against it. It says nothing of values: those come from a Scope.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/language/hole.h"

namespace mockduit {

// What may stand below a name: {{request.body.lock.code}} asks for `lock.code` of the body.
// A value type; copies share their members.
class Shape {
 public:
  using Members = std::vector<std::pair<std::string, Shape>>;

  Shape() = default;    // anything may stand below
  static Shape Leaf();  // nothing may: a text, a number
  static Shape Of(Members members);
  static Shape ListOf(Shape item);

  bool anything() const { return kind_ == Kind::kAnything; }
  bool is_list() const { return kind_ == Kind::kList; }
  // The members by name; empty unless they are known.
  const Members& members() const;
  std::vector<std::string> MemberNames() const;
  // The shape of that member, or of a list's item of that index; nullptr where there is none. What
  // is anything has every member.
  const Shape* Find(std::string_view member) const;
  // Of each item, where this is a list; anything else gives anything.
  Shape Item() const;

  // With one more member, which is united with one of that name.
  Shape With(const std::string& member, const Shape& shape) const;
  // Knows what either knows.
  Shape Or(const Shape& other) const;

 private:
  enum class Kind { kAnything, kLeaf, kMembers, kList };
  Kind kind_ = Kind::kAnything;
  std::shared_ptr<const Members> members_;  // kMembers
  std::shared_ptr<const Shape> item_;       // kList
};

class Names {
 public:
  // What every place knows: the time, ids and what is drawn by chance.
  Names() = default;
  // Every name of the language, whatever stands below it.
  static Names Any();

  // Adds a root, in place of what was known below it.
  void Know(Root root, Shape shape = Shape::Leaf());
  // Adds a member below a root: the kind `box` below `found`.
  void KnowMember(Root root, const std::string& member, const Shape& shape);
  void Forget(Root root);
  // How messages name the place: "in acme.create_box". Unless it is set, "here".
  void SetPlace(std::string place) { place_ = std::move(place); }
  // What may stand below a root; nullptr where the place does not know it.
  const Shape* Find(Root root) const;
  // Knows what either knows.
  void Add(const Names& other);

  // What may stand below what the hole gives.
  Shape ShapeOf(const Hole& hole) const;
  // Why this place cannot give what the hole asks for; nothing when it can.
  std::optional<std::string> WhyUnknown(const Hole& hole) const;

 private:
  Shape Below(const Hole& hole) const;
  std::optional<std::string> WhyUnknown(Root root, std::string_view path) const;

  std::vector<std::pair<Root, Shape>> known_;
  std::string place_ = "here";
};

// One wrong thing within a value that holds templates.
struct TemplateMistake {
  std::string pointer;     // from the value to the text with the mistake, by RFC 6901; "" = itself
  bool at_key = false;     // the mistake is in the key of that member
  std::size_t offset = 0;  // bytes into that text
  std::string message;
};

// What a compiler of templates gives: the value, or every mistake in it.
template <class T>
using Compiled = std::expected<T, std::vector<TemplateMistake>>;

}  // namespace mockduit
