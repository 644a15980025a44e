// Address: takes a request apart: the selector, wherever it stands, a vendor's prefix, credentials,
// the body.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "engine/call.h"
#include "engine/selector.h"
#include "http/own_names.h"

namespace mockduit {

// A request, and the selector that was chosen or the one that is malformed.
struct Addressed {
  Sent sent;
  std::expected<Selector, MalformedName> selector;
};

class Addressing {
 public:
  // `catalog` must outlive this. `max_body` is how long a body may be once its codings are off, in
  // bytes.
  Addressing(const Catalog& catalog, OwnNames names, std::size_t max_body);

  Addressed Read(Request request) const;
  // Corrects `sent.base` where the contract's vendor has a public URL of its own, and says where
  // links lead to.
  void SetBaseOf(const Contract& contract, Sent& sent) const;

 private:
  static std::expected<Selector, MalformedName> TakePathSelector(Sent& sent);
  void FindPinnedVendor(Sent& sent) const;
  void ReadCredentials(Sent& sent) const;

  const Catalog& catalog_;
  const OwnNames names_;
  const std::size_t max_body_;
  std::vector<std::string> key_headers_;  // the headers that vendors take keys from
};

}  // namespace mockduit
