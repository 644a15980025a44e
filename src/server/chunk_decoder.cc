#include "server/chunk_decoder.h"

#include <algorithm>

#include "base/text.h"
#include "http/headers.h"
#include "server/grammar.h"

namespace mockduit {
namespace {

// Of one line between the data: a size with its extensions, or a trailer field.
constexpr std::size_t kLineBytes = 4096;

Objection BadChunk(std::string reason) {
  return {400, std::move(reason.append(" (RFC 9112, section 7.1)."))};
}

// Takes a quoted string off the front (RFC 9110, section 5.6.4); false when there is none.
bool TakeQuotedString(std::string_view& text) {
  if (!text.starts_with('"')) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return true;
    }
    if (text[i] == '\\') ++i;
  }
  return false;
}

// What stands before the first of `ends`, without the blanks around it; takes it off the front.
std::string_view TakeWord(std::string_view& text, std::string_view ends) {
  const std::size_t end = std::min(text.find_first_of(ends), text.size());
  const std::string_view word = Trim(text.substr(0, end));
  text.remove_prefix(end);
  return word;
}

// ";name", ";name=value", ";name=\"value\"", any number of them.
bool AreExtensions(std::string_view text) {
  text = Trim(text);
  while (text.starts_with(';')) {
    text.remove_prefix(1);
    if (!IsToken(TakeWord(text, ";="))) return false;
    if (!text.starts_with('=')) continue;
    text = Trim(text.substr(1));
    if (!TakeQuotedString(text) && !IsToken(TakeWord(text, ";"))) return false;
    text = Trim(text);
  }
  return text.empty();
}

}  // namespace

std::optional<Objection> ChunkDecoder::Feed(std::string_view& bytes) {
  while (!done()) {
    if (state_ == State::kData) TakeData(bytes);
    if (bytes.empty()) return std::nullopt;
    if (state_ == State::kDataEnd && bytes.front() != '\r') {
      return BadChunk("A chunk is longer than its size says");
    }
    if (bytes.substr(0, kLineBytes).find('\n') == std::string_view::npos &&
        bytes.size() >= kLineBytes) {
      return BadChunk("A line between the chunks is longer than " + std::to_string(kLineBytes) +
                      " bytes");
    }
    const auto line = TakeLine(bytes);
    if (!line) return line.error();
    if (!*line) return std::nullopt;
    if (auto objection = ReadLine(**line)) return objection;
  }
  return std::nullopt;
}

void ChunkDecoder::TakeData(std::string_view& bytes) {
  const std::size_t size = std::min(chunk_left_, bytes.size());
  body_.append(bytes.substr(0, size));
  bytes.remove_prefix(size);
  chunk_left_ -= size;
  if (chunk_left_ == 0) state_ = State::kDataEnd;
}

std::optional<Objection> ChunkDecoder::ReadLine(std::string_view line) {
  if (state_ == State::kSize) return ReadSize(line);
  if (state_ == State::kTrailer) return ReadTrailer(line);
  state_ = State::kSize;
  if (line.empty()) return std::nullopt;
  return BadChunk("A chunk is longer than its size says");
}

// "1a" or "1a;name=value": the extensions mean nothing here.
std::optional<Objection> ChunkDecoder::ReadSize(std::string_view line) {
  const std::size_t digits =
      std::min(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
  const auto size = ParseNumber<std::size_t>(line.substr(0, digits), 16);
  if (!size) return BadChunk("The chunk size " + Quoted(line) + " is not a hexadecimal number");
  chunk_left_ = *size;
  const std::string_view rest = line.substr(digits);
  const bool blank = !rest.empty() && Trim(rest).empty();
  if (blank || HasControlCharacter(rest) || !AreExtensions(rest)) {
    return BadChunk("The chunk size " + Quoted(line) +
                    " has something behind it that is no extension");
  }
  if (chunk_left_ > limits_.body_bytes - body_.size()) {
    return Objection{413,
                     "The body is longer than " + std::to_string(limits_.body_bytes) + " bytes."};
  }
  state_ = chunk_left_ > 0 ? State::kData : State::kTrailer;
  return std::nullopt;
}

// Read and dropped: nothing here asks for trailers.
std::optional<Objection> ChunkDecoder::ReadTrailer(std::string_view line) {
  if (line.empty()) {
    state_ = State::kDone;
    return std::nullopt;
  }
  trailer_bytes_ += line.size() + 2;
  if (trailer_bytes_ > limits_.head_bytes) {
    return Objection{
        431, "The trailers are longer than " + std::to_string(limits_.head_bytes) + " bytes."};
  }
  const auto field = ParseFieldLine(line);
  return field ? std::nullopt : std::optional(field.error());
}

}  // namespace mockduit
