// Vendor: an emulated API: its editions, which credentials are good, and the further files beside
// its contracts. Made by the catalog, never changed after.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/lazy.h"
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
  std::vector<std::pair<std::string, std::shared_ptr<const Lazy<YamlDocument>>>> data;

  // `content` is a document, or what gives it when it is first asked for.
  template <class Content>
  void AddData(std::string_view file, Content content) {
    data.emplace_back(file, std::make_shared<const Lazy<YamlDocument>>(std::move(content)));
  }

  const Contract* FindEdition(std::string_view edition) const;
  std::vector<std::string> EditionNames() const;
  // nullptr when there is no such file
  const Json* FindData(std::string_view file) const;
  const YamlDocument* FindDocument(std::string_view file) const;
};

}  // namespace mockduit
