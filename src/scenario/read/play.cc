// One entry of a rule's `play`.
#include <array>

#include "base/text.h"
#include "http/headers.h"
#include "scenario/read/reading.h"

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 5> kStatuses = {"PASSED", "SKIPPED", "WARNING", "FAILED",
                                                       "JOB_FAILED"};
constexpr Duration kStall = std::chrono::minutes(5);  // unless the scenario says otherwise
constexpr std::size_t kSlowBytes = 64;  // a second, unless the scenario says otherwise
constexpr std::int64_t kMostBytes = 1'000'000'000;

void ReadOutcome(Reading& reading, const Node& node, Play& play) {
  play.outcome = reading.Word(node, "outcome", OutcomeNames());
}

void ReadVariant(Reading& reading, const Node& node, Play& play) {
  play.variant = reading.Text(node, "variant");
}

void ReadStatus(Reading& reading, const Node& node, Play& play) {
  const std::int64_t status = node.json().AsInteger();
  if (!node.json().IsInteger() || status < 200 || status > 599) {
    return reading.Wrong(node, "status must be a number from 200 to 599");
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
  const auto printable = [](char c) { return c > ' ' && c < 0x7f && c != ':'; };
  return !name.empty() && std::ranges::all_of(name, printable) &&
         value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

void ReadHeaders(Reading& reading, const Node& node, Play& play) {
  if (!node.json().IsObject()) return reading.Wrong(node, "headers must be a map");
  for (const JsonMember& header : *node.json().IfObject()) {
    const Node value = node[header.key];
    if (std::string why = SetByTheServer(header.key); !why.empty()) {
      reading.WrongKey(value, std::move(why));
      continue;
    }
    if (header.value.IsNull()) {
      play.headers.emplace_back(header.key, std::nullopt);
      continue;
    }
    auto text =
        Template::Compile(value.IsText() ? value.Text() : header.value.Dump(), Names::Any());
    if (!text) {
      reading.Wrong(value, text.error().front().message);
    } else if (!CanBeSent(header.key, value.Text())) {
      reading.Wrong(value, "'" + header.key + "' cannot be sent as a header");
    } else {
      play.headers.emplace_back(header.key, std::move(*text));
    }
  }
}

std::optional<JsonTemplate> Compile(Reading& reading, const Node& node) {
  auto compiled = JsonTemplate::Compile(node.json(), Names::Any());
  if (compiled) return std::move(*compiled);
  reading.Wrong(node, compiled.error().front().message);
  return std::nullopt;
}

void ReadBody(Reading& reading, const Node& node, Play& play) {
  play.body = Compile(reading, node);
}

void ReadPatch(Reading& reading, const Node& node, Play& play) {
  if (!node.json().IsObject()) return reading.Wrong(node, "patch must be a map");
  play.patch = Compile(reading, node);
}

void ReadRetryAfter(Reading& reading, const Node& node, Play& play) {
  const bool as_date = node.json().IsObject();
  RetryAfter retry_after{.as_date = as_date};
  if (as_date) {
    static constexpr Reading::Key<RetryAfter> kKeys[] = {
        {"date", [](Reading& inner, const Node& date, RetryAfter& into) {
           into.wait = inner.Wait(date, "retry_after", kMaxWait).value_or(Duration());
         }}};
    reading.Map(node, "retry_after", kKeys, retry_after);
    if (!node["date"]) reading.Wrong(node, "retry_after is a duration, or {date: DURATION}");
  } else {
    retry_after.wait = reading.Wait(node, "retry_after", kMaxWait).value_or(Duration());
  }
  play.retry_after = retry_after;
}

void ReadEffect(Reading& reading, const Node& node, Play& play) {
  play.apply = reading.Word(node, "effect", {"apply", "skip"}) == "apply";
}

struct DelayBounds {
  std::optional<Duration> min, max, median, p99;
};

void ReadDelay(Reading& reading, const Node& node, Play& play) {
  if (!node.json().IsObject()) {
    if (const auto delay = reading.Wait(node, "a delay", kMaxDelay)) play.delay = {.low = *delay};
    return;
  }
  static constexpr Reading::Key<DelayBounds> kKeys[] = {
      {"min", [](Reading& inner, const Node& value,
                 DelayBounds& into) { into.min = inner.Wait(value, "a delay", kMaxDelay); }},
      {"max", [](Reading& inner, const Node& value,
                 DelayBounds& into) { into.max = inner.Wait(value, "a delay", kMaxDelay); }},
      {"median", [](Reading& inner, const Node& value,
                    DelayBounds& into) { into.median = inner.Wait(value, "a delay", kMaxDelay); }},
      {"p99", [](Reading& inner, const Node& value,
                 DelayBounds& into) { into.p99 = inner.Wait(value, "a delay", kMaxDelay); }},
  };
  DelayBounds bounds;
  const std::size_t before = reading.problems().size();
  reading.Map(node, "delay", kKeys, bounds);
  if (reading.problems().size() > before) return;
  if (bounds.min && bounds.max && !bounds.median && !bounds.p99) {
    play.delay = {Delay::Kind::kUniform, *bounds.min, *bounds.max};
  } else if (bounds.median && bounds.p99 && !bounds.min && !bounds.max) {
    play.delay = {Delay::Kind::kLogNormal, *bounds.median, *bounds.p99};
    if (play.delay->low == Duration(0)) reading.Wrong(node["median"], "the median must be above 0");
  } else {
    return reading.Wrong(node, "a delay is a duration, {min, max} or {median, p99}");
  }
  if (play.delay->high < play.delay->low) {
    reading.Wrong(node, bounds.min ? "max is below min" : "p99 is below the median");
  }
}

const std::vector<std::string>& FaultWords() {
  static const std::vector<std::string> kWords = {"reset",     "empty", "truncate",
                                                  "malformed", "stall", "slow"};
  return kWords;
}

std::size_t ReadBytes(Reading& reading, const Node& node, std::string_view what) {
  const std::int64_t bytes = node.json().AsInteger();
  if (node.json().IsInteger() && bytes >= 1 && bytes <= kMostBytes) {
    return static_cast<std::size_t>(bytes);
  }
  reading.Wrong(node, std::string(what) + " must be a number of bytes, from 1 to 1000000000");
  return 1;
}

// `parameter` is what stands behind the fault's word, where something does.
void ReadFaultKind(Reading& reading, const std::string& word, const Node* parameter,
                   Delivery& delivery) {
  if (word == "reset" || word == "empty") {
    delivery.fault = word == "reset" ? Fault::kReset : Fault::kEmpty;
    if (parameter != nullptr)
      reading.Wrong(*parameter, word + " takes nothing; write fault: " + word);
  } else if (word == "truncate") {
    delivery.fault = Fault::kTruncate;
    if (parameter != nullptr) delivery.bytes = ReadBytes(reading, *parameter, word);
  } else if (word == "slow") {
    delivery.fault = Fault::kSlow;
    delivery.bytes = parameter != nullptr ? ReadBytes(reading, *parameter, word) : kSlowBytes;
  } else if (word == "stall") {
    delivery.fault = Fault::kStall;
    delivery.stall = kStall;
    if (parameter == nullptr) return;
    const auto stall = reading.Wait(*parameter, "a stall", kMaxDelay);
    if (!stall) return;
    if (*stall == Duration(0)) reading.Wrong(*parameter, "a stall must be longer than nothing");
    delivery.stall = *stall;
  } else if (word == "malformed") {
    const bool chunk = parameter != nullptr && reading.Word(*parameter, "way to be malformed",
                                                            {"body", "chunk"}) == "chunk";
    delivery.fault = chunk ? Fault::kMalformedChunk : Fault::kMalformedBody;
  }
}

void ReadFault(Reading& reading, const Node& node, Play& play) {
  const Json::Object* members = node.json().IfObject();
  if (node.IsText()) {
    return ReadFaultKind(reading, reading.Word(node, "fault", FaultWords()), nullptr,
                         play.delivery);
  }
  if (members == nullptr || members->size() != 1) {
    return reading.Wrong(node, "a fault is one of " + OrList(FaultWords()) +
                                   ", or a map of one of them to what it takes");
  }
  const std::string& word = members->front().key;
  const Node parameter = node[word];
  if (std::ranges::find(FaultWords(), word) == FaultWords().end()) {
    return reading.WrongKey(parameter,
                            "'" + word + "' is no fault" + DidYouMean(word, FaultWords()));
  }
  ReadFaultKind(reading, word, &parameter, play.delivery);
}

void ReadTimes(Reading& reading, const Node& node, Play& play) {
  if (node.Text() == "forever") {
    play.times = Play::kForever;
  } else if (node.json().IsInteger() && node.json().AsInteger() >= 1) {
    play.times = static_cast<std::uint64_t>(node.json().AsInteger());
  } else {
    reading.Wrong(node, "times must be a number from 1 on, or 'forever'");
  }
}

void ReadChance(Reading& reading, const Node& node, Play& play) {
  play.chance = node.json().AsNumber(-1);
  if (!node.json().IsNumber() || play.chance <= 0 || play.chance > 1) {
    reading.Wrong(node, "chance must be a number above 0, up to 1");
  }
}

void ReadTransient(Reading& reading, const Node& node, Play& play) {
  if (!node.json().IsBool()) return reading.Wrong(node, "transient must be true or false");
  play.transient = node.json().AsBool();
}

void ReadSetupTests(Reading& reading, const Node& node, Play& play) {
  if (!node.json().IsObject()) {
    return reading.Wrong(node, "setup_tests must be a map of titles to statuses");
  }
  for (const JsonMember& test : *node.json().IfObject()) {
    const Node entry = node[test.key];
    if (const Json::Object* members = test.value.IfObject()) {
      for (const JsonMember& member : *members) {
        static const std::vector<std::string> kKeys = {"status", "message", "details"};
        if (std::ranges::find(kKeys, member.key) == kKeys.end()) {
          reading.UnknownKey(entry[member.key], member.key, "a setup test", kKeys);
        } else if (member.key == "message") {
          reading.Text(entry[member.key], "message");
        }
      }
    }
    const Node status = test.value.IsObject() ? entry["status"] : entry;
    if (!status) {
      reading.Wrong(entry, "a scripted setup test needs a 'status'");
      continue;
    }
    reading.Word(status, "setup test status", {kStatuses.begin(), kStatuses.end()});
  }
  play.setup_tests = node.json();
}

constexpr Reading::Key<Play> kPlayKeys[] = {
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
    {"setup_tests", &ReadSetupTests},
};

// Tells of keys that would do nothing beside the others.
void CheckTogether(Reading& reading, const Node& node, const Play& play) {
  if (play.body && play.patch) {
    reading.WrongKey(node["patch"], "patch changes the documented body, which body replaces");
  }
  if (play.outcome.empty()) {
    for (const std::string_view key : {"variant", "patch"}) {
      if (node[key]) reading.WrongKey(node[key], std::string(key) + " needs an 'outcome'");
    }
  }
  if (node["setup_tests"] && !play.GoesOn()) {
    reading.WrongKey(node["setup_tests"], "setup_tests needs an outcome of success that happens");
  }
}

}  // namespace

// A play that only delays or breaks an answer breaks the one that the request earns.
void ReadPlay(Reading& reading, const Node& node, Play& play) {
  const std::size_t before = reading.problems().size();
  reading.Map(node, "a play", kPlayKeys, play);
  if (reading.problems().size() > before) return;
  if (play.outcome.empty() && play.status == 0) {
    if (!play.delay && play.delivery.fault == Fault::kNone) {
      return reading.Wrong(node, "a play needs an 'outcome', a 'status', a 'fault' or a 'delay'");
    }
    play.outcome = "success";
  }
  CheckTogether(reading, node, play);
}

}  // namespace mockduit
