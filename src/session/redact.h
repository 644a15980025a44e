// Redactor: removes the secrets from an exchange before the journal keeps it, and from texts that
// quote a request. The journal, the log and the reports hold redacted texts only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/media_type.h"
#include "http/message.h"
#include "session/secret_names.h"

namespace mockduit {

class Redactor {
 public:
  // `contracts` are the names of secrets that the contracts add to the built-in ones.
  explicit Redactor(std::span<const std::string> contracts = {}) : names_(contracts) {}

  // Redacts the credentials in the headers and the query, and the body fields that have names of
  // secrets. `body` is the parsed body, or nullptr when it is not JSON; such a body is replaced as
  // a whole when it names a secret, but a form, whose fields are those of a query. Returns the
  // credentials, since an answer may quote them; short ones may stand in one by chance, and are not
  // among them.
  std::vector<std::string> Redact(Request& request, const Json* body,
                                  BodyKind kind = BodyKind::kJson) const;
  // An answer's headers without their secrets and these credentials; nothing when they have none.
  std::optional<Headers> WithoutSecrets(const Headers& answer,
                                        std::span<const std::string> credentials) const;
  // Returns an answer's body without its secrets and these credentials, or nothing when it contains
  // none of them. Values that the vendor has masked itself ("******") are not secrets.
  std::optional<std::string> WithoutSecrets(const std::string& body,
                                            std::span<const std::string> credentials = {}) const;
  // Redacts a text that quotes a request, such as "https://me:x@host/?key=x", "Password=x;" or
  // "Authorization: Bearer x".
  std::string RedactText(std::string_view text) const;

 private:
  std::string RedactQuery(std::string_view query) const;
  std::string RedactParameter(std::string_view text) const;
  bool IsSecretField(std::string_view name) const;
  std::optional<std::string> RedactBody(std::string_view text, const Json* body,
                                        BodyKind kind) const;
  void RedactHeader(std::size_t index, Request& request,
                    std::vector<std::string>& credentials) const;

  SecretNames names_;
};

// Replaces the user information of each URL in the text: "https://[redacted]@host/".
std::string WithoutUsers(std::string_view text);

}  // namespace mockduit
