// Sender: refuses what a page of the web sends to the vendors' APIs, before the request has any
// effect: it comes into no session, and into no journal. Who is no browser is never refused for the
// page; everyone is for a name that neither the server nor a vendor has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/address.h"
#include "engine/call.h"
#include "engine/route.h"
#include "http/own_names.h"
#include "session/sessions.h"

namespace mockduit {

class SenderStep {
 public:
  // The references must outlive this.
  SenderStep(OwnNames names, const Catalog& catalog, const RouteStep& router,
             const Sessions& sessions);

  std::optional<Response> Refuse(const Addressed& addressed) const;

 private:
  std::optional<Response> RefusePage(const Addressed& addressed) const;
  bool IsInvited(const Addressed& addressed) const;

  const OwnNames names_;
  const Catalog& catalog_;
  const RouteStep& router_;
  const Sessions& sessions_;
};

}  // namespace mockduit
