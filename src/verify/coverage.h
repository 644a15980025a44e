// Coverage: which documented outcomes of which operations a client met, and which it did not.
// Reports, gates and the control API show it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "contract/catalog.h"
#include "session/exchange.h"

namespace mockduit {

class Coverage {
 public:
  struct Cell {  // one documented outcome
    const Outcome* outcome = nullptr;
    std::uint64_t answered = 0;  // number of responses with it
    std::uint64_t driven = 0;    // of those, the ones that no scenario played

    // A success counts only where the request earned it; a failure counts also where it was played.
    bool Met() const { return outcome->name == "success" ? driven > 0 : answered > 0; }
  };
  struct Row {  // one operation of one edition
    const Operation* operation = nullptr;
    std::uint64_t called = 0;
    // Of an operation that was called. The others' outcomes are read from their contracts only
    // where all are asked for.
    std::vector<Cell> cells;
  };
  struct Share {
    std::size_t met = 0;
    std::size_t of = 0;

    double Percent() const;  // 0 where there are none
  };

  // `catalog` must outlive the coverage.
  explicit Coverage(const Catalog& catalog);

  // Counts the exchange if its response reached the client.
  void Add(const Exchange& exchange);
  void SetTruncated() { truncated_ = true; }

  const std::vector<Row>& rows() const { return rows_; }
  bool truncated() const { return truncated_; }
  // The share of the documented outcomes: of the operations that were called, and of all.
  Share OfCalled() const;
  Share OfAll() const;

  // What vendors document and nobody emulates: paths, or methods of them.
  std::size_t CountDeclined() const;

  // What the operations of `of` met. Of kCalled alone, no other operation's contract is read.
  enum class Of : std::uint8_t { kAll, kCalled };
  Json ToJson(Of of = Of::kAll) const;

 private:
  const Catalog& catalog_;
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::size_t> index_;  // "acme.list_boxes v1" → its row
  bool truncated_ = false;
};

}  // namespace mockduit
