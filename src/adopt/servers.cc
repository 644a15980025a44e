#include "adopt/servers.h"

#include <algorithm>

#include "adopt/path_item.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxUrls = 50;  // of one server

void PutIn(std::string& url, const std::string& hole, const std::string& value) {
  for (std::size_t at = url.find(hole); at != std::string::npos; at = url.find(hole, at)) {
    url.replace(at, hole.size(), value);
    at += value.size();
  }
}

// What a variable may be: its default in front, then its other choices.
std::vector<std::string> ValuesOf(const Json& variable) {
  std::vector<std::string> values;
  const auto add = [&](const Json& value) {
    const std::string text = value.ToText();
    if (std::ranges::find(values, text) == values.end()) values.push_back(text);
  };
  if (const Json* value = variable.Find("default")) add(*value);
  if (const Json::Array* choices = variable.Get("enum").IfArray()) {
    for (const Json& choice : *choices) add(choice);
  }
  return values;
}

// A server's URL with all that its variables may be, the defaults in front.
std::vector<std::string> UrlsOf(const Json& server) {
  std::vector<std::string> urls = {std::string(server.Get("url").AsString())};
  const Json::Object* variables = server.Get("variables").IfObject();
  if (variables == nullptr) return urls;
  for (const auto& [name, variable] : *variables) {
    const std::string hole = "{" + name + "}";
    const std::vector<std::string> values = ValuesOf(variable);
    if (values.empty()) continue;
    std::vector<std::string> filled;
    for (const std::string& value : values) {
      for (std::string url : urls) {
        PutIn(url, hole, value);
        const bool is_new = std::ranges::find(filled, url) == filled.end();
        if (is_new && filled.size() <= kMaxUrls) filled.push_back(std::move(url));
      }
    }
    urls = std::move(filled);
  }
  return urls;
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
      if (base != servers.base) AddAlias(OrSlash(base), OrSlash(servers.base));
    }
    const Json::Object* paths = document.Get("paths").IfObject();
    if (paths == nullptr) return;
    for (const auto& [path, written] : *paths) {
      TakePath(path, PathItemOf(written, references_));
    }
  }

 private:
  static std::string OrSlash(const std::string& base) { return base.empty() ? "/" : base; }

  void TakePath(const std::string& path, const PathItem& item) {
    if (!path.starts_with('/')) return;
    const std::string pointer = "/paths/" + PointerToken(path);
    const auto take = [&](const Json& list, const std::string& place) {
      for (const std::string& base : PathsIn(list, place)) {
        if (base != servers.base) AddAlias(base + path, servers.base + path);
      }
    };
    take(item.Get("servers"), pointer + "/servers");
    for (const auto& [method, operation] : item.Operations()) {
      take(operation->Get("servers"), pointer + "/" + std::string(method) + "/servers");
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
      AddPaths((*items)[i], pointer + "/" + std::to_string(i), paths);
    }
    return paths;
  }

  void AddPaths(const Json& server, const std::string& pointer, std::vector<std::string>& paths) {
    if (!server.Get("url").IsString()) {
      servers.notes.emplace_back(pointer, "this server has no 'url'; it is left out");
      return;
    }
    std::vector<std::string> urls = UrlsOf(server);
    if (urls.size() > kMaxUrls) {
      servers.notes.emplace_back(pointer + "/variables",
                                 "these variables make more than " + std::to_string(kMaxUrls) +
                                     " addresses; those that follow are not served");
      urls.resize(kMaxUrls);
    }
    for (const std::string& url : urls) {
      const std::string path = PathOf(url, pointer);
      if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
    }
  }

  // "/v1" of "https://api.acme.example/v1/", of "//api.acme.example/v1" and of "/v1".
  std::string PathOf(std::string url, const std::string& pointer) {
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
