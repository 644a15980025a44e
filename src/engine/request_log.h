// RequestLog: who is told of each request once it is answered, as a terminal shows it. The emulator
// and the door tell it; app/request_lines writes it. What it gets has no secrets: the redactor has
// taken them out, and bodies are no part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/answer.h"
#include "engine/call.h"
#include "session/exchange.h"

namespace mockduit {

struct RequestEntry {
  Time came{};           // by the real clock
  Duration took{};       // until the answer was decided; what happens on the wire is not in it
  std::string session;   // "": it came into none
  std::uint64_t id = 0;  // of the exchange in the session's journal; 0: it is kept in none
  std::string method;    // "": the request could not be read
  std::string path;      // with the query
  int status = 0;
  std::string outcome;        // "" for the emulator's own answers
  std::string problem;        // what the emulator says in its own answers; "" in the others
  std::string scenario;       // "": none was looked at
  bool eventless = false;     // the scenario has nothing that could decide
  bool preferred = false;     // the client's Prefer header chose the answer
  bool limited = false;       // a limit of the scenario had no room
  std::uint64_t attempt = 0;  // of its rule, which of the requests that it decided; 0: no rule
  std::uint64_t attempts =
      0;                // how many the rule's script has; 0: it has no end, or chance decides
  bool played = false;  // the script had an answer for it, or a change of one
  std::optional<Duration> retry_after;  // on the client's clock
  Duration delay{};                     // before the answer goes out
  std::string fault;                    // that happens to the answer on the wire; "": none

  // Why it was answered so.
  std::string operation;
  std::string edition;
  std::string rule;
  std::uint32_t play = 0;  // the number of the rule's play, from 1; 0: none
  std::string condition;   // that the request met: "no_credential", "invalid"; "": none
  std::vector<std::string> violations;  // "body.name: minLength 4"
  bool applied = false;                 // the operation took effect
  std::string source;                   // the document that the answer follows
  std::string warning;
};

class RequestLog {
 public:
  virtual ~RequestLog() = default;
  // Any thread may call it; it never waits.
  virtual void Tell(const RequestEntry& entry) = 0;
};

// What the journal's exchange and the call tell; `call` is nullptr where no operation answers. The
// caller knows the rest: `came`, `took`, `id`, `problem`, `source`, `warning`.
RequestEntry EntryOf(const Visit& visit, const Call* call, const Exchange& exchange);
// The same of a request that came into no session. Its secrets must be taken out.
RequestEntry EntryOf(const Request& request, const Response& response);

// "body.name: minLength 4". The value that was sent is left out: it may be a secret.
std::string TextOf(const Violation& violation);
// The first few of them.
std::string TextOf(const std::vector<Violation>& violations);

// What the emulator's own answer says is wrong; "" where it says nothing.
std::string ProblemOf(const Response& response);

}  // namespace mockduit
