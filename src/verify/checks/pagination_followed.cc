// Every page that a response announces must be requested once, by the cursor or offset that the
// response gave, up to the last page.
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "http/uri.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// How one caller read one list, once or several times.
struct Reading {
  struct Page {
    std::vector<const Entry*> given;  // the responses that announced it
    std::vector<const Entry*> asked;  // the requests for it, successful or not
    std::uint64_t got = 0;            // successful requests for it
    bool has_items = false;
  };
  std::map<std::string, Page> pages;  // by cursor or offset
  // The offsets at which last pages ended. A client that reads by offsets without a total cannot
  // know that a page was the last one, so it may request the next.
  std::set<std::string> ends;

  bool MayLookAt(const std::string& start) const {
    return ends.contains(start) || (!ends.empty() && !pages.at(start).has_items);
  }
};

const Paging* PagingOf(const Entry& entry) {
  if (!entry.Asks(Effect::Does::kList) || entry.operation->effect->paging.start.empty()) {
    return nullptr;
  }
  return &entry.operation->effect->paging;
}

// The list and its filters, without the start and the length of the page.
std::string ListOf(const Entry& entry, const Paging& paging) {
  std::string list = std::to_string(entry.caller) + " " + RequestText(entry) + "?";
  std::string_view rest = entry.request().query;
  while (!rest.empty()) {
    const QueryParameter parameter = TakeParameter(rest);
    if (parameter.name == paging.start || parameter.name == paging.limit) continue;
    list += std::string(parameter.text) + "&";
  }
  return list;
}

std::string AskedFor(const Entry& entry, const Paging& paging) {
  auto start = QueryValue(entry.request().query, paging.start).value_or("");
  const bool beginning = paging.style == Paging::Style::kOffset && start == "0";
  return beginning ? "" : start;
}

// The offset at which a page ended.
std::string EndOf(const Entry& entry, const Paging& paging) {
  const std::uint64_t start = ParseNumber<std::uint64_t>(AskedFor(entry, paging)).value_or(0);
  return std::to_string(start + entry.exchange->page->items);
}

void EvaluatePage(const History& history, const std::string& start, const Reading& reading,
                  Evaluation& evaluation) {
  const Reading::Page& page = reading.pages.at(start);
  if (page.given.empty()) {
    if (history.truncated() || reading.MayLookAt(start)) return;
    return evaluation.Fail(RequestText(*page.asked.front()) + " asked for a page at '" + start +
                               "', which no answer pointed to",
                           page.asked);
  }
  evaluation.Exercise(page.given.size());
  if (page.asked.empty() || page.got + 1 < page.given.size()) {
    const Entry& last = *page.given.back();
    return evaluation.Fail(RequestText(last) + " pointed to a next page, which nobody asked for",
                           {&last});
  }
  if (page.got > page.given.size() && !history.truncated()) {
    evaluation.Fail(RequestText(*page.asked.front()) + " was asked for the page at '" + start +
                        "' " + Spell(page.got, "time") + ", though an answer pointed to it " +
                        Spell(page.given.size(), "time"),
                    page.asked);
  }
}

void EvaluatePaginationFollowed(const History& history, Evaluation& evaluation) {
  std::map<std::string, Reading> readings;
  for (const Entry& entry : history.entries()) {
    const Paging* paging = PagingOf(entry);
    if (paging == nullptr) continue;
    Reading& reading = readings[ListOf(entry, *paging)];
    const bool had = entry.reply == Reply::kSuccess;
    const auto& announced = entry.exchange->page;
    if (const std::string start = AskedFor(entry, *paging); !start.empty()) {
      Reading::Page& page = reading.pages[start];
      page.asked.push_back(&entry);
      if (had) ++page.got;
      if (announced && announced->items > 0) page.has_items = true;
    }
    if (!had || !announced) continue;
    if (!announced->next.empty()) {
      reading.pages[announced->next].given.push_back(&entry);
    } else if (paging->style == Paging::Style::kOffset) {
      reading.ends.insert(EndOf(entry, *paging));
    }
  }
  for (const auto& [list, reading] : readings) {
    for (const auto& [start, page] : reading.pages)
      EvaluatePage(history, start, reading, evaluation);
  }
}

}  // namespace

Check PaginationFollowed() {
  return {"pagination-followed",
          "reads every page of a list, once",
          "the vendors' references of their lists: a cursor, or skip, offset and limit",
          {},
          &EvaluatePaginationFollowed};
}

}  // namespace mockduit
