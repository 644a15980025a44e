// One entry of a rule's `play`.
#include "base/text.h"
#include "http/headers.h"
#include "scenario/read/reader.h"

namespace mockduit {
namespace {

void ReadOutcome(ScenarioReader& reader, const Node& node, Play& play) {
  play.outcome = reader.Word(node, "outcome", OutcomeNames());
}

void ReadVariant(ScenarioReader& reader, const Node& node, Play& play) {
  play.variant = reader.Text(node, "variant");
}

void ReadStatus(ScenarioReader& reader, const Node& node, Play& play) {
  const std::int64_t status = node.json().AsInteger();
  if (!node.json().IsInteger() || status < 200 || status > 599) {
    return reader.Wrong(node, "status must be a number from 200 to 599");
  }
  play.status = static_cast<int>(status);
}

// Why a header may not be set, or "".
std::string SetByTheServer(std::string_view name) {
  for (const std::string_view own : {"Content-Length", "Connection", "Transfer-Encoding"}) {
    if (!EqualsIgnoringCase(name, own)) continue;
    return "'" + std::string(own) +
           "' is set by the server; a 'fault' says how an answer goes wrong";
  }
  if (LowerCase(name).starts_with("x-mockduit-")) {
    return "'" + std::string(name) + "' is set by the server";
  }
  return "";
}

bool CanBeSent(const std::string& name, const std::string& value) {
  return IsToken(name) && value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

// The templates of body, patch and headers are compiled when the rest of the play is known, because
// it decides which names they have.
void ReadHeaders(ScenarioReader& reader, const Node& node, Play& /*play*/) {
  if (!node.json().IsObject()) return reader.Wrong(node, "headers must be a map");
  for (const JsonMember& header : *node.json().IfObject()) {
    const Node value = node.Below(header.value);
    if (std::string why = SetByTheServer(header.key); !why.empty()) {
      reader.WrongKey(value, std::move(why));
    } else if (header.value.IsObject() || header.value.IsArray()) {
      reader.Wrong(value, "a header must be text, a number, or null, which takes it away");
    } else if (!CanBeSent(header.key, value.Text())) {
      reader.Wrong(value, "'" + header.key + "' cannot be sent as a header");
    }
  }
}

void ReadBody(ScenarioReader& /*reader*/, const Node& /*node*/, Play& /*play*/) {}

void ReadPatch(ScenarioReader& reader, const Node& node, Play& /*play*/) {
  if (!node.json().IsObject()) reader.Wrong(node, "patch must be a map");
}

// What the templates of a play know: the request, how often it came and how long to wait. One that
// goes on knows what the operation did, too.
Names NamesOf(bool goes_on, const ScenarioReader::Operations& met) {
  Names names;
  for (const Root root :
       {Root::kRequestBody, Root::kRequestPath, Root::kRequestQuery, Root::kRequestHeader,
        Root::kRequestQueryList, Root::kRequestHeaderList, Root::kRequestCookie}) {
    names.Know(root, Shape());
  }
  for (const Root root :
       {Root::kRequestUrl, Root::kBaseUrl, Root::kLinkBase, Root::kSession, Root::kAttempt,
        Root::kRetryAfter, Root::kQuotaLimit, Root::kQuotaRemaining, Root::kQuotaReset}) {
    names.Know(root);
  }
  if (goes_on) {
    for (const Root root : {Root::kResult, Root::kFound, Root::kMade}) names.Know(root, Shape());
  }
  // Of operations, what any of them knows.
  for (const Root root :
       {Root::kRequestBody, Root::kRequestPath, Root::kRequestQuery, Root::kRequestQueryList,
        Root::kRequestCookie, Root::kResult, Root::kFound, Root::kMade}) {
    if (met.empty() || names.Find(root) == nullptr) continue;
    std::optional<Shape> any;
    for (const Operation* operation : met) {
      const Shape* known = operation->success_names().Find(root);
      if (known != nullptr) any = any ? any->Or(*known) : *known;
    }
    names.Know(root, any.value_or(Shape::Of({})));
  }
  names.SetPlace(goes_on ? "in a play" : "in a play that is no success");
  return names;
}

// True when the play answers once the operation has happened, whatever else is wrong with it.
bool MayGoOn(const Node& node) {
  const std::string outcome = node["outcome"].Text();
  return (outcome == "success" || (!node["outcome"] && !node["status"])) &&
         node["effect"].Text() != "skip";
}

void CompileTemplates(ScenarioReader& reader, const Node& node, Play& play) {
  if (!node["body"] && !node["patch"] && !node["headers"]) return;
  const Names& names = reader.NamesOfPlays(MayGoOn(node));
  const auto compile = [&](const Node& value) -> std::optional<JsonTemplate> {
    if (!value) return std::nullopt;
    auto compiled = JsonTemplate::Compile(value.json(), names);
    if (compiled) return std::move(*compiled);
    reader.WrongTemplates(value, compiled.error());
    return std::nullopt;
  };
  play.body = compile(node["body"]);
  play.patch = compile(node["patch"]);
  const Node headers = node["headers"];
  if (!headers || !headers.json().IsObject()) return;
  for (const JsonMember& header : *headers.json().IfObject()) {
    const Node value = headers.Below(header.value);
    if (header.value.IsNull()) {
      play.headers.emplace_back(header.key, std::nullopt);
      continue;
    }
    auto text = Template::Compile(value.IsText() ? value.Text() : header.value.Dump(), names);
    if (text) {
      play.headers.emplace_back(header.key, std::move(*text));
    } else {
      reader.WrongTemplates(value, text.error());
    }
  }
}

void ReadRetryAfter(ScenarioReader& reader, const Node& node, Play& play) {
  const bool as_date = node.json().IsObject();
  RetryAfter retry_after{.as_date = as_date};
  if (as_date) {
    static constexpr ScenarioReader::Key<RetryAfter> kKeys[] = {
        {"date", [](ScenarioReader& inner, const Node& date, RetryAfter& into) {
           into.wait = inner.Wait(date, "retry_after", kMaxWait).value_or(Duration());
         }}};
    reader.Map(node, "retry_after", kKeys, retry_after);
    if (!node["date"]) reader.Wrong(node, "retry_after is a duration, or {date: DURATION}");
  } else {
    retry_after.wait = reader.Wait(node, "retry_after", kMaxWait).value_or(Duration());
  }
  play.retry_after = retry_after;
}

void ReadEffect(ScenarioReader& reader, const Node& node, Play& play) {
  play.apply = reader.Word(node, "effect", {"apply", "skip"}) == "apply";
}

struct DelayBounds {
  std::optional<Duration> min, max, median, p99;
};

void ReadDelay(ScenarioReader& reader, const Node& node, Play& play) {
  if (!node.json().IsObject()) {
    if (const auto delay = reader.Wait(node, "a delay", kMaxDelay)) play.delay = {.low = *delay};
    return;
  }
  static constexpr ScenarioReader::Key<DelayBounds> kKeys[] = {
      {"min", [](ScenarioReader& inner, const Node& value,
                 DelayBounds& into) { into.min = inner.Wait(value, "a delay", kMaxDelay); }},
      {"max", [](ScenarioReader& inner, const Node& value,
                 DelayBounds& into) { into.max = inner.Wait(value, "a delay", kMaxDelay); }},
      {"median", [](ScenarioReader& inner, const Node& value,
                    DelayBounds& into) { into.median = inner.Wait(value, "a delay", kMaxDelay); }},
      {"p99", [](ScenarioReader& inner, const Node& value,
                 DelayBounds& into) { into.p99 = inner.Wait(value, "a delay", kMaxDelay); }},
  };
  DelayBounds bounds;
  const std::size_t before = reader.problems().size();
  reader.Map(node, "delay", kKeys, bounds);
  if (reader.problems().size() > before) return;
  if (bounds.min && bounds.max && !bounds.median && !bounds.p99) {
    play.delay = {Delay::Kind::kUniform, *bounds.min, *bounds.max};
  } else if (bounds.median && bounds.p99 && !bounds.min && !bounds.max) {
    play.delay = {Delay::Kind::kLogNormal, *bounds.median, *bounds.p99};
    if (play.delay->low == Duration(0)) reader.Wrong(node["median"], "the median must be above 0");
  } else {
    return reader.Wrong(node, "a delay is a duration, {min, max} or {median, p99}");
  }
  if (play.delay->high < play.delay->low) {
    reader.Wrong(node, bounds.min ? "max is below min" : "p99 is below the median");
  }
}

void ReadTimes(ScenarioReader& reader, const Node& node, Play& play) {
  if (node.Text() == "forever") {
    play.times = Play::kForever;
  } else if (node.json().IsInteger() && node.json().AsInteger() >= 1) {
    play.times = static_cast<std::uint64_t>(node.json().AsInteger());
  } else {
    reader.Wrong(node, "times must be a number from 1 on, or 'forever'");
  }
}

void ReadChance(ScenarioReader& reader, const Node& node, Play& play) {
  play.chance = node.json().AsNumber(-1);
  if (!node.json().IsNumber() || play.chance <= 0 || play.chance > 1) {
    reader.Wrong(node, "chance must be a number above 0, up to 1");
  }
}

void ReadTransient(ScenarioReader& reader, const Node& node, Play& play) {
  if (!node.json().IsBool()) return reader.Wrong(node, "transient must be true or false");
  play.transient = node.json().AsBool();
}

constexpr ScenarioReader::Key<Play> kPlayKeys[] = {
    {"outcome", &ReadOutcome},
    {"variant", &ReadVariant},
    {"status", &ReadStatus},
    {"headers", &ReadHeaders},
    {"body", &ReadBody},
    {"patch", &ReadPatch},
    {"retry_after", &ReadRetryAfter},
    {"effect", &ReadEffect},
    {"delay", &ReadDelay},
    {"fault", &ReadFault},
    {"times", &ReadTimes},
    {"chance", &ReadChance},
    {"transient", &ReadTransient},
};

// Reports keys that have no effect next to the others.
void CheckTogether(ScenarioReader& reader, const Node& node, const Play& play) {
  if (play.body && play.patch) {
    reader.WrongKey(node["patch"], "patch changes the documented body, which body replaces");
  }
  if (play.outcome.empty()) {
    for (const std::string_view key : {"variant", "patch"}) {
      if (node[key]) reader.WrongKey(node[key], std::string(key) + " needs an 'outcome'");
    }
  }
  if (play.body && (play.status == 204 || play.status == 304)) {
    reader.WrongKey(node["body"],
                    "an answer with the status " + std::to_string(play.status) + " has no body");
  }
  for (const PlayExtension& extension : reader.extensions()) {
    if (!node[extension.key] || play.GoesOn()) continue;
    reader.WrongKey(node[extension.key],
                    std::string(extension.key) + " needs an outcome of success that happens");
  }
}

void ReadExtensions(ScenarioReader& reader, const Node& node, Play& play) {
  for (const PlayExtension& extension : reader.extensions()) {
    const Node value = node[extension.key];
    if (!value) continue;
    extension.check(reader, value);
    play.extensions.Set(extension.key, value.json());
  }
}

}  // namespace

const Names& ScenarioReader::NamesOfPlays(bool go_on) {
  std::optional<Names>& names = names_.at(go_on ? 1 : 0);
  if (!names) names = NamesOf(go_on, met_);
  return *names;
}

// A play that only delays or breaks an answer breaks the one that the request earns.
void ReadPlay(ScenarioReader& reader, const Node& node, Play& play) {
  const std::size_t before = reader.problems().size();
  std::vector<std::string> extensions;
  for (const PlayExtension& extension : reader.extensions()) extensions.emplace_back(extension.key);
  reader.Map(node, "a play", kPlayKeys, play, extensions);
  if (!node.json().IsObject()) return;
  ReadExtensions(reader, node, play);
  CompileTemplates(reader, node, play);
  if (reader.problems().size() > before) return;
  if (play.outcome.empty() && play.status == 0) {
    if (!play.delay && play.delivery.fault == Fault::kNone) {
      return reader.Wrong(node, "a play needs an 'outcome', a 'status', a 'fault' or a 'delay'");
    }
    play.outcome = "success";
  }
  CheckTogether(reader, node, play);
}

}  // namespace mockduit
