#include "verify/report.h"

#include <algorithm>
#include <set>

namespace mockduit {
namespace {

std::vector<Exchange> ToShow(const History& history, const std::vector<Verdict>& verdicts) {
  std::set<std::uint64_t> named;
  for (const Verdict& verdict : verdicts) {
    for (const Finding& finding : verdict.findings) {
      named.insert(finding.exchanges.begin(), finding.exchanges.end());
    }
  }
  std::vector<Exchange> shown;
  std::size_t room = SessionReport::kMaxShown - std::min(named.size(), SessionReport::kMaxShown);
  for (const Exchange& exchange : history.exchanges()) {
    if (!named.contains(exchange.id)) {
      if (room == 0) continue;
      --room;
    }
    shown.push_back(exchange);
  }
  return shown;
}

History::Delivery DeliveryOf(const Notice& notice) {
  History::Delivery delivery{.event = notice.event};
  for (const Notice::Attempt& attempt : notice.attempts) {
    delivery.attempts.push_back({attempt.status, attempt.sent, attempt.ended});
  }
  delivery.taken = notice.state == Notice::State::kDelivered;
  const Notice::Attempt& last = notice.attempts.back();
  delivery.problem = last.status != 0 ? "it answered " + std::to_string(last.status) : last.error;
  return delivery;
}

std::vector<History::Delivery> DeliveriesOf(const Session& session) {
  std::vector<History::Delivery> deliveries;
  for (const Notice& notice : session.world().outbox().notices()) {
    if (!notice.attempts.empty()) deliveries.push_back(DeliveryOf(notice));
  }
  return deliveries;
}

std::map<std::string, std::uint64_t> LeftBehind(const History& history) {
  std::map<std::string, std::uint64_t> left;
  for (const Entry& entry : history.entries()) {
    if (!entry.exchange->applied || entry.operation == nullptr || !entry.operation->effect())
      continue;
    const std::string& kind = entry.operation->effect()->which.kind;
    if (entry.Asks(Effect::Does::kCreate)) ++left[kind];
    if (entry.Asks(Effect::Does::kDelete) && left[kind] > 0) --left[kind];
  }
  std::erase_if(left, [](const auto& kind) { return kind.second == 0; });
  return left;
}

std::vector<std::string> ScenariosMet(const History& history) {
  std::set<std::string> met;
  for (const Exchange& exchange : history.exchanges()) {
    if (!exchange.scenario.empty()) met.insert(exchange.scenario);
  }
  return {met.begin(), met.end()};
}

}  // namespace

std::size_t SessionReport::Count(Verdict::Result result) const {
  return static_cast<std::size_t>(std::ranges::count(verdicts, result, &Verdict::result));
}

bool SessionReport::IsBad() const {
  return Count(Verdict::Result::kFail) + Count(Verdict::Result::kInconclusive) > 0;
}

Json SessionReport::ToJson() const {
  Json list = Json::MakeArray();
  Json counts;
  using Result = Verdict::Result;
  for (const Result result :
       {Result::kPass, Result::kFail, Result::kNotExercised, Result::kInconclusive}) {
    counts.Set(ResultName(result), std::ranges::count(verdicts, result, &Verdict::result));
  }
  for (const Verdict& verdict : verdicts) list.Append(verdict.ToJson());
  Json met = Json::MakeArray();
  for (const std::string& scenario : scenarios) met.Append(scenario);
  Json left = Json::MakeObject();
  for (const auto& [kind, count] : left_behind) left.Set(kind, count);
  return Json::MakeObject({{"session", session},
                           {"total", total},
                           {"truncated", truncated},
                           {"scenarios", std::move(met)},
                           {"left_behind", std::move(left)},
                           {"counts", std::move(counts)},
                           {"verdicts", std::move(list)}});
}

std::size_t Report::Count(Verdict::Result result) const {
  std::size_t count = 0;
  for (const SessionReport& session : sessions) count += session.Count(result);
  return count;
}

bool Report::Has(Verdict::Result result) const {
  return std::ranges::any_of(sessions, [&](const SessionReport& session) {
    return std::ranges::find(session.verdicts, result, &Verdict::result) != session.verdicts.end();
  });
}

SessionReport ReportOn(SharedSession& shared, const Catalog& catalog, const CheckSettings& settings,
                       Coverage* coverage) {
  SessionReport report{.session = shared.name()};
  History::Facts facts;
  std::vector<Exchange> exchanges;
  {
    const auto session = shared.Enter();
    report.total = session->journal().total();
    facts = {session->journal().truncated(), DeliveriesOf(*session)};
    report.rate = session->clock().rate();
    exchanges.reserve(session->journal().size());
    session->journal().Visit(0, [&](const Exchange& exchange) {
      exchanges.push_back(exchange);
      return true;
    });
  }
  report.truncated = facts.truncated;
  if (coverage != nullptr) {
    for (const Exchange& exchange : exchanges) coverage->Add(exchange);
    if (facts.truncated) coverage->SetTruncated();
  }
  const History history(std::move(exchanges), facts, catalog);
  report.verdicts = RunChecks(history, settings);
  report.scenarios = ScenariosMet(history);
  report.left_behind = LeftBehind(history);
  report.shown = ToShow(history, report.verdicts);
  return report;
}

void Cover(SharedSession& shared, Coverage& coverage) {
  const auto session = shared.Enter();
  if (session->journal().truncated()) coverage.SetTruncated();
  session->journal().Visit(0, [&](const Exchange& exchange) {
    coverage.Add(exchange);
    return true;
  });
}

Report ReportOn(const Sessions& sessions, const Catalog& catalog, const CheckSettings& settings) {
  Report report(catalog);
  for (const auto& session : sessions.List()) {
    SessionReport of_one = ReportOn(*session, catalog, settings, &report.coverage);
    if (of_one.total > 0) report.sessions.push_back(std::move(of_one));
  }
  report.unjudged = sessions.CountEvictions().cleared;
  return report;
}

}  // namespace mockduit
