// Redactor: takes the secrets out of an exchange before the journal keeps it, and out of every text
// that quotes a request. What is kept, shown, written to the log or reported has gone through it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/message.h"
#include "session/secret_names.h"

namespace mockduit {

inline constexpr std::string_view kRedacted = "[redacted]";

class Redactor {
 public:
  // `contracts` are the names of secrets that the contracts add to those that everyone has.
  explicit Redactor(std::span<const std::string> contracts = {}) : names_(contracts) {}

  // Credentials in headers and in the query, and the values of body fields whose names tell of a
  // secret. `body` is the parsed body, or nullptr when it is no JSON: then a body that names a
  // secret is not kept at all. Gives the credentials that the path or the query repeats, which an
  // answer may quote.
  std::vector<std::string> Redact(Request& request, const Json* body) const;
  // The same of an answer's body: the text without its secrets and these credentials, or nothing
  // where it has none. What the vendor has masked itself ("******") stays as it is.
  std::optional<std::string> WithoutSecrets(const std::string& body,
                                            std::span<const std::string> credentials = {}) const;
  // Of a text that quotes what a client sent: "https://me:x@host/?key=x", "Authorization: Bearer
  // x", "Password=x;".
  std::string RedactText(std::string_view text) const;

 private:
  struct Place;  // of a value in a body

  bool RedactValue(Json& value, const Place& place) const;
  bool RedactObject(Json::Object& members, const Place& place) const;
  bool RedactArray(Json::Array& items, const Place& place) const;
  bool RedactString(Json& value, const Place& place) const;
  std::string RedactQuery(std::string_view query) const;
  void RedactHeader(Headers::Field& field, Request& request,
                    std::vector<std::string>& repeated) const;
  // What `name=value` becomes; in prose, `name: value` is none.
  std::string RedactAssignments(std::string_view text, bool colons) const;

  SecretNames names_;
};

// The user of each URL in the text replaced: "https://[redacted]@host/".
std::string WithoutUsers(std::string_view text);

}  // namespace mockduit
