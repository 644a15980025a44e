// Addresses of schemas: how a reference is resolved against the address that it stands in, by
// RFC 3986, section 5. Nothing is fetched from them.
#pragma once

#include <string>
#include <string_view>

namespace mockduit {

// "folder/a.json" in "http://a.b/c/d.json" is "http://a.b/c/folder/a.json". The base has no
// fragment and may be empty, or have no scheme: a path.
std::string ResolveReference(std::string_view reference, std::string_view base);

struct SplitReference {
  std::string_view address;   // before the '#'
  std::string_view fragment;  // behind it
};
SplitReference SplitFragment(std::string_view reference);

}  // namespace mockduit
