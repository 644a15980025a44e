// What the page of a Connect Card does: it shows itself, and it connects, fails or is abandoned.
#include "base/crypto.h"
#include "base/text.h"
#include "http/uri.h"
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/connect_card.h"
#include "vendors/fivetran/connect_card_page.h"
#include "vendors/fivetran/connection.h"
#include "vendors/fivetran/networking.h"

namespace mockduit::fivetran {
namespace {

// What the operation may come to besides its usual success.
struct CardOutcomes {
  OutcomeChoice page;
  OutcomeChoice redirect;
  OutcomeChoice failed;  // the page again, with what failed
};

class OpenConnectCard : public ConnectionBehaviour {
 public:
  OpenConnectCard(Declared declared, std::shared_ptr<const Knowledge> knowledge,
                  CardOutcomes outcomes)
      : ConnectionBehaviour(std::move(declared), std::move(knowledge)), outcomes_(outcomes) {}

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    const std::string token = QueryValue(call.request().query, "auth").value_or("");
    const auto id = ConnectionOfCard(token, call.visit.at);
    auto connection = id ? world.store().Find(effect().which.kind, *id) : std::nullopt;
    if (!connection) return Refused();
    const std::string action = ActionOf(call);
    if (action.empty()) return Page(call, *connection, outcomes_.page, "");
    if (action == "abandon") {
      return Shown(outcomes_.page, RenderNotice("Abandoned",
                                                "Nothing was changed. You may close "
                                                "this window."));
    }
    if (!Save(call, *connection)) {
      return Page(call, *connection, outcomes_.failed, "Invalid 'config' object");
    }
    return Test(call, *id, token, action == "fail", std::move(*connection), world, scope);
  }

 private:
  // Of the form, else of `auto`.
  static std::string ActionOf(const Call& call) {
    const bool sent = call.request().method == "POST";
    return sent ? QueryValue(call.request().body, "action").value_or("connect")
                : QueryValue(call.request().query, "auto").value_or("");
  }

  std::expected<Facts, Failure> Shown(const OutcomeChoice& choice, std::string page) const {
    return std::unexpected(
        Failure{choice, {.result = Json::MakeObject({{"page", std::move(page)}})}});
  }

  std::expected<Facts, Failure> Refused() const {
    return Shown(
        *outcomes().absent,
        RenderNotice("Link expired", "This link is not good any more. Ask for another one."));
  }

  std::expected<Facts, Failure> Page(const Call& call, const Json& connection,
                                     const OutcomeChoice& choice, std::string message) const {
    const Json& config = connection.Get("connect_card_config");
    const std::string hide = QueryValue(call.request().query, "hide_setup_guide").value_or("");
    return Shown(choice, RenderCard({.connection = connection,
                                     .knowledge = knowledge(),
                                     .guide = hide != "true",
                                     .all_fields = config.Get("all_fields").AsBool(),
                                     .message = std::move(message)}));
  }

  // Lays over the config what the form has. False where an enum does not allow it.
  bool Save(const Call& call, Json& connection) const {
    const std::string service(connection.Get("service").AsString());
    const Service* known = services().Find(service);
    if (known == nullptr) return true;
    Json config = Json::MakeObject();
    for (const auto& [field, shape] : types().FieldsOf(service, "config")) {
      const std::string name(field);
      const auto text = QueryValue(call.request().body, "config." + name);
      if (text && !text->empty()) config.Set(name, ValueOf(*text, *shape));
    }
    if (!types().AllowsConfig(service, config)) return false;
    Json merged = connection.Get("config");
    merged.MergePatch(ShownConfig(*known, config));
    types().Complete(connection, merged);
    connection.Set("config", std::move(merged));
    AlignNetworking(Json::MakeObject({{"config", config}}), types(), connection);
    return true;
  }

  static Json ValueOf(const std::string& text, const Json& shape) {
    if (shape.Find("list") != nullptr) {
      Json list = Json::MakeArray();
      for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = Trim(TakeUntil(rest, "\r\n"));
        if (!line.empty()) list.Append(line);
      }
      return list;
    }
    if (shape.AsString() == "boolean") return text == "true";
    if (shape.AsString() == "integer") {
      if (const auto number = ParseNumber<std::int64_t>(text)) return *number;
    }
    return text;
  }

  // Where the browser goes: what the link says, where that is a page of the web; else what the card
  // was made with. Anybody can write a link.
  static std::string TargetOf(const Call& call, const Json& connection) {
    auto told = QueryValue(call.request().query, "redirect_uri");
    if (told && ParseUrl(*told)) return *std::move(told);
    return std::string(connection.Get("connect_card_config").Get("redirect_uri").AsString());
  }

  // Who connects by the page trusts what the tests meet.
  std::expected<Facts, Failure> Test(const Call& call, const std::string& id,
                                     const std::string& token, bool fails, Json connection,
                                     World& world, Scope& scope) const {
    const Json request =
        Json::MakeObject({{"trust_certificates", true}, {"trust_fingerprints", true}});
    const Json failing = Json::MakeObject({{"*", "FAILED"}});
    RunSetupTests(call, request, connection, world, fails ? &failing : nullptr);
    world.Put(effect().which.kind, id, connection);
    FactsScope facts(scope);
    facts.facts.result = connection;
    world.Do(effect().then, {effect().which.kind, id}, facts, call.moment());
    if (!SetupTests::AllPassed(connection.Get("setup_tests"))) {
      return Page(call, connection, outcomes_.failed, "The setup tests did not pass.");
    }
    const std::string location = WithParameter(TargetOf(call, connection), "auth", token);
    return std::unexpected(
        Failure{outcomes_.redirect, {.result = Json::MakeObject({{"location", location}})}});
  }

  const CardOutcomes outcomes_;
};

}  // namespace

Made MakeOpenConnectCard(const Vendor& vendor, const Operation& operation,
                         SharedKnowledge& shared) {
  const auto page = OutcomeChoice::Find(operation, {"success", "page"});
  const auto redirect = OutcomeChoice::Find(operation, {"success", "redirect"});
  const auto failed = OutcomeChoice::Find(operation, {"unprocessable", "failed"});
  for (const auto* found : {&page, &redirect, &failed}) {
    if (!*found) return std::unexpected(found->error());
  }
  return MakeTesting<OpenConnectCard>(vendor, operation, shared,
                                      CardOutcomes{*page, *redirect, *failed});
}

}  // namespace mockduit::fivetran
