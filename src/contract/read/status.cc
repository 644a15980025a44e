#include "contract/read/status.h"

#include <algorithm>

#include "base/text.h"

namespace mockduit {
namespace {

// "4XX" stands for 400 to 499.
bool IsRange(std::string_view key) {
  return key.size() == 3 && key[0] >= '2' && key[0] <= '5' && key.ends_with("XX");
}

bool Holds(std::string_view key, int status) {
  return key == "default" || (IsRange(key) && key[0] - '0' == status / 100);
}

// The status that a block says itself, else the usual one of its outcome; 0 where it has none.
int UsualStatus(const Node& block) {
  if (const Node own = block["status"]) return static_cast<int>(own.json().AsInteger());
  const auto known = std::ranges::find(kOutcomeNames, block["outcome"].Text(), &OutcomeName::name);
  return known != std::end(kOutcomeNames) ? known->status : 0;
}

}  // namespace

int StatusOf(ContractReading& reading, const Node& node, const std::string& key) {
  if (key == "default" || IsRange(key)) return 0;
  const int status = ParseNumber<int>(key).value_or(0);
  if (status >= 200 && status <= 599) return status;
  const std::string upper = UpperCase(key);
  reading.WrongKey(node, "'" + key + "' is no status between 200 and 599" +
                             (IsRange(upper) ? "; did you mean '" + upper + "'?"
                                             : DidYouMean(key, {"default"})));
  return 0;
}

int StatusOfAnswer(ContractReading& reading, const Node& responses, const std::string& key,
                   const Node& response) {
  const bool is_range = key == "default" || IsRange(key);
  if (!is_range) return StatusOf(reading, responses[key], key);
  const Node block = response["x-mockduit"];
  const int status = UsualStatus(block);
  if (status == 0) {
    // An outcome that is none is reported where the answer is read.
    const bool is_named = block && !block["outcome"].Text().empty();
    if (is_named) return 500;
    reading.WrongKey(responses[key], "'" + key +
                                         "' needs an 'x-mockduit' block that names its outcome, "
                                         "whose status it then has");
    return 0;
  }
  if (!Holds(key, status)) {
    reading.Wrong(
        block["status"] ? block["status"] : block["outcome"],
        "the status of this outcome, " + std::to_string(status) + ", is none of '" + key + "'");
    return 0;
  }
  bool is_passed_over = false;
  reading.EachMember(responses, [&](const std::string& other, const Node& answer) {
    if (other == key) return;
    const bool exact = other == std::to_string(status);
    const bool nearer = key == "default" && IsRange(other) && Holds(other, status) &&
                        UsualStatus(answer["x-mockduit"]) == status;
    is_passed_over = is_passed_over || exact || nearer;
  });
  return is_passed_over ? kPassedOver : status;
}

}  // namespace mockduit
