#include "session/store.h"

#include <algorithm>
#include <tuple>

#include "session/snapshot.h"

namespace mockduit {

std::optional<std::string> Store::Put(std::string_view kind, std::string id, const Json& resource) {
  ++changes_;
  auto found = kinds_.find(kind);
  if (found == kinds_.end()) found = kinds_.try_emplace(std::string(kind)).first;
  auto& [resources, by_id] = found->second;
  if (const auto same = by_id.find(id); same != by_id.end()) {
    same->second->text = resource.Dump();
    return std::nullopt;
  }
  resources.push_back({std::move(id), resource.Dump()});
  const auto place = std::prev(resources.end());
  by_id.emplace(place->id, place);
  if (resources.size() <= max_of_a_kind_) return std::nullopt;
  by_id.erase(resources.front().id);
  std::optional<std::string> evicted = std::move(resources.front().id);
  resources.pop_front();
  ++evicted_;
  return evicted;
}

const Store::Resource* Store::Locate(std::string_view kind, std::string_view id) const {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return nullptr;
  const auto resource = found->second.by_id.find(id);
  return resource != found->second.by_id.end() ? &*resource->second : nullptr;
}

bool Store::Has(std::string_view kind, std::string_view id) const {
  return Locate(kind, id) != nullptr;
}

std::optional<Json> Store::Find(std::string_view kind, std::string_view id) const {
  const Resource* resource = Locate(kind, id);
  if (resource == nullptr) return std::nullopt;
  return Json::Parse(resource->text).value_or(Json());
}

std::string IdOf(const Json& resource, std::string_view field) {
  const Json& id = resource.Get(field);
  if (id.IsNull()) return "";
  return id.ToText();
}

bool Store::Remove(std::string_view kind, std::string_view id) {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return false;
  auto& [resources, by_id] = found->second;
  const auto resource = by_id.find(id);
  if (resource == by_id.end()) return false;
  ++changes_;
  const auto place = resource->second;
  by_id.erase(resource);  // before its key goes
  resources.erase(place);
  return true;
}

void Store::Visit(
    std::string_view kind, Order order,
    const std::function<bool(const std::string& id, const std::string& text)>& visit) const {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return;
  const auto& resources = found->second.resources;
  const auto goes_on = [&](const Resource& resource) { return visit(resource.id, resource.text); };
  if (order == Order::kOldestFirst) {
    std::ignore = std::ranges::all_of(resources, goes_on);
  } else {
    std::ignore = std::all_of(resources.rbegin(), resources.rend(), goes_on);
  }
}

std::size_t Store::Count(std::string_view kind) const {
  const auto found = kinds_.find(kind);
  return found != kinds_.end() ? found->second.resources.size() : 0;
}

void Store::Clear() {
  ++changes_;
  kinds_.clear();
}

Json Store::Snapshot() const {
  Json snapshot = Json::MakeObject();
  for (const auto& [name, kind] : kinds_) {
    Json::Object resources;
    resources.reserve(kind.resources.size());
    for (const Resource& resource : kind.resources) {
      resources.push_back({resource.id, Json::Parse(resource.text).value_or(Json())});
    }
    snapshot.Set(name, std::move(resources));
  }
  return snapshot;
}

Result<void> Store::Replace(const Json& snapshot) {
  if (auto checked = CheckSnapshot(snapshot); !checked) return checked;
  Clear();
  for (const JsonMember& kind : *snapshot.IfObject()) {
    kinds_.try_emplace(kind.key);  // also of one that has nothing left
    for (const JsonMember& resource : *kind.value.IfObject()) {
      Put(kind.key, resource.key, resource.value);
    }
  }
  return {};
}

}  // namespace mockduit
