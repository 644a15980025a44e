// Webhook subscriptions: what the calls on them need of other servers, and of what was delivered.
#include <algorithm>

#include "engine/effect.h"
#include "http/uri.h"
#include "vendors/airweave/behaviours.h"

namespace mockduit::airweave {
namespace {

constexpr std::string_view kSubscription = "airweave.subscription";
constexpr std::string_view kMessage = "airweave.message";
constexpr std::string_view kAttempt = "airweave.attempt";

// The attempts that fit, newest first.
Json::Array AttemptsWith(const Store& store, std::string_view member, const Json& value,
                         std::size_t most) {
  Json::Array attempts;
  store.Visit(kAttempt, Store::Order::kNewestFirst,
              [&](const std::string& /*id*/, const std::string& text) {
                Json attempt = Json::Parse(text).value_or(Json());
                if (attempt.Get(member) == value) attempts.push_back(std::move(attempt));
                return attempts.size() < most;
              });
  return attempts;
}

// By the last ten attempts; failing is where the three newest failed.
std::string_view HealthOf(const Json::Array& newest) {
  constexpr std::size_t kLooked = 10;
  constexpr std::size_t kFailing = 3;
  const auto failed = [](const Json& attempt) { return attempt.Get("status") != Json("success"); };
  const auto begin = newest.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(kLooked, newest.size()));
  if (newest.empty()) return "unknown";
  if (std::none_of(begin, end, failed)) return "healthy";
  const bool three = newest.size() >= kFailing;
  return three && std::all_of(begin, begin + kFailing, failed) ? "failing" : "degraded";
}

// A URL that ends with its host goes on with the root's path.
std::string WithPath(const std::string& url) {
  const auto parsed = ParseUrl(url);
  return parsed && parsed->target.empty() ? url + "/" : url;
}

// Sends again what the subscription asks for, was told of in that span and has not taken.
void Recover(World& world, const Json& subscription, const std::shared_ptr<const Webhooks>& rules,
             Time since, Time until, Time now) {
  const Store& store = world.store();
  const Json::Array* events = subscription.Get("events").IfArray();
  std::vector<Notice> missed;
  store.Visit(kMessage, Store::Order::kOldestFirst,
              [&](const std::string& id, const std::string& text) {
                const Json message = Json::Parse(text).value_or(Json());
                const auto at = ParseTime(message.Get("timestamp").AsString());
                const bool in_span = at && *at >= since && *at <= until;
                const bool asked_for =
                    events != nullptr &&
                    std::ranges::find(*events, message.Get("event_type")) != events->end();
                if (!in_span || !asked_for) return true;
                const auto taken = [&](const Json& attempt) {
                  return attempt.Get("endpoint_id") == subscription.Get("id") &&
                         attempt.Get("status") == Json("success");
                };
                const Json::Array attempts = AttemptsWith(store, "message_id", id, 1'000);
                if (std::ranges::any_of(attempts, taken)) return true;
                missed.push_back({.event = std::string(message.Get("event_type").AsString()),
                                  .webhook = std::string(subscription.Get("id").AsString()),
                                  .url = std::string(subscription.Get("url").AsString()),
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = message.Get("payload").Dump(),
                                  .message = id,
                                  .rules = rules,
                                  .begun = now,
                                  .due = now,
                                  .attempts = {}});
                return true;
              });
  for (Notice& notice : missed) world.outbox().Queue(std::move(notice));
}

class CreateSubscription : public EffectBehaviour {
 public:
  CreateSubscription(Declared declared, const Caller& caller, OutcomeChoice unreachable,
                     OutcomeChoice timeout)
      : EffectBehaviour(std::move(declared)),
        caller_(caller),
        unreachable_(unreachable),
        timeout_(timeout) {}

  bool calls_outside() const override { return true; }

  // Asked before anything is made. One that may not be called is taken on trust.
  std::optional<OutsideCall> FindOutside(const Call& call, const World& /*world*/,
                                         Scope& /*scope*/) const override {
    const std::string url(call.body()->Get("url").AsString());
    if (caller_.MayCall(url) != CallPermission::kAllowed) return std::nullopt;
    return OutsideCall{.url = url, .message = {}, .timeout = std::chrono::seconds(5), .head = true};
  }

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& subscription) const override {
    if (call.outside && !*call.outside) {
      const bool late = call.outside->error().message.contains("in time");
      return std::unexpected(Failure{late ? timeout_ : unreachable_});
    }
    subscription.Set("url", WithPath(std::string(subscription.Get("url").AsString())));
    return {};
  }

  const Caller& caller_;
  const OutcomeChoice unreachable_;
  const OutcomeChoice timeout_;
};

class ShowSubscription : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    if (effect().does == Effect::Does::kList) {
      Json* items = done->result.Find("items");
      for (Json& item : *items->IfArray()) TellHealth(item, world.store());
    } else {
      TellAll(call, done->result, world.store());
    }
    return done;
  }

 private:
  static constexpr std::size_t kMostShown = 100;

  static Json::Array TellHealth(Json& shown, const Store& store) {
    Json::Array attempts = AttemptsWith(store, "endpoint_id", shown.Get("id"), kMostShown);
    shown.Set("health_status", HealthOf(attempts));
    return attempts;
  }

  static void TellAll(const Call& call, Json& shown, const Store& store) {
    shown.Set("delivery_attempts", TellHealth(shown, store));
    const bool asked = QueryValue(call.query(), "include_secret").value_or("") == "true";
    const auto stored = store.Find(kSubscription, shown.Get("id").AsString());
    shown.Set("secret", asked && stored ? stored->Get("secret") : Json());
  }
};

class ShowMessage : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    const bool asked = QueryValue(call.query(), "include_attempts").value_or("") == "true";
    Json attempts;
    if (asked) attempts = AttemptsWith(world.store(), "message_id", done->result.Get("id"), 1'000);
    done->result.Set("delivery_attempts", std::move(attempts));
    return done;
  }
};

// A recovery, or a change that ends with one.
class RecoverSubscription : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    const Json& body = *call.body();
    const bool changes = effect().does == Effect::Does::kUpdate;
    const Json& from = body.Get(changes ? "recover_since" : "since");
    const bool wanted =
        !changes || (body.Find("disabled") != nullptr && body.Get("disabled") == Json(false));
    const auto since = ParseTime(from.AsString());
    const auto until = ParseTime(body.Get("until").AsString());
    const auto subscription = world.store().Find(kSubscription, call.PathValue("subscription_id"));
    const auto& rules = operation().contract->webhooks;
    if (wanted && since && subscription) {
      Recover(world, *subscription, rules, *since, until.value_or(call.visit.at), call.visit.at);
    }
    return done;
  }

 private:
  std::expected<void, Failure> Adjust(const Call& /*call*/, World& /*world*/,
                                      Json& subscription) const override {
    subscription.Set("url", WithPath(std::string(subscription.Get("url").AsString())));
    return {};
  }
};

}  // namespace

Made MakeCreateSubscription(const Operation& operation, const Caller& caller) {
  const auto unreachable = OutcomeChoice::Find(operation, {"bad_request", "no_connection"});
  const auto timeout = OutcomeChoice::Find(operation, {"bad_request", "no_answer"});
  for (const auto* found : {&unreachable, &timeout}) {
    if (!*found) return std::unexpected(found->error());
  }
  return MakeEffect<CreateSubscription>(operation, caller, *unreachable, *timeout);
}

Made MakeShowSubscription(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<ShowSubscription>(operation);
}

Made MakeShowMessage(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<ShowMessage>(operation);
}

Made MakeRecover(const Vendor& /*vendor*/, const Operation& operation) {
  if (operation.contract->webhooks == nullptr) return Fail(operation.name + " needs 'webhooks'");
  return MakeEffect<RecoverSubscription>(operation);
}

}  // namespace mockduit::airweave
