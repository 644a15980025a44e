// Store: keeps the resources of one session, by kind and id, in the order of creation. It drops the
// oldest beyond its limits. It is not thread-safe: the lock of its session guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/memory_account.h"
#include "base/mutex.h"
#include "base/result.h"
#include "session/member_index.h"

namespace mockduit {

// Gives a resource's field as the text of an id: 5 as "5". Gives "" when there is no such field.
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

  // Adds a resource, or replaces the one with that id in its place. `kind` is "vendor.kind".
  // Returns what it dropped: the oldest of the kind when that has too many, and more than the store
  // began with; the oldest of the kinds that take the most when the store has too many bytes. It
  // never drops what it puts.
  std::vector<Evicted> Put(std::string_view kind, std::string id, const Json& resource);
  // The same of a resource that is a JSON text already.
  std::vector<Evicted> PutText(std::string_view kind, std::string id, std::string text);
  bool Has(std::string_view kind, std::string_view id) const;
  // How many changes there were when it was put as it is; 0 when there is none.
  std::uint64_t ChangeOf(std::string_view kind, std::string_view id) const;
  // Returns nothing when there is none.
  std::optional<Json> Find(std::string_view kind, std::string_view id) const;
  // One member of it, which costs less; null when there is none.
  Json FindMember(std::string_view kind, std::string_view id, std::string_view name) const;
  // Returns false when there is none.
  bool Remove(std::string_view kind, std::string_view id);
  enum class Order { kOldestFirst, kNewestFirst };
  // Is called with the id and the JSON text of a resource, and must not change the store. False
  // stops the visit.
  using Visitor = std::function<bool(const std::string& id, const std::string& text)>;
  // Visits the resources of that kind.
  void Visit(std::string_view kind, Order order, const Visitor& visit) const;
  // The same of those whose member at that dotted path has that text, and maybe of others. What it
  // takes does not grow with the others, once the store was asked for that member.
  void VisitWhere(std::string_view kind, Order order, std::string_view path, std::string_view text,
                  const Visitor& visit);
  std::size_t Count(std::string_view kind) const;
  // Counts the changes.
  std::uint64_t changes() const { return changes_; }
  // Count the resources that were dropped, and those of them that were dropped for their bytes.
  std::uint64_t evicted() const { return evicted_; }
  std::uint64_t evicted_for_bytes() const { return evicted_for_bytes_; }
  // Counts the bytes of the resources: their texts, their ids, and an estimate of what holds them.
  std::size_t bytes() const { return memory_.bytes(); }
  std::size_t max_bytes() const { return max_bytes_; }
  std::size_t max_of_a_kind() const { return max_of_a_kind_; }
  void SetAccount(std::shared_ptr<MemoryAccount> account) {
    memory_.SetAccount(std::move(account));
  }
  void Clear();
  // Takes the resources of another store in place of its own. It shares them, and counts none of
  // their bytes, kind by kind until it changes one.
  void BeginWith(const Store& other);

  // Gives all resources as {"vendor.kind": {"id": resource, …}, …}, oldest first.
  Json Snapshot() const;
  // Replaces all resources by those of a snapshot. When the snapshot is not valid, the error names
  // the place, and the store stays as it is.
  Result<void> Replace(const Json& snapshot);
  // Replaces the kinds that a snapshot names, which must be valid.
  void ReplaceKinds(const Json& snapshot);

 private:
  using Resource = StoredText;
  struct Kind {
    std::list<Resource> resources;  // oldest first
    // The keys point to the ids in `resources`, which a list never moves.
    std::unordered_map<std::string_view, std::list<Resource>::iterator> by_id;
    // What stores share gets indexes, too, whose places in the list others keep.
    Mutex indexing;
    std::list<MemberIndex> indexes;
    std::uint64_t last_number = 0;
    std::size_t begun_with = 0;  // resources, which it may hold whatever the bound
    std::size_t bytes = 0;
  };

  struct Held {
    std::shared_ptr<Kind> kind = std::make_shared<Kind>();  // never nullptr
    bool is_own = true;  // else other stores may have it, too, and its bytes are not counted here
  };
  using Kinds = std::map<std::string, Held, std::less<>>;

  static std::size_t BytesOf(const Kind& kind, const Resource& resource);
  // Puts a text, of which `json` is what it reads as.
  std::vector<Evicted> Put(std::string_view kind, std::string id, std::string text,
                           const Json& json);
  // The kind, to be changed: a copy where it is not the store's own.
  Kind& Own(Held& held);
  void ReplaceKind(const JsonMember& kind);
  const Resource* Locate(std::string_view kind, std::string_view id) const;
  void Count(Kind& kind, const Resource& resource);
  void Uncount(Kind& kind, const Resource& resource);
  const MemberIndex& IndexOf(Held& held, std::string_view path);
  std::string EvictOldest(Kind& kind);
  void EvictForBytes(const Resource& newest, std::vector<Evicted>& evicted);

  std::size_t max_of_a_kind_;
  std::size_t max_bytes_;
  std::uint64_t evicted_ = 0;
  std::uint64_t changes_ = 0;
  std::uint64_t evicted_for_bytes_ = 0;
  MemoryShare memory_;
  Kinds kinds_;  // by name
};

}  // namespace mockduit
