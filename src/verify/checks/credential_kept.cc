// A client that an answer leads to another origin, by a redirect or a link, must not send its
// credential there.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// In small letters, without the ports that http and https have anyway.
std::string HostOf(const Entry& entry) {
  std::string host = LowerCase(entry.request().headers.Get("Host"));
  for (const std::string_view port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  return host;
}

// The header in which a credential stands; "": none does.
std::string_view CredentialIn(const Entry& entry) {
  for (const char* name : {"Authorization", "X-API-Key", "Api-Key", "Cookie", "X-Auth-Token"}) {
    if (entry.request().headers.Find(name) != nullptr) return name;
  }
  return "";
}

bool LeadsToHost(const Entry& from, const std::string& host) {
  const std::string authority = "//" + host;
  const Response& response = from.exchange->response;
  return LowerCase(response.headers.Get("Location")).contains(authority) ||
         LowerCase(response.headers.Get("Link")).contains(authority) ||
         (from.exchange->page && response.body.contains(authority));
}

// The answer that led there: the last one of another origin that has the address.
const Entry* LedBy(const History& history, const Entry& entry) {
  const auto& entries = history.entries();
  for (std::size_t i = entry.index; i-- > 0;) {
    const Entry& from = entries[i];
    if (HostOf(from) != HostOf(entry) && LeadsToHost(from, HostOf(entry))) {
      return &from;
    }
  }
  return nullptr;
}

void EvaluateCredentialKept(const History& history, Evaluation& evaluation) {
  const auto& entries = history.entries();
  const bool one_origin = std::ranges::all_of(
      entries, [&](const Entry& entry) { return HostOf(entry) == HostOf(entries.front()); });
  if (one_origin) return;
  for (const Entry& entry : entries) {
    const Entry* from = HostOf(entry).empty() ? nullptr : LedBy(history, entry);
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
