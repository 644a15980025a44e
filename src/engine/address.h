// Address: takes a request apart: the selector, wherever it stands, a vendor's prefix, credentials,
// the body; and leads it into its session.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "engine/call.h"
#include "engine/selector.h"

namespace mockduit {

// A request, and the selector that was chosen or the one that is malformed.
struct Addressed {
  Sent sent;
  std::expected<Selector, MalformedName> selector;
};

class Addressing {
 public:
  // `public_url` is what clients call the server by; "" = what each request's Host says.
  Addressing(const Catalog& catalog, std::string public_url);

  Addressed Read(Request request) const;

 private:
  static std::expected<Selector, MalformedName> TakePathSelector(Sent& sent);
  void TakeVendorPrefix(Sent& sent) const;
  void ReadCredentials(Sent& sent) const;

  const Catalog& catalog_;
  std::string public_url_;
  std::vector<std::string> key_headers_;  // the headers that vendors take keys from
};

}  // namespace mockduit
