#include "session/secret_finder.h"

#include <algorithm>
#include <utility>

#include "base/percent.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// How many percent-encodings are taken off a text that is encoded again and again.
constexpr int kMaxNesting = 4;
constexpr std::string_view kBlanks = " \t+";  // '+' is one in a query
constexpr std::string_view kQuotes = "\"'\\";

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// The position of the first byte at or behind `at` that is not in `bytes`.
std::size_t Skip(std::string_view text, std::size_t at, std::string_view bytes) {
  return std::min(text.find_first_not_of(bytes, at), text.size());
}

std::size_t FindOrEnd(std::string_view text, std::string_view wanted, std::size_t at) {
  return std::min(text.find(wanted, at), text.size());
}

std::string_view Part(std::string_view text, TextSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool IsScheme(std::string_view word) {
  return EqualsIgnoringCase(word, "Bearer") || EqualsIgnoringCase(word, "Basic");
}

bool IsAuthorization(std::string_view name) {
  return EqualsIgnoringCase(name, "Authorization") ||
         EqualsIgnoringCase(name, "Proxy-Authorization");
}

// The end of a quoted value that begins at `at`: the next `quote` that is not escaped.
std::size_t EndOfQuoted(std::string_view text, std::size_t at, std::string_view quote) {
  for (std::size_t end = text.find(quote, at); end != std::string_view::npos;
       end = text.find(quote, end + 1)) {
    if (end == at || text[end - 1] != '\\') return end;
  }
  return text.size();
}

// The end of a JSON list or object that begins at `at`; the end of the text where it is cut.
std::size_t EndOfBrackets(std::string_view text, std::size_t at) {
  int open = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == '{' || text[i] == '[') ++open;
    if ((text[i] == '}' || text[i] == ']') && --open == 0) return i + 1;
    if (text[i] == '"') i = EndOfQuoted(text, i + 1, "\"");
  }
  return text.size();
}

// -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----, of any kind of private key.
void FindPrivateKeys(std::string_view text, std::vector<TextSpan>& found) {
  static constexpr std::string_view kBegin = "-----BEGIN ";
  static constexpr std::string_view kDashes = "-----";
  constexpr std::size_t kLongestLabel = 64;
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos;
       at = text.find(kBegin, at)) {
    at += kBegin.size();
    const std::string_view label = text.substr(at, kLongestLabel);
    const std::size_t end_of_label = label.find(kDashes);
    if (end_of_label == std::string_view::npos) continue;
    if (!label.substr(0, end_of_label).contains("PRIVATE KEY")) continue;
    const std::size_t begin = at + end_of_label + kDashes.size();
    at = FindOrEnd(text, kDashes, begin);
    if (at > begin) found.push_back({begin, at});
  }
}

// The `me:S` of "curl -u me:S", "curl -su 'me:S'", "curl --proxy-user=me:S", in the lines of a
// shell. A user without a password is none.
void FindUsersOfCommands(std::string_view text, std::vector<TextSpan>& found) {
  static constexpr std::string_view kCommand = "curl ";
  static constexpr std::string_view kEnds = " \t\r\n\"'\\;|&)";
  const auto is_end_of_line = [&](std::size_t at) {
    const std::string_view before = text.substr(0, at);
    return text[at] == '\n' && !before.ends_with('\\') && !before.ends_with("\\\r");
  };
  for (std::size_t at = text.find(kCommand); at != std::string_view::npos;
       at = text.find(kCommand, at)) {
    for (at += kCommand.size(); at < text.size() && !is_end_of_line(at);) {
      const std::size_t begin = at;
      at = std::min(text.find_first_of(kEnds, at), text.size());
      const std::string_view word = text.substr(begin, at - begin);
      const std::string_view flag = word.substr(0, word.find('='));
      if (flag.empty()) {
        ++at;
        continue;
      }
      const bool is_short = flag.size() > 1 && flag[0] == '-' && flag[1] != '-';
      std::size_t value = at;
      if (flag == "--user" || flag == "--proxy-user") {
        value = begin + std::min(flag.size() + 1, word.size());
      } else if (is_short && (flag[1] == 'u' || flag[1] == 'U')) {
        value = begin + 2;
      } else if (!is_short || (flag.back() != 'u' && flag.back() != 'U')) {
        continue;
      }
      if (value == at) value = Skip(text, at, kEnds.substr(0, kEnds.find(';')));
      const char before = text[value - 1];
      at = before == '"' || before == '\''
               ? std::min(text.find(before, value), text.size())
               : std::min(text.find_first_of(kEnds, value), text.size());
      if (text.substr(value, at - value).contains(':')) found.push_back({value, at});
    }
  }
}

// Sorts the parts, and joins those that overlap or touch.
std::vector<TextSpan> Joined(std::vector<TextSpan> parts) {
  std::ranges::sort(parts, {}, &TextSpan::begin);
  std::vector<TextSpan> joined;
  for (const TextSpan& part : parts) {
    if (!joined.empty() && part.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, part.end);
    } else {
      joined.push_back(part);
    }
  }
  return joined;
}

}  // namespace

struct SecretFinder::Assignment {
  TextSpan value;              // empty where there is none
  std::size_t next;            // where to go on
  bool is_credential = false;  // the value is a secret, whatever its name is
};

struct SecretFinder::Tag {
  TextSpan name;
  std::size_t end;  // of its '>'
};

bool IsFlag(std::string_view value) { return value == "true" || value == "false"; }

bool IsMask(std::string_view value) {
  return !value.empty() && value.find_first_not_of('*') == std::string_view::npos;
}

void FindUsers(std::string_view text, std::vector<TextSpan>& found) {
  for (std::size_t at = text.find("//"); at != std::string_view::npos; at = text.find("//", at)) {
    at += 2;
    const std::size_t end = std::min(text.find_first_of("/?#\"'<> \\", at), text.size());
    const std::size_t user = text.substr(at, end - at).rfind('@');
    if (user != std::string_view::npos) found.push_back({at, at + user});
  }
}

std::string Replaced(std::string_view text, const std::vector<TextSpan>& parts,
                     std::string_view mark) {
  std::string replaced;
  std::size_t done = 0;
  for (const TextSpan& part : parts) {
    replaced += text.substr(done, part.begin - done);
    replaced += mark;
    done = part.end;
  }
  return replaced.append(text.substr(done));
}

std::vector<TextSpan> SecretFinder::FindAt(std::string_view text, int depth) const {
  std::vector<TextSpan> found;
  FindUsers(text, found);
  FindAssignments(text, found);
  FindPrivateKeys(text, found);
  for (auto token = FindWebToken(text); token; token = FindWebToken(text, token->end)) {
    found.push_back(*token);
  }
  FindElements(text, found);
  FindUsersOfCommands(text, found);
  if (depth < kMaxNesting) FindInBase64(text, depth, found);
  FindEncoded(text, depth, found);
  return Joined(std::move(found));
}

void SecretFinder::FindAssignments(std::string_view text, std::vector<TextSpan>& found) const {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && IsNameByte(text[i])) ++i;
    if (i == start) {
      ++i;
      continue;
    }
    const std::string_view name = text.substr(start, i - start);
    // Some names are secrets only as parameters of a URL: "code=".
    const bool in_url = start > 0 && std::string_view("?&#").contains(text[start - 1]);
    const bool is_secret =
        names_.IsMember(name) || ((in_url || is_lax_) && names_.IsParameter(name));
    if (!is_secret && !IsAuthorization(name) && !(is_lax_ && IsScheme(name))) continue;
    const Assignment assignment = ReadAssignment(text, {start, i});
    i = assignment.next;
    const std::string_view value = Part(text, assignment.value);
    if (!is_secret && !assignment.is_credential) continue;
    if (value.empty() || IsFlag(value) || IsMask(value) || value == "null") continue;
    found.push_back(assignment.value);
  }
}

// Of `name=S`, `name = "S"`, `"name": {S}`, `--name S`, `Authorization: Bearer S`.
SecretFinder::Assignment SecretFinder::ReadAssignment(std::string_view text, TextSpan name) const {
  const Assignment none = {{name.end, name.end}, name.end};
  const std::string_view word = Part(text, name);
  const bool is_scheme = is_lax_ && IsScheme(word);
  const bool is_credential = is_scheme || IsAuthorization(word);
  const std::size_t quote = Skip(text, name.end, kQuotes);
  std::size_t at = Skip(text, quote, kBlanks);
  const char sign = at < text.size() ? text[at] : ' ';
  const bool is_quoted = quote > name.end;
  // Prose may have "token: it must be …", but hardly "X-API-Key: it must be …".
  const bool is_header = word.contains('-') && word.front() != '-';
  const bool has_colon = sign == ':' && (is_quoted || is_lax_ || is_credential || is_header);
  if (sign == '=' || has_colon) {
    at = Skip(text, Skip(text, at, ":=>"), kBlanks);
  } else if (is_quoted || at == name.end || (word.front() != '-' && !is_credential) ||
             (is_credential && !is_lax_) || sign == '-') {
    return none;
  }
  const std::size_t opening = Skip(text, at, "\\");
  if (opening < text.size() && (text[opening] == '"' || text[opening] == '\'')) {
    const std::string_view mark = text.substr(at, opening + 1 - at);
    at += mark.size();
    const std::size_t end = EndOfQuoted(text, at, mark);
    return {{at, end}, end, is_credential};
  }
  if (is_quoted && has_colon && at < text.size() && (text[at] == '{' || text[at] == '[')) {
    const std::size_t end = EndOfBrackets(text, at);
    return {{at, end}, end, is_credential};
  }
  const auto end_of_word = [&] {
    return std::min(text.find_first_of("&;,\"' \t\r\n<>}\\", at), text.size());
  };
  std::size_t end = end_of_word();
  if (IsScheme(text.substr(at, end - at))) {
    at = Skip(text, end, " ");
    end = end_of_word();
  } else if (is_quoted && has_colon && !is_lax_ &&
             (at == text.size() || text[at] < '0' || text[at] > '9')) {
    return none;  // "the 'token': it must be …"
  }
  return {{at, end}, std::max(end, name.end), is_credential};
}

// <name>S</name>, <x:name>, and what stands below it; <entry key="name">S</entry>.
void SecretFinder::FindElements(std::string_view text, std::vector<TextSpan>& found) const {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::size_t start = ++at;
    while (at < text.size() && (IsNameByte(text[at]) || text[at] == ':' || text[at] == '.')) ++at;
    if (at == start) continue;
    const Tag tag = {{start, at}, std::min(text.find_first_of("<>", at), text.size())};
    if (tag.end == text.size() || text[tag.end] == '<') continue;
    std::string_view name = Part(text, tag.name);
    const bool is_pair = ReadAttributes(text, tag, found);
    at = tag.end;
    const std::size_t content = tag.end + 1;
    if (text[tag.end - 1] == '/') continue;
    if (!is_pair && !names_.IsMember(name.substr(name.rfind(':') + 1))) continue;
    at = FindOrEnd(text, "</" + std::string(name), content);
    const std::string_view value = Trim(text.substr(content, at - content));
    if (!value.empty() && !IsFlag(value) && !IsMask(value)) found.push_back({content, at});
  }
}

// Finds the value in <property name="password" value="S"/>. True where a secret's name stands in
// such an attribute. Attributes that are secrets by their own name are assignments.
bool SecretFinder::ReadAttributes(std::string_view text, const Tag& tag,
                                  std::vector<TextSpan>& found) const {
  bool is_pair = false;
  std::vector<TextSpan> values;
  text = text.substr(0, tag.end);
  for (std::size_t at = tag.name.end; at < tag.end;) {
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) break;
    const std::string_view name = Trim(text.substr(at, equals - at));
    const std::size_t opening = Skip(text, equals + 1, " \t\r\n\\");
    if (opening >= tag.end) break;
    const std::size_t end = std::min(text.find(text[opening], opening + 1), tag.end);
    TextSpan value = {opening + 1, end};
    while (value.end > value.begin && text[value.end - 1] == '\\') --value.end;
    if (secret_names::IsPairName(name)) is_pair |= names_.IsMember(Part(text, value));
    if (secret_names::IsPairValue(name)) values.push_back(value);
    at = end + 1;
  }
  if (is_pair) found.insert(found.end(), values.begin(), values.end());
  return is_pair;
}

// All of the word, since another text of its length would not be base64.
void SecretFinder::FindInBase64(std::string_view text, int depth,
                                std::vector<TextSpan>& found) const {
  for (auto json = FindEncodedJson(text); json; json = FindEncodedJson(text, json->span.end)) {
    if (names_.MayStandIn(json->text) && !FindAt(json->text, depth + 1).empty()) {
      found.push_back(json->span);
    }
  }
}

// What is found in the decoded text is taken out of the encoded one.
void SecretFinder::FindEncoded(std::string_view text, int depth,
                               std::vector<TextSpan>& found) const {
  static constexpr std::string_view kEnds = " \t\r\n\"'<>\\&";
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at)) {
    const std::size_t before = at == 0 ? at : text.find_last_of(kEnds, at);
    const std::size_t start = before == std::string_view::npos || at == 0 ? 0 : before + 1;
    const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
    at = end;
    const std::string_view word = text.substr(start, end - start);
    const std::string decoded = PercentDecode(word);
    if (decoded.size() == word.size() || !names_.MayStandIn(decoded)) continue;
    if (depth == kMaxNesting) {
      found.push_back({start, end});
      continue;
    }
    // Both texts are gone through together: a byte of the decoded one is one or three in the other.
    std::size_t encoded = start;
    std::size_t i = 0;
    const auto locate = [&](std::size_t wanted) {
      for (; i < wanted; ++i) {
        const bool is_literal = text[encoded] == decoded[i] && text.substr(encoded, 3) != "%25";
        encoded += is_literal ? 1 : 3;
      }
      return encoded;
    };
    for (const TextSpan& part : FindAt(decoded, depth + 1)) {
      const std::size_t begin = locate(part.begin);
      found.push_back({begin, locate(part.end)});
    }
  }
}

}  // namespace mockduit
