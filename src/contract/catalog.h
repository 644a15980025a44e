// Catalog: every vendor with its editions, keys and further data, as read from fixtures/.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "base/yaml.h"
#include "contract/contract.h"

namespace mockduit {

// Which credentials are good. `fixtures/<vendor>/keys.yaml` says it.
struct Keys {
  struct Refusal {
    std::string prefix;     // of the credential
    std::string condition;  // "unknown_credential" or "no_permission"
  };
  bool any = true;                    // any credential that no refusal names is good
  std::vector<std::string> accepted;  // else only these are
  std::vector<Refusal> refused;

  // The condition under which the credential is refused; "" when it is good.
  std::string_view RefusalOf(std::string_view credential) const;
};

struct Vendor {
  std::string name;
  std::vector<std::unique_ptr<const Contract>> editions;  // the default one first
  Keys keys;
  // Other files: "setup_tests" → its content, with its places.
  std::vector<std::pair<std::string, YamlDocument>> data;

  const Contract* FindEdition(std::string_view edition) const;
  std::vector<std::string> EditionNames() const;
  // nullptr when there is no such file
  const Json* FindData(std::string_view file) const;
  const YamlDocument* FindDocument(std::string_view file) const;
};

class Catalog {
 public:
  // Reads files named <root>/<vendor>/<name>.yaml. A file with an `openapi` key is a contract, one
  // with x-mockduit/part_of a part of one.
  // The error is every mistake of every file. A contract may name those behaviours only; nullptr:
  // any.
  static Read<Catalog> Load(const std::vector<TextFile>& files,
                            const std::vector<std::string>* behaviours = nullptr);

  const std::vector<Vendor>& vendors() const { return vendors_; }
  const Vendor* FindVendor(std::string_view name) const;
  std::vector<std::string> VendorNames() const;
  // "fivetran.create_connection" …, each once, sorted.
  const std::vector<std::string>& OperationNames() const { return operation_names_; }
  // "airweave.sync_job" …, each once, sorted.
  std::vector<std::string> LifecycleNames() const;
  // The lifecycle of that name, in that edition or ("") the first that has it; nullptr when there
  // is none.
  std::shared_ptr<const Lifecycle> FindLifecycle(std::string_view name,
                                                 std::string_view edition = "") const;
  // The first edition's operation of that name; nullptr when there is none.
  const Operation* FindOperation(std::string_view name) const;

 private:
  std::vector<Vendor> vendors_;
  std::vector<std::string> operation_names_;
};

}  // namespace mockduit
