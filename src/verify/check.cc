#include "verify/check.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/suggest.h"
#include "base/text.h"
#include "verify/codes.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// What the values of a parameter are; none is more than `maximum`, which as a bound would bound
// nothing.
struct ParameterKind {
  std::string_view name;
  std::optional<double> (*read)(std::string_view text);
  std::string_view maximum;
};

// 10% is 0.1. What is no number has no share.
std::optional<double> ReadShare(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  const auto percent = ParseNumber<double>(text.substr(0, text.size() - 1));
  return percent && *percent >= 0 ? std::optional(*percent / 100) : std::nullopt;
}

std::optional<double> ReadTime(std::string_view text) {
  const auto duration = ParseDuration(text);
  return duration ? std::optional(static_cast<double>(duration->count())) : std::nullopt;
}

std::optional<double> ReadCount(std::string_view text) {
  const auto count = ParseNumber<std::uint64_t>(text);
  return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
}

ParameterKind KindOf(const CheckParameter& parameter) {
  if (ReadShare(parameter.default_value)) return {"share", ReadShare, "100%"};
  if (ReadTime(parameter.default_value)) return {"duration", ReadTime, "3650d"};
  return {"whole number", ReadCount, "1000000"};
}

// Why the text cannot take the place of the default, or "".
std::string Objection(std::string_view text, const CheckParameter& parameter) {
  const ParameterKind kind = KindOf(parameter);
  const auto value = kind.read(text);
  const std::string sent = "'" + std::string(text) + "' is ";
  if (!value) {
    return sent + "no " + std::string(kind.name) + ", such as " +
           std::string(parameter.default_value);
  }
  if (*value < kind.read(parameter.minimum).value_or(0)) {
    return sent + "less than " + std::string(parameter.minimum);
  }
  if (*value > *kind.read(kind.maximum)) return sent + "more than " + std::string(kind.maximum);
  return "";
}

std::vector<std::uint64_t> IdsOf(const std::vector<const Entry*>& entries) {
  std::vector<std::uint64_t> ids;
  for (const Entry* entry : entries) {
    if (ids.size() == Finding::kMaxExchanges) break;
    ids.push_back(entry->id());
  }
  return ids;
}

// Of each code, so that a code with many findings hides no other.
void AddFinding(std::vector<Finding>& findings, Finding finding) {
  const auto of_code = std::ranges::count(findings, finding.code, &Finding::code);
  if (static_cast<std::size_t>(of_code) < Verdict::kMaxFindings) {
    findings.push_back(std::move(finding));
  }
}

// The only slug that there is, or "".
std::string_view OnlyOf(const std::vector<std::string_view>& slugs) {
  return slugs.size() == 1 ? slugs.front() : "";
}

// The check's own name where the slug is not known.
std::string CodeOf(const Check& check, std::string_view slug) {
  return slug.empty() ? std::string(check.name) : FindingCode(check.name, slug);
}

}  // namespace

Result<void> CheckSettings::Set(std::string_view assignment) {
  std::string_view value = assignment;
  const std::string name(TakeUntil(value, "="));
  std::vector<std::string> known;
  for (const Check& check : Checks()) {
    for (const CheckParameter& parameter : check.parameters) {
      known.push_back(std::string(check.name) + "." + std::string(parameter.name));
      if (known.back() != name) continue;
      if (auto why = Objection(value, parameter); !why.empty()) {
        return Fail(name + ": " + why);
      }
      set_[name] = value;
      return {};
    }
  }
  if (!assignment.contains('=')) {
    const std::string nearest = Nearest(name, known);
    return Fail("'" + name + "' has no value; write CHECK.PARAMETER=VALUE, such as " +
                (nearest.empty() ? "retries-bounded.max_attempts=5" : nearest + "=VALUE"));
  }
  return Fail("'" + name + "' is no parameter of a check" + DidYouMean(name, known));
}

std::string_view CheckSettings::TextOf(const Check& check, std::string_view parameter) const {
  const auto set = set_.find(std::string(check.name) + "." + std::string(parameter));
  if (set != set_.end()) return set->second;
  const auto known = std::ranges::find(check.parameters, parameter, &CheckParameter::name);
  return known != check.parameters.end() ? known->default_value : "0";
}

std::uint64_t CheckSettings::Count(const Check& check, std::string_view parameter) const {
  return ParseNumber<std::uint64_t>(TextOf(check, parameter)).value_or(0);
}

Duration CheckSettings::Time(const Check& check, std::string_view parameter) const {
  return ParseDuration(TextOf(check, parameter)).value_or(Duration(0));
}

double CheckSettings::Share(const Check& check, std::string_view parameter) const {
  return ReadShare(TextOf(check, parameter)).value_or(0);
}

Duration Evaluation::Tolerance(Duration wait) const {
  const double share = static_cast<double>(wait.count()) * Share("tolerance");
  return std::max(Time("grace"), Duration(static_cast<Duration::rep>(share)));
}

void Evaluation::Exercise(std::string seen) {
  ++exercised_;
  if (seen_.empty()) seen_ = std::move(seen);
}

void Evaluation::Add(Evaluation other) {
  exercised_ += other.exercised_;
  if (seen_.empty()) seen_ = std::move(other.seen_);
  failures_ += other.failures_;
  for (Finding& finding : other.findings_) AddFinding(findings_, std::move(finding));
  for (Finding& doubt : other.doubts_) AddFinding(doubts_, std::move(doubt));
}

void Evaluation::AddDoubtful(const Evaluation& other, std::string_view reason) {
  ++exercised_;
  for (const Finding& fault : other.findings_) {
    AddFinding(doubts_, {fault.text + "; " + std::string(reason), fault.exchanges,
                         CodeOf(check_, "one-or-two-callers")});
  }
}

void Evaluation::Fail(std::string_view slug, std::string_view text,
                      const std::vector<const Entry*>& shown) {
  ++failures_;
  AddFinding(findings_, {ValidUtf8(text), IdsOf(shown), CodeOf(check_, slug)});
}

void Evaluation::Fail(std::string_view text, const std::vector<const Entry*>& shown) {
  const CheckCodes* codes = FindCheckCodes(check_.name);
  Fail(codes != nullptr ? OnlyOf(codes->faults) : "", text, shown);
}

void Evaluation::Doubt(std::string_view slug, std::string_view text,
                       const std::vector<const Entry*>& shown) {
  AddFinding(doubts_, {ValidUtf8(text), IdsOf(shown), CodeOf(check_, slug)});
}

void Evaluation::Doubt(std::string_view text, const std::vector<const Entry*>& shown) {
  const CheckCodes* codes = FindCheckCodes(check_.name);
  Doubt(codes != nullptr ? OnlyOf(codes->doubts) : "", text, shown);
}

void Evaluation::FailWait(std::string_view slug, std::string_view text,
                          const std::vector<const Entry*>& shown, bool clock_stood_still) {
  if (!clock_stood_still) return Fail(slug, text, shown);
  Doubt("clock-stood-still",
        "the session's clock stood still, and " + std::string(text) +
            "; advance it as the client waits, or let it run",
        shown);
}

Verdict Evaluation::Decide(const History& history) {
  using Result = Verdict::Result;
  Verdict verdict{.check = std::string(check_.name), .exercised = exercised_};
  if (failures_ > 0) {
    verdict.result = Result::kFail;
    verdict.summary = findings_.front().text;
    if (failures_ > 1) verdict.summary += "; and " + std::to_string(failures_ - 1) + " more";
    verdict.findings = std::move(findings_);
  } else if (history.truncated()) {
    verdict.result = Result::kInconclusive;
    verdict.summary = "the journal no longer has every exchange; --journal-size keeps more";
    verdict.findings = std::move(doubts_);
  } else if (!doubts_.empty()) {
    verdict.result = Result::kInconclusive;
    verdict.summary = doubts_.front().text;
    verdict.findings = std::move(doubts_);
  } else if (exercised_ > 0) {
    verdict.result = Result::kPass;
    verdict.summary = ValidUtf8(seen_.empty() ? check_.about : std::string_view(seen_)) +
                      " (seen " + Spell(exercised_, "time") + ")";
  } else {
    verdict.summary = "nothing happened that shows it";
  }
  return verdict;
}

const Check* FindCheck(std::string_view name) {
  const auto found = std::ranges::find(Checks(), name, &Check::name);
  return found != Checks().end() ? &*found : nullptr;
}

std::vector<std::string> CheckNames() {
  std::vector<std::string> names;
  for (const Check& check : Checks()) names.emplace_back(check.name);
  return names;
}

std::vector<Verdict> RunChecks(const History& history, const CheckSettings& settings) {
  std::vector<Verdict> verdicts;
  for (const Check& check : Checks()) {
    Evaluation evaluation(check, settings);
    check.evaluate(history, evaluation);
    verdicts.push_back(evaluation.Decide(history));
  }
  return verdicts;
}

}  // namespace mockduit
