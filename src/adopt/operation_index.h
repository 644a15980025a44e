// OperationIndex: the operations of a foreign document and where each stands, and what of its paths
// is left out, or is odd, as notes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adopt/names.h"
#include "adopt/path_item.h"
#include "base/json.h"
#include "base/references.h"

namespace mockduit {

struct OperationPlace {
  std::string path;     // that it answers at, below the base
  std::string pointer;  // to the operation, in the document
  std::string method;
  std::string id;
  PathItem item;
  const Json* operation = nullptr;  // in it
  const Json* overlay = nullptr;    // of the operation; nullptr: there is none
};

class OperationIndex {
 public:
  // `overlay` has the paths of the document that something is added to; `declined` those that are
  // left out. The places are of both, which must outlive them. `base` is what all paths are below.
  OperationIndex(References& references, const Json& overlay, const Json& declined,
                 std::string base);
  OperationIndex(const OperationIndex&) = delete;
  OperationIndex& operator=(const OperationIndex&) = delete;

  const std::vector<OperationPlace>& places() const { return places_; }
  // Of an operation of the outline, which has the paths as they are answered.
  const OperationPlace& At(const std::string& pointer) const {
    return places_[by_pointer_.at(pointer)];
  }
  // By the pointer to what they are of.
  const std::vector<std::pair<std::string, std::string>>& notes() const { return notes_; }

 private:
  void Note(const std::string& pointer, std::string message) {
    notes_.emplace_back(pointer, std::move(message));
  }
  // The operations of a path, whose item stands at `pointer`.
  void TakePath(const std::string& path, const std::string& pointer, const PathItem& item,
                const Json& overlay, const Json& declined);
  void NoteWebhooks(const Json& webhooks);
  void NotePath(const std::string& path, const std::string& pointer);
  void NoteOperation(const std::string& id, const OperationPlace& place);
  void NoteCallbacks(const Json& operation, const std::string& pointer);

  std::string base_;
  std::vector<OperationPlace> places_;
  std::unordered_map<std::string, std::size_t> by_pointer_;  // of places_
  std::vector<std::pair<std::string, std::string>> notes_;
  OperationNames names_;
  std::set<std::string> shapes_;            // of the requests that are taken already
  std::map<std::string, std::string> ids_;  // by operationId: the first operation that has it
};

}  // namespace mockduit
