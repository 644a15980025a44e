// Catalog: every vendor with its editions, keys and further data, as read from fixtures/.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "contract/read/pieces.h"
#include "contract/vendor.h"

namespace mockduit {

class Catalog {
 public:
  Catalog() = default;

  // Reads files named <root>/<vendor>/<name>.yaml. A file with an `openapi` key is a contract, one
  // with x-mockduit/part_of a part of one.
  // The error is every mistake of every file. A contract may name those behaviours only; nullptr:
  // any.
  static Read<Catalog> Load(const std::vector<TextFile>& files,
                            const std::vector<std::string>* behaviours = nullptr);

  // Of files that are known to be right, those of a vendor behind each other. Reads what each
  // contract says as a whole, and everything else when it is first asked for.
  static Catalog Open(const std::vector<FilePieces>& files);

  // The same with more vendors in front of its own: where both have a path, theirs answers. Each
  // stands in place of one of its own of the same name.
  Catalog With(std::vector<Vendor> vendors) &&;
  // The same with the vendors of another among its own, by name; each, too, in place of one of the
  // same name.
  Catalog Beside(Catalog other) &&;

  // True when all that was opened is there: what is known to fit it still does.
  bool has_all_opened() const { return has_all_opened_; }
  const std::vector<Vendor>& vendors() const { return vendors_; }
  const Vendor* FindVendor(std::string_view name) const;
  // The one that has a server of that name ("api.acme.example", in any case, also with the dot
  // of the root behind it), by its contracts.
  const Vendor* FindVendorOfHost(std::string_view host) const;
  // Those names, each once, sorted, in small letters.
  std::vector<std::string> Hosts() const;
  std::vector<std::string> VendorNames() const;
  // "acme.create_box" …, each once, sorted.
  const std::vector<std::string>& OperationNames() const { return operation_names_; }
  // "acme.drying" …, each once, sorted.
  std::vector<std::string> LifecycleNames() const;
  // The lifecycle of that name, in that edition or ("") the first that has it; nullptr when there
  // is none.
  std::shared_ptr<const Lifecycle> FindLifecycle(std::string_view name,
                                                 std::string_view edition = "") const;
  // The endings that a lifecycle of that name has in any edition, each once.
  std::vector<std::string> EndingNames(std::string_view name) const;
  // The first edition's operation of that name; nullptr when there is none.
  const Operation* FindOperation(std::string_view name) const;

 private:
  // In the order in which they answer.
  Catalog(std::vector<Vendor> vendors, bool has_all_opened);
  // Drops those of its own in whose place one of these stands.
  void MakeWayFor(const std::vector<Vendor>& vendors);
  void KeepHosts();

  bool has_all_opened_ = false;
  std::vector<Vendor> vendors_;
  std::vector<std::string> operation_names_;
  std::unordered_map<std::string_view, const Operation*> operations_;  // the first of each name
  std::vector<std::pair<std::string, std::size_t>> hosts_;             // with the vendor's place
};

}  // namespace mockduit
