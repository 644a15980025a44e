// The text of a Json: how it is read and written. The only file that knows RapidJSON.
// Its RAPIDJSON_SSE2 stays off: RapidJSON 1.1.0 then takes 0x1A to 0x1F for ordinary characters.
#include <rapidjson/error/error.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/decimal.h"
#include "base/json.h"
#include "base/json_numbers.h"
#include "base/text.h"
#include "base/utf8.h"

namespace mockduit {
namespace {

// Objects up to this size are searched for repeated keys by comparing each pair.
constexpr std::size_t kSmallObject = 16;

void KeepLastOfRepeatedKeys(Json::Object& members) {
  const auto repeated_later = [&](std::size_t i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      if (members[j].key == members[i].key) return true;
    }
    return false;
  };
  std::vector<bool> drop;
  if (members.size() <= kSmallObject) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (!repeated_later(i)) continue;
      drop.resize(members.size());
      drop[i] = true;
    }
  } else {
    std::unordered_map<std::string_view, std::size_t> last;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const auto [it, fresh] = last.try_emplace(members[i].key, i);
      if (fresh) continue;
      drop.resize(members.size());
      drop[it->second] = true;
      it->second = i;
    }
  }
  if (drop.empty()) return;
  Json::Object kept;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!drop[i]) kept.push_back(std::move(members[i]));
  }
  members = std::move(kept);
}

// Builds a Json from RapidJSON's events. Members and items wait in one list each until the object
// or array that has them ends, so that each is made once and of its size.
class JsonBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonBuilder> {
 public:
  Json Take() { return std::exchange(root_, {}); }
  bool too_deep() const { return too_deep_; }
  // `stream` is what is read; numbers that were set aside are put back by where it is.
  void PutBack(const NumbersAside& aside, const rapidjson::MemoryStream& stream) {
    aside_ = &aside;
    stream_ = &stream;
  }
  // Ready for another text, with the room that it has, unless that is much.
  void Clear() {
    constexpr std::size_t kMaxKept = 1'024;  // members, items
    if (members_.capacity() > kMaxKept) members_ = Json::Object();
    if (items_.capacity() > kMaxKept) items_ = Json::Array();
    levels_.clear();
    members_.clear();
    items_.clear();
    root_ = {};
    too_deep_ = false;
  }

  bool Null() { return Add(nullptr); }
  bool Bool(bool b) { return Add(b); }
  // RapidJSON finds where a number ends; what it makes of it itself is wrong for 0e308.
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (aside_ != nullptr) {
      const auto number = aside_->numbers.find(stream_->Tell());
      if (number != aside_->numbers.end()) return Add(Json::Number(number->second));
    }
    return Add(Json::Number({text, size}));
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return Add(std::string(text, size));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    members_.emplace_back().key.assign(text, size);
    return true;
  }
  bool StartObject() { return Open(true); }
  bool StartArray() { return Open(false); }
  bool EndObject(rapidjson::SizeType count) {
    Json::Object members = Last(members_, count);
    levels_.pop_back();
    KeepLastOfRepeatedKeys(members);
    return Add(std::move(members));
  }
  bool EndArray(rapidjson::SizeType count) {
    Json::Array items = Last(items_, count);
    levels_.pop_back();
    return Add(std::move(items));
  }

 private:
  template <class Values>
  static Values Last(Values& values, std::size_t count) {
    const auto begin = values.end() - static_cast<std::ptrdiff_t>(count);
    Values last(std::make_move_iterator(begin), std::make_move_iterator(values.end()));
    values.erase(begin, values.end());
    return last;
  }
  bool Open(bool is_object) {
    too_deep_ = levels_.size() >= static_cast<std::size_t>(Json::kMaxDepth);
    if (!too_deep_) levels_.push_back(is_object ? '{' : '[');
    return !too_deep_;
  }
  template <class Value>
  bool Add(Value value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (levels_.back() == '{') {
      members_.back().value = std::move(value);
    } else {
      items_.emplace_back(std::move(value));
    }
    return true;
  }

  Json root_;
  std::string levels_;  // that are open: '{' or '['
  Json::Object members_;
  Json::Array items_;
  bool too_deep_ = false;
  const NumbersAside* aside_ = nullptr;
  const rapidjson::MemoryStream* stream_ = nullptr;
};

// Reads a text that is UTF-8 and JSON, several times as fast as what can say why it is neither. The
// error says nothing.
std::expected<Json, JsonError> ParseSound(std::string_view text) {
  constexpr std::size_t kMaxKept = 64 * 1024UZ;  // of the copy that a thread keeps
  static thread_local std::string copy;          // RapidJSON takes escapes out in place
  static thread_local JsonBuilder builder;
  if (text.contains('\0') || FirstNotUtf8(text)) return std::unexpected(JsonError());
  copy.assign(text);
  rapidjson::InsituStringStream stream(copy.data());
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  const bool parsed = !reader.Parse<kFlags>(stream, builder).IsError();
  Json json = builder.Take();
  builder.Clear();
  if (copy.capacity() > kMaxKept) std::string().swap(copy);  // what is assigned keeps its room
  if (!parsed) return std::unexpected(JsonError());
  return json;
}

template <class Writer>
void Write(const Json& json, Writer& writer) {
  if (const auto* text = json.IfString()) {
    writer.String(text->data(), static_cast<rapidjson::SizeType>(text->size()));
  } else if (const auto* array = json.IfArray()) {
    writer.StartArray();
    for (const Json& item : *array) Write(item, writer);
    writer.EndArray();
  } else if (const auto* object = json.IfObject()) {
    writer.StartObject();
    for (const JsonMember& member : *object) {
      writer.Key(member.key.data(), static_cast<rapidjson::SizeType>(member.key.size()));
      Write(member.value, writer);
    }
    writer.EndObject();
  } else if (json.IsNull()) {
    writer.Null();
  } else if (json.IsBool()) {
    writer.Bool(json.AsBool());
  } else {
    const std::string number = json.Dump();
    writer.RawValue(number.data(), number.size(), rapidjson::kNumberType);
  }
}

// True when nothing in it must be escaped. Looks at eight bytes at a time.
bool NeedsNoEscape(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  // The high bit of each byte that is zero, and maybe of others above one that is.
  const auto zeros = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighBits; };
  const auto wants_escape = [&](std::uint64_t bytes) {
    const std::uint64_t control = (bytes - (0x20 * kOnes)) & ~bytes & kHighBits;
    return (control | zeros(bytes ^ (static_cast<unsigned char>('"') * kOnes)) |
            zeros(bytes ^ (static_cast<unsigned char>('\\') * kOnes))) != 0;
  };
  std::uint64_t bytes = 0;
  if (text.size() < sizeof bytes) {
    bytes = 0x20 * kOnes;  // plain, where the text has ended
    std::memcpy(&bytes, text.data(), text.size());
    return !wants_escape(bytes);
  }
  const char* const last = text.data() + text.size() - sizeof bytes;
  for (const char* at = text.data(); at < last; at += sizeof bytes) {
    std::memcpy(&bytes, at, sizeof bytes);
    if (wants_escape(bytes)) return false;
  }
  std::memcpy(&bytes, last, sizeof bytes);  // some of them a second time
  return !wants_escape(bytes);
}

// Compact text by appending: on the path of every request, where a writer of its own, with its
// buffers, would be most of the work.
void AppendCompact(const Json& json, std::string& out) {
  if (const auto* text = json.IfString()) {
    Json::AppendQuoted(out, *text);
  } else if (const auto* array = json.IfArray()) {
    char separator = '[';
    for (const Json& item : *array) {
      out += std::exchange(separator, ',');
      AppendCompact(item, out);
    }
    out += array->empty() ? "[]" : "]";
  } else if (const auto* object = json.IfObject()) {
    char separator = '{';
    for (const JsonMember& member : *object) {
      out += std::exchange(separator, ',');
      Json::AppendQuoted(out, member.key);
      out += ':';
      AppendCompact(member.value, out);
    }
    out += object->empty() ? "{}" : "}";
  } else if (json.IsNull()) {
    out += "null";
  } else if (json.IsBool()) {
    out += json.AsBool() ? "true" : "false";
  } else if (const std::string* digits = json.IfDigits()) {
    out += *digits;
  } else if (json.kind() == Json::Kind::kInteger) {
    out += std::to_string(json.AsInteger());
  } else {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    writer.Double(json.AsNumber());
    out.append(buffer.GetString(), buffer.GetSize());
  }
}

// What is wrong, in our words: RapidJSON's differ from one version to the next.
std::string WordsFor(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty: return "there is no value here; the text is empty";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "the value ends before this; nothing may follow it";
    case rapidjson::kParseErrorValueInvalid:
      return "a JSON value cannot begin here; text needs double quotes";
    case rapidjson::kParseErrorObjectMissName:
      return "a key in double quotes must stand here; no ',' may stand before a '}'";
    case rapidjson::kParseErrorObjectMissColon:
      return "a ':' must stand between a key and its value";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "a ',' or '}' is missing before this";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "a ',' or ']' is missing before this";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "four hexadecimal digits must follow '\\u'";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "this '\\u' escape is half of a pair, and the other half is missing";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "a backslash begins an escape, and this one is unknown; write two backslashes";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "the text in quotes is not closed, or holds a line break or another control character";
    case rapidjson::kParseErrorStringInvalidEncoding: return "these bytes are no UTF-8";
    case rapidjson::kParseErrorNumberMissFraction: return "a digit must follow the '.' of a number";
    case rapidjson::kParseErrorNumberMissExponent: return "a digit must follow the 'e' of a number";
    default: return "this is not valid JSON";
  }
}

}  // namespace

// What a double makes of more digits than that may be another number.
Json Json::Number(std::string_view text) {
  constexpr std::size_t kSure = std::numeric_limits<double>::digits10;
  if (const auto integer = ParseNumber<std::int64_t>(text)) return *integer;
  const auto number = ParseNumber<double>(text);
  if (number && text.size() <= kSure) return *number;
  if (number && Decimal(Json(*number).Dump()) == Decimal(text)) return *number;
  Json json;
  json.value_ = Real{std::strtod(std::string(text).c_str(), nullptr),
                     std::make_shared<const std::string>(text)};
  return json;
}

std::expected<Json, JsonError> Json::Parse(std::string_view text) {
  if (auto sound = ParseSound(text)) return sound;
  const NumbersAside aside(text);
  JsonBuilder builder;
  rapidjson::MemoryStream bytes(aside.text.data(), aside.text.size());
  builder.PutBack(aside, bytes);
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, builder);
  if (parsed) {
    // RapidJSON takes a NUL for the end of the text; we do not.
    if (bytes.Tell() == text.size()) return builder.Take();
    return std::unexpected(JsonError{bytes.Tell(), "a NUL byte stands after the value"});
  }
  if (builder.too_deep()) {
    return std::unexpected(
        JsonError{parsed.Offset(), "nested deeper than " + std::to_string(kMaxDepth) + " levels"});
  }
  return std::unexpected(JsonError{parsed.Offset(), WordsFor(parsed.Code())});
}

std::string Json::Dump() const {
  // So that the text is made once, in its size.
  constexpr std::size_t kMaxKept = 64 * 1024UZ;
  static thread_local std::string scratch;
  scratch.clear();
  AppendCompact(*this, scratch);
  if (scratch.size() > kMaxKept) return std::exchange(scratch, {});
  return scratch;
}

void Json::AppendTo(std::string& out) const { AppendCompact(*this, out); }

std::string Json::DumpPretty() const {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  Write(*this, writer);
  return {buffer.GetString(), buffer.GetSize()};
}

void Json::AppendQuoted(std::string& out, std::string_view text) {
  if (NeedsNoEscape(text)) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  out.append(buffer.GetString(), buffer.GetSize());
}

}  // namespace mockduit
