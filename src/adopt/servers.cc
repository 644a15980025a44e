#include "adopt/servers.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "contract/read/parts.h"

namespace mockduit {
namespace {

// A server's URL with the defaults of its variables, or else the first of their choices.
std::string UrlOf(const Json& server) {
  std::string url(server.Get("url").AsString());
  const Json::Object* variables = server.Get("variables").IfObject();
  if (variables == nullptr) return url;
  for (const auto& [name, variable] : *variables) {
    const Json* value = variable.Find("default");
    const Json::Array* choices = variable.Get("enum").IfArray();
    if (value == nullptr && choices != nullptr && !choices->empty()) value = &choices->front();
    if (value == nullptr) continue;
    const std::string hole = "{" + name + "}";
    for (std::size_t at = url.find(hole); at != std::string::npos; at = url.find(hole, at)) {
      url.replace(at, hole.size(), value->ToText());
      at += value->ToText().size();
    }
  }
  return url;
}

class Finder {
 public:
  explicit Finder(References& references) : references_(references) {}

  Servers servers;

  void Run() {
    const Json& document = references_.root();
    const std::vector<std::string> bases = PathsIn(document.Get("servers"), "/servers");
    if (!bases.empty()) servers.base = bases.front();
    for (const std::string& base : bases) {
      if (base == servers.base) continue;
      if (base.empty() || servers.base.empty()) {
        servers.notes.emplace_back("/servers", "the first server's path is '" + servers.base +
                                                   "/'; '" + base + "/' of another is not served");
      } else {
        AddAlias(base, servers.base);
      }
    }
    const Json::Object* paths = document.Get("paths").IfObject();
    if (paths == nullptr) return;
    for (const auto& [path, written] : *paths) {
      if (const Json* item = references_.Follow(written)) TakePath(path, *item);
    }
  }

 private:
  void TakePath(const std::string& path, const Json& item) {
    if (!path.starts_with('/') || !item.IsObject()) return;
    const std::string pointer = "/paths/" + PointerToken(path);
    const auto take = [&](const Json& list, const std::string& place) {
      for (const std::string& base : PathsIn(list, place)) {
        if (base != servers.base) AddAlias(base + path, servers.base + path);
      }
    };
    take(item.Get("servers"), pointer + "/servers");
    for (const auto& [method, operation] : *item.IfObject()) {
      if (IsMethod(method)) take(operation.Get("servers"), pointer + "/" + method + "/servers");
    }
  }

  void AddAlias(const std::string& from, const std::string& to) {
    Json alias = Json::MakeObject({{"from", from}, {"to", to}});
    const Json::Array& known = *servers.aliases.IfArray();
    if (std::ranges::find(known, alias) == known.end()) servers.aliases.Append(std::move(alias));
  }

  // Each once.
  std::vector<std::string> PathsIn(const Json& list, const std::string& pointer) {
    std::vector<std::string> paths;
    const Json::Array* items = list.IfArray();
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
      const auto path = PathOf((*items)[i], pointer + "/" + std::to_string(i));
      if (path && std::ranges::find(paths, *path) == paths.end()) paths.push_back(*path);
    }
    return paths;
  }

  // "/v1" of "https://api.acme.example/v1/", of "//api.acme.example/v1" and of "/v1".
  std::optional<std::string> PathOf(const Json& server, const std::string& pointer) {
    if (!server.Get("url").IsString()) {
      servers.notes.emplace_back(pointer, "this server has no 'url'; it is left out");
      return std::nullopt;
    }
    std::string url = UrlOf(server);
    const auto note = [&](const std::string& message) {
      servers.notes.emplace_back(pointer + "/url", message);
    };
    const std::size_t scheme = url.find("://");
    const bool has_host = scheme != std::string::npos || url.starts_with("//");
    if (has_host) {
      const std::size_t slash = url.find('/', scheme != std::string::npos ? scheme + 3 : 2);
      url = slash == std::string::npos ? "" : url.substr(slash);
    }
    const std::size_t end = std::min(url.find_first_of("?#{"), url.size());
    if (end < url.size() && url[end] == '{') {
      note("a variable of this server has no default; its path is taken up to there");
    } else if (end < url.size()) {
      note("a server's path ends before a '" + url.substr(end, 1) + "'; what follows is left out");
    }
    url.resize(end);
    while (url.ends_with('/')) url.pop_back();
    if (url.empty() || url.starts_with('/')) return url;
    while (url.starts_with("./") || url.starts_with("../")) url.erase(0, url.find('/') + 1);
    url = url == "." || url == ".." ? "" : "/" + url;
    note(
        "a server's path counts from where the document stands, which is not known; it is "
        "taken as '" +
        url + "/'");
    return url;
  }

  References& references_;
};

}  // namespace

Servers ServersOf(References& references) {
  Finder finder(references);
  finder.Run();
  return std::move(finder.servers);
}

}  // namespace mockduit
