// The coverage matrix: a table for each vendor and edition that was called. Its rows are operations
// and its columns are outcomes. Every cell says in words what its color says.
#include <algorithm>

#include "base/markup.h"
#include "verify/phrases.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

using Row = Coverage::Row;
using Cell = Coverage::Cell;

struct Edition {
  const Contract* contract = nullptr;
  std::vector<const Row*> called;
  std::vector<const Row*> idle;

  std::string Name() const { return contract->vendor + " " + contract->edition; }
};

std::vector<Edition> EditionsOf(const Coverage& coverage) {
  std::vector<Edition> editions;
  for (const Row& row : coverage.rows()) {
    const Contract* contract = row.operation->contract;
    if (editions.empty() || editions.back().contract != contract) editions.push_back({contract});
    (row.called > 0 ? editions.back().called : editions.back().idle).push_back(&row);
  }
  return editions;
}

// Lists the outcomes of the operations that were called, ordered by status.
std::vector<std::string> OutcomesOf(const Edition& edition) {
  std::vector<std::pair<int, std::string>> known;
  for (const Row* row : edition.called) {
    for (const Cell& cell : row->cells) {
      const auto same = [&](const auto& other) { return other.second == cell.outcome->name; };
      if (std::ranges::none_of(known, same)) {
        known.emplace_back(cell.outcome->status, cell.outcome->name);
      }
    }
  }
  std::ranges::stable_sort(known, {}, &std::pair<int, std::string>::first);
  std::vector<std::string> names;
  for (auto& [status, name] : known) names.push_back(std::move(name));
  return names;
}

std::string State(const Cell& cell) {
  if (cell.Met()) return Element("b", "", "met") + " " + std::to_string(cell.answered);
  if (cell.answered > 0) return "played only " + std::to_string(cell.answered);
  return "missing";
}

// Most operations have one outcome of a name; a few have several, each with its own status.
std::string MatrixCell(const Row& row, const std::string& outcome) {
  std::string content;
  bool met = true;
  bool answered = false;
  for (const Cell& cell : row.cells) {
    if (cell.outcome->name != outcome) continue;
    met = met && cell.Met();
    answered = answered || cell.answered > 0;
    content += Element("div", "",
                       Element("span", "class=\"status\"", std::to_string(cell.outcome->status)) +
                           " " + State(cell));
  }
  if (content.empty()) return "<td class=\"none\"><abbr title=\"not documented\">–</abbr></td>";
  return Element("td",
                 met        ? "class=\"met\""
                 : answered ? "class=\"played\""
                            : "class=\"missing\"",
                 content);
}

// Lets a name such as "rate_limited" break into lines after each "_".
std::string Breakable(std::string_view name) {
  std::string text;
  for (const char c : Escaped(name)) {
    text += c;
    if (c == '_') text += "<wbr>";
  }
  return text;
}

std::string CallOf(const Operation& operation) {
  return operation.method + " " + operation.path.text();
}

std::string MatrixRow(const Row& row, const std::vector<std::string>& outcomes) {
  std::string cells =
      Element("th", "scope=\"row\"",
              Element("code", "", Breakable(row.operation->id)) +
                  Element("span", "class=\"dim call\"", Escaped(CallOf(*row.operation)))) +
      Element("td", "class=\"called\"", std::to_string(row.called));
  for (const std::string& outcome : outcomes) cells += MatrixCell(row, outcome);
  return Element("tr", "", cells) + "\n";
}

std::string List(const std::vector<const Row*>& rows) {
  std::string items;
  for (const Row* row : rows) {
    items += Element("li", "",
                     Element("code", "", Escaped(row->operation->id)) + " " +
                         Element("span", "class=\"dim\"", Escaped(CallOf(*row->operation))));
  }
  return Element("ul", "class=\"idle\"", items);
}

std::string Idle(const Edition& edition) {
  if (edition.idle.empty()) return "";
  return Element("details", "",
                 Element("summary", "",
                         Spell(edition.idle.size(), "operation") + " of " +
                             Escaped(edition.Name()) + " never called") +
                     List(edition.idle)) +
         "\n";
}

std::string Matrix(const Edition& edition) {
  const std::vector<std::string> outcomes = OutcomesOf(edition);
  std::string head =
      Element("th", "scope=\"col\"", "operation") + Element("th", "scope=\"col\"", "called");
  for (const std::string& outcome : outcomes) {
    head += Element("th", "scope=\"col\"", Breakable(outcome));
  }
  std::string rows;
  for (const Row* row : edition.called) rows += MatrixRow(*row, outcomes);
  const std::string table =
      Element("caption", "", "Documented outcomes of " + Escaped(edition.Name())) + "\n" +
      Element("thead", "", Element("tr", "", head)) + "\n" + Element("tbody", "", "\n" + rows);
  return Scrolling("Documented outcomes of " + edition.Name(),
                   Element("table", "class=\"matrix\"", table)) +
         "\n" + Idle(edition);
}

}  // namespace

std::string HtmlCoverage(const Coverage& coverage) {
  const Coverage::Share called = coverage.OfCalled();
  std::string text = Element("p", "",
                             Meter(called) +
                                 " of the documented outcomes of the operations that "
                                 "were called; " +
                                 InWords(coverage.OfAll()) + " of all operations.") +
                     "\n";
  if (coverage.truncated()) {
    text +=
        "<p class=\"note\">Journals no longer have every exchange, so more may have been met; "
        "<code>--journal-size</code> keeps more.</p>\n";
  }
  std::string idle;
  for (const Edition& edition : EditionsOf(coverage)) {
    if (edition.called.empty()) {
      idle += Idle(edition);
    } else {
      text += Matrix(edition);
    }
  }
  if (called.of > 0) {
    text +=
        "<p class=\"dim\">Met: answered so, a success to a request that earned it. Played only: a "
        "success that the scenario made up. Missing: documented, but never answered. –: not "
        "documented for the operation.</p>\n";
  }
  return text + idle;
}

}  // namespace mockduit
