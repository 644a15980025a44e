// Forward: which hosts end at this server, and what a client gets that takes it for its proxy and
// wants another: no network. Used by the sender step, and by main.
#pragma once

#include <string_view>

#include "contract/catalog.h"
#include "http/message.h"
#include "http/own_names.h"

namespace mockduit {

// True for the server's own names, the vendors' hosts, IP addresses, and names that nobody on the
// Internet can have: below "test" (RFC 6761) and "internal" (ICANN's decision of 2024).
bool IsKnownHost(const OwnNames& names, const Catalog& catalog, std::string_view authority);

// True for the hosts whose requests end at this server where it is a client's proxy: its own names,
// the vendors' hosts, and names below "test". An address may be another machine's, and so may a
// name below "test" or without a dot where the server is the proxy for all that a command calls
// (`intercepts`).
bool EndsHere(const OwnNames& names, const Catalog& catalog, std::string_view authority,
              bool intercepts);

// A 502 that names the host and those that are there.
Response RefuseToForward(const Catalog& catalog, std::string_view host);

}  // namespace mockduit
