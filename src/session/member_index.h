// MemberIndex: which resources of a kind have which text at one of their members, so that whoever
// asks for those of one value need not look through all. The store makes one for each member that
// it is asked about, and keeps it right.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"

namespace mockduit {

// A resource as the store keeps it.
struct StoredText {
  std::uint64_t number = 0;  // rises in the order of creation
  std::uint64_t change = 0;  // the store's count of changes when the text came
  std::string id;
  std::string text;  // JSON, as one piece of memory; a Json takes dozens
};

class MemberIndex {
 public:
  using Resources = std::map<std::uint64_t, const StoredText*>;  // by number

  // `path` is dotted, as Json::AtPath takes it.
  explicit MemberIndex(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  // Files a resource, which reads as `json`, in place of how it was filed before. Must outlive it.
  void File(const StoredText& resource, const Json& json);
  void Remove(const StoredText& resource);
  // Those whose member has that text: of 5, "5". Nothing is filed where there is none, or null.
  const Resources& Find(std::string_view text) const;

 private:
  using ByText = std::map<std::string, Resources, std::less<>>;

  std::string path_;
  ByText by_text_;
  std::unordered_map<std::uint64_t, ByText::iterator> filed_;  // by number
};

}  // namespace mockduit
