// Addressing: takes the selector off a request, wherever it stands, and reads the credentials.
#pragma once

#include <string>
#include <vector>

#include "engine/call.h"

namespace mockduit {

class Addressing {
 public:
  // `public_url` is what clients call the server by; "" = what each request's Host says.
  Addressing(const Catalog& catalog, std::string public_url);

  // Fills in the call's base, path, vendor (when a prefix pins it) and credentials, and gives the
  // selector that was chosen.
  std::expected<Selector, MalformedName> Read(Call& call) const;

 private:
  std::expected<Selector, MalformedName> TakePathSelector(Call& call) const;
  void TakeVendorPrefix(Call& call) const;
  void ReadCredentials(Call& call) const;

  const Catalog& catalog_;
  std::string public_url_;
  std::vector<std::string> key_headers_;  // the headers that vendors take keys from
};

}  // namespace mockduit
