#include "session/secret_names.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <unordered_map>
#include <utility>

#include "base/crypto.h"
#include "base/percent.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/uri.h"

namespace mockduit {
namespace {

constexpr std::string_view kParts[] = {
    "password",      "passwd",          "passphrase",       "secret",      "token",
    "apikey",        "authfield",       "privatekey",       "accesskey",   "accountkey",
    "credential",    "sasurl",          "connectionstring", "consumerkey", "functionkey",
    "functionskey",  "masterkey",       "subscriptionkey",  "sharedkey",   "signingkey",
    "encryptionkey", "storagekey",      "plainkey",         "authcode",    "authorizationcode",
    "sshkey",        "applicationkey",  "integrationkey",   "pwd",         "appkey",
    "clientkey",     "serverkey",       "sslkey",           "sessionkey",  "writekey",
    "hmackey",       "clientassertion", "codeverifier"};
constexpr std::string_view kMembers[] = {
    "auth",      "connectcard",    "pass",       "jwt",           "sig",
    "signature", "cookie",         "otp",        "pem",           "hmac",
    "keytab",    "passcode",       "userpass",   "dbpass",        "rsakey",
    "tlskey",    "licensekey",     "adminkey",   "authorization", "bearer",
    "basicauth", "assertion",      "accesscode", "recoverycode",  "verificationcode",
    "connstr",   "totp",           "passkey",    "pat",           "pw",
    "pin",       "accesssignature"};
constexpr std::string_view kParameters[] = {
    "pw",           "key",           "sig",           "jwt",
    "pin",          "otp",           "pass",          "auth",
    "code",         "bearer",        "signature",     "assertion",
    "samlresponse", "xamzsignature", "oauthverifier", "xgoogsignature",
    "totp",         "passcode"};
constexpr std::string_view kHeaderWords[] = {
    "auth", "authorization", "authentication", "jwt", "cookie", "pass", "sig",      "signature",
    "otp",  "dpop",          "bearer",         "pin", "pw",     "pat",  "passcode", "cookie2"};

constexpr std::string_view kPairNames[] = {"name",     "key",       "field",    "id",
                                           "param",    "parameter", "property", "header",
                                           "variable", "k",         "attribute"};
constexpr std::string_view kPairValues[] = {"value",   "val",  "values", "content",
                                            "default", "data", "v"};
// Of private keys, quoted headers and the users of commands.
constexpr std::string_view kSigns[] = {"-begin", "authorization:", "curl "};

bool IsOneOf(std::span<const std::string_view> words, std::string_view name) {
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return EqualsIgnoringCase(word, name); });
}

constexpr unsigned char Lower(char c) {
  return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

constexpr std::array<unsigned char, 256> kLower = [] {
  std::array<unsigned char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = Lower(static_cast<char>(i));
  return table;
}();

bool IsSeparator(char c) { return c == '_' || c == '-'; }

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '+'; }  // '+' is one in a query

// The class of a byte in a window: the letters, whatever their case, and what else words have.
constexpr unsigned kSeparatorClass = 27;
constexpr unsigned kBlankClass = 28;
constexpr unsigned kOtherClass = 31;
constexpr std::array<unsigned char, 256> kClass = [] {
  std::array<unsigned char, 256> table{};
  table.fill(kOtherClass);
  for (const char c : {'<', ':', '\'', '\\'}) table[static_cast<unsigned char>(c)] = 30;
  table['='] = 29;
  for (const char c : {' ', '\t', '+'}) table[static_cast<unsigned char>(c)] = kBlankClass;
  for (const char c : {'_', '-'}) table[static_cast<unsigned char>(c)] = kSeparatorClass;
  table['"'] = 26;
  for (unsigned char i = 0; i < 26; ++i) table['a' + i] = table['A' + i] = i;
  return table;
}();

unsigned ClassOf(char c) { return kClass[static_cast<unsigned char>(c)]; }

std::size_t WindowOf(unsigned first, unsigned second, unsigned third) {
  return (std::size_t{first} << 10) + (std::size_t{second} << 5) + third;
}

std::size_t PairOf(unsigned first, unsigned second) { return (std::size_t{first} << 5) + second; }

std::uint64_t NextNumber() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

// Whether a byte may stand where the third one of a word is wanted.
bool MayFollow(unsigned char third, unsigned char byte) {
  const char c = static_cast<char>(byte);
  return byte == third || IsSeparator(c) || (third == '=' && IsBlank(c));
}

bool HasUnicodeEscape(std::string_view text) {
  return text.contains("\\u") || text.contains("\\U");
}

// An escape of JSON, or of a URL, may hide anything.
bool HasEscape(std::string_view text) {
  if (HasUnicodeEscape(text)) return true;
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] >= '2' && text[at + 1] <= '7') return true;
  }
  return false;
}

// Where "eyJ" stands, which is {" in base64, at or behind `at`; npos where it does not.
std::size_t FindJsonInBase64(std::string_view text, std::size_t at) {
  // A 'J' is rarer than the rest.
  while ((at = text.find('J', at)) != std::string_view::npos) {
    if (at >= 2 && text.substr(at - 2, 2) == "ey") return at - 2;
    ++at;
  }
  return at;
}

}  // namespace

namespace secret_names {
std::span<const std::string_view> Parts() { return kParts; }
std::span<const std::string_view> Members() { return kMembers; }
std::span<const std::string_view> Parameters() { return kParameters; }
std::span<const std::string_view> HeaderWords() { return kHeaderWords; }
bool IsPairName(std::string_view name) { return IsOneOf(kPairNames, name); }
bool IsPairValue(std::string_view name) { return IsOneOf(kPairValues, name); }
}  // namespace secret_names

std::optional<TextSpan> FindWebToken(std::string_view text, std::size_t at) {
  constexpr std::size_t kShortest = 20;
  const auto is_part = [](char c) {
    return c == '.' || ClassOf(c) < 26 || IsDigit(c) || IsSeparator(c);
  };
  while ((at = FindJsonInBase64(text, at)) != std::string_view::npos) {
    const std::string_view rest = text.substr(at);
    const auto end = std::ranges::find_if_not(rest, is_part);
    const TextSpan word{at, at + static_cast<std::size_t>(end - rest.begin())};
    const auto dots = std::count(rest.begin(), end, '.');
    if (word.end - word.begin >= kShortest && dots >= 2) return word;
    at = word.end;
  }
  return std::nullopt;
}

std::optional<EncodedJson> FindEncodedJson(std::string_view text, std::size_t at) {
  constexpr std::size_t kShortest = 20;
  const auto is_digit = [](char c) {
    return ClassOf(c) < 26 || IsDigit(c) || IsSeparator(c) || c == '+' || c == '/';
  };
  while ((at = FindJsonInBase64(text, at)) != std::string_view::npos) {
    const std::string_view rest = text.substr(at);
    std::string_view word(rest.begin(), std::ranges::find_if_not(rest, is_digit));
    const TextSpan span{at, at + word.size()};
    at = span.end;
    if (word.size() < kShortest) continue;
    if (word.size() % 4 == 1) word.remove_suffix(1);  // which says nothing
    auto json = word.find_first_of("+/") == std::string_view::npos ? Base64UrlDecode(word)
                                                                   : Base64Decode(word);
    if (json) return EncodedJson{span, *std::move(json)};
  }
  return std::nullopt;
}

std::string Flat(std::string_view name) {
  std::string flat;
  for (const char c : name) {
    if (!IsSeparator(c)) flat += static_cast<char>(Lower(c));
  }
  return flat;
}

void WordFinder::Add(std::string_view word) {
  if (word.size() < 3) {
    short_words_.emplace_back(word);
    return;
  }
  const auto first = static_cast<unsigned char>(word[0]);
  const auto third = static_cast<unsigned char>(word[2]);
  words_[PairOf(ClassOf(word[0]), ClassOf(word[1]))].push_back({first, third, std::string(word)});
  separated_[first].emplace_back(word);
  AddWindows(word, 1, {ClassOf(word[0])}, 1);
}

void WordFinder::AddWindows(std::string_view word, std::size_t next,
                            std::array<unsigned, 4> classes, std::size_t at) {
  if (at == classes.size()) {
    begins_.set(WindowOf(classes[0], classes[1], classes[2]));
    near_.set(WindowOf(classes[0], classes[1], classes[2]));
    near_.set(WindowOf(classes[1], classes[2], classes[3]));
    return;
  }
  const auto add = [&](unsigned one, std::size_t then) {
    classes[at] = one;
    AddWindows(word, then, classes, at + 1);
  };
  if (next >= word.size()) {  // whatever stands behind it
    for (unsigned one = 0; one <= kOtherClass; ++one) add(one, next);
    return;
  }
  add(kSeparatorClass, next);
  if (word[next] == '=') add(kBlankClass, next);
  add(ClassOf(word[next]), next + 1);
}

bool WordFinder::MayBeAt(const Word& word, unsigned char first, unsigned char third) {
  return word.first == first && MayFollow(word.third, third);
}

// Looks at three bytes from every second place on, so a word begins at one of those or just before.
bool WordFinder::IsIn(std::string_view text) const {
  for (const std::string& word : short_words_) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (IsAt(word, text.substr(i))) return true;
    }
  }
  if (text.size() < 3) return false;
  unsigned first = ClassOf(text[0]);
  for (std::size_t i = 0; i + 2 < text.size(); i += 2) {
    const unsigned third = ClassOf(text[i + 2]);
    const bool may_begin = near_[WindowOf(first, ClassOf(text[i + 1]), third)];
    first = third;
    if (may_begin && (BeginsAt(text, i) || (i > 0 && BeginsAt(text, i - 1)))) return true;
  }
  return BeginsAt(text, text.size() - 3);  // where the text has an even number of bytes
}

bool WordFinder::BeginsAt(std::string_view text, std::size_t at) const {
  if (at + 3 > text.size()) return false;
  const auto lower = [&](std::size_t i) { return kLower[static_cast<unsigned char>(text[i])]; };
  const unsigned first = ClassOf(text[at]);
  const unsigned second = ClassOf(text[at + 1]);
  if (!begins_[WindowOf(first, second, ClassOf(text[at + 2]))]) return false;
  if (IsSeparator(text[at + 1])) {
    return std::ranges::any_of(separated_[lower(at)], [&](const std::string& word) {
      return IsAt(word, text.substr(at));
    });
  }
  // The byte behind the third one tells most of the others.
  const auto may_go_on = [&](const Word& word) {
    return word.text.size() == 3 || lower(at + 2) != word.third || at + 3 == text.size() ||
           MayFollow(static_cast<unsigned char>(word.text[3]), lower(at + 3));
  };
  return std::ranges::any_of(words_[PairOf(first, second)], [&](const Word& word) {
    return MayBeAt(word, lower(at), lower(at + 2)) && may_go_on(word) &&
           IsAt(word.text, text.substr(at));
  });
}

bool WordFinder::IsAt(std::string_view word, std::string_view text) {
  const auto is_at = [&](std::size_t i, char wanted) {
    return i < text.size() &&
           kLower[static_cast<unsigned char>(text[i])] == static_cast<unsigned char>(wanted);
  };
  std::size_t at = 0;
  for (const char wanted : word) {
    if (!is_at(at, wanted)) {
      if (at == 0) return false;
      while (at < text.size() && IsSeparator(text[at])) ++at;
      while (wanted == '=' && at < text.size() && IsBlank(text[at])) ++at;
      if (!is_at(at, wanted)) return false;
    }
    ++at;
  }
  if (word.front() != '"') return true;
  while (at < text.size() && IsSeparator(text[at])) ++at;
  // The quote at the end of a name; in a text within a text it is escaped.
  return at < text.size() && (text[at] == '"' || text[at] == '\\');
}

SecretNames::SecretNames(std::span<const std::string> contracts)
    : members_(std::begin(kMembers), std::end(kMembers)),
      parameters_(std::begin(kParameters), std::end(kParameters)),
      header_words_(std::begin(kHeaderWords), std::end(kHeaderWords)),
      number_(NextNumber()) {
  for (const std::string_view part : kParts) parts_.Add(part);
  for (const std::string& name : contracts) {
    const std::size_t dot = name.find('.');
    const std::string flat = Flat(name.substr(dot == std::string::npos ? 0 : dot + 1));
    if (flat.empty() || parts_.IsIn(flat)) continue;
    if (dot == std::string::npos) {
      for (Names* names : {&members_, &parameters_, &headers_}) names->insert(flat);
      continue;
    }
    const std::string above = Flat(name.substr(0, dot));
    auto found = std::ranges::find(under_, above, &std::pair<std::string, Names>::first);
    if (found == under_.end()) found = under_.insert(under_.end(), {above, {}});
    found->second.insert(flat);
  }
  AddSigns();
}

void SecretNames::AddSigns() {
  named_ = parts_;
  for (const std::string& name : members_) named_.Add("\"" + name);
  for (const auto& [above, names] : under_) {
    for (const std::string& name : names) named_.Add("\"" + name);
  }
  signs_ = named_;
  for (const std::string_view sign : kSigns) signs_.Add(sign);
  for (const Names* names : {&parameters_, &members_}) {
    for (const std::string& name : *names) {
      named_.Add(name + "=");
      spelt_.Add(name + "=");
    }
  }
  for (const std::string& name : members_) {
    for (const char* before : {"-", "<", ":", "'"}) spelt_.Add(before + name);
  }
}

bool SecretNames::IsHeader(std::string_view name) const {
  if (HasPart(name)) return true;
  if (!headers_.empty() && headers_.contains(Flat(name))) return true;
  while (!name.empty()) {
    if (header_words_.contains(LowerCase(TakeUntil(name, "-_")))) return true;
  }
  return false;
}

bool SecretNames::IsParameter(std::string_view name) const {
  return HasPart(name) || parameters_.contains(Flat(name));
}

bool SecretNames::IsMember(std::string_view name, const Names* under) const {
  if (HasPart(name)) return true;
  const std::string flat = Flat(name);
  return members_.contains(flat) || (under != nullptr && under->contains(flat));
}

SecretNames::Member SecretNames::Judge(std::string_view name) const {
  Member member{IsMember(name), secret_names::IsPairName(name), secret_names::IsPairValue(name)};
  const std::string flat = Flat(name);
  for (const auto& [above, names] : under_) {
    if (flat == above) member.under = &names;
    // What is none of them is not kept: a client's names may be as long as its body.
    if (names.contains(flat)) member.flat = flat;
  }
  return member;
}

const SecretNames::Member& SecretNames::Look(std::string_view name) const {
  constexpr std::size_t kMaxMembers = 256;
  constexpr std::size_t kMaxNameKept = 64;  // bytes
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  static thread_local std::uint64_t whose = 0;
  static thread_local std::unordered_map<std::string, Member, Hash, std::equal_to<>> known;
  static thread_local Member long_one;
  if (name.size() > kMaxNameKept) return long_one = Judge(name);
  if (whose != number_ || known.size() >= kMaxMembers) known.clear();
  whose = number_;
  const auto found = known.find(name);
  return found != known.end() ? found->second : known.emplace(name, Judge(name)).first->second;
}

bool SecretNames::MayStandIn(std::string_view text) const {
  if (HasEscape(text) || signs_.IsIn(text)) return true;
  if (const std::size_t at = FindJsonInBase64(text, 0); at != std::string_view::npos) {
    if (FindWebToken(text, at)) return true;
    for (auto json = FindEncodedJson(text, at); json;
         json = FindEncodedJson(text, json->span.end)) {
      if (MayStandIn(json->text)) return true;
    }
  }
  // A user of a URL. JSON may write "//" as "\/\/".
  if (text.contains('@') && (text.contains("//") || text.contains("\\/"))) return true;
  const bool may_be_spelt =
      text.contains('=') || text.contains('<') || text.contains('\'') || text.contains("--");
  return may_be_spelt && spelt_.IsIn(text);
}

bool SecretNames::MayBeNamedIn(std::string_view text) const {
  const auto names_one = [&](std::string_view part) {
    return HasUnicodeEscape(part) || named_.IsIn(part);
  };
  return names_one(text) || (text.contains('%') && names_one(PercentDecode(text)));
}

}  // namespace mockduit
