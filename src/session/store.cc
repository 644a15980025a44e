#include "session/store.h"

#include <algorithm>
#include <tuple>

#include "base/json_cursor.h"
#include "base/text.h"
#include "base/utf8.h"
#include "session/snapshot.h"

namespace mockduit {
namespace {

constexpr std::size_t kIndexed = 200;  // bytes, about, that an index takes for a resource

}  // namespace

std::vector<Store::Evicted> Store::Put(std::string_view kind, std::string id,
                                       const Json& resource) {
  std::string text = resource.Dump();
  // Else it could not be read again, and a state with it could not be taken up.
  if (FirstNotUtf8(text)) text = ValidUtf8(text);
  return Put(kind, std::move(id), std::move(text), resource);
}

std::vector<Store::Evicted> Store::PutText(std::string_view kind, std::string id,
                                           std::string text) {
  const auto found = kinds_.find(kind);
  const bool is_filed =
      found != kinds_.end() && found->second.is_own && !found->second.kind->indexes.empty();
  const Json json = is_filed ? Json::Parse(text).value_or(Json()) : Json();
  return Put(kind, std::move(id), std::move(text), json);
}

std::vector<Store::Evicted> Store::Put(std::string_view kind, std::string id, std::string text,
                                       const Json& json) {
  ++changes_;
  auto found = kinds_.find(kind);
  if (found == kinds_.end()) found = kinds_.try_emplace(std::string(kind)).first;
  Kind& all = Own(found->second);
  std::vector<Evicted> evicted;
  const auto same = all.by_id.find(id);
  const bool is_new = same == all.by_id.end();
  if (is_new) all.resources.push_back({++all.last_number, 0, std::move(id), ""});
  const auto place = is_new ? std::prev(all.resources.end()) : same->second;
  if (!is_new) Uncount(all, *place);
  place->text = std::move(text);
  place->change = changes_;
  Count(all, *place);
  if (is_new) all.by_id.emplace(place->id, place);
  for (MemberIndex& index : all.indexes) index.File(*place, json);
  if (all.resources.size() > std::max(max_of_a_kind_, all.begun_with)) {
    evicted.push_back({found->first, EvictOldest(all)});
  }
  if (bytes() > max_bytes_) EvictForBytes(*place, evicted);
  return evicted;
}

Store::Kind& Store::Own(Held& held) {
  if (held.is_own) return *held.kind;
  auto own = std::make_shared<Kind>();
  own->resources = held.kind->resources;
  own->last_number = held.kind->last_number;
  own->begun_with = held.kind->resources.size();
  for (auto place = own->resources.begin(); place != own->resources.end(); ++place) {
    own->by_id.emplace(place->id, place);
    Count(*own, *place);
  }
  held = {std::move(own)};
  return *held.kind;
}

// Adds an estimate of what the list, the table of ids and the indexes take for each resource.
std::size_t Store::BytesOf(const Kind& kind, const Resource& resource) {
  constexpr std::size_t kAround = 160;
  return resource.id.size() + resource.text.size() + kAround + kind.indexes.size() * kIndexed;
}

void Store::Count(Kind& kind, const Resource& resource) {
  kind.bytes += BytesOf(kind, resource);
  memory_.Add(BytesOf(kind, resource));
}

void Store::Uncount(Kind& kind, const Resource& resource) {
  kind.bytes -= BytesOf(kind, resource);
  memory_.Subtract(BytesOf(kind, resource));
}

const MemberIndex& Store::IndexOf(Held& held, std::string_view path) {
  Kind& kind = *held.kind;
  const MutexLock lock(kind.indexing);
  const auto known = std::ranges::find(kind.indexes, path, &MemberIndex::path);
  if (known != kind.indexes.end()) return *known;
  MemberIndex& index = kind.indexes.emplace_back(std::string(path));
  for (const Resource& resource : kind.resources) {
    index.File(resource, Json::Parse(resource.text).value_or(Json()));
  }
  if (!held.is_own) return index;
  kind.bytes += kind.resources.size() * kIndexed;
  memory_.Add(kind.resources.size() * kIndexed);
  return index;
}

std::string Store::EvictOldest(Kind& kind) {
  Uncount(kind, kind.resources.front());
  for (MemberIndex& index : kind.indexes) index.Remove(kind.resources.front());
  kind.by_id.erase(kind.resources.front().id);
  std::string id = std::move(kind.resources.front().id);
  kind.resources.pop_front();
  ++evicted_;
  return id;
}

void Store::EvictForBytes(const Resource& newest, std::vector<Evicted>& evicted) {
  while (bytes() > max_bytes_) {
    auto largest = kinds_.end();
    for (auto kind = kinds_.begin(); kind != kinds_.end(); ++kind) {
      const auto& [all, is_own] = kind->second;
      if (!is_own || all->resources.empty() || &all->resources.front() == &newest) continue;
      if (largest == kinds_.end() || all->bytes > largest->second.kind->bytes) largest = kind;
    }
    if (largest == kinds_.end()) return;
    evicted.push_back({largest->first, EvictOldest(*largest->second.kind)});
    ++evicted_for_bytes_;
  }
}

const Store::Resource* Store::Locate(std::string_view kind, std::string_view id) const {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return nullptr;
  const auto& by_id = found->second.kind->by_id;
  const auto resource = by_id.find(id);
  return resource != by_id.end() ? &*resource->second : nullptr;
}

bool Store::Has(std::string_view kind, std::string_view id) const {
  return Locate(kind, id) != nullptr;
}

std::uint64_t Store::ChangeOf(std::string_view kind, std::string_view id) const {
  const Resource* resource = Locate(kind, id);
  return resource != nullptr ? resource->change : 0;
}

std::optional<Json> Store::Find(std::string_view kind, std::string_view id) const {
  const Resource* resource = Locate(kind, id);
  if (resource == nullptr) return std::nullopt;
  return Json::Parse(resource->text).value_or(Json());
}

Json Store::FindMember(std::string_view kind, std::string_view id, std::string_view name) const {
  const Resource* resource = Locate(kind, id);
  return resource != nullptr ? MemberOf(resource->text, name) : Json();
}

std::string IdOf(const Json& resource, std::string_view field) {
  const Json& id = resource.Get(field);
  if (id.IsNull()) return "";
  return id.ToText();
}

bool Store::Remove(std::string_view kind, std::string_view id) {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return false;
  if (!found->second.kind->by_id.contains(id)) return false;
  ++changes_;
  Kind& all = Own(found->second);
  const auto resource = all.by_id.find(id);
  const auto place = resource->second;
  Uncount(all, *place);
  for (MemberIndex& index : all.indexes) index.Remove(*place);
  all.by_id.erase(resource);  // first, since its key points into the resource
  all.resources.erase(place);
  return true;
}

void Store::Visit(std::string_view kind, Order order, const Visitor& visit) const {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return;
  const auto& resources = found->second.kind->resources;
  const auto goes_on = [&](const Resource& resource) { return visit(resource.id, resource.text); };
  if (order == Order::kOldestFirst) {
    std::ignore = std::ranges::all_of(resources, goes_on);
  } else {
    std::ignore = std::all_of(resources.rbegin(), resources.rend(), goes_on);
  }
}

void Store::VisitWhere(std::string_view kind, Order order, std::string_view path,
                       std::string_view text, const Visitor& visit) {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return;
  const auto& resources = IndexOf(found->second, path).Find(text);
  const auto goes_on = [&](const auto& entry) {
    return visit(entry.second->id, entry.second->text);
  };
  if (order == Order::kOldestFirst) {
    std::ignore = std::ranges::all_of(resources, goes_on);
  } else {
    std::ignore = std::all_of(resources.rbegin(), resources.rend(), goes_on);
  }
}

std::size_t Store::Count(std::string_view kind) const {
  const auto found = kinds_.find(kind);
  return found != kinds_.end() ? found->second.kind->resources.size() : 0;
}

void Store::Clear() {
  ++changes_;
  kinds_.clear();
  memory_.Subtract(memory_.bytes());
}

Json Store::Snapshot() const {
  Json snapshot = Json::MakeObject();
  for (const auto& [name, held] : kinds_) {
    Json::Object resources;
    resources.reserve(held.kind->resources.size());
    for (const Resource& resource : held.kind->resources) {
      resources.push_back({resource.id, Json::Parse(resource.text).value_or(Json())});
    }
    snapshot.Set(name, std::move(resources));
  }
  return snapshot;
}

Result<void> Store::Replace(const Json& snapshot) {
  if (auto checked = CheckSnapshot(snapshot); !checked) return checked;
  Clear();
  ReplaceKinds(snapshot);
  return {};
}

void Store::ReplaceKinds(const Json& snapshot) {
  for (const JsonMember& kind : *snapshot.IfObject()) ReplaceKind(kind);
}

// Keeps a kind that has no resources, too.
void Store::ReplaceKind(const JsonMember& kind) {
  Held& held = kinds_[kind.key];
  if (held.is_own) memory_.Subtract(held.kind->bytes);
  held = {};
  for (const JsonMember& resource : *kind.value.IfObject()) {
    Put(kind.key, resource.key, resource.value);
  }
}

void Store::BeginWith(const Store& other) {
  Clear();
  kinds_ = other.kinds_;
  std::size_t all = 0;
  for (auto& [name, held] : kinds_) {
    held.is_own = false;
    all += held.kind->bytes;
  }
  if (all <= max_bytes_) return;
  for (auto& [name, held] : kinds_) Own(held);
  std::vector<Evicted> evicted;
  EvictForBytes({}, evicted);
}

}  // namespace mockduit
