// Sender: refuses what a page of the web sends to the vendors' APIs, before the request has any
// effect: it comes into no session, and into no journal. Who is no browser is never refused for the
// page; everyone is for a name that neither the server nor a vendor has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/call.h"
#include "engine/route.h"
#include "http/own_names.h"

namespace mockduit {

class SenderStep {
 public:
  // `catalog` and `router` must outlive this.
  SenderStep(OwnNames names, const Catalog& catalog, const RouteStep& router);

  std::optional<Response> Refuse(const Sent& sent) const;

 private:
  std::optional<Response> RefusePage(const Sent& sent) const;

  const OwnNames names_;
  const Catalog& catalog_;
  const RouteStep& router_;
};

}  // namespace mockduit
