#include "adopt/format_samples.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace mockduit {
namespace {

// Texts of a format, the usual one first. A '|' in one is no part of it: `filler` goes there, as
// often as it takes, so that the text is as long as asked for.
struct FormatSample {
  std::string_view format;
  std::string_view texts;  // with a space between
  std::string_view filler;
  std::string_view fill;     // what is new in each answer, in place of the usual text
  std::size_t multiple = 1;  // the filler comes in pieces of so many characters
};

constexpr std::string_view kUuid = "3f2b9a44-6c1d-4e0a-9b57-0d5f1c2e8a61";
constexpr std::string_view kUris = "https://example.com/| a:|b";
constexpr std::string_view kPaths = "/example| /|";
constexpr std::string_view kLabel = "aaaaaaaaaaaaaaaaaaaa.";  // of a host's name

constexpr std::array kFormats = {
    FormatSample{"uuid", kUuid, "", "{{uuid4}}"},
    FormatSample{"any-uuid", kUuid, "", "{{uuid4}}"},
    FormatSample{"date-time", "2026-01-15T10:00:00|Z", ".000000000", "{{now.seconds}}"},
    FormatSample{"date-time-local", "2026-01-15T10:00:00|", ".000000000", ""},
    FormatSample{"date", "2026-01-15", "", "{{now | date}}"},
    FormatSample{"time", "10:00:00|Z", ".000000000", ""},
    FormatSample{"time-local", "10:00:00|", ".000000000", ""},
    FormatSample{"duration", "PT1|H P1D", "0", ""},
    FormatSample{"email", "ada@|example.com a@|b.co", kLabel, ""},
    FormatSample{"idn-email", "ada@|example.com a@|b.co", kLabel, ""},
    FormatSample{"uri", kUris, "a", ""},
    FormatSample{"url", kUris, "a", ""},
    FormatSample{"iri", kUris, "a", ""},
    FormatSample{"uri-reference", kPaths, "a", ""},
    FormatSample{"iri-reference", kPaths, "a", ""},
    FormatSample{"uri-template", "https://example.com/{id}| {id}| a|", "a", ""},
    FormatSample{"hostname", "|example.com a.co |a", kLabel, ""},
    FormatSample{"idn-hostname", "|example.com a.co |a", kLabel, ""},
    FormatSample{"ipv4", "192.0.2.1 192.0.2.10 192.0.2.100 198.51.100.100 1.1.1.1", "", ""},
    FormatSample{"ipv6",
                 "2001:db8::1 2001:db8::1:1:1 2001:db8:0:0:0:0:0:1 "
                 "2001:0db8:0000:0000:0000:0000:0000:0001 ::1",
                 "", ""},
    FormatSample{"json-pointer", kPaths, "a", ""},
    FormatSample{"relative-json-pointer", "0|", "/a", ""},
    FormatSample{"regex", "^example|$ a|", "a", ""},
    FormatSample{"byte", "|ZXhhbXBsZQ== |YQ==", "YWFh", "", 4},
    FormatSample{"base64url", "|ZXhhbXBsZQ |YQ |YWE |YWFh", "YWFh", "", 4},
    FormatSample{"binary", "example| a|", "a", ""},
    FormatSample{"password", "********| *|", "*", ""},
    FormatSample{"char", "a", "", ""},
};

// One of the texts with so much filler that it has `least` characters.
std::string Grown(std::string_view text, const FormatSample& sample, std::size_t least) {
  std::string grown(TakeUntil(text, "|"));
  const std::size_t length = grown.size() + text.size();
  if (!sample.filler.empty() && length < least) {
    const std::size_t pieces = (least - length + sample.multiple - 1) / sample.multiple;
    for (std::size_t i = 0; i < pieces * sample.multiple; ++i) {
      grown += sample.filler[i % sample.filler.size()];
    }
  }
  return grown.append(text);
}

}  // namespace

std::optional<TextSample> SampleOfFormat(std::string_view format, std::size_t least,
                                         std::size_t most) {
  const auto sample = std::ranges::find(kFormats, format, &FormatSample::format);
  if (sample == kFormats.end()) return std::nullopt;
  const auto fits = [&](std::string_view text) {
    return text.size() >= least && text.size() <= most;
  };
  for (const std::size_t length : {std::size_t{0}, least}) {
    bool is_usual = length == 0;
    for (std::string_view rest = sample->texts; !rest.empty(); is_usual = false) {
      std::string text = Grown(TakeUntil(rest, " "), *sample, length);
      if (fits(text)) return TextSample{std::move(text), std::string(is_usual ? sample->fill : "")};
    }
  }
  return std::nullopt;
}

}  // namespace mockduit
