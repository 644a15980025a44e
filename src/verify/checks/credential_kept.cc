// A client that an answer leads to another origin, by a redirect or a link, must not send its
// credential there.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

std::string_view HostOf(const Entry& entry) { return entry.request().headers.Get("Host"); }

// The header in which a credential stands; "": none does.
std::string_view CredentialIn(const Entry& entry) {
  for (const char* name : {"Authorization", "X-API-Key", "Api-Key", "Cookie", "X-Auth-Token"}) {
    if (entry.request().headers.Find(name) != nullptr) return name;
  }
  return "";
}

bool LeadsToHost(const Entry& from, std::string_view host) {
  const std::string authority = "//" + std::string(host);
  const Response& response = from.exchange->response;
  return response.headers.Get("Location").contains(authority) ||
         response.headers.Get("Link").contains(authority) ||
         (from.exchange->page && response.body.contains(authority));
}

// The answer that led there: the last one of another origin that has the address.
const Entry* LedBy(const History& history, const Entry& entry) {
  const auto& entries = history.entries();
  for (std::size_t i = entry.index; i-- > 0;) {
    const Entry& from = entries[i];
    if (!EqualsIgnoringCase(HostOf(from), HostOf(entry)) && LeadsToHost(from, HostOf(entry))) {
      return &from;
    }
  }
  return nullptr;
}

void EvaluateCredentialKept(const History& history, Evaluation& evaluation) {
  const auto& entries = history.entries();
  const bool one_origin = std::ranges::all_of(entries, [&](const Entry& entry) {
    return EqualsIgnoringCase(HostOf(entry), HostOf(entries.front()));
  });
  if (one_origin) return;
  for (const Entry& entry : entries) {
    const Entry* from = HostOf(entry).empty() ? nullptr : LedBy(history, entry);
    if (from == nullptr || CredentialIn(*from).empty()) continue;
    const std::string led = RequestText(entry) + " went to " + std::string(HostOf(entry)) +
                            ", where an answer of " + std::string(HostOf(*from)) + " led";
    if (CredentialIn(entry).empty()) {
      evaluation.Exercise(led + ", without a credential");
      continue;
    }
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
