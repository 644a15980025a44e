// Webhooks: what needs the webhook's own server. One that becomes active is called once before it
// is taken; a test calls it and tells how that went.
#include "engine/call_scope.h"
#include "engine/effect_behaviour.h"
#include "http/caller.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

// What the events of a call that is only a try speak of.
Json MadeUpConnection(std::string_view group) {
  return Json::MakeObject({{"id", "_connector_1"},
                           {"service", "google_sheets"},
                           {"schema", "_connector_1"},
                           {"group_id", group.empty() ? "_group_1" : group}});
}

class WebhookBehaviour : public EffectBehaviour {
 public:
  WebhookBehaviour(const Operation& operation, const Caller& caller)
      : EffectBehaviour(operation), caller_(caller) {}

 protected:
  const Caller& caller() const { return caller_; }

  // The webhook that the path names; null when there is none.
  Json Stored(const Call& call) const {
    const std::lock_guard world(call.session->mutex());
    return call.session->store()
        .Find(effect().which.kind, call.PathValue("webhook_id"))
        .value_or(Json());
  }

  // Posts the event; gives the status, or why there was none. No lock is held.
  Result<int> Try(const Call& call, const Json& webhook, const std::string& event,
                  std::string_view secret) const {
    const auto& rules = operation().contract->webhooks;
    Message message;
    {
      const std::lock_guard world(call.session->mutex());
      CallScope under(call, *call.session);
      WorldScope scope(under);
      scope.known.result = MadeUpConnection(webhook.Get("group_id").AsString());
      message = MakeMessage(*rules, event, Json::MakeObject(), secret, scope);
    }
    return caller_.Post(std::string(webhook.Get("url").AsString()), message.headers, message.body,
                        std::chrono::duration_cast<std::chrono::milliseconds>(rules->timeout));
  }

 private:
  const Caller& caller_;
};

// Makes or changes a webhook.
class KeepWebhook : public WebhookBehaviour {
 public:
  using WebhookBehaviour::WebhookBehaviour;

  void Prepare(Call& call) const override {
    const bool makes = effect().does == Effect::Does::kCreate;
    const Json before = makes ? Json() : Stored(call);
    if (!makes && before.IsNull()) return;  // the effect tells of it
    Json webhook = before;
    webhook.MergePatch(*call.body);
    const std::string url(webhook.Get("url").AsString());
    switch (caller().MayCall(url)) {
      case CallPermission::kNotSecure: call.prepared = "not_https"; return;
      case CallPermission::kForbidden: call.prepared = "forbidden_host"; return;
      case CallPermission::kAllowed: break;
    }
    const bool active = webhook.Get("active").AsBool(makes);
    const bool moved = !makes && url != before.Get("url").AsString();
    if (!active || (!makes && before.Get("active").AsBool() && !moved)) return;
    const Json& events = webhook.Get("events");
    const std::string event(events.IsArray() && !events.IfArray()->empty()
                                ? events.IfArray()->front().AsString()
                                : std::string_view());
    const auto status = Try(call, webhook, event, "");
    if (!status || *status < 200 || *status > 299) call.prepared = "unreachable";
  }

 private:
  std::expected<void, Met> Adjust(const Call& call, Session& /*session*/,
                                  Json& /*webhook*/) const override {
    if (call.prepared.IsNull()) return {};
    return std::unexpected(Met{"bad_request", std::string(call.prepared.AsString()), {}});
  }
};

class TestWebhook : public WebhookBehaviour {
 public:
  using WebhookBehaviour::WebhookBehaviour;

  void Prepare(Call& call) const override {
    const Json webhook = Stored(call);
    if (webhook.IsNull()) return;
    const auto status = Try(call, webhook, std::string(call.body->Get("event").AsString()),
                            webhook.Get("secret").AsString());
    const int told = status.value_or(kNoAnswer);
    const bool good = told >= 200 && told < 300;
    const std::string why = status ? std::string(ReasonPhrase(told)) : status.error().message;
    call.prepared = Json::MakeObject(
        {{"succeed", good}, {"status", told}, {"message", good ? "Success" : why}});
  }

 private:
  static constexpr int kNoAnswer = 500;  // what a target that is not there is told as

  Json Show(const Call& call, const Json& /*webhook*/, Scope& /*scope*/) const override {
    return call.prepared;
  }
};

}  // namespace

Made MakeKeepWebhook(const Operation& operation, const Caller& caller) {
  if (operation.contract->webhooks == nullptr) return Fail(operation.name + " needs 'webhooks'");
  return MakeEffect<KeepWebhook>(operation, caller);
}

Made MakeTestWebhook(const Operation& operation, const Caller& caller) {
  if (operation.contract->webhooks == nullptr) return Fail(operation.name + " needs 'webhooks'");
  return MakeEffect<TestWebhook>(operation, caller);
}

}  // namespace mockduit::fivetran
