#include "vendors/fivetran/testing.h"

#include "base/crypto.h"
#include "vendors/fivetran/account.h"

namespace mockduit::fivetran {
namespace {

// Certificates and fingerprints are kinds of the store, called as the checks are.
std::string ApprovalKind(std::string_view check) { return "fivetran." + std::string(check); }

// The id in the store of what is approved for the resource `of`.
std::string ApprovalId(std::string_view of, std::string_view hash) {
  return std::string(of) + "/" + Base64UrlEncode(hash);
}

void Approve(const SetupTests::Trusted& trusted, const std::string& of, Time now, World& world) {
  const std::string_view hash = trusted.record.Get("hash").AsString();
  const std::string id = ApprovalId(of, hash);
  if (world.store().Has(ApprovalKind(trusted.check), id)) return;
  Json record = Json::MakeObject({{"id", Base64UrlEncode(hash)}});
  for (const JsonMember& member : *trusted.record.IfObject()) record.Set(member.key, member.value);
  record.Set("validated_date", FormatMicros(now));
  record.Set("validated_by", NameOfUser(world.store()));
  record.Set("of", of);
  world.Put(ApprovalKind(trusted.check), id, record);
}

}  // namespace

Json TestingBehaviour::RunTests(SetupTests::Of of, const Call& call, const Json& request,
                                const Json& resource, World& world, const Json* scripted) const {
  static const Json kNoScript;
  const Json& played = call.play() != nullptr ? call.play()->Extension("setup_tests") : kNoScript;
  const std::string id(resource.Get("id").AsString());
  SetupTests::Ran ran = knowledge_->setup_tests.Run(
      {.of = of,
       .service = resource.Get("service").AsString(),
       .resource = resource,
       .request = request,
       .scripted = scripted != nullptr ? *scripted : played,
       .is_approved = [&](std::string_view check, std::string_view hash) {
         return world.store().Has(ApprovalKind(check), ApprovalId(id, hash));
       }});
  for (const SetupTests::Trusted& trusted : ran.trusted) Approve(trusted, id, call.visit.at, world);
  return std::move(ran.results);
}

}  // namespace mockduit::fivetran
