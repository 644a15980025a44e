#include "adopt/vendor_block.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
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

// What is said of a value that breaks a keyword, behind its place.
Json MessagesByKeyword() {
  static constexpr std::pair<const char*, const char*> kSayings[] = {
      {"required", "is required"},
      {"type", "must be of type {limit}"},
      {"enum", "must be one of {limit}"},
      {"const", "must be {limit}"},
      {"pattern", "must match {limit}"},
      {"format", "must be a valid {limit}"},
      {"minLength", "must have {limit} or more characters"},
      {"maxLength", "must have at most {limit} characters"},
      {"minimum", "must be at least {limit}"},
      {"maximum", "must be at most {limit}"},
      {"exclusiveMinimum", "must be greater than {limit}"},
      {"exclusiveMaximum", "must be less than {limit}"},
      {"multipleOf", "must be a multiple of {limit}"},
      {"minItems", "must have {limit} or more items"},
      {"maxItems", "must have at most {limit} items"},
      {"uniqueItems", "must not have the same item twice"},
      {"contains", "must have {limit} or more items that 'contains' describes"},
      {"maxContains", "must have at most {limit} items that 'contains' describes"},
      {"items", "is one item too many"},
      {"prefixItems", "must not be there"},
      {"unevaluatedItems", "is one item too many"},
      {"minProperties", "must have {limit} or more members"},
      {"maxProperties", "must have at most {limit} members"},
      {"properties", "must not be there"},
      {"patternProperties", "must not be there"},
      {"propertyNames", "has a name that breaks {limit}"},
      {"additionalProperties", "is not known"},
      {"unevaluatedProperties", "is not known"},
      {"anyOf", "is none of the {limit} choices of 'anyOf'"},
      {"oneOf", "is none of the {limit} choices of 'oneOf'"},
      {"oneOf.1", "must be exactly one choice of 'oneOf'"},
      {"not", "is what 'not' forbids"},
      {"discriminator", "must be one of {limit}"},
      {"contentType", "must be of the media type {limit}"},
      {"false", "must not be there"},
      {"default", "is not valid"}};
  Json messages = Json::MakeObject();
  for (const auto& [keyword, saying] : kSayings) {
    messages.Set(keyword, "{place}.{path} " + std::string(saying));
  }
  messages.Set("json", "the body is no JSON");
  messages.Set("form", "the body is no form");
  messages.Set("object", "the body must be an object");
  messages.Set("empty", "a body is required");
  return messages;
}

Json Words() {
  return Json::MakeObject({{"location", "{place}.{path}"}, {"messages", MessagesByKeyword()}});
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
  // A document can list application/*+json where it means that.
  block.Set("requests", Json::MakeObject({{"json_types", "listed"}}));
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
