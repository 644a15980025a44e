// Store: the resources of one session, by kind and id, in the order they were made. Bounded: past
// the limit of a kind its oldest go. Not thread-safe: its session's lock guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "session/memory_account.h"

namespace mockduit {

// The text by which a resource's field serves as its id: 5 as "5"; "" where it has no such field.
std::string IdOf(const Json& resource, std::string_view field);

class Store {
 public:
  struct Evicted {
    std::string kind;
    std::string id;
  };
  static constexpr std::size_t kDefaultMaxBytes = 64 * 1024UZ * 1024;

  explicit Store(std::size_t max_of_a_kind, std::size_t max_bytes = kDefaultMaxBytes)
      : max_of_a_kind_(max_of_a_kind), max_bytes_(max_bytes) {}

  // Adds a resource, or replaces the one of that id where it stands. `kind` is "vendor.kind". Gives
  // what had to go: the oldest one of the kind, where there are too many; where there are too many
  // bytes, the oldest of whichever kind has the most of them. What is put stays.
  std::vector<Evicted> Put(std::string_view kind, std::string id, const Json& resource);
  bool Has(std::string_view kind, std::string_view id) const;
  // Nothing when there is none.
  std::optional<Json> Find(std::string_view kind, std::string_view id) const;
  // False when there is none.
  bool Remove(std::string_view kind, std::string_view id);
  enum class Order { kOldestFirst, kNewestFirst };
  // Calls `visit` with each resource of that kind, its id and its JSON, until it gives false. It
  // must not change the store.
  void Visit(
      std::string_view kind, Order order,
      const std::function<bool(const std::string& id, const std::string& text)>& visit) const;
  std::size_t Count(std::string_view kind) const;
  // Rises with every change.
  std::uint64_t changes() const { return changes_; }
  // How many resources had to go, and how many of these because there were too many bytes.
  std::uint64_t evicted() const { return evicted_; }
  std::uint64_t evicted_for_bytes() const { return evicted_for_bytes_; }
  // What the resources take: their texts, their ids, and what holds them.
  std::size_t bytes() const { return memory_.bytes(); }
  std::size_t max_bytes() const { return max_bytes_; }
  void SetAccount(std::shared_ptr<MemoryAccount> account) {
    memory_.SetAccount(std::move(account));
  }
  void Clear();

  // {"vendor.kind": {"id": resource, …}, …}, oldest first.
  Json Snapshot() const;
  // Holds what such a snapshot says, and nothing else. When it is none, the error names the place,
  // and the store stays as it was.
  Result<void> Replace(const Json& snapshot);

 private:
  struct Resource {
    std::string id;
    std::string text;  // JSON: one piece of memory where a Json would be dozens
  };
  struct Kind {
    std::list<Resource> resources;  // oldest first
    // The keys are the ids in `resources`, whose places do not move.
    std::unordered_map<std::string_view, std::list<Resource>::iterator> by_id;
    std::size_t bytes = 0;
  };

  static std::size_t BytesOf(const Resource& resource);
  const Resource* Locate(std::string_view kind, std::string_view id) const;
  void Count(Kind& kind, const Resource& resource);
  void Uncount(Kind& kind, const Resource& resource);
  std::string EvictOldest(Kind& kind);
  void EvictForBytes(const Resource& newest, std::vector<Evicted>& evicted);

  std::size_t max_of_a_kind_;
  std::size_t max_bytes_;
  std::uint64_t evicted_ = 0;
  std::uint64_t changes_ = 0;
  std::uint64_t evicted_for_bytes_ = 0;
  MemoryShare memory_;
  std::map<std::string, Kind, std::less<>> kinds_;
};

}  // namespace mockduit
