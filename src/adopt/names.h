// Names: what a foreign document's vendor, operations and things are called, where it does not say.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace mockduit {

// "Nango API" as "nango"; "" where no letter is left.
std::string VendorNameOf(std::string_view title);
// One of them: "connections" as "connection", "policies" as "policy".
std::string SingularOf(std::string word);
// What is wrong with a vendor's name that somebody chose; "" where nothing is.
std::string WhyNoVendorName(std::string_view name);

// Names for the operations of one document, each once.
class OperationNames {
 public:
  // Its operationId as scenarios can write it, else one made of the method and the path: "get",
  // "/users/{id}/keys" as "get_users_by_id_keys". A name that is taken gets a number.
  std::string NameOf(std::string_view operation_id, std::string_view method, std::string_view path);

 private:
  std::set<std::string> taken_;
  std::map<std::string, int> next_;  // by name: the last number that was tried
};

}  // namespace mockduit
