// ClientVariables: the environment variables by which a client finds the server. Used by `exec`,
// which sets them, and by `env`, which prints them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "contract/catalog.h"

namespace mockduit {

using Variables = std::vector<std::pair<std::string, std::string>>;

// MOCKDUIT_URL, MOCKDUIT_<VENDOR>_URL, what clients of the vendors read already, and the token of
// the control API where there is one. `url` is the server's own, "http://127.0.0.1:8080".
Variables ClientVariables(const std::string& url, const std::string& admin_token,
                          const Catalog& catalog);

// The files that clients need who trust the server's certificates; paths.
struct TrustFiles {
  std::string pem;        // the authority's certificate
  std::string java;       // the same as a trust store of Java's; "": there is none
  std::string node_hook;  // leads Node's connections to the server; "": none does
};
// What makes the server the proxy of all clients that this machine's languages have, and its
// authority the one that they trust. What `environment` says of Java and Node stays in force.
Variables InterceptVariables(const std::string& url, const TrustFiles& files,
                             const Variables& environment);

}  // namespace mockduit
