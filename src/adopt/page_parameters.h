// PageParameters: how a foreign list is read page by page, by what its parameters are called.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

struct PageParameters {
  std::string limit;  // the parameter for how many items a page has at most
  std::string start;  // the one for where the page begins
  bool by_cursor = false;
  std::int64_t most = 100;  // items of a page
};

// Nothing where no two parameters are called so.
std::optional<PageParameters> PageParametersOf(const Json& operation, References& references);

// What members are called that say where the next page begins, and whether there is one.
bool IsNextPage(std::string_view name);
bool IsWhetherMore(std::string_view name);

// Where a body says where the next page begins.
struct NextPage {
  std::string pointer;         // "/meta/next_cursor"
  bool may_be_absent = false;  // on the last page it is not there; else it is null there
};
// By the body's schema.
std::optional<NextPage> NextPageIn(const Json& schema, References& references);

}  // namespace mockduit
