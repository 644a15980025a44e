// Every page that an answer points to is asked for once, by the cursor or offset that it gave,
// until no page points further.
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "http/uri.h"
#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

// The reading of one list by one caller, once or several times.
struct Reading {
  struct Page {
    std::vector<const Entry*> given;  // the answers that pointed to it
    std::vector<const Entry*> asked;  // whatever came of it
    std::uint64_t got = 0;            // how often it was had
    bool has_items = false;
  };
  std::map<std::string, Page> pages;  // by cursor or offset
  // Where pages ended that pointed no further. Who reads by offsets and is not told how many there
  // are cannot know that, and may look there.
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

// The list and its filters, without where the page begins and how long it is.
std::string ListOf(const Entry& entry, const Paging& paging) {
  std::string list = std::to_string(entry.caller) + " " + Called(entry) + "?";
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

void Tell(const History& history, const std::string& start, const Reading& reading,
          Judgement& judgement) {
  const Reading::Page& page = reading.pages.at(start);
  if (page.given.empty()) {
    if (history.truncated() || reading.MayLookAt(start)) return;
    return judgement.Fail(Called(*page.asked.front()) + " asked for a page at '" + start +
                              "', which no answer pointed to",
                          page.asked);
  }
  judgement.Exercise(page.given.size());
  if (page.asked.empty() || page.got + 1 < page.given.size()) {
    const Entry& last = *page.given.back();
    return judgement.Fail(Called(last) + " pointed to a next page, which nobody asked for",
                          {&last});
  }
  if (page.got > page.given.size() && !history.truncated()) {
    judgement.Fail(Called(*page.asked.front()) + " was asked for the page at '" + start + "' " +
                       Spell(page.got, "time") + ", though an answer pointed to it " +
                       Spell(page.given.size(), "time"),
                   page.asked);
  }
}

void Judge(const History& history, Judgement& judgement) {
  std::map<std::string, Reading> readings;
  for (const Entry& entry : history.entries()) {
    const Paging* paging = PagingOf(entry);
    if (paging == nullptr) continue;
    Reading& reading = readings[ListOf(entry, *paging)];
    const bool had = entry.reply == Reply::kSuccess;
    const auto& told = entry.exchange->page;
    if (const std::string start = AskedFor(entry, *paging); !start.empty()) {
      Reading::Page& page = reading.pages[start];
      page.asked.push_back(&entry);
      if (had) ++page.got;
      if (told && told->items > 0) page.has_items = true;
    }
    if (!had || !told) continue;
    if (!told->next.empty()) {
      reading.pages[told->next].given.push_back(&entry);
    } else if (paging->style == Paging::Style::kOffset) {
      reading.ends.insert(EndOf(entry, *paging));
    }
  }
  for (const auto& [list, reading] : readings) {
    for (const auto& [start, page] : reading.pages) Tell(history, start, reading, judgement);
  }
}

}  // namespace

Check PaginationFollowed() {
  return {"pagination-followed",
          "reads every page of a list, once",
          "Fivetran REST API: pagination; Airweave and Supermetrics: skip, offset and limit",
          {},
          &Judge};
}

}  // namespace mockduit
