// SecretFinder: where the secrets are in a free text: users of URLs, `name=value` and its like,
// XML, PEM keys, JSON Web Tokens, `curl -u me:S`, and all of these percent-encoded or in base64.
// Redactor uses it for what is no JSON by itself. It takes time in proportion to the text, whatever
// the text is. Changes nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "session/secret_names.h"

namespace mockduit {

class SecretFinder {
 public:
  // A lax finder takes more for a secret: "token: x" and "Bearer x" too, which prose may have.
  // `names` must outlive the finder.
  explicit SecretFinder(const SecretNames& names, bool is_lax = false)
      : names_(names), is_lax_(is_lax) {}

  // In the order of the text; none touches another.
  std::vector<TextSpan> Find(std::string_view text) const { return FindAt(text, 0); }

 private:
  struct Assignment;  // a name, and what may be its value
  struct Tag;         // of XML

  // `depth` counts the percent-encodings that were taken off.
  std::vector<TextSpan> FindAt(std::string_view text, int depth) const;
  void FindAssignments(std::string_view text, std::vector<TextSpan>& found) const;
  Assignment ReadAssignment(std::string_view text, TextSpan name) const;
  void FindElements(std::string_view text, std::vector<TextSpan>& found) const;
  bool ReadAttributes(std::string_view text, const Tag& tag, std::vector<TextSpan>& found) const;
  void FindInBase64(std::string_view text, int depth, std::vector<TextSpan>& found) const;
  void FindEncoded(std::string_view text, int depth, std::vector<TextSpan>& found) const;

  const SecretNames& names_;
  bool is_lax_;
};

// Flags are no secrets, whatever their parameter is called: "?show_auth_fields=true".
bool IsFlag(std::string_view value);
// True for what a vendor has masked: "******".
bool IsMask(std::string_view value);

// The users of URLs: "me:x" in "https://me:x@host/".
void FindUsers(std::string_view text, std::vector<TextSpan>& found);

// The text with `mark` in place of each of these parts.
std::string Replaced(std::string_view text, const std::vector<TextSpan>& parts,
                     std::string_view mark);

}  // namespace mockduit
