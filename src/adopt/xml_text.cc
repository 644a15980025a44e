#include "adopt/xml_text.h"

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

#include "adopt/merged_schema.h"
#include "base/markup.h"
#include "base/text.h"

namespace mockduit {
namespace {

// What stands in a name of XML. Bytes beyond ASCII are taken for letters.
bool IsOfName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' || c == '-' ||
         c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// A member's name may have what a name of XML may not.
std::string AsName(std::string_view text) {
  std::string name(text);
  std::ranges::replace_if(name, [](char c) { return !IsOfName(c); }, '_');
  if (name.empty() || IsDigit(name[0]) || name[0] == '-' || name[0] == '.') name.insert(0, "_");
  return name;
}

// Namespaces by prefix, the innermost last; "" is that of names without one.
using Namespaces = std::vector<std::pair<std::string, std::string>>;

class XmlWriter {
 public:
  explicit XmlWriter(References& references) : references_(references) {}

  std::set<std::string> renamed;  // names that had to be written otherwise
  std::string xml = R"(<?xml version="1.0" encoding="UTF-8"?>)";

  // There is one outermost element, also of a list.
  void AddRoot(const Json& value, const Json& schema, const std::string& name) {
    if (value.IsArray()) {
      AddWrapped(*value.IfArray(), schema, name);
    } else {
      AddOne(value, schema, name);
    }
  }

 private:
  // What is to be written of `xml`, beside the schema that it stands in.
  const Json& XmlIn(const Json& schema) {
    static const Json kNone;
    const Json* resolved = references_.Follow(schema);
    // In OpenAPI 3.1 `xml` may stand beside a reference.
    if (const Json* beside = schema.Find("xml")) return *beside;
    return resolved != nullptr ? resolved->Get("xml") : kNone;
  }

  std::string NameOf(const Json& how, const std::string& otherwise) {
    const std::string_view given = how.Get("name").AsString();
    const std::string_view prefix = how.Get("prefix").AsString();
    const std::string name = AsName(given.empty() ? otherwise : given);
    if (name != (given.empty() ? otherwise : given)) {
      renamed.insert("'" + (given.empty() ? otherwise : std::string(given)) + "'");
    }
    return prefix.empty() ? name : AsName(prefix) + ":" + name;
  }

  void Add(const Json& value, const Json& schema, const std::string& name) {
    const Json::Array* items = value.IfArray();
    if (items == nullptr) return AddOne(value, schema, name);
    if (XmlIn(schema).Get("wrapped").AsBool()) return AddWrapped(*items, schema, name);
    AddItems(*items, schema, name);
  }

  void AddWrapped(const Json::Array& items, const Json& schema, const std::string& name) {
    const Json& how = XmlIn(schema);
    const std::string given(how.Get("name").AsString());
    const std::string tag = NameOf(how, name);
    const std::size_t outside = namespaces_.size();
    xml += "<" + tag;
    Declare(how);
    xml += ">";
    AddItems(items, schema, given.empty() ? name : given);
    xml += "</" + tag + ">";
    namespaces_.resize(outside);
  }

  void AddItems(const Json::Array& items, const Json& schema, const std::string& name) {
    const Merged merged = MergedSchema(schema, references_, 0);
    for (const Json& item : items) AddOne(item, merged.schema.Get("items"), name);
  }

  void AddOne(const Json& value, const Json& schema, const std::string& name) {
    const Json& how = XmlIn(schema);
    const std::string tag = NameOf(how, name);
    const std::size_t outside = namespaces_.size();
    xml += "<" + tag;
    Declare(how);
    if (const Json::Object* members = value.IfObject()) {
      const Merged merged = MergedSchema(schema, references_, 0);
      for (const auto& [key, member] : *members) AddAttribute(member, Of(merged, key), key);
      xml += ">";
      for (const auto& [key, member] : *members) {
        if (!IsAttribute(member, Of(merged, key))) Add(member, Of(merged, key), key);
      }
    } else {
      xml += ">";
      // An item of a list may be a list.
      if (const Json::Array* items = value.IfArray()) {
        AddItems(*items, schema, name);
      } else if (!value.IsNull()) {
        xml += Escaped(value.ToText());
      }
    }
    xml += "</" + tag + ">";
    namespaces_.resize(outside);
  }

  static const Json& Of(const Merged& merged, const std::string& key) {
    const Json* property = merged.schema.Get("properties").Find(key);
    return property != nullptr ? *property : merged.schema.Get("additionalProperties");
  }

  bool IsAttribute(const Json& value, const Json& schema) {
    return !value.IsObject() && !value.IsArray() && XmlIn(schema).Get("attribute").AsBool();
  }

  void AddAttribute(const Json& value, const Json& schema, const std::string& name) {
    if (!IsAttribute(value, schema)) return;
    const Json& how = XmlIn(schema);
    // Without a prefix, an attribute has no namespace.
    if (!how.Get("prefix").AsString().empty()) Declare(how);
    if (value.IsNull()) return;
    xml += " " + NameOf(how, name) + "=\"";
    xml += Escaped(value.ToText());
    xml += "\"";
  }

  // The namespace of `xml`, unless it is in force.
  void Declare(const Json& how) {
    const std::string url(how.Get("namespace").AsString());
    if (url.empty()) return;
    const std::string_view given = how.Get("prefix").AsString();
    const std::string prefix = given.empty() ? "" : AsName(given);
    for (const auto& [known, its_url] : std::views::reverse(namespaces_)) {
      if (known != prefix) continue;
      if (its_url == url) return;
      break;
    }
    xml += prefix.empty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"";
    xml += Escaped(url);
    xml += "\"";
    namespaces_.emplace_back(prefix, url);
  }

  References& references_;
  Namespaces namespaces_;
};

}  // namespace

std::string XmlOf(const Json& value, const Json& schema, References& references,
                  std::set<std::string>* renamed) {
  const std::string_view reference = schema.Get("$ref").AsString();
  const std::string_view component = reference.substr(reference.rfind('/') + 1);
  XmlWriter writer(references);
  writer.AddRoot(value, schema, component.empty() ? "root" : std::string(component));
  if (renamed != nullptr) *renamed = std::move(writer.renamed);
  return std::move(writer.xml);
}

}  // namespace mockduit
