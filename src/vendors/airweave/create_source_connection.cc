#include "vendors/airweave/create_source_connection.h"

#include "engine/effect_behaviour.h"

namespace mockduit::airweave {
namespace {

constexpr std::string_view kMask = "********";  // eight stars, whatever the secret

class CreateSourceConnection : public EffectBehaviour {
 public:
  explicit CreateSourceConnection(const Operation& operation)
      : EffectBehaviour(operation),
        collections_(KindOf(operation, "collection")),
        jobs_(KindOf(operation, "sync_job")),
        job_lifecycle_(operation.contract->FindLifecycle("sync_job")) {}

 private:
  std::expected<void, Met> Adjust(const Call& call, Session& session,
                                  Json& connection) const override {
    // A `collection` that is sent counts as named, also when it is null.
    const Json* named = call.body->Find("collection");
    if (named != nullptr && !session.store().Has(collections_, named->AsString())) {
      return std::unexpected(Met{"not_found", "collection", {}});
    }
    connection.Set("collection", named != nullptr ? *named : MakeCollection(connection, session));
    const auto sent = [&](std::string_view field) {
      const Json* value = call.body->Find(field);
      return value != nullptr && !value->IsNull();
    };
    if (sent("auth_fields") || sent("credential_id")) connection.Set("auth_fields", kMask);
    const Json* immediately = call.body->Find("sync_immediately");
    const bool starts = immediately == nullptr || immediately->AsBool(true);
    connection.Set("status", starts ? "in_progress" : "active");
    if (starts) StartJob(connection, call, session);
    return {};
  }

  // The new collection's readable id.
  Json MakeCollection(const Json& connection, Session& session) const {
    const std::string name = "Collection for " + std::string(connection.Find("name")->AsString());
    const std::string readable_id = Slug(name) + "-" + session.ids().Token(6, kLowerAlphanumeric);
    session.store().Put(collections_, readable_id,
                        Json::MakeObject({
                            {"name", name},
                            {"readable_id", readable_id},
                            {"id", session.ids().Uuid4()},
                            {"created_at", *connection.Find("created_at")},
                            {"modified_at", *connection.Find("created_at")},
                            {"organization_id", *connection.Find("organization_id")},
                            {"created_by_email", nullptr},
                            {"modified_by_email", nullptr},
                            {"status", "ACTIVE"},
                        }));
    return readable_id;
  }

  void StartJob(Json& connection, const Call& call, Session& session) const {
    const std::string id = session.ids().Uuid4();
    Json job = Json::MakeObject({
        {"source_connection_id", *connection.Find("id")},
        {"id", id},
        {"organization_id", *connection.Find("organization_id")},
        {"created_by_email", nullptr},
        {"modified_by_email", nullptr},
        {"created_at", *connection.Find("created_at")},
        {"modified_at", *connection.Find("created_at")},
        {"status", "pending"},
    });
    for (const char* count : {"entities_inserted", "entities_updated", "entities_deleted",
                              "entities_kept", "entities_skipped"}) {
      job.Set(count, 0);
    }
    job.Set("entities_encountered", Json::MakeObject());
    for (const char* unset : {"started_at", "completed_at", "failed_at", "error"}) {
      job.Set(unset, nullptr);
    }
    session.store().Put(jobs_, id, job);
    World world = session.WorldAt(call.at, call.scenario.get());
    session.processes().Begin(job_lifecycle_, id, call.scenario->CourseOf(job_lifecycle_->name),
                              world);
    connection.Set("latest_sync_job_status", "pending");
    connection.Set("latest_sync_job_id", id);
  }

  std::string collections_;
  std::string jobs_;
  std::shared_ptr<const Lifecycle> job_lifecycle_;
};

}  // namespace

std::string Slug(std::string_view name) {
  std::string slug;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += upper ? static_cast<char>(c + ('a' - 'A')) : c;
    } else if (c == ' ' && !slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

Result<std::unique_ptr<const Behaviour>> MakeCreateSourceConnection(const Vendor& /*vendor*/,
                                                                    const Operation& operation) {
  if (operation.contract->FindLifecycle("sync_job") == nullptr) {
    return Fail(operation.name + " needs the lifecycle 'sync_job'");
  }
  return MakeEffect<CreateSourceConnection>(operation);
}

}  // namespace mockduit::airweave
