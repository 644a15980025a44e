// Searches in a collection: instant, classic, agentic, and the last of them as a stream of events.
#include <algorithm>

#include "engine/effect.h"
#include "vendors/airweave/behaviours.h"
#include "vendors/airweave/entities.h"
#include "vendors/airweave/search_filter.h"

namespace mockduit::airweave {
namespace {

// The schema takes 1000; the plan that a search is made into takes fewer.
constexpr std::int64_t kMostOfPlan = 200;
constexpr std::int64_t kDefaultLimit = 100;

class SearchBehaviour : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  void Validate(const Call& call, std::vector<Violation>& violations) const override {
    const Json& body = *call.body();
    FindFilterMistakes(body.Get("filter"), violations);
    if (!violations.empty() || is_agentic()) return;
    if (body.Get("limit").AsInteger() > kMostOfPlan) {
      violations.push_back({{"limit"}, "maximum", std::to_string(kMostOfPlan), "", "", ""});
    }
  }

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    const Json& body = *call.body();
    Json::Array results;
    for (Json& entity : RankedEntities(world.store(), done->result.Get("readable_id").AsString(),
                                       body.Get("query").AsString())) {
      if (FitsFilter(entity, body.Get("filter"))) results.push_back(std::move(entity));
    }
    done->result = Told(body, std::move(results), world.ids(), done->result);
    return done;
  }

 protected:
  // What the answer's body is made of the entities that fit.
  virtual Json Told(const Json& body, Json::Array found, Ids& /*ids*/,
                    const Json& /*collection*/) const {
    const auto skip = static_cast<std::size_t>(body.Get("offset").AsInteger());
    found.erase(found.begin(),
                found.begin() + static_cast<std::ptrdiff_t>(std::min(skip, found.size())));
    const std::int64_t limit = body.Get("limit").AsInteger(kDefaultLimit);
    const bool all = is_agentic() && body.Get("limit").IsNull();
    if (!all) found.resize(std::min(found.size(), static_cast<std::size_t>(limit)));
    return Json::MakeObject({{"results", std::move(found)}});
  }

  // An agentic search has no offset.
  bool is_agentic() const { return operation().path.text().contains("/agentic"); }
};

Json Diagnostics(int iteration) {
  return Json::MakeObject(
      {{"iteration", iteration}, {"prompt_tokens", 1'200}, {"completion_tokens", 80}});
}

Json Thinks(const Json& body, int iteration, const char* text) {
  const bool aloud = body.Get("thinking").AsBool();
  return Json::MakeObject({{"type", "thinking"},
                           {"thinking", aloud ? Json(text) : Json()},
                           {"text", Json()},
                           {"duration_ms", 400},
                           {"diagnostics", Diagnostics(iteration)}});
}

Json Calls(const char* tool, int iteration, const std::string& id, Json arguments, Json stats) {
  return Json::MakeObject({{"type", "tool_call"},
                           {"tool_name", tool},
                           {"duration_ms", 120},
                           {"diagnostics", Json::MakeObject({{"iteration", iteration},
                                                             {"tool_call_id", id},
                                                             {"arguments", std::move(arguments)},
                                                             {"stats", std::move(stats)}})}});
}

// How the events tell of an entity.
Json Brief(const Json& entity) {
  return Json::MakeObject({{"entity_id", entity.Get("entity_id")},
                           {"name", entity.Get("name")},
                           {"entity_type", *entity.AtPath("airweave_system_metadata.entity_type")},
                           {"source_name", *entity.AtPath("airweave_system_metadata.source_name")},
                           {"relevance_score", entity.Get("relevance_score")}});
}

// Two rounds: it looks, keeps what it has found, and returns it.
class SearchStream : public SearchBehaviour {
 public:
  using SearchBehaviour::SearchBehaviour;

 protected:
  Json Told(const Json& body, Json::Array found, Ids& ids, const Json& collection) const override {
    constexpr std::size_t kFirst = 5;
    Json first = Json::MakeArray();
    Json names = Json::MakeArray();
    for (const Json& entity : found) {
      names.Append(entity.Get("entity_id"));
      if (first.IfArray()->size() < kFirst) first.Append(Brief(entity));
    }
    const std::size_t count = found.size();
    const auto call_id = [&] { return "call_" + ids.Token(24, kAlphanumeric); };
    Json events = Json::MakeArray();
    events.Append(Json::MakeObject({{"type", "started"},
                                    {"request_id", ids.Uuid4()},
                                    {"tier", "agentic"},
                                    {"collection_readable_id", collection.Get("readable_id")},
                                    {"query", body.Get("query")},
                                    {"thinking", body.Get("thinking").AsBool()},
                                    {"filter", body.Get("filter")},
                                    {"limit", body.Get("limit")}}));
    events.Append(Thinks(body, 0, "I look for what the query asks for."));
    events.Append(
        Calls("search", 0, call_id(), Json::MakeObject({{"query", body.Get("query")}}),
              Json::MakeObject(
                  {{"result_count", count}, {"new_results", count}, {"first_results", first}})));
    events.Append(Calls("add_to_results", 0, call_id(), Json::MakeObject({{"entity_ids", names}}),
                        Json::MakeObject({{"added", count},
                                          {"already_collected", 0},
                                          {"not_found", 0},
                                          {"total_collected", count},
                                          {"entities", first}})));
    events.Append(Thinks(body, 1, "That is what there is."));
    events.Append(Calls(
        "return_results_to_user", 1, call_id(), Json::MakeObject({}),
        Json::MakeObject({{"accepted", true}, {"total_collected", count}, {"warning", Json()}})));
    if (count > 0) events.Append(Reranks(found, first));
    events.Append(Json::MakeObject({{"type", "done"},
                                    {"results", std::move(found)},
                                    {"duration_ms", 1'300},
                                    {"diagnostics", Summary(names)}}));
    return events;
  }

 private:
  static Json Reranks(const Json::Array& found, const Json& first) {
    return Json::MakeObject(
        {{"type", "reranking"},
         {"duration_ms", 150},
         {"diagnostics",
          Json::MakeObject({{"input_count", found.size()},
                            {"output_count", found.size()},
                            {"model", "cohere/rerank-v4.0-pro"},
                            {"top_relevance_score", found.front().Get("relevance_score")},
                            {"bottom_relevance_score", found.back().Get("relevance_score")},
                            {"first_results", first}})}});
  }

  static Json Summary(const Json& names) {
    return Json::MakeObject({{"total_iterations", 2},
                             {"all_seen_entity_ids", names},
                             {"all_read_entity_ids", Json::MakeArray()},
                             {"all_collected_entity_ids", names},
                             {"max_iterations_hit", false},
                             {"total_llm_retries", 0},
                             {"stagnation_nudges_sent", 0},
                             {"prompt_tokens", 2'400},
                             {"completion_tokens", 160},
                             {"cache_creation_input_tokens", 0},
                             {"cache_read_input_tokens", 0}});
  }
};

}  // namespace

Made MakeSearch(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<SearchBehaviour>(operation);
}

Made MakeSearchStream(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<SearchStream>(operation);
}

}  // namespace mockduit::airweave
