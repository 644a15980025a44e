// Phrases: durations, counts, requests and results as the findings and reports write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verify/history.h"

namespace mockduit {

std::string Spell(Duration duration);                            // "1.02 s", "35 ms", "2 min 5 s"
std::string Spell(std::uint64_t number, std::string_view noun);  // "1 attempt", "3 attempts"
std::string RequestText(const Entry& entry);                     // "POST /v1/connections"
// "50 ms, 100 ms, 210 ms …"
std::string Spell(const std::vector<Duration>& waits);
std::string AnswerText(const Entry& entry);  // "429", "no answer (reset)"

}  // namespace mockduit
