// Base64 and keyed hashes. crypto.cc is the only file that knows OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// RFC 4648, section 5, without padding.
std::string Base64UrlEncode(std::string_view bytes);
// Takes it with padding, too; nothing when the text is no base64url.
std::optional<std::string> Base64UrlDecode(std::string_view text);
// RFC 4648, section 4, with padding.
std::string Base64Encode(std::string_view bytes);
// RFC 4648, section 4; nothing when the text is no base64.
std::optional<std::string> Base64Decode(std::string_view text);
std::string HexEncode(std::string_view bytes, bool upper_case = false);
// 20 bytes; not safe against who makes two texts with one hash.
std::string Sha1(std::string_view text);
std::string Sha256(std::string_view text);  // 32 bytes
std::string HmacSha256(std::string_view key, std::string_view message);
struct CertificateFacts {
  std::string subject;     // "CN=db.example.com, O=Example Ltd, C=US"
  std::string public_key;  // for people: its kind, its bits and its numbers
  std::string sha1;        // of the whole certificate; 20 and 32 bytes
  std::string sha256;
};
// Nothing where the bytes are no X.509 certificate in DER.
std::optional<CertificateFacts> ReadCertificate(std::string_view der);
// A JWT signed with HS256: header {"typ":"JWT","alg":"HS256"}, then `payload` as it stands.
std::string SignedJwt(std::string_view payload, std::string_view key);

}  // namespace mockduit
