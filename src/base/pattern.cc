#include "base/pattern.h"

#include <re2/re2.h>

namespace mockduit {
namespace {

constexpr int kMaxProgramBytes = 1 << 20;  // what one expression may take in memory

std::unique_ptr<RE2> CompileRe2(std::string_view regex) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxProgramBytes);
  return std::make_unique<RE2>(re2::StringPiece(regex.data(), regex.size()), options);
}

// The same expression may be good elsewhere.
bool IsLimit(RE2::ErrorCode code) {
  // The range is that of a property which RE2 has no table for.
  return code == RE2::ErrorBadCharRange || code == RE2::ErrorPatternTooLarge ||
         code == RE2::ErrorRepeatSize;
}

}  // namespace

Pattern::Pattern(std::string text, std::unique_ptr<const Regex> regex)
    : text_(std::move(text)), regex_(std::move(regex)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::Compile(std::string_view regex) {
  auto compiled = CompileRe2(regex);
  if (!compiled->ok()) {
    return Fail("'" + std::string(regex) + "' is no regular expression: " + compiled->error());
  }
  return Pattern(std::string(regex), std::make_unique<const Regex>(std::move(compiled)));
}

std::expected<Pattern, NoPattern> Pattern::CompileEcma(std::string_view regex) {
  const std::string quoted = "'" + std::string(regex) + "' ";
  auto translated = TranslateEcmaPattern(regex);
  if (!translated) {
    translated.error().message = quoted + translated.error().message;
    return std::unexpected(std::move(translated.error()));
  }
  auto compiled = CompileRe2(*translated);
  if (compiled->ok()) {
    return Pattern(std::move(*translated), std::make_unique<const Regex>(std::move(compiled)));
  }
  const bool is_mistake = !IsLimit(compiled->error_code());
  return std::unexpected(
      NoPattern{is_mistake, quoted + (is_mistake ? "is no regular expression: " + compiled->error()
                                                 : "takes too much to match, and is not held")});
}

Pattern Pattern::Known(std::string regex) {
  auto compile = std::make_unique<const Regex>([regex] { return CompileRe2(regex); });
  return {std::move(regex), std::move(compile)};
}

bool Pattern::Matches(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex_->Get());
}

}  // namespace mockduit
