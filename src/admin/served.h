// What the server serves, vendor by vendor, for the page at /: base URLs, which credentials are
// good, and a call to try. Reads the contracts only, and knows no vendor.
#pragma once

#include <string>
#include <vector>

#include "contract/catalog.h"

namespace mockduit {

struct ServedVendor {
  std::string name;
  // What base URLs have after the server's own: "/v1", "/enterprise/v2". The first is the one that
  // most clients want; it may be "".
  std::vector<std::string> bases;
  std::string path;         // of a GET to try, which lists something: "/v1/connections"
  std::string options;      // curl's for it: "-u my-key:my-secret -H 'Accept: application/json'"
  std::string credentials;  // a sentence on which credentials are good
};

std::vector<ServedVendor> Served(const Catalog& catalog);

// "curl http://127.0.0.1:8080/v1/connections -u my-key:my-secret"
std::string CurlLine(const ServedVendor& vendor, const std::string& url);

}  // namespace mockduit
