#include "adopt/vendor_block.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "adopt/path_item.h"
#include "adopt/security.h"
#include "base/text.h"
#include "contract/read/gather.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Headers that every operation requires.
Json AskedHeadersOf(References& references) {
  std::map<std::string, std::size_t> asked;
  std::size_t operations = 0;
  const auto gather = [&](const Json& list, std::set<std::string>& names) {
    if (!list.IsArray()) return;
    for (const Json& item : *list.IfArray()) {
      const Json* parameter = references.Follow(item);
      if (parameter == nullptr || parameter->Get("in").AsString() != "header") continue;
      if (parameter->Get("required").AsBool()) names.emplace(parameter->Get("name").AsString());
    }
  };
  const Json::Object* paths = references.root().Get("paths").IfObject();
  if (paths == nullptr) return Json::MakeArray();
  for (const auto& [path, written] : *paths) {
    const PathItem item = PathItemOf(written, references);
    for (const auto& [method, operation] : item.Operations()) {
      ++operations;
      std::set<std::string> names;
      for (const Json* level : item.levels) gather(level->Get("parameters"), names);
      gather(operation->Get("parameters"), names);
      for (const std::string& name : names) ++asked[name];
    }
  }
  Json list = Json::MakeArray();
  for (const auto& [name, times] : asked) {
    if (times < operations || name.empty()) continue;
    list.Append(Json::MakeObject({{"header", name},
                                  {"matches", "."},
                                  {"written", "any value"},
                                  {"inferred", "every operation of the document requires it"}}));
  }
  return list;
}

Json Words() {
  return Json::MakeObject(
      {{"location", "{place}.{path}"},
       {"messages",
        Json::MakeObject({{"required", "{place}.{path} is required"},
                          {"type", "{place}.{path} must be of type {limit}"},
                          {"enum", "{place}.{path} must be one of {limit}"},
                          {"pattern", "{place}.{path} must match {limit}"},
                          {"format", "{place}.{path} must be a valid {limit}"},
                          {"minLength", "{place}.{path} must have at least {limit} characters"},
                          {"maxLength", "{place}.{path} must have at most {limit} characters"},
                          {"minimum", "{place}.{path} must be at least {limit}"},
                          {"maximum", "{place}.{path} must be at most {limit}"},
                          {"additionalProperties", "{place}.{path} is not known"},
                          {"json", "the body is no JSON"},
                          {"object", "the body must be an object"},
                          {"empty", "a body is required"},
                          {"default", "{place}.{path} is not valid"}})}});
}

Json Conditions() {
  return Json::MakeObject({{"no_credential", "unauthorized"},
                           {"unknown_credential", "unauthorized"},
                           {"no_permission", "forbidden"},
                           {"bad_path", "bad_request"},
                           {"bad_query", "bad_request"},
                           {"malformed_body", "bad_request"},
                           {"invalid", "bad_request"},
                           {"not_acceptable", "not_acceptable"},
                           {"media_type", "unsupported_media_type"},
                           {"unknown_path", "not_found"},
                           {"unknown_method", "method_not_allowed"},
                           {"rate_limited", "rate_limited"}});
}

}  // namespace

std::string EditionOf(const Json& document) {
  const std::string version = document.Get("info").Get("version").ToText();
  return version.empty() || document.Get("info").Get("version").IsNull() ? "1" : version;
}

Json VendorBlockOf(References& references, const Servers& servers, const std::string& vendor,
                   bool is_default) {
  const Json& document = references.root();
  Json block = Json::MakeObject({{"vendor", vendor},
                                 {"edition", EditionOf(document)},
                                 {"default", is_default},
                                 {"base_path", servers.base},
                                 {"paths_below_base", true}});
  block.Set("aliases", servers.aliases);
  block.Set("credentials", CredentialsOf(references));
  block.Set("conditions", Conditions());
  block.Set("wording", Words());
  std::vector<std::string> secrets = KeyNamesOf(references);
  GatherSecrets(document, secrets);
  std::ranges::sort(secrets);
  secrets.erase(std::ranges::unique(secrets).begin(), secrets.end());
  Json names = Json::MakeArray();
  for (const std::string& name : secrets) {
    if (!name.empty() && !name.starts_with('.') && !name.ends_with('.')) names.Append(name);
  }
  block.Set("secrets", std::move(names));
  block.Set("asks_for", AskedHeadersOf(references));
  block.Set("cors", Json::MakeObject(
                        {{"origins", "*"},
                         {"methods", "asked"},
                         {"headers", "asked"},
                         {"expose", Json::MakeArray({"Retry-After", "Location", "Link", "ETag"})},
                         {"inferred", "the document has no word for browsers"}}));
  block.Set("kinds", Json::MakeObject());
  return block;
}

}  // namespace mockduit
