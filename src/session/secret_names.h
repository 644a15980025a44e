// SecretNames: which names tell of a secret: the one list, which docs/security.md shows as a table,
// and what the contracts add to it. Redactor works by it. Knows names alone, no values.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// What stands in a secret's place.
inline constexpr std::string_view kRedacted = "[redacted]";

// Letters compare without regard to case, and '_' and '-' count for nothing: "api_key" is "apiKey".
namespace secret_names {
// In any name, wherever it stands: of headers, of parameters, of members.
std::span<const std::string_view> Parts();
// Whole names, in each place.
std::span<const std::string_view> Members();
std::span<const std::string_view> Parameters();
// A word between dashes of a header's name.
std::span<const std::string_view> HeaderWords();
// The members and attributes that name a secret, and those that hold it, in pairs:
// {name: password, value: S}.
bool IsPairName(std::string_view name);
bool IsPairValue(std::string_view name);
}  // namespace secret_names

// A part of a text, from `begin` to before `end`.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first JSON Web Token at or behind `at`: "eyJ…" and at least two more parts of base64url, with
// dots between.
std::optional<TextSpan> FindWebToken(std::string_view text, std::size_t at = 0);

// The first word at or behind `at` that is base64, of either alphabet, and says what begins as an
// object of JSON does: where it stands, without padding, and what it says.
struct EncodedJson {
  TextSpan span;
  std::string text;
};
std::optional<EncodedJson> FindEncodedJson(std::string_view text, std::size_t at = 0);

// Looks for many words at once, in one pass. Every request goes through it several times, on all
// threads, which a regular expression with its shared cache would slow down.
class WordFinder {
 public:
  // Where a word begins with '"', a name in quotes is looked for; else it may stand anywhere.
  // Before a '=' of a word there may be blanks.
  void Add(std::string_view word);
  bool IsIn(std::string_view text) const;

 private:
  struct Word {
    unsigned char first;
    unsigned char third;
    std::string text;
  };

  // Three bytes of a text next to each other, each as one of 32 classes: the letters, the signs
  // that words have, and all the rest.
  static constexpr std::size_t kWindows = std::size_t{32} * 32 * 32;
  using Windows = std::bitset<kWindows>;

  // Notes what may stand at a word's beginning and one byte behind it, where `at` bytes of
  // `classes` are known and the word's byte `next` comes next.
  void AddWindows(std::string_view word, std::size_t next, std::array<unsigned, 4> classes,
                  std::size_t at);
  bool BeginsAt(std::string_view text, std::size_t at) const;
  static bool IsAt(std::string_view word, std::string_view text);
  // Whether the word may be there, by its first byte and the one behind its second.
  static bool MayBeAt(const Word& word, unsigned char first, unsigned char third);

  Windows begins_;                                // of three bytes, that a word may begin with
  Windows near_;                                  // the same, and what may begin one byte behind it
  std::array<std::vector<Word>, 32 * 32> words_;  // by the classes of their first two bytes
  std::array<std::vector<std::string>, 256> separated_;  // by their first, behind which one stands
  std::vector<std::string> short_words_;                 // of two bytes
};

class SecretNames {
 public:
  // `contracts` are the secrets that contracts name: "pin", or "config.pin" below "config".
  explicit SecretNames(std::span<const std::string> contracts = {});

  std::uint64_t number() const { return number_; }
  bool HasPart(std::string_view name) const { return parts_.IsIn(name); }
  bool IsHeader(std::string_view name) const;
  bool IsParameter(std::string_view name) const;
  // Of JSON. `under` is the list that Under gave for a member above it, or nullptr.
  using Names = std::set<std::string, std::less<>>;
  bool IsMember(std::string_view name, const Names* under = nullptr) const;

  // What is known of a member by its name alone.
  struct Member {
    bool is_secret = false;     // wherever it stands
    bool is_pair_name = false;  // see secret_names
    bool is_pair_value = false;
    std::string flat;              // see Flat; "": it is no secret below any other
    const Names* under = nullptr;  // the names that are secrets below it; nullptr: it adds none

    bool IsSecret(const Names* above) const {
      return is_secret || (above != nullptr && above->contains(flat));
    }
  };
  // Valid until the thread asks again. A vendor's bodies have the same names all the time, so each
  // thread remembers them.
  const Member& Look(std::string_view name) const;

  // False when a text certainly has no secret. Quick.
  bool MayStandIn(std::string_view text) const;
  // True when a text that cannot be read as what it should be, such as JSON that is cut, has a
  // secret's name where a value may follow it, also percent-encoded.
  bool MayBeNamedIn(std::string_view text) const;

 private:
  void AddSigns();
  Member Judge(std::string_view name) const;

  WordFinder parts_;
  WordFinder signs_;  // of a secret
  WordFinder spelt_;  // of one in what has signs of `name=`, flags or XML
  WordFinder named_;  // of a secret's name
  Names members_, parameters_, headers_, header_words_;
  std::vector<std::pair<std::string, Names>> under_;
  std::uint64_t number_;  // no other one has it, unless it is a copy
};

// The name in small letters, without '_' and '-'.
std::string Flat(std::string_view name);

}  // namespace mockduit
