#include "engine/responder.h"

#include <algorithm>

namespace mockduit {
namespace {

// The seconds that Retry-After tells: what the play asks for, else the documented example, within
// the documented bounds. Parts of a second count as a whole one, so a client never comes too soon.
std::int64_t RetryAfterSeconds(const HeaderRule& rule, const Play* play, Scope& scope) {
  std::int64_t seconds = std::atoll(rule.value.Text(scope).c_str());
  if (play != nullptr && play->retry_after) {
    seconds = std::chrono::ceil<std::chrono::seconds>(*play->retry_after).count();
  }
  return std::clamp<std::int64_t>(seconds, rule.minimum, rule.maximum);
}

void AddHeaders(const Outcome& outcome, const Play* play, CallScope& scope, Headers& headers) {
  for (const HeaderRule& rule : outcome.headers) {
    if (rule.retry_after) {
      const std::int64_t seconds = RetryAfterSeconds(rule, play, scope);
      scope.SetRetryAfter(seconds);
      headers.Add(rule.name, std::to_string(seconds));
    } else {
      headers.Add(rule.name, rule.value.Text(scope));
    }
  }
}

void ApplyPlayHeaders(const Play& play, Scope& scope, Headers& headers) {
  for (const auto& [name, value] : play.headers) {
    if (value) {
      headers.Set(name, value->Text(scope));
    } else {
      headers.Remove(name);
    }
  }
}

// The documented body as text. Where nothing changes it, it is written straight from its template.
std::string BodyText(const Answer& answer, const Variant& variant, const Play* play,
                     CallScope& scope) {
  const bool natural = answer.outcome->natural && !answer.scripted;
  const bool patched = play != nullptr && play->patch;
  std::string text;
  if (!natural && !patched) {
    variant.body.AppendText(text, scope);
    return text;
  }
  Json body = variant.body.Value(scope);
  if (natural) body.MergePatch(answer.outcome->natural->Value(scope));
  if (patched) body.MergePatch(play->patch->Value(scope));
  return body.Dump();
}

}  // namespace

Response RenderPlayed(const Play& play, CallScope& scope) {
  Response response;
  response.status = play.status;
  if (play.retry_after) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*play.retry_after).count();
    response.headers.Add("Retry-After", std::to_string(seconds));
  }
  if (play.body) {
    response.headers.Add("Content-Type", "application/json");
    play.body->AppendText(response.body, scope);
  }
  ApplyPlayHeaders(play, scope, response.headers);
  return response;
}

Response Render(const Call& call, const Answer& answer, CallScope& scope) {
  const Outcome& outcome = *answer.outcome;
  // A play for success has no say in the failure that the request earned on its way.
  const Play* play = call.play;
  if (play != nullptr && play->outcome != outcome.name) play = nullptr;
  Response response;
  response.status = play != nullptr && play->status != 0 ? play->status : outcome.status;
  scope.SetResult(&answer.result);
  response.headers.Reserve(outcome.headers.size() + 8);  // and those of the emulator
  if (outcome.has_body) response.headers.Add("Content-Type", outcome.content_type);
  AddHeaders(outcome, play, scope, response.headers);
  if (play != nullptr && play->body) {
    play->body->AppendText(response.body, scope);
  } else if (outcome.has_body) {
    const Variant* variant = outcome.FindVariant(answer.variant);
    response.body =
        BodyText(answer, variant != nullptr ? *variant : outcome.variants.front(), play, scope);
  }
  if (play != nullptr) ApplyPlayHeaders(*play, scope, response.headers);
  return response;
}

}  // namespace mockduit
