// Media types (RFC 9110, 8.3 and 12.5.1): of which kind a body is, which of several types a body is
// of, and which of several answers a client would rather have. Texts in, texts out; knows no
// bodies.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// How a body of a media type is read and written.
enum class BodyKind {
  kJson,       // application/json, text/json and whatever ends in +json
  kForm,       // application/x-www-form-urlencoded
  kMultipart,  // multipart/form-data and its like
  kText,       // text/*, and what people read: XML, YAML, JavaScript
  kBytes,      // all others
};

// "application/json" of "application/json; charset=utf-8".
std::string_view WithoutParameters(std::string_view type);
// Ranges are of the kind of the types that they take: "text/*" is text. "*/*" is bytes.
BodyKind KindOfType(std::string_view type);
// True for "*/*" and "text/*".
bool IsMediaRange(std::string_view type);
// True for "application/json" and "text/*; q=1": two words of RFC 9110 with a slash between them.
bool IsMediaType(std::string_view type);
// The value of a parameter: "x" of "multipart/form-data; boundary=x", without its quotes.
std::optional<std::string> MediaParameter(std::string_view type, std::string_view name);

// How closely a range takes a type, parameters of both included: 0 where it does not, more the more
// it says. A parameter that the type does not have says nothing against it; the weight `q` none.
int Closeness(std::string_view range, std::string_view type);

// The type inside a range that a body is sent as: the one that Accept names and likes best, where
// its bodies are of the kind of the plain ones, else a plain one. `is_text` is of the body, and
// counts where the range does not say which it takes. "image/png" of "image/*".
std::string TypeInside(std::string_view range, std::string_view accept, bool is_text);
// True where one of the ranges that Accept has takes a type that is inside the other range, too.
bool AcceptsSome(std::string_view accept, std::string_view range);

// What a header Accept says of one type: its weight from 0 to 1000, by the range that takes it most
// closely; 0 where none does. An empty header takes all.
int WeightOf(std::string_view accept, std::string_view type);
// The index of the type that Accept likes best, the first of equals; nothing where it takes none.
std::optional<std::size_t> ChooseType(std::string_view accept,
                                      const std::vector<std::string_view>& types);

}  // namespace mockduit
