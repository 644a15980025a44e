// The contracts inside the binary: what is read of them bit by bit is what a reading of all gives.
#include "app/load.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "app/baked.h"

namespace mockduit {
namespace {

Json Told(const Outcome& outcome) {
  Json json =
      Json::MakeObject({{"name", outcome.name},
                        {"status", outcome.status},
                        {"source", outcome.source.Text()},
                        {"type", outcome.types.empty() ? Json() : Json(outcome.types.front())},
                        {"schema", outcome.schema != nullptr},
                        {"natural", outcome.natural ? outcome.natural->source() : Json()}});
  for (const HeaderRule& header : outcome.headers) {
    json.Set("header " + header.name, std::to_string(header.minimum) + " " +
                                          std::to_string(header.maximum) +
                                          (header.value.IsConstant() ? " constant" : ""));
  }
  for (const Variant& variant : outcome.variants) {
    json.Set("variant " + variant.name,
             Json::MakeArray(
                 {variant.body->example, variant.body->filled.source(), variant.source.Text()}));
  }
  return json;
}

Json Told(const Shape& shape, int depth = 0) {
  Json json = shape.anything() ? Json("anything") : Json::MakeObject();
  if (shape.anything() || depth > 4) return json;
  for (const auto& [name, below] : shape.members()) json.Set(name, Told(below, depth + 1));
  return json;
}

Json Told(const std::optional<Effect>& effect) {
  if (!effect) return {};
  Json outcomes = Json::MakeArray();
  for (const OutcomeRef& ref : effect->Outcomes()) outcomes.Append(ref.outcome + "/" + ref.variant);
  return Json::MakeObject({{"does", static_cast<int>(effect->does)},
                           {"kind", effect->which.kind},
                           {"id", effect->id},
                           {"outcomes", std::move(outcomes)},
                           {"resource", effect->resource.source()},
                           {"set", effect->patch.set.source()},
                           {"merge", effect->patch.merge.source()},
                           {"paging", effect->paging.limit + "/" + effect->paging.start},
                           {"steps", effect->then.size()},
                           {"needs", effect->needs.size()},
                           {"refusals", effect->refusals.size()},
                           {"with", effect->with.size()},
                           {"without", effect->without.size()},
                           {"mask", effect->mask.has_value()},
                           {"show", effect->show ? effect->show->source() : Json()}});
}

Json Told(const Operation& operation) {
  Json parameters = Json::MakeArray();
  for (const Parameter& parameter : operation.parameters()) {
    parameters.Append(parameter.in + " " + parameter.name + (parameter.required ? "!" : "") +
                      (parameter.deprecated ? "-" : "") + " " +
                      std::string(parameter.schema ? parameter.schema->SingleType() : ""));
  }
  Json outcomes = Json::MakeArray();
  for (const Outcome& outcome : operation.outcomes()) outcomes.Append(Told(outcome));
  Json conditions = Json::MakeArray();
  for (const ConditionOutcome& condition : operation.details.Get().conditions) {
    conditions.Append(condition.condition + " " + condition.outcome + " " + condition.variant);
  }
  Json aliases = Json::MakeArray();
  for (const Alias& alias : operation.aliases) aliases.Append(alias.path.text());
  return Json::MakeObject(
      {{"name", operation.name},
       {"call", operation.method + " " + operation.path.text()},
       {"summary", operation.summary},
       {"deprecated", operation.deprecated},
       {"aliases", std::move(aliases)},
       {"parameters", std::move(parameters)},
       {"body", operation.body() != nullptr ? Told(operation.body()->Members()) : Json()},
       {"needs_body", operation.needs_body()},
       {"outcomes", std::move(outcomes)},
       {"effect", Told(operation.effect())},
       {"behaviour", operation.behaviour()},
       {"conditions", std::move(conditions)},
       {"location", operation.wording().location},
       {"messages", operation.wording().messages}});
}

Json Told(const Patch& patch, const Steps& then) {
  Json steps = Json::MakeArray();
  for (const Step& step : then) {
    const auto lifecycle = step.lifecycle.lock();
    steps.Append(Json::MakeArray(
        {static_cast<int>(step.does), step.which.kind, step.resource.source(), step.then.size(),
         lifecycle != nullptr ? lifecycle->name : "", step.webhooks != nullptr}));
  }
  return Json::MakeArray({patch.set.source(), patch.merge.source(), std::move(steps)});
}

Json Told(const Lifecycle& lifecycle) {
  Json stages = Json::MakeArray();
  for (const auto& stage : lifecycle.stages()) {
    stages.Append(Json::MakeArray({stage.at, Told(stage.patch, stage.then)}));
  }
  Json endings = Json::MakeArray();
  for (const auto& ending : lifecycle.endings()) {
    endings.Append(
        Json::MakeArray({ending.name, ending.tells_error, Told(ending.patch, ending.then)}));
  }
  Json ending_names = Json::MakeArray();
  for (const std::string& name : lifecycle.ending_names) ending_names.Append(name);
  Json watched = Json::MakeArray();
  for (const auto& one : lifecycle.watched()) watched.Append(one.kind + " " + one.member);
  return Json::MakeObject({{"name", lifecycle.edition + " " + lifecycle.name},
                           {"kind", lifecycle.kind},
                           {"takes", lifecycle.takes().count()},
                           {"quiet", lifecycle.quiet()},
                           {"stages", std::move(stages)},
                           {"endings", std::move(endings)},
                           {"ending names", std::move(ending_names)},
                           {"watched", std::move(watched)}});
}

const Catalog& Opened() {
  static const Catalog kOpened = LoadCatalog({}).value();
  return kOpened;
}

const Catalog& ReadWhole() {
  static const Catalog kRead = [] {
    std::vector<TextFile> files;
    for (const FilePieces& file : BakedFixtures()) {
      files.push_back({std::string(file.path), std::string(file.text), true});
    }
    return Catalog::Load(files).value();
  }();
  return kRead;
}

TEST(LoadCatalog, OpensTheContractsInTheBinaryWithoutReadingThem) {
  EXPECT_TRUE(Opened().has_all_opened());
  EXPECT_FALSE(ReadWhole().has_all_opened());
}

TEST(LoadCatalog, OfAnOpenContractEachOperationIsAsWhenAllIsRead) {
  ASSERT_EQ(Opened().VendorNames(), ReadWhole().VendorNames());
  ASSERT_EQ(Opened().OperationNames(), ReadWhole().OperationNames());
  EXPECT_EQ(Opened().Hosts(), ReadWhole().Hosts());
  EXPECT_EQ(Opened().LifecycleNames(), ReadWhole().LifecycleNames());
  std::size_t compared = 0;
  std::size_t lifecycles = 0;
  for (const Vendor& vendor : ReadWhole().vendors()) {
    const Vendor& opened = *Opened().FindVendor(vendor.name);
    ASSERT_EQ(opened.EditionNames(), vendor.EditionNames());
    for (const auto& [file, content] : vendor.data) {
      EXPECT_EQ(*opened.FindData(file), content->Get().root) << file;
    }
    for (const auto& contract : vendor.editions) {
      const Contract& open = *opened.FindEdition(contract->edition);
      const std::set<std::string> secrets(contract->secrets.begin(), contract->secrets.end());
      EXPECT_EQ(std::set<std::string>(open.secrets.begin(), open.secrets.end()), secrets);
      EXPECT_EQ(open.kinds.names(), contract->kinds.names());
      EXPECT_EQ(open.title, contract->title);
      EXPECT_EQ(open.file, contract->file);
      ASSERT_EQ(open.operations.size(), contract->operations.size());
      for (const auto& operation : contract->operations) {
        EXPECT_EQ(Told(*open.FindOperation(operation->id)).DumpPretty(),
                  Told(*operation).DumpPretty());
        ++compared;
      }
      ASSERT_EQ(open.lifecycles.size(), contract->lifecycles.size());
      for (std::size_t i = 0; i < open.lifecycles.size(); ++i) {
        EXPECT_EQ(Told(*open.lifecycles[i]).DumpPretty(),
                  Told(*contract->lifecycles[i]).DumpPretty());
        ++lifecycles;
      }
      const auto& shared = contract->shared.Get();
      ASSERT_EQ(open.shared.Get().size(), shared.size());
      for (const Outcome& outcome : shared) {
        EXPECT_EQ(Told(*open.FindShared(outcome.name)).Dump(), Told(outcome).Dump());
      }
    }
  }
  EXPECT_GT(compared, 150u);
  EXPECT_GT(lifecycles, 10u);
}

std::string OwnContract(const std::string& vendor, const std::string& edition) {
  return "openapi: 3.1.0\n"
         "x-mockduit: {vendor: " +
         vendor + ", edition: " + edition +
         "}\n"
         "paths:\n"
         "  /x:\n"
         "    get:\n"
         "      operationId: x\n"
         "      responses:\n"
         "        '200': {x-mockduit: {outcome: success, source: s}}\n";
}

// A whole reading takes twenty times as long as a start without any.
TEST(LoadCatalog, ReadsOnlyTheVendorThatOneHasAFileOf) {
  const auto catalog = LoadCatalog({}, {{"mine/acme/v1.yaml", OwnContract("acme", "v1")}});
  ASSERT_TRUE(catalog) << catalog.error().front().Text();
  EXPECT_TRUE(catalog->has_all_opened()) << "so what is inside still fits";
  EXPECT_NE(catalog->FindOperation("acme.x"), nullptr);
  EXPECT_EQ(catalog->OperationNames().size(), Opened().OperationNames().size() + 1);
  EXPECT_EQ(catalog->VendorNames(),
            (std::vector<std::string>{"acme", "airweave", "fivetran", "supermetrics"}));
}

TEST(LoadCatalog, ReadsAVendorInsideOnceAFileIsLaidOverOneOfIt) {
  const auto catalog =
      LoadCatalog({}, {{"mine/airweave/mine.yaml", OwnContract("airweave", "mine")}});
  ASSERT_TRUE(catalog) << catalog.error().front().Text();
  EXPECT_FALSE(catalog->has_all_opened());
  EXPECT_EQ(catalog->VendorNames(), Opened().VendorNames());
  const Vendor& airweave = *catalog->FindVendor("airweave");
  EXPECT_EQ(airweave.editions.size(), Opened().FindVendor("airweave")->editions.size() + 1);
  EXPECT_NE(airweave.FindEdition("mine"), nullptr);
}

TEST(LoadCatalog, LetsAContractStandInTheWholePlaceOfAVendor) {
  auto other = Catalog::Load({{"f/airweave/v1.yaml", OwnContract("airweave", "v1")}});
  ASSERT_TRUE(other);
  const Catalog with = Catalog::Open(BakedFixtures()).Beside(*std::move(other));
  EXPECT_FALSE(with.has_all_opened());
  EXPECT_EQ(with.FindVendor("airweave")->EditionNames(), std::vector<std::string>{"v1"});
}

}  // namespace
}  // namespace mockduit
