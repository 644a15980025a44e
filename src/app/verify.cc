// `mockduit verify`: asks a running server how its clients behaved.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "app/commands.h"
#include "app/judging.h"
#include "base/json.h"
#include "base/text.h"
#include "http/uri.h"
#include "server/http_client.h"

namespace mockduit {
namespace {

class Asking {
 public:
  explicit Asking(const VerifyOptions& options) : options_(options) {
    std::string_view url = options.url;
    while (url.ends_with('/')) url.remove_suffix(1);
    place_ = std::string(url) + "/__admin";
    if (!options.session.empty()) place_ += "/sessions/" + PercentEncode(options.session);
    if (!options.admin_token.empty()) {
      headers_.Add("Authorization", "Bearer " + options.admin_token);
    }
    for (std::string_view value : options.judging.set) {
      const std::string name(TakeUntil(value, "="));
      settings_ += "&" + name + "=" + PercentEncode(value);
    }
  }

  // The answer's body; nothing when there is none that is good, which has been told then.
  std::optional<std::string> Get(const std::string& what, const std::string& query = "") {
    constexpr std::chrono::seconds kPatience{60};
    std::string asked = query + settings_;
    if (asked.starts_with('&')) asked.erase(0, 1);
    const std::string url = place_ + what + (asked.empty() ? "" : "?" + asked);
    const auto answer = Fetch("GET", url, headers_, "", kPatience);
    if (!answer) {
      Complain(1, answer.error().message);
    } else if (answer->status != 200) {
      const auto problem = Json::Parse(answer->body);
      const std::string detail(problem ? problem->Get("detail").AsString() : "");
      Complain(1, url + " answers " + std::to_string(answer->status) +
                      (detail.empty() ? ", but not as mockduit" : ": " + detail));
    } else {
      return answer->body;
    }
    return std::nullopt;
  }

  std::optional<Json> GetJson(const std::string& what) {
    const auto body = Get(what);
    if (!body) return std::nullopt;
    auto json = Json::Parse(*body);
    if (json) return std::move(*json);
    Complain(1, options_.url + " does not answer as mockduit");
    return std::nullopt;
  }

 private:
  const VerifyOptions& options_;
  std::string place_;
  std::string settings_;
  Headers headers_;
};

// What else answers at that URL may answer JSON, too.
bool IsAnswer(const Json& verdicts, const Json& coverage) {
  const Json::Array* sessions = verdicts.Get("sessions").IfArray();
  return sessions != nullptr && coverage.Get("called").IsObject() &&
         std::ranges::all_of(*sessions,
                             [](const Json& session) { return session.Get("verdicts").IsArray(); });
}

}  // namespace

int Verify(const VerifyOptions& options) {
  Asking server(options);
  auto verdicts = server.GetJson("/verdicts");
  if (!verdicts) return 1;
  if (!options.session.empty()) {
    verdicts = Json::MakeObject({{"sessions", Json::MakeArray({std::move(*verdicts)})}});
  }
  const auto coverage = server.GetJson("/coverage");
  if (coverage && !IsAnswer(*verdicts, *coverage)) {
    return Complain(1, options.url + " does not answer as mockduit");
  }
  const auto summary = server.Get(
      "/report", WantsColours(STDOUT_FILENO) ? "format=text&colours=true" : "format=text");
  if (!coverage || !summary) return 1;
  Tally tally;
  tally.AddVerdicts(*verdicts);
  tally.AddCoverage(*coverage);
  std::cout << *summary << std::flush;
  const auto unmet = tally.Unmet(options.judging.gates);
  for (const std::string& gate : unmet) Complain(kGateFailed, gate);
  bool fetched = true;
  const auto fetch = [&](const std::string& format) {
    const auto text = server.Get("/report", "format=" + format);
    fetched = fetched && text;
    return text.value_or("");
  };
  const bool written =
      WriteReports(options.judging, [&] { return fetch("junit"); }, [&] { return fetch("html"); });
  return !written || !fetched ? 1 : unmet.empty() ? 0 : kGateFailed;
}

}  // namespace mockduit
