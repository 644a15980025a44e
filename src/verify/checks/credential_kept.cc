// A client that an answer leads to another origin, by a redirect or a link, must not send its
// credential there.
#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "session/redact.h"
#include "verify/checks/all.h"
#include "verify/leads_to.h"
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

// Where a credential stands, but for a cookie: a header, or the query; "": nowhere.
std::string_view KeyIn(const Entry& entry) {
  for (const char* name : {"Authorization", "X-API-Key", "Api-Key", "X-Auth-Token"}) {
    if (entry.request().headers.Find(name)) return name;
  }
  return entry.request().query.contains(kRedacted) ? "the query" : "";
}

bool HasCookie(const Entry& entry) { return entry.request().headers.Find("Cookie").has_value(); }

bool HasCredential(const Entry& entry) { return !KeyIn(entry).empty() || HasCookie(entry); }

// The URLs in a text, from the host on.
template <class Visit>
void VisitUrls(std::string_view text, const Visit& visit) {
  while (true) {
    const std::size_t begin = text.find("//");
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin + 2);
    const std::string_view url = text.substr(0, text.find_first_of("\"'<>\\ ,"));
    if (!url.empty() && url.front() != '/') visit(url);
  }
}

// The answers of other origins that led to a host, each with the URL that it had: the latest few.
class Leaders {
 public:
  // The latest that led to where the request goes, one with a credential before any other; nullptr:
  // none did.
  const Entry* To(const Entry& next) const {
    const auto found = by_host_.find(HostOf(next));
    if (found == by_host_.end()) return nullptr;
    const Entry* leader = nullptr;
    for (const Lead& lead : found->second) {
      if (!LeadsTo(lead.url, next)) continue;
      if (leader == nullptr || HasCredential(*lead.from) || !HasCredential(*leader)) {
        leader = lead.from;
      }
    }
    return leader;
  }

  void Note(const Entry& entry) {
    const std::string own = HostOf(entry);
    const auto note = [&](std::string_view url) {
      constexpr std::size_t kKept = 32;
      const std::string host = OriginOf(url.substr(0, url.find_first_of("/?#")));
      if (host == own) return;
      std::deque<Lead>& leads = by_host_[host];
      leads.push_back({&entry, "http://" + std::string(url)});
      if (leads.size() > kKept) leads.pop_front();
    };
    const Response& response = entry.exchange->response;
    VisitUrls(response.headers.Get("Location"), note);
    VisitUrls(response.headers.Get("Link"), note);
    // Of a page the link to the next one, which has what tells that page; all else is data.
    const auto& page = entry.exchange->page;
    if (!page || page->next.empty()) return;
    VisitUrls(response.body, [&](std::string_view url) {
      if (url.contains(page->next)) note(url);
    });
  }

 private:
  struct Lead {
    const Entry* from;
    std::string url;
  };

  std::unordered_map<std::string, std::deque<Lead>> by_host_;
};

// Of a request that went where an answer led.
void EvaluateLed(const Entry& from, const Entry& entry, Evaluation& evaluation) {
  const std::string led = RequestText(entry) + " went to " + HostOf(entry) +
                          ", where an answer of " + HostOf(from) + " led";
  if (!HasCredential(entry)) return evaluation.Exercise(led + ", without a credential");
  const bool has_key = !KeyIn(from).empty() && !KeyIn(entry).empty();
  if (has_key && from.exchange->marks.credential == entry.exchange->marks.credential) {
    evaluation.Exercise();
    if (entry.exchange->marks.body != 0) {
      return evaluation.Fail("sent-elsewhere",
                             led + ", with the credential in " + std::string(KeyIn(entry)),
                             {&from, &entry});
    }
    return evaluation.Doubt(
        "from-state-file",
        led + "; a journal from a state file does not show whether with the same credential",
        {&from, &entry});
  }
  if (!HasCookie(from) || !HasCookie(entry)) return;  // one of its own is no leak
  evaluation.Exercise();
  evaluation.Doubt("cookie",
                   led +
                       ", with a Cookie: that of the first origin, or its own; let a test of "
                       "this send no cookies, or none there",
                   {&from, &entry});
}

void EvaluateCredentialKept(const History& history, Evaluation& evaluation) {
  const auto& entries = history.entries();
  const bool one_origin = std::ranges::all_of(
      entries, [&](const Entry& entry) { return HostOf(entry) == HostOf(entries.front()); });
  if (one_origin) return;
  Leaders leaders;
  for (const Entry& entry : entries) {
    const Entry* from = leaders.To(entry);
    leaders.Note(entry);
    if (from != nullptr && HasCredential(*from)) EvaluateLed(*from, entry, evaluation);
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
