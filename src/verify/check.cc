#include "verify/check.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/suggest.h"
#include "base/text.h"
#include "verify/words.h"

namespace mockduit {
namespace {

std::optional<double> ReadNumber(std::string_view text) {
  const auto number = ParseNumber<double>(text);
  return number && *number >= 0 ? number : std::nullopt;
}

std::optional<double> ReadShare(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  const auto percent = ReadNumber(text.substr(0, text.size() - 1));
  return percent ? std::optional(*percent / 100) : std::nullopt;
}

// Why the text cannot stand where the standard does, or "".
std::string Objection(std::string_view text, std::string_view standard) {
  const std::string named = "'" + std::string(text) + "' is no ";
  const std::string such = ", such as " + std::string(standard);
  if (ReadShare(standard)) return ReadShare(text) ? "" : named + "share" + such;
  if (ParseDuration(standard)) return ParseDuration(text) ? "" : named + "duration" + such;
  return ParseNumber<std::uint64_t>(text) ? "" : named + "whole number" + such;
}

std::vector<std::uint64_t> IdsOf(const std::vector<const Entry*>& entries) {
  std::vector<std::uint64_t> ids;
  for (const Entry* entry : entries) {
    if (ids.size() == Finding::kMostExchanges) break;
    ids.push_back(entry->id());
  }
  return ids;
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
      if (auto why = Objection(value, parameter.standard); !why.empty()) {
        return Fail(name + ": " + why);
      }
      set_[name] = value;
      return {};
    }
  }
  return Fail("'" + name + "' is no parameter of a check" + DidYouMean(name, known));
}

std::string_view CheckSettings::TextOf(const Check& check, std::string_view parameter) const {
  const auto set = set_.find(std::string(check.name) + "." + std::string(parameter));
  if (set != set_.end()) return set->second;
  const auto known = std::ranges::find(check.parameters, parameter, &CheckParameter::name);
  return known != check.parameters.end() ? known->standard : "0";
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

void Judgement::Fail(std::string_view text, const std::vector<const Entry*>& shown) {
  ++failures_;
  if (findings_.size() < Verdict::kMostFindings) {
    findings_.push_back({ValidUtf8(text), IdsOf(shown)});
  }
}

void Judgement::Doubt(std::string_view text, const std::vector<const Entry*>& shown) {
  if (doubts_.size() < Verdict::kMostFindings) {
    doubts_.push_back({ValidUtf8(text), IdsOf(shown)});
  }
}

Verdict Judgement::Decide(const History& history) {
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
    verdict.summary = std::string(check_.about) + " (seen " + Spell(exercised_, "time") + ")";
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

std::vector<Verdict> Judge(const History& history, const CheckSettings& settings) {
  std::vector<Verdict> verdicts;
  for (const Check& check : Checks()) {
    Judgement judgement(check, settings);
    check.judge(history, judgement);
    verdicts.push_back(judgement.Decide(history));
  }
  return verdicts;
}

}  // namespace mockduit
