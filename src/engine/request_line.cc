#include "engine/request_line.h"

#include <array>
#include <cstdio>

#include "base/json.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxPath = 300;      // bytes of a path that are shown
constexpr std::size_t kMaxProblem = 300;   // bytes of a problem
constexpr std::size_t kMaxViolations = 8;  // that are shown as text

constexpr std::string_view kDim = "2";

std::string_view ColourOf(int status) {
  switch (status / 100) {
    case 2: return "32";   // green
    case 4: return "33";   // yellow
    case 5: return "31";   // red
    default: return "36";  // cyan
  }
}

// Its beginning, where it is long.
std::string Cut(std::string_view text, std::size_t most) {
  return text.size() <= most ? std::string(text) : ValidUtf8(text.substr(0, most)) + "…";
}

double InMilliseconds(Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

// "0.4 ms", "12 ms"
std::string Milliseconds(Duration duration) {
  const double value = InMilliseconds(duration);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), value < 10 ? "%.1f ms" : "%.0f ms", value);
  return text.data();
}

// "14:03:07.123"
std::string TimeOfDay(const RequestEntry& entry, Duration utc_offset) {
  constexpr std::size_t kDate = std::string_view("2026-01-15T").size();
  constexpr std::size_t kTime = std::string_view("10:00:00.123").size();
  return FormatMillis(entry.came + utc_offset).substr(kDate, kTime);
}

class TextLine {
 public:
  TextLine(const RequestEntry& entry, const LineStyle& style) : entry_(entry), style_(style) {}

  std::string Make() const {
    const std::string what =
        entry_.method.empty() ? "-" : entry_.method + " " + Cut(entry_.path, kMaxPath);
    std::string line = In(kDim, TimeOfDay(entry_, style_.utc_offset)) + " " + Place() + " " +
                       Printable(what) + "  " + In(ColourOf(entry_.status), Result());
    for (const std::string& part : Parts()) line += " · " + part;
    line += In(kDim, " · " + Milliseconds(entry_.took)) + "\n";
    return style_.verbose ? line + Why() : line;
  }

 private:
  std::string In(std::string_view colour, const std::string& words) const {
    if (!style_.colours) return words;
    return "\x1b[" + std::string(colour) + "m" + words + "\x1b[0m";
  }

  // "demo #3"
  std::string Place() const {
    const std::string session = entry_.session.empty() ? "-" : Printable(entry_.session);
    return entry_.id == 0 ? session : session + " #" + std::to_string(entry_.id);
  }

  // "429 rate_limited"
  std::string Result() const {
    const std::string status = std::to_string(entry_.status);
    if (!entry_.outcome.empty()) return status + " " + Printable(entry_.outcome);
    return status + (entry_.problem.empty() && entry_.played ? " scripted" : "");
  }

  // "throttled-twice 2/2"; "" where the scenario had nothing to do with the answer.
  std::string Scenario() const {
    if (entry_.preferred) return "by Prefer";
    if (entry_.scenario.empty() || entry_.eventless) return "";
    std::string name = Printable(entry_.scenario);
    if (entry_.limited) return name + ", its limit";
    if (entry_.attempt == 0) return name;
    if (!entry_.played && entry_.attempts > 0 && entry_.attempt > entry_.attempts) {
      return name + ", played to the end";
    }
    const std::string attempt = std::to_string(entry_.attempt);
    if (entry_.attempts == 0) return name + " " + attempt + (entry_.played ? "" : ", passed over");
    return name + " " + attempt + "/" + std::to_string(entry_.attempts);
  }

  std::vector<std::string> Parts() const {
    std::vector<std::string> parts;
    if (!entry_.problem.empty()) parts.push_back(Printable(Cut(entry_.problem, kMaxProblem)));
    if (std::string scenario = Scenario(); !scenario.empty()) parts.push_back(std::move(scenario));
    if (entry_.retry_after) {
      parts.push_back("Retry-After " + std::to_string(WholeSeconds(*entry_.retry_after)));
    }
    if (entry_.delay > Duration(0)) parts.push_back("after " + Milliseconds(entry_.delay));
    if (!entry_.fault.empty()) parts.push_back("fault: " + entry_.fault);
    return parts;
  }

  std::string Row(std::string_view what, const std::string& words) const {
    if (words.empty()) return "";
    return In(kDim, "    " + std::string(what) + ": " + Printable(words)) + "\n";
  }

  std::string Violations() const {
    std::string text;
    for (std::size_t i = 0; i < entry_.violations.size() && i < kMaxViolations; ++i) {
      text += (i == 0 ? "" : "; ") + entry_.violations[i];
    }
    if (entry_.violations.size() <= kMaxViolations) return text;
    return text + "; and " + std::to_string(entry_.violations.size() - kMaxViolations) + " more";
  }

  std::string Why() const {
    std::string operation = entry_.operation;
    if (!entry_.edition.empty()) operation += ", edition " + entry_.edition;
    if (entry_.applied) operation += ", took effect";
    std::string rule = entry_.rule;
    if (entry_.play > 0) rule += ", play " + std::to_string(entry_.play);
    return Row("operation", operation) + Row("rule", rule) + Row("condition", entry_.condition) +
           Row("violations", Violations()) + Row("source", entry_.source) +
           Row("warning", entry_.warning);
  }

  const RequestEntry& entry_;
  const LineStyle& style_;
};

void SetText(Json& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.Set(key, ValidUtf8(text));
}

void SetWhy(const RequestEntry& entry, Json& json) {
  SetText(json, "operation", entry.operation);
  SetText(json, "edition", entry.edition);
  json.Set("applied", entry.applied);
  SetText(json, "rule", entry.rule);
  if (entry.play > 0) json.Set("play", static_cast<std::int64_t>(entry.play));
  SetText(json, "condition", entry.condition);
  if (!entry.violations.empty()) {
    Json violations = Json::MakeArray();
    for (const std::string& violation : entry.violations) violations.Append(ValidUtf8(violation));
    json.Set("violations", std::move(violations));
  }
  SetText(json, "source", entry.source);
  SetText(json, "warning", entry.warning);
}

// Members that say nothing are left out.
Json ToJson(const RequestEntry& entry, bool verbose) {
  Json json = Json::MakeObject(
      {{"time", FormatMillis(entry.came)}, {"level", "info"}, {"event", "request"}});
  SetText(json, "session", entry.session);
  if (entry.id > 0) json.Set("id", entry.id);
  SetText(json, "method", entry.method);
  SetText(json, "path", Cut(entry.path, kMaxPath));
  json.Set("status", entry.status);
  SetText(json, "outcome", entry.outcome);
  SetText(json, "problem", Cut(entry.problem, kMaxProblem));
  SetText(json, "scenario", entry.scenario);
  if (entry.preferred) json.Set("preferred", true);
  if (entry.limited) json.Set("limited", true);
  if (entry.attempt > 0) json.Set("attempt", entry.attempt);
  if (entry.attempts > 0) json.Set("attempts", entry.attempts);
  if (entry.retry_after) json.Set("retry_after", WholeSeconds(*entry.retry_after));
  if (entry.delay > Duration(0)) json.Set("delay_ms", InMilliseconds(entry.delay));
  SetText(json, "fault", entry.fault);
  json.Set("duration_ms", InMilliseconds(entry.took));
  if (verbose) SetWhy(entry, json);
  return json;
}

}  // namespace

std::string RequestLine(const RequestEntry& entry, const LineStyle& style) {
  if (style.format == LogFormat::kJson) return ToJson(entry, style.verbose).Dump() + "\n";
  return TextLine(entry, style).Make();
}

}  // namespace mockduit
