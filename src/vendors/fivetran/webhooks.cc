// Webhooks: the calls that need the webhook's own server. A webhook is called once before it
// becomes active; a test calls it and answers how that went.
#include "engine/effect.h"
#include "http/caller.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

// What the events of a call that is only a try speak of, as Fivetran documents it.
Json MadeUpConnection() {
  return Json::MakeObject(
      {{"id", "_connector_1"}, {"service", "_connector_type"}, {"group_id", "_destination_1"}});
}

class WebhookBehaviour : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  bool calls_outside() const override { return true; }

 protected:
  // The webhook that the path names; null when there is none.
  Json Stored(const Call& call, const World& world) const {
    return world.store().Find(effect().which.kind, call.PathValue("webhook_id")).value_or(Json());
  }

  // The post of that event to that webhook.
  OutsideCall PostOf(const Json& webhook, const std::string& event, std::string_view secret,
                     Scope& under) const {
    const Webhooks& rules = *operation().contract->webhooks;
    FactsScope scope(under);
    scope.facts.result = MadeUpConnection();
    return {std::string(webhook.Get("url").AsString()),
            MakeMessage(rules, event, Json::MakeObject(), secret, scope),
            std::chrono::duration_cast<std::chrono::milliseconds>(rules.timeout)};
  }
};

// What a webhook that cannot be kept is refused with.
struct WebhookRefusals {
  OutcomeChoice not_https;
  OutcomeChoice unreachable;
};

// Makes or changes a webhook. It must be good to call, and one that becomes active must answer.
class KeepWebhook : public WebhookBehaviour {
 public:
  KeepWebhook(Declared declared, const Caller& caller, WebhookRefusals refusals)
      : WebhookBehaviour(std::move(declared)), caller_(caller), refusals_(refusals) {}

  std::optional<OutsideCall> FindOutside(const Call& call, const World& world,
                                         Scope& scope) const override {
    const Json before = makes() ? Json() : Stored(call, world);
    if (!makes() && before.IsNull()) return std::nullopt;  // the effect answers that
    for (const auto& [which, absent, all] : effect().needs) {
      const bool must_be = which.by && !absent.outcome.empty();
      if (must_be && !world.store().Find(which.kind, which.by->Text(scope))) return std::nullopt;
    }
    Json webhook = before;
    webhook.MergePatch(*call.body());
    const std::string url(webhook.Get("url").AsString());
    if (caller_.MayCall(url) == CallPermission::kNotSecure) return std::nullopt;
    const bool active = webhook.Get("active").AsBool(makes());
    const bool moved = !makes() && url != before.Get("url").AsString();
    if (!active || (!makes() && before.Get("active").AsBool() && !moved)) return std::nullopt;
    const Json& events = webhook.Get("events");
    const std::string event(events.IsArray() && !events.IfArray()->empty()
                                ? events.IfArray()->front().AsString()
                                : std::string_view());
    return PostOf(webhook, event, "", scope);
  }

 private:
  bool makes() const { return effect().does == Effect::Does::kCreate; }

  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& webhook) const override {
    const std::string url(webhook.Get("url").AsString());
    if (caller_.MayCall(url) == CallPermission::kNotSecure) {
      return std::unexpected(Failure{refusals_.not_https});
    }
    if (!call.outside) return {};
    const Result<int>& status = *call.outside;
    if (!status || *status < 200 || *status > 299) {
      return std::unexpected(Failure{refusals_.unreachable});
    }
    return {};
  }

  const Caller& caller_;
  const WebhookRefusals refusals_;
};

class TestWebhook : public WebhookBehaviour {
 public:
  using WebhookBehaviour::WebhookBehaviour;

  std::optional<OutsideCall> FindOutside(const Call& call, const World& world,
                                         Scope& scope) const override {
    const Json webhook = Stored(call, world);
    if (webhook.IsNull()) return std::nullopt;
    return PostOf(webhook, std::string(call.body()->Get("event").AsString()),
                  webhook.Get("secret").AsString(), scope);
  }

 private:
  static constexpr int kNoAnswer = 500;  // the status of a target that does not answer

  Json Show(const Call& call, Json /*webhook*/, Scope& /*scope*/) const override {
    const Result<int> answered = call.outside.value_or(Fail("the webhook was not called"));
    const int status = answered.value_or(kNoAnswer);
    const bool good = status >= 200 && status < 300;
    const std::string why = answered ? std::string(ReasonPhrase(status)) : answered.error().message;
    return Json::MakeObject(
        {{"succeed", good}, {"status", status}, {"message", good ? "Success" : why}});
  }
};

}  // namespace

Made MakeKeepWebhook(const Operation& operation, const Caller& caller) {
  if (operation.contract->webhooks == nullptr) return Fail(operation.name + " needs 'webhooks'");
  const auto not_https = OutcomeChoice::Find(operation, {"bad_request", "not_https"});
  const auto unreachable = OutcomeChoice::Find(operation, {"bad_request", "unreachable"});
  for (const auto* found : {&not_https, &unreachable}) {
    if (!*found) return std::unexpected(found->error());
  }
  return MakeEffect<KeepWebhook>(operation, caller, WebhookRefusals{*not_https, *unreachable});
}

Made MakeTestWebhook(const Vendor& /*vendor*/, const Operation& operation) {
  if (operation.contract->webhooks == nullptr) return Fail(operation.name + " needs 'webhooks'");
  return MakeEffect<TestWebhook>(operation);
}

}  // namespace mockduit::fivetran
