#include "contract/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

Outcome Answer(std::string name, int status, std::vector<std::string> variants) {
  Outcome outcome;
  outcome.name = std::move(name);
  outcome.status = status;
  for (std::string& variant : variants)
    outcome.variants.push_back({std::move(variant), {}, {}, {}});
  return outcome;
}

TEST(Outcome, HasItsVariantsByNameAndTheFirstAsTheDefault) {
  const Outcome outcome = Answer("conflict", 409, {"name", "wet"});
  EXPECT_EQ(outcome.FindVariant(""), &outcome.variants[0]);
  EXPECT_EQ(outcome.FindVariant("name"), &outcome.variants[0]);
  EXPECT_EQ(outcome.FindVariant("wet"), &outcome.variants[1]);
  EXPECT_EQ(outcome.FindVariant("dry"), nullptr);
}

TEST(Operation, HasItsOutcomesByNameAndByStatus) {
  Operation operation;
  operation.details.Edit().outcomes = {Answer("success", 201, {"a"}),
                                       Answer("conflict", 409, {"b"})};
  EXPECT_EQ(operation.FindOutcome("conflict"), &operation.outcomes()[1]);
  EXPECT_EQ(operation.FindOutcome("gone"), nullptr);
  EXPECT_EQ(operation.FindStatus(201), &operation.outcomes()[0]);
  EXPECT_EQ(operation.FindStatus(200), nullptr);
}

TEST(Operation, LooksForConditionsInItselfBeforeItsContract) {
  Contract contract;
  contract.conditions = {{"invalid", "bad_request", ""}, {"bad_path", "not_found", ""}};
  Operation operation;
  operation.contract = &contract;
  operation.details.Edit().conditions = {{"invalid", "unprocessable", "rule"}};
  EXPECT_EQ(operation.FindCondition("invalid")->outcome, "unprocessable");
  EXPECT_EQ(operation.FindCondition("bad_path")->outcome, "not_found");
  EXPECT_EQ(operation.FindCondition("bad_query"), nullptr);
}

TEST(Contract, HasItsSharedAnswersAndItsLifecyclesByName) {
  Contract contract;
  contract.vendor = "acme";
  contract.shared.Edit() = {Answer("not_found", 404, {"a"})};
  EXPECT_EQ(contract.FindShared("not_found"), &contract.shared.Get()[0]);
  EXPECT_EQ(contract.FindShared("conflict"), nullptr);
  auto lifecycle = std::make_shared<Lifecycle>();
  lifecycle->name = "acme.paint";
  lifecycle->details.Edit().endings = {{"done", {}, {}}, {"failed", {}, {}}};
  contract.lifecycles.push_back(lifecycle);
  EXPECT_EQ(contract.FindLifecycle("paint"), lifecycle);
  EXPECT_EQ(contract.FindLifecycle("acme.paint"), nullptr);
  EXPECT_EQ(lifecycle->FindEnding("")->name, "done");
  EXPECT_EQ(lifecycle->FindEnding("failed")->name, "failed");
  EXPECT_EQ(lifecycle->FindEnding("none"), nullptr);
}

TEST(Contract, NamesTheOutcomesThatThereAre) {
  const std::vector<std::string> names = OutcomeNames();
  EXPECT_EQ(names.front(), "success");
  EXPECT_EQ(names.back(), "unavailable");
  EXPECT_EQ(names.size(), 13u);
}

TEST(Names, OfAPlayAreThoseOfItsOperations) {
  const Catalog catalog = AcmeCatalog();
  const Operation* operation = catalog.FindOperation("acme.create_widget");
  ASSERT_NE(operation, nullptr);
  const Names names = NamesOfPlay({operation});
  const auto why = [&](std::string_view hole) {
    return names.WhyUnknown(ParseHole(hole).value()).value_or("");
  };
  EXPECT_EQ(why("result.color"), "");
  EXPECT_EQ(why("request.path.size"), "");
  EXPECT_EQ(why("retry_after"), "");
  EXPECT_EQ(why("request.path.sise"),
            "'request.path.sise' is not known in acme.create_widget; did you mean "
            "'request.path.size'?");
  EXPECT_EQ(why("process.id"),
            "'process.id' is not known in acme.create_widget, only in lifecycles and webhooks");
  EXPECT_FALSE(NamesOfPlay({}).WhyUnknown(ParseHole("request.path.any").value()))
      << "of no operation in particular";
}

}  // namespace
}  // namespace mockduit
