// `mockduit verify`: asks a running server how its clients behaved.
#include <unistd.h>

#include <algorithm>

#include "app/admin_client.h"
#include "app/commands/commands.h"
#include "app/commands/verdict_options.h"
#include "app/complain.h"
#include "app/output.h"
#include "base/json.h"
#include "base/suggest.h"
#include "base/terminal.h"
#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

constexpr const char* kVerifyHelp =
    "Exit code 0: well; 1: no answer; 2: misused, or no such session; 3: a gate failed.\n"
    "Examples:\n"
    "  mockduit verify\n"
    "  mockduit verify --session checkout-7 --require retry-after-honoured\n"
    "  mockduit verify --url http://127.0.0.1:9000 --require all --junit verdicts.xml";

std::string SomeOf(std::vector<std::string> names) {
  constexpr std::size_t kShown = 10;
  const std::size_t more = names.size() - std::min(names.size(), kShown);
  names.resize(names.size() - more);
  return Join(names) + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

class Server {
 public:
  explicit Server(const VerifyOptions& options)
      : client_(options.url, options.admin_token, kPatience) {
    if (!options.session.empty()) session_ = "/sessions/" + PercentEncode(options.session);
    for (std::string_view value : options.verdicts.set) {
      const std::string name(TakeUntil(value, "="));
      settings_ += "&" + name + "=" + PercentEncode(value);
    }
  }

  const AdminClient& client() const { return client_; }

  Result<Json> Verdicts() const {
    auto verdicts = client_.GetJson(Call("/verdicts"));
    if (!verdicts || session_.empty()) return verdicts;
    return Json::MakeObject({{"sessions", Json::MakeArray({std::move(*verdicts)})}});
  }
  Result<Json> Coverage() const { return client_.GetJson(Call("/coverage", "only_called=true")); }
  // Fails where the session that is to be judged alone is not there: it gets verdicts, too, on
  // nothing.
  Result<void> FindSession(const std::string& name, const Json& verdicts) const {
    const Json* total = verdicts.At("/sessions/0/total");
    if (name.empty() || (total != nullptr && total->AsInteger() > 0)) return {};
    const auto answer = client_.GetJson("/sessions");
    if (!answer) return std::unexpected(answer.error());
    const Json::Array* sessions = answer->Get("sessions").IfArray();
    std::vector<std::string> names;
    for (const Json& session : sessions != nullptr ? *sessions : Json::Array()) {
      names.emplace_back(session.Get("name").AsString());
    }
    if (std::ranges::find(names, name) != names.end()) return {};
    const auto session = client_.GetJson(session_);
    if (session && session->Get("warning").IsString()) {
      return Fail(ErrorKind::kNotFound, "--session " + name + ": there is nothing to judge, for " +
                                            session->Get("warning").ToText());
    }
    std::string advice = DidYouMean(name, names);
    if (advice.empty()) advice = names.empty() ? "; it has none yet" : "; it has " + SomeOf(names);
    return Fail(ErrorKind::kNotFound,
                "--session " + name + ": the server has no such session" + advice);
  }
  // What the server knows nothing of is sent to it.
  Result<std::string> Report(const std::string& format,
                             const std::optional<KnownFile>& known) const {
    const std::string call = Call("/report", "format=" + format);
    return known ? client_.Post(call, known->file.text) : client_.Get(call);
  }

 private:
  static constexpr std::chrono::seconds kPatience{60};

  std::string Call(const std::string& what, const std::string& query = "") const {
    std::string asked = query + settings_;
    if (asked.starts_with('&')) asked.erase(0, 1);
    return session_ + what + (asked.empty() ? "" : "?" + asked);
  }

  AdminClient client_;
  std::string session_;   // "" for all, or the beginning of the path of one's calls
  std::string settings_;  // "&check.parameter=value", for each that is set
};

// What else answers at that URL may answer JSON, too.
bool IsAnswer(const Json& verdicts, const Json& coverage) {
  const Json::Array* sessions = verdicts.Get("sessions").IfArray();
  return sessions != nullptr && coverage.Get("called").IsObject() &&
         std::ranges::all_of(*sessions,
                             [](const Json& session) { return session.Get("verdicts").IsArray(); });
}

// Judges the clients of a running server.
int Verify(const VerifyOptions& options) {
  auto known = ReadKnown(options.verdicts);
  if (!known) return Complain(known.error());
  const Server server(options);
  const auto verdicts = server.Verdicts();
  if (!verdicts) return Complain(verdicts.error());
  const auto coverage = server.Coverage();
  if (!coverage) return Complain(coverage.error());
  if (!IsAnswer(*verdicts, *coverage)) return Complain(server.client().NotMockduit(200).error());
  if (const auto found = server.FindSession(options.session, *verdicts); !found) {
    return Complain(found.error());
  }
  const auto summary =
      server.Report(WantsColours(STDOUT_FILENO) ? "text&colours=true" : "text", *known);
  if (!summary) return Complain(summary.error());
  Tally tally;
  for (SessionReport& session : ReadSessionReports(*verdicts)) {
    if (*known) (*known)->failures.Mark(session);
    tally.Add(session);
  }
  tally.AddCoverage(*coverage);
  bool fetched = true;
  const auto fetch = [&](const std::string& format) {
    auto text = server.Report(format, *known);
    if (!text) Complain(text.error());
    fetched = fetched && text;
    return std::move(text).value_or("");
  };
  // Before the words, of which nobody may be left to read any.
  const bool written =
      WriteReports(options.verdicts, [&] { return fetch("junit"); }, [&] { return fetch("html"); });
  const int printed = Print(*summary);
  const bool is_part = !options.session.empty();
  const bool all_met = TellGates(tally, options.verdicts, *known, is_part);
  if (!written || !fetched || printed != 0) return kFailed;
  return all_met ? 0 : kGateFailed;
}

}  // namespace

Command VerifyCommand() {
  const auto options = std::make_shared<VerifyOptions>();
  options->url = DefaultUrl();
  Command command{"verify", "judge the clients of a running server", kVerifyHelp};
  command.options.push_back(UrlOption("--url", options->url, "the server"));
  command.options.push_back(TextOption("--session", options->session, "NAME", "only this session"));
  command.options.push_back(
      SecretOption("--admin-token", options->admin_token, "TOKEN", "what the server asks for"));
  AddVerdictOptions(command, options->verdicts);
  command.run = [options](const auto&) { return Verify(*options); };
  return command;
}

}  // namespace mockduit
