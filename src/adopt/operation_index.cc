#include "adopt/operation_index.h"

#include <algorithm>

#include "base/text.h"
#include "contract/read/parts.h"
#include "http/headers.h"
#include "http/uri_template.h"

namespace mockduit {
namespace {

constexpr std::string_view kOverlaySends = "'emit' and 'webhooks' of an overlay send what you say";

// A path as a router sees it: which text stands where, but not what its variables are called.
std::string ShapeOf(const std::string& path) {
  std::string shape;
  bool inside = false;
  for (const char c : path) {
    if (c == '}') inside = false;
    if (!inside) shape += c;
    if (c == '{') inside = true;
  }
  return shape;
}

// No path has a query or a fragment.
std::string WithoutQuery(const std::string& path) {
  return path.substr(0, path.find_first_of("?#"));
}

// The control API, the page and its icon, and what selects a session.
bool IsOfTheServer(std::string_view path) {
  return path == "/" || path == "/favicon.ico" || path == "/__admin" ||
         path.starts_with("/__admin/") || path.starts_with("/~");
}

bool IsDeclined(const Json& declined, std::string_view path, std::string_view method) {
  const Json::Array* list = declined.IfArray();
  return list != nullptr && std::ranges::any_of(*list, [&](const Json& one) {
           const std::string_view only = one.Get("method").AsString();
           return one.Get("path").AsString() == path &&
                  (only.empty() || EqualsIgnoringCase(only, method));
         });
}

}  // namespace

OperationIndex::OperationIndex(References& references, const Json& overlay, const Json& declined,
                               std::string base)
    : base_(std::move(base)) {
  NoteWebhooks(references.root().Get("webhooks"));
  const Json::Object* paths = references.root().Get("paths").IfObject();
  if (paths == nullptr) return;
  for (const auto& [path, written] : *paths) {
    if (path.starts_with("x-")) continue;
    const PathItem item = PathItemOf(written, references);
    const std::string pointer = "/paths/" + PointerToken(path);
    const bool is_nothing = item.leads_nowhere && item.Operations().empty();
    if (is_nothing) {
      Note(pointer, "this path leads nowhere, or is no map; it is left out");
    } else if (!path.starts_with('/')) {
      Note(pointer, "a path begins with '/'; this one is left out");
    } else {
      if (item.leads_nowhere) {
        Note(pointer + "/$ref", "this leads nowhere; the path has what stands beside it alone");
      }
      TakePath(path, pointer, item, overlay, declined);
    }
  }
  for (std::size_t i = 0; i < places_.size(); ++i) {
    by_pointer_.emplace("/paths/" + PointerToken(places_[i].path) + "/" + places_[i].method, i);
  }
  if (places_.empty() && notes_.empty()) {
    Note("/paths", "no path of this document has an operation, so that nothing is answered by it");
  }
}

void OperationIndex::TakePath(const std::string& path, const std::string& pointer,
                              const PathItem& item, const Json& overlay, const Json& declined) {
  for (const auto& [name, place] : item.Operations()) {
    const std::string method(name);
    const Json& operation = *place;
    const std::string below = pointer + "/" + method;
    if (!shapes_.insert(method + " " + ShapeOf(WithoutQuery(path))).second) {
      Note(below, "another operation takes the same requests; this one is left out");
      continue;
    }
    if (IsDeclined(declined, path, method)) continue;
    NoteCallbacks(operation, below);
    const std::string id(operation.Get("operationId").AsString());
    places_.push_back({WithoutQuery(path), below, method, names_.NameOf(id, method, path), item,
                       &operation, overlay.Get(path).Find(method)});
    NoteOperation(id, places_.back());
  }
  NotePath(path, pointer);
}

// What the document's server sends by itself is told, and not sent.
void OperationIndex::NoteWebhooks(const Json& webhooks) {
  const Json::Object* all = webhooks.IfObject();
  if (all == nullptr) return;
  for (const auto& [name, item] : *all) {
    if (name.starts_with("x-")) continue;
    Note("/webhooks/" + PointerToken(name),
         "the webhook '" + name + "' is not sent; " + std::string(kOverlaySends));
  }
}

void OperationIndex::NotePath(const std::string& path, const std::string& pointer) {
  if (IsOfTheServer(base_ + path)) {
    Note(pointer, "'" + base_ + path +
                      "' is the server's own; this path is answered below the vendor's name alone");
  }
  if (path.find_first_of("?#") != std::string::npos) {
    Note(pointer, "a path has no query and no fragment; this one is answered at '" +
                      WithoutQuery(path) + "', whatever the query");
  }
  if (std::ranges::count(path, '{') !=
      static_cast<std::ptrdiff_t>(UriTemplate(path).variables().size())) {
    Note(pointer, "a '{' of this path begins no variable; it is taken as it stands");
  }
}

void OperationIndex::NoteOperation(const std::string& id, const OperationPlace& place) {
  const auto [first, is_new] = ids_.try_emplace(id, UpperCase(place.method) + " " + place.path);
  if (!id.empty() && !is_new) {
    Note(place.pointer + "/operationId", "the operationId '" + id + "' is that of " +
                                             first->second + ", too; this operation is called '" +
                                             place.id + "'");
  }
  const Json::Object* responses = place.operation->Get("responses").IfObject();
  if (responses == nullptr || responses->empty()) {
    return Note(place.pointer, "this operation lists no answers; 200 without a body is made up");
  }
  const auto may_succeed = [](const JsonMember& response) {
    return response.key == "default" || response.key.starts_with('2') ||
           response.key.starts_with('3') || response.key.starts_with("x-");
  };
  if (std::ranges::none_of(*responses, may_succeed)) {
    Note(place.pointer + "/responses",
         "this operation lists no success; 200 without a body is made up");
  }
}

void OperationIndex::NoteCallbacks(const Json& operation, const std::string& pointer) {
  const Json::Object* callbacks = operation.Get("callbacks").IfObject();
  if (callbacks == nullptr) return;
  for (const auto& [name, callback] : *callbacks) {
    if (name.starts_with("x-")) continue;
    Note(pointer + "/callbacks/" + PointerToken(name),
         "the callback '" + name + "' is not called; " + std::string(kOverlaySends));
  }
}

}  // namespace mockduit
