#include "contract/read/gather.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Headers that every client may send.
constexpr std::array<std::string_view, 12> kCommonHeaders = {
    "accept", "accept-language", "authorization", "content-length", "content-type", "cookie",
    "host",   "if-match",        "if-none-match", "origin",         "referer",      "user-agent"};

// Whether a schema says that its values, or what is in them, are secrets.
bool MarksSecret(const Json& schema) {
  if (schema.Get("format").AsString() == "password") return true;
  if (schema.Get("writeOnly").AsBool(false)) return true;
  const auto marks = [](const JsonMember& pattern) { return MarksSecret(pattern.value); };
  const Json::Object* patterns = schema.Get("patternProperties").IfObject();
  return (schema.Get("items").IfObject() != nullptr && MarksSecret(schema.Get("items"))) ||
         (schema.Get("additionalProperties").IfObject() != nullptr &&
          MarksSecret(schema.Get("additionalProperties"))) ||
         (patterns != nullptr && std::ranges::any_of(*patterns, marks));
}

}  // namespace

Shape HeadersOf(const Json& document) {
  Shape::Members members;
  for (const std::string_view name : kCommonHeaders) {
    members.emplace_back(std::string(name), Shape::Leaf());
  }
  const auto walk = [&](const auto& self, const Json& json) -> void {
    if (const Json::Object* object = json.IfObject()) {
      const bool is_parameter = json.Get("in").AsString() == "header";
      const bool is_credential = json.Get("scheme").AsString() == "header";
      if (is_parameter || is_credential) {
        members.emplace_back(LowerCase(json.Get("name").AsString()), Shape::Leaf());
      }
      for (const JsonMember& member : *object) self(self, member.value);
    }
    if (const Json::Array* items = json.IfArray()) {
      for (const Json& item : *items) self(self, item);
    }
  };
  walk(walk, document);
  const Json& demands = document.Get("x-mockduit").Get("asks_for");
  if (const Json::Array* asked = demands.IfArray()) {
    for (const Json& one : *asked) {
      members.emplace_back(LowerCase(one.Get("header").AsString()), Shape::Leaf());
    }
  }
  // Where none is named, any may come.
  return members.size() == kCommonHeaders.size() ? Shape() : Shape::Of(std::move(members));
}

std::vector<std::string> HostsOf(const Json& document) {
  std::vector<std::string> hosts;
  const Json& servers = document.Get("servers");
  if (!servers.IsArray()) return hosts;
  for (const Json& server : *servers.IfArray()) {
    const auto url = ParseUrl(server.Get("url").AsString());
    if (url) hosts.push_back(LowerCase(url->authority.host));
  }
  return hosts;
}

void GatherSecrets(const Json& json, std::vector<std::string>& secrets) {
  if (const Json::Array* items = json.IfArray()) {
    for (const Json& item : *items) GatherSecrets(item, secrets);
  }
  const Json::Object* members = json.IfObject();
  if (members == nullptr) return;
  if (const Json::Object* properties = json.Get("properties").IfObject()) {
    for (const auto& [name, schema] : *properties) {
      if (MarksSecret(schema)) secrets.push_back(name);
    }
  }
  const bool is_parameter = json.Get("in").IsString() && json.Get("name").IsString();
  if (is_parameter && MarksSecret(json.Get("schema"))) {
    secrets.emplace_back(json.Get("name").AsString());
  }
  for (const JsonMember& member : *members) GatherSecrets(member.value, secrets);
}

}  // namespace mockduit
