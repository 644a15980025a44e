// Route: which operation of which edition of which vendor answers a request.
#pragma once

#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "contract/router.h"
#include "engine/answer.h"
#include "engine/call.h"

namespace mockduit {

// Of vendors that could be meant, the first in whose places the request has a credential, else the
// first; nullptr when there are none.
const Vendor* ChooseVendor(const Sent& sent, const std::vector<const Vendor*>& vendors);

// The edition that answers whatever the path is: the pinned one ("" where nothing is pinned), else
// the one that a header chooses, by which a client says of itself which it speaks; nullptr: none.
const Contract* FixedEdition(const Sent& sent, const Vendor& vendor, std::string_view pinned);
// Where none is fixed, the one of `candidates`, which must not be empty, that the body or the
// credential chooses, else the first.
const Contract& ChooseEdition(const Sent& sent, const std::vector<const Contract*>& candidates);

class RouteStep {
 public:
  // `catalog` must outlive this.
  explicit RouteStep(const Catalog& catalog) : catalog_(catalog), router_(catalog) {}

  // The operation that answers; or what is answered where none does: the vendor's own words when a
  // vendor can be meant, else the emulator's.
  std::expected<Target, Answer> Find(const Visit& visit) const;
  // The same request to the other editions whose document the client may go by: none where the
  // session pins one, or a header or a member of the body is one edition's alone.
  std::vector<Target> FindOthers(const Visit& visit, const Target& target) const;
  // True when an edition that has the path and the method documents Access-Control-Allow-Origin for
  // its success: pages of other origins are meant to call it.
  bool AnswersAnyOrigin(const Sent& sent) const;
  // Whose words an answer is in, whatever the method; nullptr: no vendor can be meant.
  const Vendor* FindVendor(const Sent& sent) const;

 private:
  // Of several vendors that have the path, the one in whose places the request has a credential.
  Route Look(std::string_view method, const Sent& sent) const;

  const Catalog& catalog_;
  Router router_;
};

}  // namespace mockduit
