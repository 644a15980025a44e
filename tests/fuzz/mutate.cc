#include "fuzz/mutate.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace mockduit::fuzz {
namespace {

constexpr std::string_view kBetween = "\n---\n";

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) lines.emplace_back(TakeUntil(text, "\n"));
  return lines;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void Indent(std::string& line, Random& random) {
  if (random.Below(2) == 0) {
    line.insert(0, "  ");
  } else {
    line.erase(0, std::min<std::size_t>(2, line.find_first_not_of(' ')));
  }
}

// What stands after the colon, or the whole line.
void ReplaceValue(std::string& line, Random& random) {
  const std::size_t colon = line.find(": ");
  const std::size_t start = colon == std::string::npos ? 0 : colon + 2;
  line.replace(start, std::string::npos, OddText(random));
}

}  // namespace

std::string MutateBytes(std::string text, std::size_t most) {
  const std::size_t size = std::min(text.size(), most);
  text.resize(std::max(most, text.size()));
  text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, most));
  return text;
}

std::string MutateLines(const std::string& text, std::string_view other, Random& random) {
  std::vector<std::string> lines = Lines(text);
  if (lines.empty()) return MutateBytes(text, 64);
  const auto at = [&] {
    return lines.begin() + static_cast<std::ptrdiff_t>(random.Below(lines.size()));
  };
  const std::vector<std::string> others = Lines(other);
  switch (random.Below(9)) {
    case 0: lines.erase(at()); break;
    case 1: {
      const std::string again = *at();
      lines.insert(at(), again);
      break;
    }
    case 2: std::iter_swap(at(), at()); break;
    case 3: Indent(*at(), random); break;
    case 4: ReplaceValue(*at(), random); break;
    case 5:
      if (!others.empty()) lines.insert(at(), OneOf(others, random));
      break;
    case 6:
      if (!others.empty()) *at() = OneOf(others, random);
      break;
    case 7: {
      std::string& line = *at();
      line = MutateBytes(line, line.size() + 16);
      break;
    }
    default: {
      // A block from elsewhere.
      const std::size_t first = others.empty() ? 0 : random.Below(others.size());
      const std::size_t count = std::min<std::size_t>(others.size() - first, 1 + random.Below(8));
      const auto block = others.begin() + static_cast<std::ptrdiff_t>(first);
      lines.insert(at(), block, block + static_cast<std::ptrdiff_t>(count));
    }
  }
  return Joined(lines);
}

std::string OddText(Random& random) {
  static const std::vector<std::string> kTexts = {"",
                                                  " ",
                                                  "0",
                                                  "-1",
                                                  "1e308",
                                                  "9223372036854775808",
                                                  "0.1",
                                                  "true",
                                                  "null",
                                                  "~",
                                                  "[]",
                                                  "{}",
                                                  "a",
                                                  "success",
                                                  "default",
                                                  "2026-01-15T10:00:00Z",
                                                  "1969-12-31",
                                                  "10s",
                                                  "1us",
                                                  "3650d",
                                                  "{{now}}",
                                                  "{{uuid4}}",
                                                  "{{request.body}}",
                                                  "{{",
                                                  "}}",
                                                  "../..",
                                                  "%00",
                                                  "%2F",
                                                  "%zz",
                                                  "*",
                                                  "a*b",
                                                  "(a+)+$",
                                                  "[",
                                                  "\xC3\xA9",
                                                  "\xFF",
                                                  std::string(1, '\0'),
                                                  "\r\nX: y",
                                                  "#",
                                                  "&a *a",
                                                  "<script>",
                                                  "~rate-limited@x",
                                                  "http://127.0.0.1:1/",
                                                  "https://a.test/",
                                                  std::string(300, 'x')};
  return OneOf(kTexts, random);
}

std::vector<Call> ReadCalls(std::string_view text) {
  std::vector<Call> calls;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(kBetween), text.size());
    std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + kBetween.size(), text.size()));
    Call call;
    std::string_view line = TakeUntil(one, "\n");
    call.method = TakeUntil(line, " ");
    call.target = line;
    while (!one.empty()) {
      const std::string_view header = TakeUntil(one, "\n");
      if (header.empty()) break;
      call.headers.emplace_back(header);
    }
    call.body = one;
    calls.push_back(std::move(call));
  }
  return calls;
}

std::string WriteCalls(const std::vector<Call>& calls) {
  std::string text;
  for (const Call& call : calls) {
    if (!text.empty()) text += kBetween;
    text += call.method + " " + call.target + "\n";
    for (const std::string& header : call.headers) text += header + "\n";
    text += "\n" + call.body;
  }
  return text;
}

std::size_t PutBack(std::string_view text, std::uint8_t* data, std::size_t most) {
  text = text.substr(0, most);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

}  // namespace mockduit::fuzz
