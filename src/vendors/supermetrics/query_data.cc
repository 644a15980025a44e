// A data query: begun, joined where it runs already, and answered with its rows once it is done;
// the results of one that is done, and how far one is, asked for by its schedule_id.
#include <algorithm>

#include "engine/effect.h"
#include "http/uri.h"
#include "vendors/supermetrics/behaviours.h"
#include "vendors/supermetrics/query_rows.h"

namespace mockduit::supermetrics {
namespace {

constexpr std::string_view kKind = "supermetrics.query";
constexpr int kAccepted = 202;

// The outcomes that a query may come to.
struct QueryOutcomes {
  std::optional<OutcomeChoice> running;  // nothing: the success tells how far a query is
  OutcomeChoice unknown;
  OutcomeChoice bad;
  OutcomeChoice failed;

  static Result<QueryOutcomes> Find(const Operation& operation) {
    const auto find = [&](const char* outcome, const char* variant) {
      return OutcomeChoice::Find(operation, {outcome, variant});
    };
    auto running = FindRunning(operation);
    const OutcomeRef& absent = operation.effect()->absent;  // of calls that look for a query
    auto unknown = absent.outcome.empty() ? find("bad_request", "status_not_found")
                                          : OutcomeChoice::Find(operation, absent);
    auto bad = find("bad_request", "bad_query");
    auto failed = find("server_error", "query_failed");
    for (const auto* one : {&unknown, &bad, &failed}) {
      if (!*one) return std::unexpected(one->error());
    }
    return QueryOutcomes{running, *unknown, *bad, *failed};
  }

  // There is a success for each status: the one that tells of a query under way is 202. Where there
  // is none, and the contract refuses who asks too early, only results are told.
  static std::optional<OutcomeChoice> FindRunning(const Operation& operation) {
    for (const Outcome& outcome : operation.outcomes()) {
      if (outcome.status == kAccepted) return OutcomeChoice(outcome);
    }
    for (const Effect::Refusal& refusal : operation.effect()->refusals) {
      if (refusal.outcome.variant != "not_done") continue;
      const auto choice = OutcomeChoice::Find(operation, refusal.outcome);
      if (choice) return *choice;
    }
    return std::nullopt;
  }

  bool begin_queries() const { return running && running->outcome().status == kAccepted; }
  bool tell_results_only() const { return running && !begin_queries(); }
};

// The same call with another window.
Json LinkToRows(const Call& call, std::int64_t start, std::int64_t end) {
  std::string link = call.visit.sent.Url() + "?";
  std::string_view rest = call.request().query;
  while (!rest.empty()) {
    const QueryParameter parameter = TakeParameter(rest);
    const bool is_window = parameter.name == "offset_start" || parameter.name == "offset_end";
    if (is_window || parameter.name == "json" || parameter.name == "api_key") continue;
    link += std::string(parameter.text) + "&";
  }
  const auto json = QueryValue(call.request().query, "json");
  if (!json) {
    return link + "offset_start=" + std::to_string(start) + "&offset_end=" + std::to_string(end);
  }
  Json whole = Json::Parse(*json).value_or(Json::MakeObject());
  whole.Remove("api_key");
  whole.Set("offset_start", start);
  whole.Set("offset_end", end);
  return link + "json=" + PercentEncode(whole.Dump());
}

Json ListOf(const std::vector<std::string>& texts) {
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(text);
  return list;
}

std::string DayOf(Time day) { return FormatSeconds(day).substr(0, 10); }

// Which rows are told, from `start` up to the one before `end`.
struct Window {
  std::int64_t start;
  std::int64_t end;

  std::int64_t size() const { return std::max<std::int64_t>(end - start, 0); }
};

// A query is cut by offset_start and offset_end, which counts; its results by offset and limit.
Window WindowOf(const QueryRequest& sent, bool of_results, std::int64_t total) {
  if (of_results) {
    const std::int64_t start = std::min(sent.Number("offset").value_or(0), total);
    return {start, start + std::min(sent.Number("limit").value_or(total), total - start)};
  }
  return {std::min(sent.Number("offset_start").value_or(0), total),
          std::min(sent.Number("offset_end").value_or(total - 1) + 1, total)};
}

// The pages before and behind the window.
Json PagesAround(const Call& call, const Window& window, std::int64_t total) {
  Json pages = Json::MakeObject({{"prev", nullptr}, {"next", nullptr}});
  if (window.size() == 0) return pages;
  if (window.start > 0) {
    const std::int64_t before = std::max<std::int64_t>(window.start - window.size(), 0);
    pages.Set("prev", LinkToRows(call, before, window.start - 1));
  }
  if (window.end < total) {
    pages.Set("next", LinkToRows(call, window.end, window.end + window.size() - 1));
  }
  return pages;
}

// The row with the names: of each field, and of each measure that is compared.
Json HeadOf(const QueryRequest& request, const Json& described, bool compared) {
  Json head = Json::MakeArray();
  for (const Json& field : *described.IfArray()) head.Append(field.Get("field_name"));
  for (const Json& field : *described.IfArray()) {
    if (!compared || field.Get("field_type").AsString() != "met") continue;
    head.Append(CompareName(request, std::string(field.Get("field_name").AsString())));
  }
  return head;
}

class QueryData : public EffectBehaviour {
 public:
  QueryData(Declared declared, QueryOutcomes outcomes, QueryFields fields)
      : EffectBehaviour(std::move(declared)), outcomes_(outcomes), fields_(std::move(fields)) {}

 private:
  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    const bool begins = outcomes_.begin_queries();
    const QueryRequest sent(call);
    const bool lacks_name = !begins && sent.Get("schedule_id").IsNull();
    const std::string wrong = begins ? sent.Wrong(call.visit.at) : lacks_name ? "schedule_id" : "";
    if (!wrong.empty()) return Bad(wrong);
    const std::string id = sent.ScheduleId();
    auto known = world.store().Find(kKind, id);
    if (!known && (!begins || sent.only_asks())) {
      return std::unexpected(Failure{outcomes_.unknown});
    }
    const bool asks = known && (!sent.Get("schedule_id").IsNull() || IsAwaited(*known) ||
                                sent.Number("offset_start").value_or(0) > 0);
    Facts facts;
    if (asks) {
      world.LookedAt(kKind, id, call.visit.at);
      facts.ongoing = world.calendar().IsOngoing(kKind, id, world.store());
      facts.result = *world.store().Find(kKind, id);
    } else {
      facts = Begin(call, sent, world, scope);
      if (sent.Number("sync_timeout") == 0) return Running(std::move(facts), "QUEUED");
    }
    const std::string status(facts.result.Get("status_code").AsString());
    if (IsOver(status) && IsAwaited(facts.result)) {
      facts.result.Set("told", true);
      world.Put(kKind, id, facts.result);
    }
    if (status == "FAILURE" || status == "STOPPED") {
      return std::unexpected(Failure{outcomes_.failed, std::move(facts)});
    }
    if (!outcomes_.running) return facts;
    if (status != "SUCCESS") return Running(std::move(facts), status);
    return Finished(call, sent, world, std::move(facts));
  }

  static bool IsOver(std::string_view status) {
    return status == "SUCCESS" || status == "FAILURE" || status == "STOPPED";
  }

  // Whether nobody was told yet what has come of it. The same query is that run until then, so that
  // whoever polls by it comes to an end; after that it is a new one.
  static bool IsAwaited(const Json& query) {
    return !IsOver(query.Get("status_code").AsString()) || !query.Get("told").AsBool();
  }

  // Keeps the query under the name of its run, and lets it go its way.
  Facts Begin(const Call& call, const QueryRequest& sent, World& world, Scope& scope) const {
    const std::string id = sent.ScheduleId();
    Json query = effect().resource.Value(scope);
    query.Set("schedule_id", id);
    query.Set("asked", Asked(sent));
    const Play* play = call.play();
    if (play != nullptr && !play->Extension("rows").IsNull()) {
      query.Set("rows", play->Extension("rows"));
    }
    world.Put(kKind, id, query);
    FactsScope own(scope);
    own.facts.result = std::move(query);
    auto stopped = world.Do(effect().then, {std::string(kKind), id}, own, call.moment());
    if (stopped) own.facts.warning = std::move(*stopped);
    world.CatchUp(call.visit.at);  // a query that takes no time is done by now
    own.facts.result = world.store().Find(kKind, id).value_or(std::move(own.facts.result));
    return std::move(own.facts);
  }

  // What is asked for, without how it is to be answered.
  static Json Asked(const QueryRequest& sent) {
    Json asked = Json::MakeObject();
    for (const char* name : {"ds_id", "ds_accounts", "ds_segments", "ds_user", "ds_users",
                             "date_range_type", "start_date", "end_date", "compare_type",
                             "compare_show", "compare_start_date", "compare_end_date", "fields",
                             "settings", "filter", "order_rows", "max_rows", "cache_minutes"}) {
      if (!sent.Get(name).IsNull()) asked.Set(name, sent.Get(name));
    }
    return asked;
  }

  std::unexpected<Failure> Bad(const std::string& place) const {
    return std::unexpected(
        Failure{outcomes_.bad, Facts{.result = Json::MakeObject({{"place", place}})}});
  }

  std::unexpected<Failure> Running(Facts facts, const std::string& status) const {
    facts.result.Set("status_code", status);
    facts.result.Set("running", status == "RUNNING" ? 1 : 0);
    facts.ongoing = true;
    return std::unexpected(Failure{*outcomes_.running, std::move(facts)});
  }

  std::expected<Facts, Failure> Finished(const Call& call, const QueryRequest& sent, World& world,
                                         Facts facts) const {
    const Json asked = facts.result.Get("asked");
    const QueryRequest request(asked);
    const auto begun = ParseTime(facts.result.Get("created_time").AsString());
    const Time asked_at = begun ? *begun : call.visit.at;
    const auto range = request.Range(asked_at);
    if (!range) return Bad("start_date");
    const Span span{*range, request.Comparison(*range, asked_at)};
    std::optional<std::size_t> wanted;
    if (const Json& rows = facts.result.Get("rows"); rows.IsInteger()) {
      wanted = static_cast<std::size_t>(std::max<std::int64_t>(rows.AsInteger(), 0));
    }
    const auto rows = DrawRows(request, fields_, span, world.ids().state().seed, wanted);
    const std::int64_t most = request.Number("max_rows").value_or(std::int64_t{1} << 40);
    const auto total = std::min(static_cast<std::int64_t>(rows.size()), most);
    const Window window = WindowOf(sent, outcomes_.tell_results_only(), total);

    const std::vector<std::string> names = request.List("fields");
    Json described = Json::MakeArray();
    for (std::size_t i = 0; i < names.size(); ++i) {
      described.Append(DescribeField(names[i], fields_.KindOf(names[i]), i));
    }
    Json data = Json::MakeArray();
    if (!request.Get("settings").Get("no_headers").AsBool()) {
      data.Append(HeadOf(request, described, span.compared.has_value()));
    }
    for (std::int64_t i = window.start; i < window.end; ++i)
      data.Append(ListOf(rows[static_cast<std::size_t>(i)]));
    const std::size_t columns = names.size() + ComparedOf(names, span);
    const bool pages = call.request().method == "GET" && !sent.only_asks();
    facts.result.Set("query", Told(request, world, span, std::move(described)));
    facts.result.Set("total_columns", columns);
    facts.result.Set("total_rows", total);
    facts.result.Set("paginate", PagesAround(call, pages ? window : Window{0, 0}, total));
    facts.result.Set("data", std::move(data));
    return facts;
  }

  // How many of the fields are compared.
  std::size_t ComparedOf(const std::vector<std::string>& names, const Span& span) const {
    if (!span.compared) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(
        names, [&](const auto& name) { return fields_.KindOf(name).is_metric; }));
  }

  // What was asked for, as the answer tells it.
  static Json Told(const QueryRequest& request, const World& world, const Span& span,
                   Json described) {
    Json told = Json::MakeObject({{"start_date", DayOf(span.range.first)},
                                  {"end_date", DayOf(span.range.last)},
                                  {"ds_accounts", AccountsOf(request, world)},
                                  {"ds_segments", ListOf(request.List("ds_segments"))},
                                  {"fields", std::move(described)}});
    if (span.compared) {
      const std::string show = request.Text("compare_show");
      told.Set("compare_type", request.Get("compare_type"));
      told.Set("compare_show", show.empty() ? "perc_change" : show);
      told.Set("compare_start_date", DayOf(span.compared->first));
      told.Set("compare_end_date", DayOf(span.compared->last));
    }
    told.Set("settings",
             request.Get("settings").IsObject() ? request.Get("settings") : Json::MakeObject());
    told.Set("cache_minutes", request.Number("cache_minutes").value_or(0));
    return told;
  }

  // Those that were asked for, else all of the data source that the logins see.
  static Json AccountsOf(const QueryRequest& request, const World& world) {
    const std::vector<std::string> asked = request.List("ds_accounts");
    const bool by_name = !asked.empty() && !asked.front().starts_with("list.");
    if (by_name) return ListOf(asked);
    Json accounts = Json::MakeArray();
    world.store().Visit("supermetrics.login_account", Store::Order::kOldestFirst,
                        [&](const std::string& id, const std::string& text) {
                          const Json account = Json::Parse(text).value_or(Json());
                          if (account.Get("ds_id") == request.Get("ds_id")) accounts.Append(id);
                          return true;
                        });
    return accounts;
  }

  const QueryOutcomes outcomes_;
  const QueryFields fields_;
};

}  // namespace

Made MakeQueryData(const Vendor& vendor, const Operation& operation) {
  auto outcomes = QueryOutcomes::Find(operation);
  if (!outcomes) return std::unexpected(outcomes.error());
  auto fields = QueryFields::Read(vendor);
  if (!fields) return std::unexpected(fields.error());
  return MakeEffect<QueryData>(operation, *outcomes, std::move(*fields));
}

}  // namespace mockduit::supermetrics
