// Call: everything that is known of one request on its way down the pipeline. Made by the emulator,
// filled in step by step, gone when the answer is.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "contract/router.h"
#include "engine/selector.h"
#include "http/message.h"
#include "session/session.h"

namespace mockduit {

// A credential as it was sent, its selector taken off.
struct Credential {
  CredentialPlace::Scheme scheme = CredentialPlace::Scheme::kRaw;
  std::string field;     // the header's name, for kHeader
  std::string value;     // the token, the key, or the Basic user name
  std::string password;  // of Basic
};

struct Call {
  explicit Call(Request sent) : request(std::move(sent)) {}

  Request request;
  std::string base;  // what the client called before the vendor's own path: "http://host/~x@y"
  std::string path;  // the vendor's own path, without selector and vendor prefix
  std::vector<Credential> credentials;  // those in headers

  std::shared_ptr<Session> session;
  std::shared_ptr<const Scenario> scenario;
  std::map<std::string, std::string, std::less<>> editions;  // that the session pins, by vendor
  Time at{};                                                 // when it came, on the session's clock

  const Vendor* vendor = nullptr;        // known by prefix or by path
  const Contract* contract = nullptr;    // the edition that answers
  const Operation* operation = nullptr;  // nullptr: nothing answers there
  Route route;
  std::string_view usual_variant;  // of outcomes that have it, where the path is another name

  std::optional<Json> body;  // when it is JSON
  JsonError body_error;      // why it is none
  std::vector<Violation> violations;

  Json prepared;  // what the behaviour did before the world was locked, for itself

  const Outcome* preferred_outcome = nullptr;  // that the client's Prefer header asks for
  std::optional<Play> preferred;               // what the client's Prefer header asks for
  const Rule* rule = nullptr;                  // that decided
  const Play* play = nullptr;  // the preferred one, or the scripted one that was consumed
  std::uint64_t attempt = 1;   // which request it is that the rule decided
  Duration delay{};            // that the play asks for
  std::optional<Quota> quota;  // where the scenario limits such requests
  bool applied = false;        // the operation has happened
  Known unseen;                // what it gave, where the answer does not tell of it

  // As a scenario's conditions look at it.
  MatchInput Input() const {
    return {operation != nullptr ? std::string_view(operation->name) : std::string_view(), &request,
            path, body ? &*body : nullptr};
  }
  std::string_view PathValue(std::string_view name) const {
    return operation != nullptr ? route.PathValue(*operation, name) : std::string_view();
  }
};

}  // namespace mockduit
