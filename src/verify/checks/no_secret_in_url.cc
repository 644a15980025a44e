// A URL must hold no credential and no password, because logs, proxies and histories keep URLs.
#include "session/redact.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// The journal has replaced the secret.
bool HasSecret(std::string_view text) { return text.contains(kRedacted); }

std::string NameOf(std::string_view query) {
  const std::string_view before = query.substr(0, query.find(kRedacted));
  const std::size_t begin = before.rfind('&');
  return std::string(begin == std::string_view::npos ? before : before.substr(begin + 1));
}

void EvaluateNoSecretInUrl(const History& history, Evaluation& evaluation) {
  for (const Entry& entry : history.entries()) {
    evaluation.Exercise();
    const Request& request = entry.request();
    if (HasSecret(request.query)) {
      evaluation.Fail(RequestText(entry) + " has a secret in its URL: " + NameOf(request.query),
                      {&entry});
    } else if (HasSecret(request.path)) {
      evaluation.Fail(RequestText(entry) + " has a secret in its path", {&entry});
    }
  }
}

}  // namespace

Check NoSecretInUrl() {
  return {"no-secret-in-url",
          "keeps secrets out of URLs",
          "RFC 9110, section 17.9; RFC 6750, section 2.3",
          {},
          &EvaluateNoSecretInUrl};
}

}  // namespace mockduit
