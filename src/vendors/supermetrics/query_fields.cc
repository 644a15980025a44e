// The fields that a data source has: what a query may ask for.
#include "vendors/supermetrics/behaviours.h"
#include "vendors/supermetrics/query_rows.h"

namespace mockduit::supermetrics {
namespace {

class QueryFieldsOfSource : public Behaviour {
 public:
  QueryFieldsOfSource(OutcomeChoice bad, QueryFields fields, Json sources)
      : bad_(bad), fields_(std::move(fields)), sources_(std::move(sources)) {}

 private:
  std::expected<Facts, Failure> Run(const Call& call, World& /*world*/,
                                    Scope& /*scope*/) const override {
    const QueryRequest request(call);
    if (request.Get("ds_id").IsNull()) {
      return std::unexpected(
          Failure{bad_, Facts{.result = Json::MakeObject({{"place", "ds_id"}})}});
    }
    const Json* known = sources_.Find(request.Text("ds_id"));
    const Json& names = known != nullptr ? *known : sources_.Get("");
    Json fields = Json::MakeArray();
    if (const Json::Array* items = names.IfArray()) {
      for (const Json& name : *items) fields.Append(Described(name.ToText()));
    }
    return Facts{.result = Json::MakeObject({{"fields", std::move(fields)}})};
  }

  Json Described(const std::string& name) const {
    const FieldKind& kind = fields_.KindOf(name);
    const Json field = DescribeField(name, kind, 0);
    return Json::MakeObject({{"@type", kind.is_metric ? "ds_metric" : "ds_dimension"},
                             {"field_id", name},
                             {"field_name", field.Get("field_name")},
                             {"field_type", field.Get("field_type")},
                             {"data_type", field.Get("data_type")},
                             {"description", field.Get("field_name")},
                             {"group_name", kind.is_metric ? "Metrics" : "Dimensions"}});
  }

  const OutcomeChoice bad_;
  const QueryFields fields_;
  const Json sources_;
};

}  // namespace

Made MakeQueryFields(const Vendor& vendor, const Operation& operation) {
  auto bad = OutcomeChoice::Find(operation, {"bad_request", "bad_query"});
  if (!bad) return std::unexpected(bad.error());
  auto fields = QueryFields::Read(vendor);
  if (!fields) return std::unexpected(fields.error());
  const Json* data = vendor.FindData("query_fields");
  return std::make_unique<QueryFieldsOfSource>(*bad, std::move(*fields), data->Get("sources"));
}

}  // namespace mockduit::supermetrics
