#include "session/outbox.h"

#include <algorithm>

#include "base/crypto.h"
#include "session/redact.h"

namespace mockduit {
namespace {

using State = Notice::State;

// Adds what only messages know.
class EventScope : public Scope {
 public:
  EventScope(Scope& under, const std::string& event, const Json& data)
      : under_(under), event_(event), data_(data) {}

  Json Value(const Hole& hole) override {
    switch (hole.root) {
      case Root::kEventName: return event_;
      case Root::kEventData: return data_;
      case Root::kSignature: return signature;
      default: return under_.Value(hole);
    }
  }
  bool Spend(std::size_t bytes) override { return under_.Spend(bytes); }
  bool overspent() const override { return under_.overspent(); }

  std::string signature;

 private:
  Scope& under_;
  const std::string& event_;
  const Json& data_;
};

bool AsksFor(const Json& webhook, const std::string& event) {
  const Json::Array* events = webhook.Get("events").IfArray();
  return webhook.Get("active").AsBool() && events != nullptr &&
         std::ranges::find(*events, Json(event)) != events->end();
}

// A webhook that names a group gets only that group's events; one that names none, of all.
bool Concerns(const Json& webhook, const Where& where, Scope& scope) {
  return std::ranges::all_of(where, [&](const auto& member) {
    const Json* has = webhook.AtPath(member.first);
    if (has == nullptr || has->IsNull()) return true;
    const auto matcher = member.second.Filled(scope);
    return !matcher || matcher->Matches(has);
  });
}

std::string_view NameOf(State state) {
  switch (state) {
    case State::kPending: return "pending";
    case State::kUnderWay: return "under_way";
    case State::kDelivered: return "delivered";
    case State::kGivenUp: return "given_up";
  }
  return "";
}

// Past the list each wait is longer by the last step.
Duration WaitAfter(const std::vector<Duration>& retries, std::size_t tried) {
  if (retries.empty()) return {};
  if (tried < retries.size()) return retries[tried];
  const Duration last = retries.back();
  const Duration step = retries.size() > 1 ? last - retries[retries.size() - 2] : Duration{};
  return last + step * static_cast<std::int64_t>(tried - retries.size() + 1);
}

bool IsDone(const Notice& notice) {
  return notice.state == State::kDelivered || notice.state == State::kGivenUp;
}

}  // namespace

Message MakeMessage(const Webhooks& webhooks, const std::string& event, const Json& data,
                    std::string_view secret, Scope& scope) {
  EventScope event_scope(scope, event, data);
  Message message;
  webhooks.body.AppendText(message.body, event_scope);
  if (!secret.empty()) {
    event_scope.signature =
        HexEncode(HmacSha256(secret, message.body), webhooks.upper_case_signature);
  }
  message.headers.Add("Content-Type", "application/json");
  for (const auto& [name, value] : webhooks.headers) {
    const std::string text = FieldValue(value.Text(event_scope));
    if (!text.empty()) message.headers.Add(name, text);
  }
  return message;
}

void Outbox::Emit(std::shared_ptr<const Webhooks> webhooks, const std::string& event,
                  const Json& data, Scope& scope, const Store& store, Time now) {
  store.Visit(webhooks->kind, Store::Order::kOldestFirst,
              [&](const std::string& id, const std::string& text) {
                const Json webhook = Json::Parse(text).value_or(Json());
                if (!AsksFor(webhook, event) || !Concerns(webhook, webhooks->where, scope))
                  return true;
                Message message =
                    MakeMessage(*webhooks, event, data, webhook.Get("secret").AsString(), scope);
                Queue({.event = event,
                       .webhook = id,
                       .url = std::string(webhook.Get("url").AsString()),
                       .headers = std::move(message.headers),
                       .body = std::move(message.body),
                       .message = webhooks->message.Text(scope),
                       .rules = webhooks,
                       .begun = now,
                       .due = now,
                       .attempts = {}});
                return true;
              });
}

void Outbox::Queue(Notice notice) {
  if (notices_.size() >= kMaxNotices) DropOldest();
  notice.id = ++last_id_;
  notices_.push_back(std::move(notice));
  if (wakeup_ != nullptr) wakeup_->Notify();
}

void Outbox::DropOldest() {
  const auto done = std::ranges::find_if(notices_, IsDone);
  notices_.erase(done != notices_.end() ? done : notices_.begin());
}

std::optional<Notice> Outbox::TakeDue(Time now) {
  for (Notice& notice : notices_) {
    if (notice.state != State::kPending || notice.due > now) continue;
    const bool waits_its_turn = std::ranges::any_of(notices_, [&](const Notice& other) {
      return other.webhook == notice.webhook && other.state == State::kUnderWay;
    });
    if (waits_its_turn) continue;
    notice.state = State::kUnderWay;
    return notice;
  }
  return std::nullopt;
}

bool Outbox::Record(std::uint64_t id, Notice::Attempt attempt) {
  const auto notice = std::ranges::find(notices_, id, &Notice::id);
  if (notice == notices_.end()) return true;
  const bool delivered = attempt.status >= 200 && attempt.status < 300;
  const auto& retries = notice->rules->retries;
  notice->due = attempt.at + WaitAfter(retries, notice->attempts.size());
  notice->attempts.push_back(std::move(attempt));
  const bool again = !retries.empty() && notice->due - notice->begun <= notice->rules->for_at_most;
  notice->state = delivered ? State::kDelivered : again ? State::kPending : State::kGivenUp;
  return notice->state != State::kGivenUp || notice->rules->stays_active;
}

bool Outbox::Has(std::uint64_t id) const {
  return std::ranges::find(notices_, id, &Notice::id) != notices_.end();
}

bool Outbox::waiting() const { return !std::ranges::all_of(notices_, IsDone); }

Json Notice::ToJson() const {
  static const Redactor kRedactor;
  Json list = Json::MakeArray();
  for (const Attempt& attempt : attempts) {
    Json json = Json::MakeObject({{"at", FormatMicros(attempt.at)}});
    if (attempt.status != 0) json.Set("status", attempt.status);
    if (attempt.status == 0) json.Set("error", attempt.error);
    list.Append(std::move(json));
  }
  const bool waits = state == State::kPending;
  return Json::MakeObject({{"id", id},
                           {"event", event},
                           {"webhook", webhook},
                           {"url", kRedactor.RedactText(url)},
                           {"state", NameOf(state)},
                           {"body", kRedactor.WithoutSecrets(body).value_or(body)},
                           {"attempts", std::move(list)},
                           {"next_attempt", waits ? Json(FormatMicros(due)) : Json()}});
}

Json Outbox::ToJson() const {
  Json list = Json::MakeArray();
  for (const Notice& notice : notices_) list.Append(notice.ToJson());
  return list;
}

}  // namespace mockduit
