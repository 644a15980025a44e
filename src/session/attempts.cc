// What belongs to each attempt to deliver an event: its signature, and what it does to the world.
#include "base/crypto.h"
#include "session/world.h"

namespace mockduit {
namespace {

// What the steps behind an attempt know.
class AttemptScope : public Scope {
 public:
  AttemptScope(const Notice& notice, const Notice::Attempt& attempt, Ids& ids)
      : notice_(notice), attempt_(attempt), ids_(ids) {}

  Json Value(const Hole& hole) override {
    if (hole.root == Root::kDelivery) return OfDelivery(hole.path);
    auto drawn = DrawnValue(hole.root, ids_, attempt_.at);
    return drawn ? std::move(*drawn) : TimeValue(hole.root, attempt_.at + hole.offset);
  }
  bool Spend(std::size_t bytes) override { return budget_.Spend(bytes); }
  bool overspent() const override { return budget_.overspent(); }

 private:
  Json OfDelivery(std::string_view member) const {
    if (member == "message") return notice_.message;
    if (member == "webhook") return notice_.webhook;
    if (member == "event") return notice_.event;
    if (member == "url") return notice_.url;
    if (member == "status") return attempt_.status;
    if (member == "error") return attempt_.error.empty() ? Json() : Json(attempt_.error);
    if (member == "delivered") return attempt_.status >= 200 && attempt_.status < 300;
    return {};
  }

  const Notice& notice_;
  const Notice::Attempt& attempt_;
  Ids& ids_;
  Budget budget_{World::kMaxStepBytes};
};

constexpr std::string_view kSecretPrefix = "whsec_";

// The key stands in base64 behind a prefix; a secret that is no base64 is the key itself.
std::string KeyOf(std::string_view secret) {
  if (secret.starts_with(kSecretPrefix)) secret.remove_prefix(kSecretPrefix.size());
  return Base64Decode(secret).value_or(std::string(secret));
}

}  // namespace

void World::Sign(Notice& notice, Time at) const {
  const std::string& prefix = notice.rules->standard;
  if (prefix.empty()) return;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  const std::string timestamp = std::to_string(seconds);
  const auto webhook = store_.Find(notice.rules->kind, notice.webhook);
  const std::string secret(webhook ? webhook->Get("secret").AsString() : "");
  const std::string text = notice.message + "." + timestamp + "." + notice.body;
  notice.headers.Set(prefix + "-id", notice.message);
  notice.headers.Set(prefix + "-timestamp", timestamp);
  notice.headers.Set(prefix + "-signature", "v1," + Base64Encode(HmacSha256(KeyOf(secret), text)));
}

void World::Attempted(const Notice& notice, const Notice::Attempt& attempt) {
  if (notice.rules->attempted.empty()) return;
  AttemptScope under(notice, attempt, ids_);
  FactsScope scope(under);
  Do(notice.rules->attempted, {notice.rules->kind, notice.webhook}, scope, {attempt.at, nullptr});
}

}  // namespace mockduit
