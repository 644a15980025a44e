// The approval of a certificate: what its record says is read from the certificate itself.
#include "base/crypto.h"
#include "engine/effect.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

class ApproveCertificate : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

 private:
  // What is no certificate keeps what the contract says of it.
  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& record) const override {
    const auto der = Base64Decode(call.body()->Get("encoded_cert").AsString());
    const auto certificate = der ? ReadCertificate(*der) : std::nullopt;
    if (!certificate) return {};
    record.Set("name", certificate->subject);
    record.Set("sha1", HexEncode(certificate->sha1));
    record.Set("sha256", HexEncode(certificate->sha256));
    record.Set("public_key", certificate->public_key);
    return {};
  }
};

}  // namespace

Made MakeApproveCertificate(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<ApproveCertificate>(operation);
}

}  // namespace mockduit::fivetran
