#include "session/redact_json.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/json_cursor.h"
#include "session/secret_finder.h"

namespace mockduit {
namespace {

using Next = JsonCursor::Next;

// How many times a string of JSON may contain JSON that is itself redacted.
constexpr int kMaxDepth = 4;

// Where a value stands.
struct Place {
  bool secret = false;                        // all values below are secrets
  const SecretNames::Names* under = nullptr;  // further names that are secrets here
};

// What stands in place of a part of the text.
struct Edit {
  TextSpan span;
  std::string text;
};

// One word has no secret: between a name and its value stands something, and so in a token. JSON in
// base64 is one, too, and begins so.
bool IsOneWord(std::string_view text) {
  return !text.starts_with("eyJ") && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// What a string in quotes says.
class Decoded {
 public:
  explicit Decoded(std::string_view quoted) {
    if (quoted.size() < 2) return;
    text_ = quoted.substr(1, quoted.size() - 2);
    if (!text_.contains('\\')) return;
    auto json = Json::Parse(quoted);
    is_sound_ = json.has_value();
    if (json) decoded_.emplace(json->AsString());
  }
  bool is_sound() const { return is_sound_; }  // false: it has an escape that JSON has not
  std::string_view text() const { return decoded_ ? std::string_view(*decoded_) : text_; }

 private:
  std::string_view text_;
  std::optional<std::string> decoded_;
  bool is_sound_ = true;
};

// Walks through a JSON text and notes what is to stand in place of its secrets.
class Walk {
 public:
  // `depth` as RedactJson has it.
  Walk(const SecretNames& names, std::string_view text, int depth)
      : names_(names), text_(text), cursor_(text), depth_(depth) {}

  // False where the text is no JSON.
  bool Run(const Place& place) {
    Value(place);
    return is_sound_ && cursor_.IsAtEnd();
  }

  // In the order of the text.
  std::vector<Edit> TakeEdits() {
    if (!found_late_.empty()) TakeOutFoundLate();
    return std::move(edits_);
  }

 private:
  void Value(const Place& place) {
    switch (cursor_.Look()) {
      case Next::kObject: return Object(place);
      case Next::kArray: return Array(place);
      case Next::kString: {
        const std::size_t begin = cursor_.at();
        return RedactText(begin, Decoded(cursor_.String()), place);
      }
      case Next::kScalar: return Scalar(place);
      case Next::kNothing: is_sound_ = false;
    }
  }

  void Object(const Place& place) {
    if (!Enter()) return;
    bool is_pair = false;  // {name: password, value: S}
    std::vector<TextSpan> values;
    for (bool more = cursor_.Enter('}'); more && is_sound_; more = cursor_.GoesOn('}')) {
      const Decoded key(cursor_.Key());
      is_sound_ = is_sound_ && key.is_sound();
      const SecretNames::Member& known = names_.Look(key.text());
      const Place below = {place.secret || known.IsSecret(place.under),
                           known.under != nullptr ? known.under : place.under};
      const bool may_name = known.is_pair_name && !place.secret;
      const bool may_be_named = known.is_pair_value && !place.secret;
      const bool is_text = cursor_.Look() == Next::kString;
      const std::size_t begin = cursor_.at();
      if (is_text && may_name) {
        const Decoded name(cursor_.String());
        is_pair = is_pair || names_.IsMember(name.text(), place.under);
        RedactText(begin, name, below);
      } else {
        Value(below);
      }
      if (may_be_named) values.push_back({begin, cursor_.at()});
    }
    if (is_pair) found_late_.insert(found_late_.end(), values.begin(), values.end());
    --levels_;
  }

  void Array(const Place& place) {
    if (!Enter()) return;
    std::size_t count = 0;
    bool are_texts = true;
    bool is_named = false;    // JSON often lists headers as ["password", "S"]
    bool after_flag = false;  // of ["--password", "S"], as commands are listed
    TextSpan last;
    for (bool more = cursor_.Enter(']'); more && is_sound_; more = cursor_.GoesOn(']')) {
      const bool is_text = cursor_.Look() == Next::kString;
      last.begin = cursor_.at();
      if (is_text) {
        const Decoded item(cursor_.String());
        const bool is_flag = item.text().starts_with('-');
        RedactText(last.begin, item, {place.secret || (after_flag && !is_flag), place.under});
        after_flag = is_flag && names_.IsMember(item.text());
        if (count == 0) is_named = names_.IsMember(item.text()) || names_.IsHeader(item.text());
      } else {
        Value({place.secret || after_flag, place.under});
        after_flag = false;
      }
      are_texts = are_texts && is_text;
      last.end = cursor_.at();
      ++count;
    }
    if (count == 2 && are_texts && is_named && !place.secret) found_late_.push_back(last);
    --levels_;
  }

  bool Enter() {
    is_sound_ = is_sound_ && levels_ < Json::kMaxDepth;
    if (is_sound_) ++levels_;
    return is_sound_;
  }

  // The string began at `begin` and ends where the cursor is.
  void RedactText(std::size_t begin, const Decoded& value, const Place& place) {
    is_sound_ = is_sound_ && value.is_sound();
    if (place.secret) {
      if (!IsMask(value.text())) Put(begin, kRedacted);
    } else if (auto without = RedactString(names_, value.text(), depth_)) {
      Put(begin, *without);
    }
  }

  void Scalar(const Place& place) {
    const std::size_t begin = cursor_.at();
    if (cursor_.Scalar() != "null" && place.secret) Put(begin, kRedacted);
  }

  void Put(std::size_t begin, std::string_view text) {
    edits_.push_back({{begin, cursor_.at()}, ""});
    Json::AppendQuoted(edits_.back().text, text);
  }

  // What only the rest of its object or array showed to be a secret is walked through once more,
  // each part once, however many such values it stands in.
  void TakeOutFoundLate() {
    std::ranges::sort(found_late_, {}, &TextSpan::begin);
    std::vector<Edit> edits;
    auto next = edits_.begin();
    std::size_t done = 0;
    for (const TextSpan& value : found_late_) {
      if (value.begin < done) continue;
      done = value.end;
      for (; next != edits_.end() && next->span.begin < value.begin; ++next) {
        edits.push_back(std::move(*next));
      }
      while (next != edits_.end() && next->span.begin < value.end) ++next;
      Walk secret(names_, text_.substr(value.begin, value.end - value.begin), depth_);
      secret.Run({.secret = true});
      for (Edit& edit : secret.edits_) {
        edit.span.begin += value.begin;
        edit.span.end += value.begin;
        edits.push_back(std::move(edit));
      }
    }
    edits.insert(edits.end(), std::make_move_iterator(next), std::make_move_iterator(edits_.end()));
    edits_ = std::move(edits);
  }

  const SecretNames& names_;
  std::string_view text_;
  JsonCursor cursor_;
  int depth_;
  int levels_ = 0;  // of objects and arrays, that are open
  bool is_sound_ = true;
  std::vector<Edit> edits_;
  std::vector<TextSpan> found_late_;  // the values of {value: S, name: password}, and their like
};

std::string Edited(std::string_view text, const std::vector<Edit>& edits) {
  std::string edited;
  edited.reserve(text.size());
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    edited += text.substr(at, edit.span.begin - at);
    edited += edit.text;
    at = edit.span.end;
  }
  edited += text.substr(at);
  return edited;
}

}  // namespace

RedactedJson RedactJson(const SecretNames& names, std::string_view text, int depth) {
  Walk walk(names, text, depth);
  if (!walk.Run({})) return {};
  const std::vector<Edit> edits = walk.TakeEdits();
  if (edits.empty()) return {.is_json = true};
  return {.is_json = true, .text = Edited(text, edits)};
}

std::optional<std::string> RedactString(const SecretNames& names, std::string_view text,
                                        int depth) {
  if (IsOneWord(text) || !names.MayStandIn(text)) return std::nullopt;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && std::string_view("{[\"").contains(text[first])) {
    if (depth == kMaxDepth) return std::string(kRedacted);
    RedactedJson inner = RedactJson(names, text, depth + 1);
    if (inner.is_json) return std::move(inner.text);
  }
  return RedactSecrets(names, text);
}

std::optional<std::string> RedactSecrets(const SecretNames& names, std::string_view text) {
  if (!names.MayStandIn(text)) return std::nullopt;
  const std::vector<TextSpan> secrets = SecretFinder(names).Find(text);
  if (secrets.empty()) return std::nullopt;
  return Replaced(text, secrets, kRedacted);
}

}  // namespace mockduit
