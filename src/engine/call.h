// A request on its way down the pipeline, in parts that exist once their step is done: Sent (what
// the client sent), Visit (which session and scenario it is for), Call (which operation answers).
// Made by the emulator, gone when the answer is.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contract/router.h"
#include "http/content_coding.h"
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

// A request taken apart, before anything is known of what it is for.
struct Sent {
  Request request;
  std::string base;  // what the client called before the vendor's own path: "http://host/~x@y"
  std::size_t own_size = 0;   // of `base`: what names the server alone
  std::string_view pages;     // the vendor's own, where links lead to these
  std::string path_selector;  // "/~x@y", or ""
  std::string path;           // the vendor's own path, without selector and vendor prefix
  const Vendor* pinned_vendor = nullptr;    // that a prefix or the Host names; nullptr: none does
  std::vector<Credential> credentials;      // those in headers
  std::optional<Json> body;                 // its value, when it could be read
  JsonError body_error;                     // why it is none
  std::optional<CodingFault> coding_fault;  // why the body's codings are still on it
  std::string coded;                        // the body with its codings; "": it had none
  // How the body was read: as JSON, until an operation that takes another type is found.
  BodyKind body_kind = BodyKind::kJson;
  std::vector<Violation> wrong_parts;  // of a multipart body: those of another media type

  // The URL that the client called, without the query.
  std::string Url() const;
  // Whether a browser asks with it if a page may send another request (the Fetch standard).
  bool IsPreflight() const;
  // The request's method; of a preflight, that of the request which the page wants to send.
  std::string_view Method() const;
};

// A request in the session that it is for.
struct Visit {
  explicit Visit(Sent all) : sent(std::move(all)) {}

  Sent sent;
  std::shared_ptr<SharedSession> session;
  std::uint64_t generation = 0;                              // the session's, when it came
  Time at{};                                                 // when it came, on the session's clock
  Time came{};                                               // the same by the real clock
  ClockNote clock;                                           // when it came
  std::map<std::string, std::string, std::less<>> editions;  // that the session pins, by vendor
  std::shared_ptr<const Scenario> scenario;  // nullptr when it names one that is not there
  std::string warning;                       // what the answer's X-Mockduit-Warning says; "": none
  Headers cors;                              // of the answer to a page; empty for all others
  bool is_first = false;                     // of the session's requests
  std::size_t max_answer = std::numeric_limits<std::size_t>::max();  // bytes

  // What stands before the path of a page that a link leads to: who opens it sends no header and no
  // key that chooses the session, so that its name is in it.
  std::string LinkBase() const;
  // True when the session was reset after the request came, so that it belongs to what was.
  bool IsOvertaken(const Session& entered) const { return entered.generation() != generation; }
};

// Which operation of which edition answers. The catalog outlives the request.
struct Target {
  const Vendor& vendor;
  const Contract& contract;
  const Operation& operation;
  std::vector<std::string> path_values;  // decoded, in the order of the template's variables
  std::string_view default_variant;      // of outcomes that have it, where the path is an alias
  std::string query{};                   // as the vendor's server reads it (engine/reads.h)

  // The value of a path variable; "" when the operation has none of that name.
  std::string_view PathValue(std::string_view name) const;
};

// What the scenario, or the client's Prefer header, says of the answer.
struct Decision {
  const Rule* rule = nullptr;  // that decided; nullptr: none
  const Play* play = nullptr;  // that is due; nullptr: none, so the request is handled normally
  std::uint64_t attempt = 1;   // which request it is that the rule decided
  Duration delay{};            // before the answer
  std::optional<Duration> ends_in{};  // the rule's time, on the session's clock; nullopt: never
  // Where the Prefer header decided: its play, and the very outcome that it asks for.
  std::shared_ptr<const Play> preferred;
  const Outcome* preferred_outcome = nullptr;
};

// A request that an operation answers.
struct Call {
  Call(const Visit& from, Target to) : visit(from), target(std::move(to)) {}

  const Visit& visit;
  const Target target;
  Decision decision;
  std::optional<Quota> quota;         // where the scenario limits such requests
  std::vector<Violation> violations;  // what the request breaks of the contract
  // The same in words, or the header that is wrong: known also where a play answers.
  std::string violation;
  std::string allowed_by;      // the edition whose document takes what this one refuses; "": none
  std::string_view condition;  // that it met, one of kConditions; "": none
  // What another server answered that the operation had to call first: its status, or why there
  // was no answer. Nothing where none was called.
  std::optional<Result<int>> outside;
  bool applied = false;  // the operation has happened
  std::string warning;   // as the visit's, of what the operation did

  const Request& request() const { return visit.sent.request; }
  const std::string& query() const { return target.query; }
  // nullptr when there is none, or none that could be read.
  const Json* body() const { return visit.sent.body ? &*visit.sent.body : nullptr; }
  const Operation& operation() const { return target.operation; }
  std::string_view PathValue(std::string_view name) const { return target.PathValue(name); }
  const Play* play() const { return decision.play; }
  // The moment at which things happen to the world for it.
  Moment moment() const { return {visit.at, visit.scenario}; }
  // As a scenario's conditions look at it.
  MatchInput Input() const {
    return {target.operation.name,
            &request(),
            visit.sent.path,
            body(),
            target.contract.requests.last_counts,
            target.operation.creates};
  }
};

}  // namespace mockduit
