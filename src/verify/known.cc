#include "verify/known.h"

#include <algorithm>

#include "base/file.h"
#include "base/node.h"
#include "base/suggest.h"
#include "base/text.h"
#include "contract/language/matcher.h"
#include "verify/codes.h"

namespace mockduit {
namespace {

bool IsFailure(const Verdict& verdict) {
  return verdict.result == Verdict::Result::kFail ||
         verdict.result == Verdict::Result::kInconclusive;
}

std::vector<std::string> ChecksAndCodes() {
  std::vector<std::string> names = CheckNames();
  std::ranges::copy(FindingCodes(), std::back_inserter(names));
  return names;
}

std::string DateText(std::chrono::sys_days day) {
  return FormatSeconds(Time(day)).substr(0, std::string_view("2026-12-31").size());
}

}  // namespace

// Reads the file, and reports what is wrong with it.
class KnownReader {
 public:
  explicit KnownReader(Time now) : today_(std::chrono::floor<std::chrono::days>(now)) {}

  Read<KnownFailures> Take(const YamlDocument& document) {
    const Node root(document);
    KnownFailures known;
    if (!root.json().IsObject()) {
      Wrong(root, "a list of known failures must be a map with the key 'known'");
    } else {
      CheckKeys(root, "a list of known failures", {"known"});
      TakeList(root, known);
    }
    if (!problems_.empty()) return std::unexpected(Bounded(std::move(problems_)));
    return known;
  }

 private:
  using Entry = KnownFailures::Entry;
  static constexpr std::size_t kMaxEntries = 1'000;

  void Wrong(const Node& node, std::string message) {
    problems_.push_back(node.Wrong(std::move(message)));
  }

  void CheckKeys(const Node& map, const std::string& what, const std::vector<std::string>& known) {
    for (const JsonMember& member : *map.json().IfObject()) {
      if (std::ranges::find(known, member.key) != known.end()) continue;
      problems_.push_back(map.Below(member.value)
                              .WrongKey("'" + member.key + "' is no key of " + what +
                                        DidYouMean(member.key, known)));
    }
  }

  void TakeList(const Node& root, KnownFailures& known) {
    const Node list = root["known"];
    if (!list) return Wrong(root, "a list of known failures needs the key 'known'");
    if (!list.json().IsArray()) return Wrong(list, "known must be a list");
    const std::size_t size = list.json().IfArray()->size();
    if (size > kMaxEntries) {
      Wrong(list.Item(kMaxEntries),
            "there are at most " + std::to_string(kMaxEntries) + " known failures");
    }
    for (std::size_t i = 0; i < std::min(size, kMaxEntries); ++i) {
      TakeEntry(list.Item(i), known.entries_.emplace_back());
    }
  }

  void TakeEntry(const Node& node, Entry& entry) {
    if (!node.json().IsObject()) return Wrong(node, "a known failure must be a map");
    const Problem place = node.Wrong("");
    entry.place = place.file + ":" + std::to_string(place.line);
    CheckKeys(node, "a known failure", {"check", "session", "test", "scenario", "reason", "until"});
    for (const char* key : {"check", "reason"}) {
      if (!node[key]) Wrong(node, "a known failure needs '" + std::string(key) + "'");
    }
    if (node["session"] && node["test"]) {
      problems_.push_back(node["test"].WrongKey("'test' is another word for 'session'; write one"));
    }
    TakeText(node["session"], "session", entry.session);
    TakeText(node["test"], "test", entry.session);
    TakeText(node["scenario"], "scenario", entry.scenario);
    TakeText(node["reason"], "reason", entry.reason);
    TakeText(node["check"], "check", entry.check);
    const auto names = ChecksAndCodes();
    if (!entry.check.empty() && std::ranges::find(names, entry.check) == names.end()) {
      Wrong(node["check"], "'" + entry.check + "' is no check and no code of a finding" +
                               DidYouMean(entry.check, names));
    }
    TakeDate(node["until"], entry);
  }

  void TakeText(const Node& node, const std::string& what, std::string& text) {
    if (!node) return;
    if (!node.IsText()) return Wrong(node, what + " must be a text; put it in quotes");
    text = node.Text();
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) Wrong(node, what + " is empty");
  }

  void TakeDate(const Node& node, Entry& entry) {
    if (!node) return;
    const std::string text = node.IsText() ? node.Text() : node.json().Dump();
    const auto day = ParseTime(text);
    if (!day || text.contains('T')) {
      return Wrong(node, "'" + text + "' is no date; write it as 2026-12-31");
    }
    entry.until = std::chrono::floor<std::chrono::days>(*day);
    entry.over = *entry.until < today_;
  }

  std::chrono::sys_days today_;
  std::vector<Problem> problems_;
};

Read<KnownFailures> KnownFailures::FromFile(const TextFile& file, Time now) {
  const auto document = ReadDocument(file);
  if (!document) return std::unexpected(document.error());
  return KnownReader(now).Take(*document);
}

bool KnownFailures::Entry::Fits(const SessionReport& report) const {
  if (!GlobMatches(session, report.session)) return false;
  return scenario == "*" || std::ranges::any_of(report.scenarios, [&](const std::string& name) {
           return GlobMatches(scenario, name);
         });
}

bool KnownFailures::Entry::Covers(const Verdict& verdict, const Finding& finding) const {
  return check == verdict.check || check == finding.code;
}

bool KnownFailures::Entry::Matches(const Verdict& verdict) const {
  return IsFailure(verdict) &&
         (check == verdict.check ||
          std::ranges::find(verdict.findings, check, &Finding::code) != verdict.findings.end());
}

void KnownFailures::Entry::Note(const Verdict& verdict, const std::string& of_session) {
  const bool is_named = check == verdict.check || check.starts_with(verdict.check + "/");
  if (!is_named) return;
  // A check that failed for another reason was judged as well.
  const bool judged =
      verdict.result == Verdict::Result::kPass || verdict.result == Verdict::Result::kFail;
  if (Matches(verdict)) {
    matched = true;
  } else if (judged && passed_in.empty()) {
    passed_in = of_session;
  }
}

void KnownFailures::Mark(SessionReport& report) {
  sessions_.insert(report.session);
  scenarios_.insert(report.scenarios.begin(), report.scenarios.end());
  std::vector<Entry*> fitting;
  for (Entry& entry : entries_) {
    if (!entry.Fits(report)) continue;
    entry.met = true;
    for (const Verdict& verdict : report.verdicts) entry.Note(verdict, report.session);
    if (!entry.over) fitting.push_back(&entry);
  }
  for (Verdict& verdict : report.verdicts) {
    if (!IsFailure(verdict)) continue;
    std::vector<std::string> reasons;
    const auto is_covered = [&](const Finding& finding) {
      return std::ranges::any_of(
          fitting, [&](const Entry* entry) { return entry->Covers(verdict, finding); });
    };
    for (const Entry* entry : fitting) {
      const bool is_new = std::ranges::find(reasons, entry->reason) == reasons.end();
      if (is_new && entry->Matches(verdict)) reasons.push_back(entry->reason);
    }
    if (reasons.empty() || !std::ranges::all_of(verdict.findings, is_covered)) continue;
    verdict.result = Verdict::Result::kKnown;
    verdict.known = ValidUtf8(Join(reasons, "; "));
  }
}

std::vector<std::string> KnownFailures::Rotten() const {
  std::vector<std::string> told;
  for (const Entry& entry : entries_) {
    const std::string of = entry.place + ": " + entry.check;
    if (entry.over) {
      told.push_back(of + " was known until " + DateText(*entry.until) +
                     "; mend it, or set another date (" + entry.reason + ")");
    } else if (!entry.matched && !entry.passed_in.empty()) {
      told.push_back(of + " passes now, in session " + entry.passed_in + "; take the entry out");
    }
  }
  return told;
}

std::vector<std::string> KnownFailures::Idle() const {
  std::vector<std::string> told;
  for (const Entry& entry : entries_) {
    if (entry.over || entry.matched || !entry.passed_in.empty()) continue;
    told.push_back(entry.place + ": " + WhyIdle(entry));
  }
  return told;
}

std::string KnownFailures::WhyIdle(const Entry& entry) const {
  if (entry.met) return "nothing exercised " + entry.check + " where it is known to fail";
  const auto fits = [&](const std::string& name) { return GlobMatches(entry.session, name); };
  if (std::ranges::none_of(sessions_, fits)) {
    return "no session is called '" + entry.session + "'" +
           DidYouMean(entry.session, {sessions_.begin(), sessions_.end()});
  }
  const std::string called = entry.session == "*" ? "" : " called '" + entry.session + "'";
  return "no session" + called + " met a scenario '" + entry.scenario + "'" +
         DidYouMean(entry.scenario, {scenarios_.begin(), scenarios_.end()});
}

}  // namespace mockduit
