#include "adopt/overlay.h"

#include <algorithm>

#include "base/file.h"
#include "base/node.h"
#include "base/suggest.h"
#include "contract/read/parts.h"

namespace mockduit {
namespace {

std::vector<std::string> KeysOf(const Json& json) {
  std::vector<std::string> keys;
  if (const Json::Object* members = json.IfObject()) {
    for (const JsonMember& member : *members) keys.push_back(member.key);
  }
  return keys;
}

// The mistakes of one path of the overlay; `item` is the document's.
void CheckPath(const Node& node, const Json& item, std::vector<Problem>& problems) {
  for (const std::string& method : KeysOf(node.json())) {
    if (item.Find(method) != nullptr && IsMethod(method)) continue;
    std::vector<std::string> methods = KeysOf(item);
    std::erase_if(methods, [](const std::string& key) { return !IsMethod(key); });
    problems.push_back(node[method].WrongKey("the document has no '" + method + "' here; it has " +
                                             OrList(methods)));
  }
}

}  // namespace

std::string OverlayPathOf(const std::string& document) {
  const std::size_t slash = document.rfind('/');
  const std::size_t dot = document.rfind('.');
  const bool has_ending = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  return document.substr(0, has_ending ? dot : document.size()) + ".mockduit.yaml";
}

Read<std::optional<YamlDocument>> ReadOverlay(const std::string& document, const Files& files) {
  const std::string path = OverlayPathOf(document);
  if (!FileExists(path, files)) return std::optional<YamlDocument>();
  auto file = ReadFile(path, files);
  if (!file) {
    return std::unexpected(std::vector{Problem{path, 0, 0, file.error().message, {}, {}}});
  }
  auto overlay = ReadDocument(*file);
  if (!overlay) return std::unexpected(std::move(overlay.error()));
  return std::optional(std::move(*overlay));
}

std::vector<Problem> MistakesOf(const YamlDocument& overlay, const Json& document) {
  static const std::vector<std::string> kKeys = {"x-mockduit", "paths", "seed", "keys"};
  std::vector<Problem> problems;
  const Node root(overlay);
  if (overlay.root.IsNull()) return problems;
  if (!overlay.root.IsObject()) return {root.Wrong("an overlay is a map")};
  for (const std::string& key : KeysOf(overlay.root)) {
    if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
    problems.push_back(root[key].WrongKey("an overlay has no '" + key + "'; it has " +
                                          OrList(kKeys) + DidYouMean(key, kKeys)));
  }
  for (const char* key : {"x-mockduit", "paths", "keys"}) {
    if (root[key] && !root[key].json().IsObject() && !root[key].json().IsNull()) {
      problems.push_back(root[key].Wrong("this must be a map"));
    }
  }
  if (root["x-mockduit"]["vendor"]) {
    problems.push_back(
        root["x-mockduit"]["vendor"].WrongKey("the name of the vendor is said by --contract"));
  }
  const Json& paths = document.Get("paths");
  for (const std::string& path : KeysOf(overlay.root.Get("paths"))) {
    const Node node = root["paths"][path];
    const Json* item = paths.Find(path);
    if (item == nullptr) {
      problems.push_back(node.WrongKey("the document has no path '" + path + "'" +
                                       DidYouMean(path, KeysOf(paths))));
    } else if (item->Find("$ref") == nullptr) {
      CheckPath(node, *item, problems);
    }
  }
  return problems;
}

}  // namespace mockduit
