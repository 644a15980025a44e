#include "app/commands/serving_options.h"

#include <cstdint>

#include "base/clock.h"
#include "base/time.h"
#include "http/uri.h"

namespace mockduit {
namespace {

Result<void> CheckClock(const std::string& text) {
  const auto clock = ClockSetting::Parse(text);
  return clock ? Result<void>() : std::unexpected(clock.error());
}

Result<void> CheckLasting(const std::string& text) {
  const auto duration = ParseDuration(text);
  if (!duration) return std::unexpected(duration.error());
  return *duration > Duration(0) ? Result<void>() : Fail("it must be longer than nothing");
}

// A host as URLs write it, without a port.
Result<void> CheckHost(const std::string& text) {
  const std::string written = text.contains("://") ? text : "http://" + text;
  const auto url = ParseUrl(written);
  if (url && url->authority.host == text) return {};
  const std::string nearest =
      url ? "; did you mean '" + std::string(url->authority.host) + "'?" : "";
  return Fail("'" + text + "' is no host; write its name or address alone, without a port" +
              nearest);
}

Result<void> CheckOwnHost(const std::string& text) {
  return text == "*" ? Result<void>() : CheckHost(text);
}

Result<void> CheckOrigin(const std::string& text) {
  const auto url = ParseUrl(text);
  if (text == "null" || (url && url->Origin() == text)) return {};
  const std::string nearest = url ? "; did you mean '" + url->Origin() + "'?" : "";
  return Fail("'" + text + "' is no origin; write it as https://host:port, without a path" +
              nearest);
}

Result<void> CheckPublicUrl(const std::string& text) {
  const std::size_t equals = text.find('=');
  const bool of_vendor = equals < text.find("://");
  const std::string address = of_vendor ? text.substr(equals + 1) : text;
  const auto url = ParseUrl(address);
  // Paths of answers go behind it.
  if (url && (!url->user.empty() || address.find_first_of("?#") != std::string::npos)) {
    return Fail("'" + text +
                "' has a user, a query or a fragment, which the links of answers lack");
  }
  if (url) return {};
  return Fail("'" + text + "' is no URL; write it as http://host:port, or VENDOR=http://host:port");
}

// "[::1]" is how URLs write it; the system knows it without the brackets.
Option HostOption(std::string& host) {
  Option option = TextOption("--host", host, "HOST", "the address to listen on");
  option.set = [&host](const std::string& text) -> Result<void> {
    host = WithoutBrackets(text);
    return {};
  };
  return option;
}

}  // namespace

Option FixturesOption(LibraryOptions& options) {
  return TextOption("--fixtures", options.fixtures, "DIR",
                    "a directory of contracts that stand over the built-in ones");
}

Option ContractOption(LibraryOptions& options) {
  return TextsOption(
      "--contract", options.contracts, "[VENDOR=]PATH",
      "any OpenAPI 3 document, or a directory of them, as a vendor; may be repeated");
}

void AddLibraryOptions(Command& command, LibraryOptions& options) {
  command.options.push_back(TextsOption("--scenarios", options.scenarios, "DIR",
                                        "a directory of scenario files; may be repeated"));
  command.options.push_back(FixturesOption(options));
  command.options.push_back(ContractOption(options));
}

Duration StopGrace(const ServeOptions& options) {
  return ParseDuration(options.stop_grace).value_or(Duration(0));
}

void AddServingOptions(Command& command, ServeOptions& options, const std::string& group) {
  const std::size_t first = command.options.size();
  const auto add = [&](Option option) { command.options.push_back(std::move(option)); };
  add(HostOption(options.host));
  add(NumberOption("--port", options.port, 0, 65535, "the port to listen on; 0 takes a free one"));
  add(TextOption("--scenario", options.scenario, "NAME",
                 "the scenario of requests that choose none"));
  AddLibraryOptions(command, options.library);
  add(FlagOption("--strict", options.library.strict, "a broken scenario file ends the start"));
  add(TextsOption("--edition", options.editions, "VENDOR=EDITION",
                  "the generation of a contract that answers; may be repeated"));
  add(NumberOption("--seed", options.seed, std::int64_t{0},
                   std::numeric_limits<std::int64_t>::max(),
                   "makes every id and token the same in each run"));
  add(CheckedOption("--clock", options.clock, "CLOCK",
                    "real, TIME (stands still there), TIME@RATE or now@RATE", &CheckClock));
  add(CheckedTextsOption("--public-url", options.public_urls, "[VENDOR=]URL",
                         "what clients call this server by, or that vendor's API on it, where that "
                         "is not the Host they send; may be repeated",
                         &CheckPublicUrl));
  add(ChoiceOption("--public-links", options.public_links, {"own", "vendor"},
                   "whose pages links in answers lead to, such as those to sign in: own stands in "
                   "for them, vendor has the addresses that the vendor gives"));
  add(FlagOption("--behind-proxy", options.behind_proxy,
                 "links say what X-Forwarded-Proto and X-Forwarded-Host of a proxy say"));
  add(FlagOption("--tls", options.tls,
                 "speak https, too, on the same port, with certificates of an authority of its own "
                 "(GET /__admin/ca.pem), and answer CONNECT for the vendors' hosts"));
  add(TextOption("--tls-ca", options.tls_ca, "DIR",
                 "the same, with an authority that stays: ca.pem and ca-key.pem in this directory, "
                 "made where they are missing"));
  add(TextOption("--tls-cert", options.tls_cert, "FILE",
                 "the same, with this certificate in PEM form, and what follows it there"));
  add(TextOption("--tls-key", options.tls_key, "FILE", "the key of --tls-cert, in PEM form"));
  add(TextOption("--seed-state", options.seed_state, "FILE",
                 "a file of resources that every session begins with, as GET /__admin/store gives "
                 "them"));
  add(CheckedTextsOption("--webhook-allow", options.webhook_allow, "HOST",
                         "a host besides loopback that webhooks may be sent to; may be repeated",
                         &CheckHost));
  add(TextOption("--webhook-ca", options.webhook_ca, "FILE",
                 "certificate authorities in PEM form that https webhooks are trusted by, beside "
                 "the system's"));
  add(FlagOption("--watch", options.watch,
                 "take up files in --scenarios and --fixtures as they are saved"));
  add(CheckedOption("--session-ttl", options.session_ttl, "DURATION",
                    "a session that is idle for longer is dropped", &CheckLasting));
  add(CheckedOption("--stop-grace", options.stop_grace, "DURATION",
                    "how long a stop may take; then what is under way is cut off, and a command "
                    "of exec killed",
                    &CheckLasting));
  add(NumberOption("--max-sessions", options.max_sessions, std::size_t{1}, std::size_t{1'000'000},
                   "sessions at a time; past it the one that is idle longest is dropped"));
  add(NumberOption("--journal-bytes", options.journal_bytes, std::size_t{1}, std::size_t{1} << 40,
                   "bytes of exchanges kept, of all sessions together"));
  add(SecretOption("--admin-token", options.admin_token, "TOKEN",
                   "what calls under /__admin must bear"));
  add(FlagOption("--admin-open", options.admin_open,
                 "answer calls under /__admin without a token, though --host is beyond this "
                 "machine"));
  add(CheckedTextsOption("--allow-host", options.allow_host, "NAME",
                         "a name that clients call this server by, besides localhost and the "
                         "vendors' own; * is any; may be repeated",
                         &CheckOwnHost));
  add(CheckedTextsOption("--allow-origin", options.allow_origin, "ORIGIN",
                         "the origin of pages that may call the vendors' APIs, besides pages of "
                         "this machine; may be repeated",
                         &CheckOrigin));
  add(NumberOption("--journal-size", options.journal_size, std::size_t{1}, std::size_t{10'000'000},
                   "exchanges kept for each session"));
  add(NumberOption("--max-resources", options.max_resources, std::size_t{1},
                   std::size_t{10'000'000}, "resources of a kind kept for each session"));
  add(NumberOption("--max-body", options.max_body, std::size_t{1}, std::size_t{1'000'000'000},
                   "the longest request body, in bytes"));
  add(NumberOption("--max-answer", options.max_answer, std::size_t{1}, std::size_t{1} << 40,
                   "the longest answer's body, in bytes; a longer one becomes a 507"));
  add(NumberOption("--max-store", options.max_store, std::size_t{1}, std::size_t{1} << 40,
                   "bytes of resources kept for each session; past it the oldest go"));
  add(NumberOption(
      "--max-memory", options.max_memory, std::size_t{1}, std::size_t{1} << 50,
      "bytes of all sessions, scenarios put and answers under way; past it the sessions "
      "idle longest are dropped (a quarter of the machine's memory, 4 GiB at most)"));
  add(ChoiceOption("--log", options.log, {"text", "json"}, "text or json, on standard error"));
  add(ChoiceOption("--log-requests", options.log_requests, {"auto", "always", "never"},
                   "a line for each request, on standard error: always, never, or auto, which is "
                   "where that is a terminal"));
  add(FlagOption("--verbose", options.verbose,
                 "say beneath the line of each request why it was answered so"));
  for (std::size_t i = first; i < command.options.size(); ++i) command.options[i].group = group;
}

}  // namespace mockduit
