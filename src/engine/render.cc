#include "engine/render.h"

#include <algorithm>

#include "base/json_places.h"
#include "base/text.h"
#include "engine/call_scope.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

constexpr std::size_t kUsualBody = 512;  // bytes
constexpr std::size_t kUsualHead = 640;  // bytes

constexpr std::int64_t kMaxSeconds = 10L * 366 * 86'400;  // of a wait that a contract writes

Duration CeilToSeconds(Duration duration) {
  return std::chrono::ceil<std::chrono::seconds>(duration);
}

// How long Retry-After tells the client to wait, in whole seconds, of which parts count as whole
// ones, so that it never comes too soon. `session` is the wait on the session's clock, of which no
// part is rounded before it is told in the client's time.
AnnouncedWait Announce(Duration session, CallScope& scope) {
  return {.session = CeilToSeconds(session),
          .client = CeilToSeconds(scope.clock().RealWait(session))};
}

// The date of Retry-After is held against the client's own clock, which is the real one; but one
// that stands still gives the same bytes in every run.
std::string RetryAfterText(AnnouncedWait& wait, bool as_date, CallScope& scope) {
  using std::chrono::ceil;
  using std::chrono::seconds;
  if (!as_date) return std::to_string(WholeSeconds(wait.client));
  wait.date = ceil<seconds>(scope.clock().ClientNow() + wait.client);
  return FormatHttpDate(wait.date);
}

// The header as a play or a contract asks for it; the scope keeps the wait.
std::string TellWait(AnnouncedWait wait, bool as_date, CallScope& scope) {
  std::string text = RetryAfterText(wait, as_date, scope);
  scope.SetRetryAfter(wait);
  return text;
}

// The wait until there is room again, or that the play asks for, or the documented example; within
// the documented bounds.
AnnouncedWait RetryAfterOf(const HeaderRule& rule, const Call* call, const Play* play,
                           CallScope& scope) {
  const auto written = ParseNumber<std::int64_t>(rule.value.Text(scope)).value_or(0);
  Duration wait = std::chrono::seconds(std::clamp<std::int64_t>(written, 0, kMaxSeconds));
  if (play != nullptr && play->retry_after) wait = play->retry_after->wait;
  if (call != nullptr && call->quota && call->quota->refused) wait = call->quota->wait;
  const auto bound = [](int seconds) { return Duration(std::chrono::seconds(seconds)); };
  return Announce(std::clamp(wait, bound(rule.minimum), bound(rule.maximum)), scope);
}

void AddHeaders(const Outcome& outcome, const Call* call, const Play* play, CallScope& scope,
                Headers& headers) {
  const bool as_date = play != nullptr && play->retry_after && play->retry_after->as_date;
  for (const HeaderRule& rule : outcome.headers) {
    if (rule.retry_after) {
      headers.Add(rule.name, TellWait(RetryAfterOf(rule, call, play, scope), as_date, scope));
    } else {
      headers.Add(rule.name, FieldValue(rule.value.Text(scope)));
    }
  }
}

// The Retry-After that a play asks for where none is documented.
void AddOwnRetryAfter(const Play& play, CallScope& scope, Headers& headers) {
  if (!play.retry_after || scope.retry_after()) return;
  headers.Add("Retry-After",
              TellWait(Announce(play.retry_after->wait, scope), play.retry_after->as_date, scope));
}

// The wait that a literal Retry-After asks for; nothing where the text is no wait.
std::optional<AnnouncedWait> WaitWritten(std::string_view text, const SessionClock& clock) {
  Duration wait{};
  Time told{};
  if (const auto date = ParseHttpDate(text)) {
    told = *date;
    wait = std::max(told - clock.ClientNow(), Duration(0));
  } else if (!text.empty() && IsDigits(text)) {  // RFC 9110, section 10.2.3: nothing else is a wait
    const auto seconds = ParseNumber<std::int64_t>(text).value_or(kMaxSeconds);
    wait = std::chrono::seconds(std::min(seconds, kMaxSeconds));
  } else {
    return std::nullopt;
  }
  const double rate = clock.rate() == 0 ? 1 : clock.rate();
  const auto session = static_cast<double>(wait.count()) * rate;
  return AnnouncedWait{Duration(static_cast<Duration::rep>(session)), wait, told};
}

// The journal keeps the wait that is announced to the client.
void SettleRetryAfter(const Headers& headers, CallScope& scope) {
  const auto sent = headers.Find("Retry-After");
  scope.ForgetRetryAfter();
  if (!sent) return;
  if (const auto wait = WaitWritten(*sent, scope.clock())) scope.SetRetryAfter(*wait);
}

void TellPage(const Visit& visit, Headers& headers) {
  for (const auto& [name, value] : visit.cors.fields()) headers.Set(name, value);
}

void ApplyPlayHeaders(const Play& play, CallScope& scope, Headers& headers) {
  for (const auto& [name, value] : play.headers) {
    if (value) {
      headers.Set(name, FieldValue(value->Text(scope)));
    } else {
      headers.Remove(name);
    }
    if (EqualsIgnoringCase(name, "Retry-After")) SettleRetryAfter(headers, scope);
  }
}

// A body that is not JSON: events come one after the other, each with its data; else it is the text
// itself.
std::string AsText(std::string_view type, const Json& body) {
  const Json::Array* events = body.IfArray();
  if (WithoutParameters(type) != "text/event-stream" || events == nullptr) return body.ToText();
  std::string stream;
  for (const Json& event : *events) stream += "data: " + event.Dump() + "\n\n";
  return stream;
}

// The documented body as text. Where nothing changes it, it is written straight from its template.
std::string BodyText(const DocumentedAnswer& answer, const Play* play, CallScope& scope) {
  const Variant& variant = answer.choice.variant();
  const Outcome& outcome = answer.choice.outcome();
  const bool example = answer.form == DocumentedAnswer::Form::kExample;
  const bool natural = outcome.natural && answer.form == DocumentedAnswer::Form::kEarned;
  const bool patched = play != nullptr && play->patch;
  std::string text;
  if (variant.is_text) {
    return AsText(variant.type,
                  example ? variant.body->example : variant.body->filled.Value(scope));
  }
  if (example && !patched) return variant.body->example.Dump();
  if (!natural && !patched) {
    text.reserve(kUsualBody);
    variant.body->filled.AppendText(text, scope);
    return text;
  }
  Json body = example ? variant.body->example : variant.body->filled.Value(scope);
  if (natural) body.MergePatch(outcome.natural->Value(scope));
  if (patched) body.MergePatch(play->patch->Value(scope));
  return body.Dump();
}

// The times until which a body asks its client to wait, by the client's clock.
void TellTimes(const Call* call, CallScope& scope, std::string& body) {
  if (call == nullptr || call->target.contract.told_times.empty()) return;
  const SessionClock& clock = scope.clock();
  if (clock.IsClients()) return;
  auto told = Json::Parse(body);
  if (!told) return;
  bool changed = false;
  for (const std::string& path : call->target.contract.told_times) {
    VisitPlaces(*told, path, [&](Json& value) {
      const auto time = value.IsString() ? ParseTime(value.AsString()) : Result<Time>(Fail(""));
      if (!time) return;
      value = FormatMicros(clock.ClientTime(*time));
      changed = true;
    });
  }
  if (changed) body = told->Dump();
}

// A play's own body. A text is sent as it is where the answer is none of JSON.
void AddPlayBody(const Play& play, CallScope& scope, Response& response) {
  if (play.body->source().IsString()) {
    std::string type(response.headers.Get("Content-Type"));
    for (const auto& [name, value] : play.headers) {
      if (value && EqualsIgnoringCase(name, "Content-Type")) type = value->Text(scope);
    }
    if (KindOfType(type) != BodyKind::kJson) {
      response.body = play.body->Value(scope).ToText();
      return;
    }
  }
  play.body->AppendText(response.body, scope);
}

Response RenderPlayed(const Visit& visit, const Play& play, CallScope& scope) {
  Response response;
  response.status = play.status;
  AddOwnRetryAfter(play, scope, response.headers);
  if (play.body) {
    response.headers.Add("Content-Type", "application/json");
    AddPlayBody(play, scope, response);
  }
  TellPage(visit, response.headers);
  ApplyPlayHeaders(play, scope, response.headers);
  return response;
}

// Of a range, the type inside it that Accept names.
void AddContentType(const Variant& variant, const Request& request, Headers& headers) {
  if (variant.range.empty()) return headers.Add("Content-Type", variant.type);
  headers.Add("Content-Type", variant.TypeFor(request.headers.Get("Accept")));
}

Response RenderDocumented(const Visit& visit, const Call* call, const DocumentedAnswer& answer,
                          CallScope& scope) {
  const Outcome& outcome = answer.choice.outcome();
  // A play for success has no say in the failure that the request earned on its way.
  const Play* play = call != nullptr ? call->play() : nullptr;
  if (play != nullptr && play->outcome != outcome.name) play = nullptr;
  Response response;
  response.status = play != nullptr && play->status != 0 ? play->status : outcome.status;
  response.headers.Reserve(outcome.headers.size() + 8, kUsualHead);  // with those of the emulator
  if (outcome.has_body) {
    AddContentType(answer.choice.variant(), visit.sent.request, response.headers);
  }
  AddHeaders(outcome, call, play, scope, response.headers);
  if (play != nullptr) AddOwnRetryAfter(*play, scope, response.headers);
  if (play != nullptr && play->body) {
    AddPlayBody(*play, scope, response);
  } else if (outcome.has_body) {
    response.body = BodyText(answer, play, scope);
    TellTimes(call, scope, response.body);
  }
  TellPage(visit, response.headers);
  if (play != nullptr) ApplyPlayHeaders(*play, scope, response.headers);
  if (!answer.allowed.empty()) response.headers.Set("Allow", Join(answer.allowed));
  return response;
}

}  // namespace

Rendered Render(const Visit& visit, const Call* call, Answer& answer, Session& session) {
  if (auto* own = std::get_if<OwnAnswer>(&answer)) {
    TellPage(visit, own->response.headers);
    return {std::move(own->response), {}, false};
  }
  CallScope scope(visit, call, session);
  Response response;
  if (const auto* documented = std::get_if<DocumentedAnswer>(&answer)) {
    scope.SetFacts(&documented->facts);
    response = RenderDocumented(visit, call, *documented, scope);
  } else {
    response = RenderPlayed(visit, std::get<PlayedAnswer>(answer).play, scope);
  }
  const bool too_long = scope.overspent() || response.body.size() > visit.max_answer;
  return {std::move(response), scope.retry_after(), too_long};
}

}  // namespace mockduit
