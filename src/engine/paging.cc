#include "engine/paging.h"

#include <algorithm>
#include <limits>

#include "base/crypto.h"
#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

std::string CursorOf(std::size_t skip) {
  return Base64UrlEncode(Json::MakeObject({{"skip", skip}}).Dump());
}

std::optional<std::size_t> SkipOf(const std::string& cursor) {
  const auto text = Base64UrlDecode(cursor);
  const auto json = text ? Json::Parse(*text) : std::unexpected(JsonError{});
  if (!json) return std::nullopt;
  const std::int64_t skip = json->Get("skip").AsInteger(-1);
  return skip >= 0 ? std::optional(static_cast<std::size_t>(skip)) : std::nullopt;
}

}  // namespace

std::optional<Page> ReadPage(const Paging& paging, std::string_view query) {
  if (paging.style == Paging::Style::kWhole) {
    return Page{0, std::numeric_limits<std::size_t>::max()};
  }
  Page page{0, paging.default_limit};
  if (const auto limit = QueryValue(query, paging.limit)) {
    page.limit = std::min(ParseNumber<std::size_t>(*limit).value_or(paging.default_limit),
                          paging.maximum_limit);
  }
  const auto start = paging.start.empty() ? std::nullopt : QueryValue(query, paging.start);
  if (!start || start->empty()) return page;
  const auto skip =
      paging.style == Paging::Style::kCursor ? SkipOf(*start) : ParseNumber<std::size_t>(*start);
  if (!skip && paging.style == Paging::Style::kCursor) return std::nullopt;
  page.skip = skip.value_or(0);
  return page;
}

std::string NextPage(const Paging& paging, const Page& page, const PageOf& listed) {
  const std::size_t skip = page.skip + listed.items.size();
  switch (paging.style) {
    case Paging::Style::kCursor: return CursorOf(skip);
    case Paging::Style::kOffset: return std::to_string(skip);
    case Paging::Style::kWhole: break;
  }
  return "";
}

Json PageResult(const Paging& paging, const Page& page, PageOf listed) {
  const bool whole = paging.style == Paging::Style::kWhole;
  const bool next = paging.style == Paging::Style::kCursor && listed.more;
  return Json::MakeObject(
      {{"total", listed.total ? Json(*listed.total) : Json()},
       {"offset", page.skip},
       {"limit", whole ? Json() : Json(page.limit)},
       {"next_cursor", next ? Json(CursorOf(page.skip + listed.items.size())) : Json()},
       {"items", std::move(listed.items)}});
}

}  // namespace mockduit
