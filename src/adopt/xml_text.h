// XmlOf: a value as the XML that its schema describes.
#pragma once

#include <set>
#include <string>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// Each member is an element, or an attribute where its schema's `xml` says so; each item of a list
// an element of the list's name, or of the items' own, within one more where the list is `wrapped`.
// Names, prefixes and namespaces are those of `xml`; the outermost name that no `xml` has is that
// of the schema among the components, or "root". What no name of XML may have is '_' in it; such
// names are put into `renamed`.
std::string XmlOf(const Json& value, const Json& schema, References& references,
                  std::set<std::string>* renamed = nullptr);

}  // namespace mockduit
