#include "verify/coverage.h"

#include <algorithm>

namespace mockduit {
namespace {

// The cell of the answer: by name, and of several with one name by status.
Coverage::Cell* CellOf(Coverage::Row& row, const Exchange& exchange) {
  Coverage::Cell* found = nullptr;
  for (Coverage::Cell& cell : row.cells) {
    if (cell.outcome->name != exchange.outcome) continue;
    if (found == nullptr || cell.outcome->status == exchange.response.status) found = &cell;
  }
  return found;
}

std::vector<Coverage::Cell> CellsOf(const Operation& operation) {
  std::vector<Coverage::Cell> cells;
  for (const Outcome& outcome : operation.outcomes()) cells.push_back({&outcome, 0, 0});
  return cells;
}

Json ShareToJson(const Coverage::Share& share) {
  return Json::MakeObject({{"met", share.met}, {"of", share.of}, {"percent", share.Percent()}});
}

Json RowToJson(const Coverage::Row& row) {
  Json outcomes = Json::MakeArray();
  for (const Coverage::Cell& cell : row.called > 0 ? row.cells : CellsOf(*row.operation)) {
    outcomes.Append(Json::MakeObject({{"outcome", cell.outcome->name},
                                      {"status", cell.outcome->status},
                                      {"answered", cell.answered},
                                      {"driven", cell.driven},
                                      {"met", cell.Met()}}));
  }
  return Json::MakeObject({{"operation", row.operation->name},
                           {"edition", row.operation->contract->edition},
                           {"called", row.called},
                           {"outcomes", std::move(outcomes)}});
}

}  // namespace

double Coverage::Share::Percent() const {
  if (of == 0) return 0;
  const std::size_t tenths = met * 1000 / of;  // never rounded up to what was not reached
  return static_cast<double>(tenths) / 10;
}

Coverage::Coverage(const Catalog& catalog) : catalog_(catalog) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        index_[operation->name + " " + contract->edition] = rows_.size();
        rows_.push_back({.operation = operation.get()});
      }
    }
  }
}

void Coverage::Add(const Exchange& exchange) {
  const auto known = index_.find(exchange.operation + " " + exchange.edition);
  if (known == index_.end()) return;
  Row& row = rows_[known->second];
  if (row.called++ == 0) row.cells = CellsOf(*row.operation);
  const Fault fault = exchange.response.delivery.fault;
  if (exchange.abandoned || LosesAnswer(fault)) return;
  Cell* cell = CellOf(row, exchange);
  if (cell == nullptr) return;
  ++cell->answered;
  if (!exchange.scripted) ++cell->driven;
}

Coverage::Share Coverage::OfCalled() const {
  Share share;
  for (const Row& row : rows_) {
    if (row.called == 0) continue;
    share.of += row.cells.size();
    share.met += static_cast<std::size_t>(std::ranges::count_if(row.cells, &Cell::Met));
  }
  return share;
}

Coverage::Share Coverage::OfAll() const {
  Share share = OfCalled();
  for (const Row& row : rows_) {
    if (row.called == 0) share.of += row.operation->outcomes().size();
  }
  return share;
}

std::size_t Coverage::CountDeclined() const {
  std::size_t count = 0;
  for (const Vendor& vendor : catalog_.vendors()) {
    for (const auto& contract : vendor.editions) count += contract->declined.size();
  }
  return count;
}

Json Coverage::ToJson(Of of) const {
  Json vendors = Json::MakeObject();
  for (const Vendor& vendor : catalog_.vendors()) {
    Json operations = Json::MakeArray();
    for (const Row& row : rows_) {
      if (row.operation->contract->vendor != vendor.name) continue;
      if (row.called > 0 || of == Of::kAll) operations.Append(RowToJson(row));
    }
    vendors.Set(vendor.name, std::move(operations));
  }
  Json json = Json::MakeObject({{"called", ShareToJson(OfCalled())}});
  if (of == Of::kAll) json.Set("all", ShareToJson(OfAll()));
  json.Set("declined", CountDeclined());
  json.Set("truncated", truncated_);
  json.Set("vendors", std::move(vendors));
  return json;
}

}  // namespace mockduit
