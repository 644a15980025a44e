// Paging: which part of a list a request asks for, and what the answer says of the rest.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "contract/language/effect.h"

namespace mockduit {

struct Page {
  std::size_t skip = 0;
  std::size_t limit = 0;
};

// Nothing when the cursor is none. A limit or an offset that is no number is the schema's business.
std::optional<Page> ReadPage(const Paging& paging, std::string_view query);

// What stands on a page.
struct PageOf {
  Json::Array items;
  bool more = false;                 // there is another page
  std::optional<std::size_t> total;  // of all pages; nothing where nobody counted
};

// What asks for the page after this one: its cursor, or its offset; "" where there are no pages.
std::string NextPage(const Paging& paging, const Page& page, const PageOf& listed);

// {"items", "total", "limit", "offset", "next_cursor"}; the cursor is null on the last page.
Json PageResult(const Paging& paging, const Page& page, PageOf listed);

}  // namespace mockduit
