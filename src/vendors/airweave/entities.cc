#include "vendors/airweave/entities.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace mockduit::airweave {
namespace {

constexpr std::int64_t kMostOfOne = 1'000;  // entities of one source connection

// FNV-1a: the same everywhere.
std::uint64_t Hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

// From 0.1 to 0.9999, with four digits.
double ScoreOf(std::string_view query, const std::string& id) {
  return static_cast<double>(1'000 + Hash(std::string(query) + "\n" + id) % 9'000) / 10'000;
}

Json EntityOf(const Json& connection, std::int64_t number, std::string_view query) {
  const std::string source(connection.Get("short_name").AsString());
  const std::string root = source + "_" + std::string(connection.Get("id").AsString().substr(0, 8));
  const std::string id = root + "_" + std::to_string(number);
  const std::string name = "Document " + std::to_string(number) + " of " +
                           std::string(connection.Get("name").AsString());
  const Json made = std::string(connection.Get("created_at").AsString()) + "Z";
  const Json* job = connection.AtPath("sync.last_job.id");
  return Json::MakeObject(
      {{"entity_id", id},
       {"name", name},
       {"relevance_score", ScoreOf(query, id)},
       {"breadcrumbs", Json::MakeArray({Json::MakeObject({{"entity_id", root},
                                                          {"name", connection.Get("name")},
                                                          {"entity_type", "ContainerEntity"}})})},
       {"created_at", made},
       {"updated_at", made},
       {"textual_representation", name + ", found for: " + std::string(query)},
       {"airweave_system_metadata",
        Json::MakeObject({{"source_name", source},
                          {"entity_type", "DocumentEntity"},
                          {"sync_id", connection.Get("sync_id")},
                          {"sync_job_id", job != nullptr ? *job : Json()},
                          {"chunk_index", 0},
                          {"original_entity_id", id}})},
       {"access", Json::MakeObject({{"viewers", Json()}, {"is_public", true}})},
       {"web_url", "https://example.com/" + source + "/" + id},
       {"url", Json()},
       {"raw_source_fields", Json::MakeObject({{"number", number}})}});
}

}  // namespace

std::vector<Json> RankedEntities(const Store& store, std::string_view readable_id,
                                 std::string_view query) {
  std::vector<Json> found;
  store.Visit("airweave.connection", Store::Order::kOldestFirst,
              [&](const std::string& /*id*/, const std::string& text) {
                const Json connection = Json::Parse(text).value_or(Json());
                if (connection.Get("readable_collection_id").AsString() != readable_id) return true;
                const Json* total = connection.AtPath("entities.total_entities");
                const std::int64_t count = total != nullptr ? total->AsInteger() : 0;
                for (std::int64_t n = 1; n <= std::min(count, kMostOfOne); ++n) {
                  found.push_back(EntityOf(connection, n, query));
                }
                return true;
              });
  std::ranges::stable_sort(found, [](const Json& one, const Json& other) {
    return one.Get("relevance_score").AsNumber() > other.Get("relevance_score").AsNumber();
  });
  return found;
}

}  // namespace mockduit::airweave
