// A client that an answer leads to another origin, by a redirect or a link, must not send its
// credential there.
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// In small letters, without the ports that http and https have anyway.
std::string OriginOf(std::string_view authority) {
  std::string host = LowerCase(authority);
  for (const std::string_view port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  return host;
}

std::string HostOf(const Entry& entry) { return OriginOf(entry.request().headers.Get("Host")); }

// The header in which a credential stands; "": none does.
std::string_view CredentialIn(const Entry& entry) {
  for (const char* name : {"Authorization", "X-API-Key", "Api-Key", "Cookie", "X-Auth-Token"}) {
    if (entry.request().headers.Find(name)) return name;
  }
  return "";
}

// The hosts of the URLs in a text.
template <class Visit>
void VisitHosts(std::string_view text, const Visit& visit) {
  while (true) {
    const std::size_t begin = text.find("//");
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin + 2);
    const std::size_t end = std::min(text.find_first_of("/?#\"'<>\\ ,"), text.size());
    if (end > 0) visit(OriginOf(text.substr(0, end)));
  }
}

// The latest answer of another origin that led to each host.
class Leaders {
 public:
  // nullptr: none led there.
  const Entry* To(const std::string& host) const {
    const auto found = by_host_.find(host);
    return found != by_host_.end() ? found->second : nullptr;
  }

  void Note(const Entry& entry) {
    const std::string own = HostOf(entry);
    const auto note = [&](const std::string& host) {
      if (host != own) by_host_[host] = &entry;
    };
    const Response& response = entry.exchange->response;
    VisitHosts(response.headers.Get("Location"), note);
    VisitHosts(response.headers.Get("Link"), note);
    if (entry.exchange->page) VisitHosts(response.body, note);
  }

 private:
  std::unordered_map<std::string, const Entry*> by_host_;
};

void EvaluateCredentialKept(const History& history, Evaluation& evaluation) {
  const auto& entries = history.entries();
  const bool one_origin = std::ranges::all_of(
      entries, [&](const Entry& entry) { return HostOf(entry) == HostOf(entries.front()); });
  if (one_origin) return;
  Leaders leaders;
  for (const Entry& entry : entries) {
    const Entry* from = leaders.To(HostOf(entry));
    leaders.Note(entry);
    if (from == nullptr || CredentialIn(*from).empty()) continue;
    const std::string led = RequestText(entry) + " went to " + HostOf(entry) +
                            ", where an answer of " + HostOf(*from) + " led";
    if (CredentialIn(entry).empty()) {
      evaluation.Exercise(led + ", without a credential");
      continue;
    }
    // One of its own for that origin is no leak.
    if (from->exchange->marks.credential != entry.exchange->marks.credential) continue;
    evaluation.Exercise();
    if (entry.exchange->marks.body == 0) {
      evaluation.Doubt(
          "from-state-file",
          led + "; a journal from a state file does not show whether with the same credential",
          {from, &entry});
      continue;
    }
    evaluation.Fail("sent-elsewhere",
                    led + ", with the credential in " + std::string(CredentialIn(entry)),
                    {from, &entry});
  }
}

}  // namespace

Check CredentialKept() {
  return {"credential-kept",
          "sends its credential to no other origin",
          "RFC 9110, section 15.4; the Fetch standard, HTTP-redirect fetch",
          {},
          &EvaluateCredentialKept};
}

}  // namespace mockduit
