// Exchange: one request with its answer, as the journal keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "http/message.h"

namespace mockduit {

// What Retry-After told, in both times: a session's clock may run faster than the client's.
struct ToldWait {
  Duration session{};
  Duration client{};  // whole seconds
};

// Secrets are taken out before it comes here.
struct Exchange {
  static constexpr std::size_t kMaxBody = 64 * 1024;  // bytes of a body that are kept

  std::uint64_t id = 0;    // counts from 1 within the session
  Time at{};               // on the session's clock
  std::string operation;   // "fivetran.create_connection", or ""
  std::string outcome;     // "rate_limited", or "" for the emulator's own answers
  std::string scenario;    // that was played, or ""
  std::string rule;        // that decided, or ""
  std::uint32_t play = 0;  // which of the rule's plays, from 1; 0 where none was due
  bool applied = false;    // the operation happened, whatever the answer says
  std::optional<ToldWait> retry_after;
  std::uint32_t path_start = 0;  // where the vendor's own path begins in the request's

  Request request;
  Response response;
  std::uint64_t request_bytes = 0;  // of the whole body, of which the journal keeps a part
  std::uint64_t response_bytes = 0;

  Json ToJson() const;
  // What ToJson gave. The error names the member that is wrong.
  static Result<Exchange> FromJson(const Json& json);
};

}  // namespace mockduit
