// Webhooks: what they are sent, and when again.
#include "base/time.h"
#include "contract/read/reading.h"

namespace mockduit {

void ReadWebhooks(ContractReading& reading, const Node& node) {
  using std::chrono::hours;
  using std::chrono::seconds;
  if (!node || !reading.Check(node, blocks::kWebhooks)) return;
  auto webhooks = std::make_shared<Webhooks>();
  reading.Needed(node, "kind");
  webhooks->kind = reading.Kind(node["kind"]);
  for (const char* member : {"url", "events", "active"}) {
    reading.CheckMember(node["kind"], false, webhooks->kind, member);
  }
  webhooks->where = ReadWhere(reading, node["where"], webhooks->kind, Names::Any());
  webhooks->body = reading.CompileTemplate(node["body"], Names::Any());
  reading.EachMember(node["headers"], [&](const std::string& name, const Node& value) {
    reading.CheckHeaderName(value, true, name);
    webhooks->headers.emplace_back(name, reading.CompileText(value, Names::Any()));
  });
  const std::string signature = node["signature"].Text("upper");
  if (signature != "upper" && signature != "lower") {
    reading.Wrong(node["signature"], "signature is upper or lower: the case of its hex digits");
  }
  webhooks->upper_case_signature = signature == "upper";
  reading.EachItem(node["retries"], [&](const Node& wait) {
    const auto duration = ParseDuration(wait.IsText() ? wait.Text() : wait.json().Dump());
    if (!duration) return reading.Wrong(wait, duration.error().message);
    if (*duration <= Duration(0)) {
      reading.Wrong(wait, "a wait between attempts must be longer than nothing");
    } else if (!webhooks->retries.empty() && *duration < webhooks->retries.back()) {
      reading.Wrong(wait, "a wait between attempts must not be shorter than the one before");
    }
    webhooks->retries.push_back(*duration);
  });
  const auto positive = [&](std::string_view key, Duration by_default) {
    const Duration duration = reading.ReadDuration(node[key], by_default);
    if (duration <= Duration(0)) {
      reading.Wrong(node[key], "'" + std::string(key) + "' must be longer than nothing");
    }
    return duration;
  };
  webhooks->for_at_most = positive("give_up_after", hours(24));
  webhooks->timeout = positive("timeout", seconds(10));
  webhooks->stays_active = node["stays_active"].Flag();
  webhooks->standard = node["standard"].Text();
  reading.CheckHeaderName(node["standard"], false, webhooks->standard);
  webhooks->message = reading.CompileText(node["message"], Names::Any());
  if (!webhooks->standard.empty()) reading.Needed(node, "message");
  Names attempted;
  attempted.Know(Root::kDelivery, Shape::Of({{"message", Shape::Leaf()},
                                             {"webhook", Shape::Leaf()},
                                             {"event", Shape::Leaf()},
                                             {"url", Shape::Leaf()},
                                             {"status", Shape::Leaf()},
                                             {"error", Shape::Leaf()},
                                             {"delivered", Shape::Leaf()}}));
  webhooks->attempted = ReadSteps(reading, node["attempted"], webhooks->kind, attempted);
  reading.contract->webhooks = std::move(webhooks);
}

void CheckWebhooks(ContractReading& reading, const Node& node) {
  if (!node || reading.contract->webhooks == nullptr) return;
  // Where nothing emits, a vendor's code may.
  Names names = reading.emits ? reading.emitters : Names::Any();
  ReadWhere(reading, node["where"], reading.contract->webhooks->kind, names);
  names.Know(Root::kProcessId);
  names.Know(Root::kEventName);
  names.Know(Root::kEventData, Shape());
  reading.CompileTemplate(node["body"], names);
  reading.CompileText(node["message"], names);
  names.Know(Root::kSignature);
  reading.EachMember(node["headers"], [&](const std::string& /*name*/, const Node& value) {
    reading.CompileText(value, names);
  });
}

}  // namespace mockduit
