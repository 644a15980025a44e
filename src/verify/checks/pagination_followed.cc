// Every page that a response announces must be requested once, by the cursor or offset that the
// response gave, up to the last page. Each reading of a list is held to that by itself: it begins
// with the list's first page, and goes on with pages of the same size. A search may stop at what it
// has found; a page of one item may be a look whether there is any.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "http/uri.h"
#include "session/redact.h"
#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

struct ListReading {
  struct Page {
    History::Entries asked;      // the requests for it, successful or not
    const Entry* got = nullptr;  // the first that was answered with it
    std::uint64_t times_got = 0;
  };
  std::map<std::string, Page> pages;  // by cursor or offset; "" is the first page
  bool has_any = false;               // a page was got
};

// All readings of one list by one caller with pages of one size.
struct Readings {
  std::vector<ListReading> all;
  // The readings that got an answer that points to a page and have not got that page.
  std::map<std::string, std::vector<std::size_t>> awaiting;
};

// What is known of a list over all readings of it.
struct List {
  std::map<std::string, Readings> by_size;
  std::map<std::string, std::set<std::string>> awaited_in;  // page → the sizes that await it
  std::set<std::string> given;                              // the pages that answers pointed to
  // The offsets at which last pages ended. A client that reads by offsets without a total cannot
  // know that a page was the last one, so it may request the next, and those behind it.
  std::set<std::string> ends;
};

const Paging* PagingOf(const Entry& entry) {
  if (!entry.Asks(Effect::Does::kList) || entry.operation->effect()->paging.start.empty()) {
    return nullptr;
  }
  return &entry.operation->effect()->paging;
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

// One of the readings of a list.
struct Place {
  Readings& readings;
  std::size_t index;
  std::string size;  // of the pages of those readings

  ListReading& reading() const { return readings.all[index]; }
};

// The reading that asks for that page: the newest that was pointed to it, with pages of that size
// if there is one; else the newest.
Place ReadingFor(List& list, const std::string& size, const std::string& start) {
  Readings& readings = list.by_size[size];
  const auto newest_of = [&](const std::string& of) -> std::optional<Place> {
    Readings& some = list.by_size[of];
    const auto found = some.awaiting.find(start);
    if (found == some.awaiting.end()) return std::nullopt;
    return Place{some, found->second.back(), of};
  };
  if (!start.empty()) {
    if (const auto found = newest_of(size)) return *found;
    if (const auto sizes = list.awaited_in.find(start); sizes != list.awaited_in.end()) {
      for (const std::string& other : sizes->second) {
        if (const auto found = newest_of(other)) return *found;
      }
    }
  }
  const bool begins = readings.all.empty() || (start.empty() && readings.all.back().has_any);
  if (begins) readings.all.emplace_back();
  return {readings, readings.all.size() - 1, size};
}

void StopAwaiting(const std::string& page, const Place& place, List& list) {
  const auto awaited = place.readings.awaiting.find(page);
  if (awaited == place.readings.awaiting.end()) return;
  std::erase(awaited->second, place.index);
  if (!awaited->second.empty()) return;
  place.readings.awaiting.erase(awaited);
  list.awaited_in[page].erase(place.size);
}

void Note(const Entry& entry, const Paging& paging, List& list) {
  const std::string start = AskedFor(entry, paging);
  const std::string size = QueryValue(entry.request().query, paging.limit).value_or("");
  const Place place = ReadingFor(list, size, start);
  ListReading::Page& page = place.reading().pages[start];
  page.asked.push_back(&entry);
  if (entry.reply != Reply::kSuccess || !entry.exchange->page) return;
  if (page.got == nullptr) page.got = &entry;
  ++page.times_got;
  place.reading().has_any = true;
  StopAwaiting(start, place, list);
  const std::string& next = entry.exchange->page->next;
  if (!next.empty()) {
    list.given.insert(next);
    if (!place.reading().pages.contains(next)) {
      place.readings.awaiting[next].push_back(place.index);
      list.awaited_in[next].insert(place.size);
    }
  } else if (paging.style == Paging::Style::kOffset) {
    list.ends.insert(EndOf(entry, paging));
  }
}

// Whether all texts of a create's body stand in that page.
bool Holds(const Entry& page, const Entry& create) {
  const auto body = Json::Parse(create.request().body);
  if (!body || !body->IsObject()) return false;
  std::size_t found = 0;
  for (const JsonMember& member : *body->IfObject()) {
    if (!member.value.IsString() || member.value.AsString() == kRedacted) continue;
    if (!page.exchange->response.body.contains(member.value.Dump())) return false;
    ++found;
  }
  return found > 0;
}

// The id in that path of something that stands on a page, as a text of its own and no key; "":
// none.
std::string_view ItemIn(std::string_view path, const Entry& page) {
  const std::string& body = page.exchange->response.body;
  while (!path.empty()) {
    const std::string_view segment = TakeUntil(path, "/");
    const std::string id = "\"" + std::string(segment) + "\"";
    const std::size_t at = segment.empty() ? std::string::npos : body.find(id);
    if (at != std::string::npos && !body.substr(at + id.size(), 1).starts_with(':')) return segment;
  }
  return "";
}

// How many items of that page its caller asked for before it read the list again; none where what
// it asked for next is of another kind.
std::size_t CountUsed(const EntryIndex& callers, const Entry& page) {
  constexpr std::size_t kNext = 64;
  const EntryIndex::Some later = callers.After(page.caller, page);
  std::set<std::string_view> used;
  for (const Entry* entry : later.first(std::min(later.size(), kNext))) {
    if (entry->path == page.path && entry->operation == page.operation) break;
    const std::string_view item = ItemIn(entry->path, page);
    if (item.empty() && used.empty()) break;
    if (!item.empty()) used.insert(item);
  }
  return used.size();
}

// The creates of which their callers did not know that they had happened.
std::vector<const Entry*> UnseenCreates(const History& history) {
  std::vector<const Entry*> unseen;
  for (const Entry& entry : history.entries()) {
    const bool creates = entry.exchange->applied && entry.Asks(Effect::Does::kCreate);
    if (creates && entry.reply != Reply::kSuccess) unseen.push_back(&entry);
  }
  return unseen;
}

class ListJudge {
 public:
  ListJudge(const History& history, Evaluation& evaluation)
      : history_(history), unseen_(UnseenCreates(history)), evaluation_(evaluation) {
    for (const Entry& entry : history.entries()) callers_.Add(entry.caller, entry);
  }

  void Judge(const List& list, const ListReading& reading) {
    list_ = &list;
    std::size_t pages = 0;
    for (const auto& [start, page] : reading.pages) {
      if (page.got != nullptr) ++pages;
      JudgePage(start, page);
    }
    for (const auto& [start, page] : reading.pages) {
      if (page.got != nullptr) JudgeNext(reading, *page.got, pages);
    }
  }

 private:
  void JudgePage(const std::string& start, const ListReading::Page& page) {
    if (start.empty()) return;
    const Entry& first = *page.asked.front();
    if (!list_->given.contains(start)) {
      if (history_.truncated() || MayLookAt(start, page)) return;
      evaluation_.Exercise();
      return evaluation_.Fail(
          "not-pointed-to",
          RequestText(first) + " asked for a page at '" + start + "', which no answer pointed to",
          page.asked);
    }
    evaluation_.Exercise(RequestText(first) + " was followed to the page at '" + start + "'");
    if (page.times_got > 1 && !history_.truncated()) {
      evaluation_.Fail("page-repeated",
                       RequestText(first) + " was asked for the page at '" + start + "' " +
                           Spell(page.times_got, "time") + " in one reading",
                       page.asked);
    }
  }

  void JudgeNext(const ListReading& reading, const Entry& got, std::size_t pages) {
    const std::string& next = got.exchange->page->next;
    if (next.empty() || reading.pages.contains(next)) return;
    const std::string pointed =
        RequestText(got) + " pointed to a next page, which nobody asked for";
    const bool has_one = got.exchange->page->items <= 1;
    const std::size_t used = CountUsed(callers_, got);
    if (IsLookedFor(got) || (used == 1 && !has_one)) {
      return evaluation_.Exercise(RequestText(got) + " was read up to what its client looked for");
    }
    if (pages == 1 && has_one) return;
    evaluation_.Exercise();
    if (used > 1) {
      return evaluation_.Doubt(
          "stopped-early",
          pointed + " after " + Spell(used, "item") +
              " of that page: a search for them may stop there, work on a whole list may not; the "
              "journal does not show which it was",
          {&got});
    }
    if (pages > 1) {
      return evaluation_.Doubt("stopped-early",
                               pointed + " after " + Spell(pages, "page") +
                                   ": a search may stop where it has found something, a list may "
                                   "not; the journal does not show which it was",
                               {&got});
    }
    evaluation_.Fail("page-missed", pointed, {&got});
  }

  bool MayLookAt(const std::string& start, const ListReading::Page& page) const {
    const bool has_items = page.got != nullptr && page.got->exchange->page->items > 0;
    return list_->ends.contains(start) || (!list_->ends.empty() && !has_items);
  }

  // Whether its caller looked for what it did not know to have made, and found it on that page.
  bool IsLookedFor(const Entry& page) const {
    constexpr std::size_t kNewest = 20;
    const auto end = std::ranges::lower_bound(unseen_, page.index, {}, &Entry::index);
    const auto begin = end - std::min<std::ptrdiff_t>(end - unseen_.begin(), kNewest);
    return std::any_of(begin, end, [&](const Entry* create) {
      return create->caller == page.caller && Holds(page, *create);
    });
  }

  const History& history_;
  const std::vector<const Entry*> unseen_;
  EntryIndex callers_;
  Evaluation& evaluation_;
  const List* list_ = nullptr;  // that is judged
};

void EvaluatePaginationFollowed(const History& history, Evaluation& evaluation) {
  std::map<std::string, List> lists;
  for (const Entry& entry : history.entries()) {
    const Paging* paging = PagingOf(entry);
    if (paging != nullptr) Note(entry, *paging, lists[ListOf(entry, *paging)]);
  }
  ListJudge judge(history, evaluation);
  for (const auto& [name, list] : lists) {
    for (const auto& [size, readings] : list.by_size) {
      for (const ListReading& reading : readings.all) judge.Judge(list, reading);
    }
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
