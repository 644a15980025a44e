// References: the values of a document that its "$ref"s lead to, each looked for once. A document
// may have many thousands of them, and its members are kept in lists.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"

namespace mockduit {

// "/components/schemas/A B" of "#/components/schemas/A%20B", a pointer of RFC 6901; "" of what
// leads to no place below the root.
std::string PointerOfReference(std::string_view reference);

// Tells of a way from value to value whether it comes round, however long it is: some of the values
// are kept, farther and farther apart (Brent's algorithm).
class Circle {
 public:
  explicit Circle(const Json* start) : kept_(start) {}

  // True where the way comes to `place`, its next value, by a circle. False while it is not known.
  bool ClosesAt(const Json* place) {
    if (place == kept_) return true;
    if (++steps_ == until_next_) {
      kept_ = place;
      until_next_ *= 2;
      steps_ = 0;
    }
    return false;
  }

 private:
  const Json* kept_;
  std::size_t steps_ = 0;
  std::size_t until_next_ = 1;
};

// One thread at a time.
class References {
 public:
  // `root` must outlive this.
  explicit References(const Json& root) : root_(root) {}

  References(const References&) = delete;
  References& operator=(const References&) = delete;
  virtual ~References() = default;

  const Json& root() const { return root_; }
  // Where "#/components/…" leads; nullptr where it leads nowhere.
  const Json* Find(std::string_view reference);
  // The value, or where its "$ref" leads, and where that one's leads, and so on; nullptr where that
  // is nowhere, or a circle.
  const Json* Follow(const Json& value);
  // The value, or where references lead that have nothing beside them. Where one leads nowhere, or
  // in a circle, it is the last on the way.
  const Json& PlaceOf(const Json& value);
  // A reference that leads to a value of the document, for what is made of it: so that it need not
  // be copied. A value that is no more than a reference which leads somewhere gives that.
  Json ReferenceTo(const Json& value);
  // Puts copies in the place of all that ReferenceTo gave.
  void PutCopies(Json& json);

 protected:
  // Where other references lead than those of pointers.
  virtual const Json* FindOther(std::string_view /*reference*/) { return nullptr; }

 private:
  const Json& root_;
  std::unordered_map<std::string, const Json*> found_;
  std::unordered_map<const Json*, std::size_t> numbers_;  // of those that ReferenceTo was asked for
  std::vector<const Json*> numbered_;
};

}  // namespace mockduit
