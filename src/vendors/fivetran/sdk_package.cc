// A package of the Connector SDK: a ZIP file that comes in a form. Its bytes are no text, which is
// all that templates see of a body.
#include <algorithm>

#include "base/crypto.h"
#include "engine/effect.h"
#include "http/form.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

// Every ZIP file begins with an entry, or, where it is empty, with the end of the entries.
bool IsZip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

class SdkPackage : public EffectBehaviour {
 public:
  SdkPackage(Declared declared, OutcomeChoice invalid)
      : EffectBehaviour(std::move(declared)), invalid_(invalid) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& package) const override {
    const Request& request = call.request();
    const auto fields = ReadMultipart(request.body, request.headers.Get("Content-Type"));
    if (!fields) return std::unexpected(Failure{invalid_});
    const auto file = std::ranges::find_if(
        *fields, [](const Field& field) { return field.is_file && field.name == "file"; });
    if (file == fields->end() || !IsZip(file->raw)) return std::unexpected(Failure{invalid_});
    package.Set("file_sha256_hash", HexEncode(Sha256(file->raw)));
    package.Set("file", Base64UrlEncode(file->raw));
    return {};
  }

  const OutcomeChoice invalid_;
};

}  // namespace

Made MakeSdkPackage(const Operation& operation) {
  const auto invalid = OutcomeChoice::Find(operation, {"bad_request", "invalid"});
  if (!invalid) return std::unexpected(invalid.error());
  return MakeEffect<SdkPackage>(operation, *invalid);
}

}  // namespace mockduit::fivetran
