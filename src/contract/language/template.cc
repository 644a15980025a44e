#include "contract/language/template.h"

#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {

std::string AsTemplate(std::string_view text) {
  std::string literal;
  while (true) {
    const std::size_t open = text.find("{{");
    literal += text.substr(0, open);
    if (open == std::string_view::npos) return literal;
    literal += R"({{"{{"}})";
    text.remove_prefix(open + 2);
  }
}

void KeepBraces(Json& json) {
  if (json.IsString()) {
    if (json.AsString().contains("{{")) json = AsTemplate(json.AsString());
  } else if (Json::Array* items = json.IfArray()) {
    for (Json& item : *items) KeepBraces(item);
  } else if (Json::Object* members = json.IfObject()) {
    for (JsonMember& member : *members) KeepBraces(member.value);
  }
}

Compiled<Template> Template::Compile(std::string_view text, const Names& names) {
  Template compiled;
  std::vector<TemplateMistake> mistakes;
  std::size_t at = 0;  // what is passed already
  while (true) {
    const std::size_t open = text.find("{{", at);
    Piece piece{std::string(text.substr(at, open - at)), std::nullopt};
    if (open == std::string_view::npos) {
      piece.text = text.substr(at);
      compiled.pieces_.push_back(std::move(piece));
      break;
    }
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) {
      mistakes.push_back({.offset = open, .message = "'{{' is never closed by '}}'"});
      break;
    }
    const std::size_t inside = open + 2;
    auto hole = ParseHole(text.substr(inside, close - inside));
    if (!hole) {
      mistakes.push_back({.offset = inside + hole.error().offset, .message = hole.error().message});
    } else {
      hole->place = inside + hole->place;
      if (auto why = names.WhyUnknown(*hole)) {
        mistakes.push_back({.offset = hole->place, .message = std::move(*why)});
      }
      piece.hole = std::move(*hole);
    }
    compiled.pieces_.push_back(std::move(piece));
    at = close + 2;
  }
  if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
  return compiled;
}

void Template::FindUnknown(const Names& names, const std::string& pointer,
                           std::vector<TemplateMistake>& mistakes) const {
  for (const Piece& piece : pieces_) {
    if (!piece.hole) continue;
    if (auto why = names.WhyUnknown(*piece.hole)) {
      mistakes.push_back({pointer, false, piece.hole->place, std::move(*why)});
    }
  }
}

bool Template::IsConstant() const { return pieces_.size() == 1; }

std::string Template::Text(Scope& scope) const {
  std::string text;
  for (const Piece& piece : pieces_) {
    text += piece.text;
    if (!piece.hole) continue;
    const Json* kept = LookAt(*piece.hole, scope);
    const Json value = kept == nullptr ? ValueOf(*piece.hole, scope) : Json();
    if (kept == nullptr) kept = &value;
    if (const std::string* string = kept->IfString()) {
      text += *string;
    } else if (!kept->IsNull()) {
      kept->AppendTo(text);
    }
  }
  return text;
}

bool Template::IsOneHole() const {
  return pieces_.size() == 2 && pieces_[0].text.empty() && pieces_[1].text.empty();
}

bool Template::AppendValue(std::string& out, Scope& scope) const {
  if (!IsOneHole()) {
    Json::AppendQuoted(out, Text(scope));
    return true;
  }
  if (const Json* kept = LookAt(*pieces_[0].hole, scope)) {
    kept->AppendTo(out);
    return true;
  }
  const auto value = Value(scope);
  if (value) value->AppendTo(out);
  return value.has_value();
}

std::optional<Json> Template::Value(Scope& scope) const {
  if (!IsOneHole()) return Text(scope);
  const Hole& hole = *pieces_[0].hole;
  Json value = ValueOf(hole, scope);
  if (hole.omit && value.IsNull()) return std::nullopt;
  return value;
}

// The inside of a template that has holes: one of the three is used.
struct JsonTemplate::Branch {
  std::optional<Template> text;
  struct Member {
    std::string key;
    std::string prefix;  // the key as it is written: "\"key\":"
    JsonTemplate value;
  };
  std::vector<Member> members;
  std::vector<JsonTemplate> items;
  bool first = false;  // {$first: […]}: the first of the items that is not null

  // Nothing when the value is a hole that is left out.
  std::optional<Json> Value(Scope& scope) const;
};

Compiled<JsonTemplate> JsonTemplate::Compile(const Json& json, const Names& names) {
  std::vector<TemplateMistake> mistakes;
  JsonTemplate compiled = Compile(json, names, "", mistakes);
  if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
  compiled.source_ = json;
  return compiled;
}

namespace {

// True where nothing in it is a template, as in most examples.
bool IsPlain(const Json& json) {
  if (const std::string* text = json.IfString()) return !text->contains("{{");
  if (const Json::Array* items = json.IfArray()) return std::ranges::all_of(*items, IsPlain);
  const Json::Object* members = json.IfObject();
  return members == nullptr || std::ranges::all_of(*members, [](const JsonMember& member) {
           return member.key != "$first" && IsPlain(member.value);
         });
}

}  // namespace

JsonTemplate JsonTemplate::Constant(const Json& json) {
  JsonTemplate constant;
  constant.source_ = json;
  constant.constant_ = json.Dump();
  return constant;
}

JsonTemplate JsonTemplate::Compile(const Json& json, const Names& names, const std::string& pointer,
                                   std::vector<TemplateMistake>& mistakes) {
  if (IsPlain(json)) return Constant(json);
  Branch branch;
  bool constant = true;
  const auto compile_item = [&](const Json& item, const std::string& below) {
    branch.items.push_back(Compile(item, names, below, mistakes));
    constant = constant && branch.items.back().branch_ == nullptr;
  };
  if (const std::string* string = json.IfString()) {
    auto text = Template::Compile(*string, names);
    if (text) {
      constant = text->IsConstant();
      branch.text = *std::move(text);
    } else {
      for (TemplateMistake& mistake : text.error()) {
        mistake.pointer = pointer;
        mistakes.push_back(std::move(mistake));
      }
    }
  } else if (const Json::Array* choices = json.Get("$first").IfArray()) {
    branch.first = true;
    for (std::size_t i = 0; i < choices->size(); ++i) {
      compile_item((*choices)[i], pointer + "/$first/" + std::to_string(i));
    }
    constant = false;
  } else if (const Json::Object* members = json.IfObject()) {
    for (const JsonMember& member : *members) {
      if (member.key.starts_with('$') && !DidYouMean(member.key, {"$first"}).empty()) {
        mistakes.push_back({.pointer = pointer + "/" + PointerToken(member.key),
                            .at_key = true,
                            .message = "'" + member.key + "' is no word of templates" +
                                       DidYouMean(member.key, {"$first"})});
      }
      JsonTemplate part =
          Compile(member.value, names, pointer + "/" + PointerToken(member.key), mistakes);
      constant = constant && part.branch_ == nullptr;
      std::string prefix;
      Json::AppendQuoted(prefix, member.key);
      branch.members.push_back({member.key, prefix + ":", std::move(part)});
    }
  } else if (const Json::Array* items = json.IfArray()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      compile_item((*items)[i], pointer + "/" + std::to_string(i));
    }
  }
  if (constant) return Constant(json);
  JsonTemplate compiled;
  compiled.branch_ = std::make_shared<const Branch>(std::move(branch));
  return compiled;
}

std::vector<TemplateMistake> JsonTemplate::FindUnknown(const Names& names) const {
  std::vector<TemplateMistake> mistakes;
  FindUnknown(names, "", mistakes);
  return mistakes;
}

void JsonTemplate::FindUnknown(const Names& names, const std::string& pointer,
                               std::vector<TemplateMistake>& mistakes) const {
  if (branch_ == nullptr) return;
  if (branch_->text) branch_->text->FindUnknown(names, pointer, mistakes);
  for (const Branch::Member& member : branch_->members) {
    member.value.FindUnknown(names, pointer + "/" + PointerToken(member.key), mistakes);
  }
  const std::string list = branch_->first ? pointer + "/$first/" : pointer + "/";
  for (std::size_t i = 0; i < branch_->items.size(); ++i) {
    branch_->items[i].FindUnknown(names, list + std::to_string(i), mistakes);
  }
}

std::optional<Json> JsonTemplate::Branch::Value(Scope& scope) const {
  if (text) return text->Value(scope);
  if (first) {
    for (const JsonTemplate& item : items) {
      if (Json value = item.Value(scope); !value.IsNull()) return value;
    }
    return Json();
  }
  if (!items.empty()) {
    Json array = Json::MakeArray();
    for (const JsonTemplate& item : items) array.Append(item.Value(scope));
    return array;
  }
  Json::Object object;
  object.reserve(members.size());
  for (const Member& member : members) {
    if (member.value.branch_ == nullptr) {
      object.push_back({member.key, member.value.source_});
    } else if (auto value = member.value.branch_->Value(scope)) {
      object.push_back({member.key, std::move(*value)});
    }
  }
  return object;
}

Json JsonTemplate::Value(Scope& scope) const {
  if (branch_ == nullptr) return source_;
  return branch_->Value(scope).value_or(Json());
}

void JsonTemplate::AppendText(std::string& out, Scope& scope) const {
  if (branch_ == nullptr) {
    out += constant_;
  } else if (branch_->text || branch_->first || !branch_->items.empty()) {
    Value(scope).AppendTo(out);
  } else {
    char separator = '{';
    for (const auto& [key, prefix, part] : branch_->members) {
      const std::size_t before = out.size();
      out += separator;
      out += prefix;
      if (part.branch_ == nullptr || !part.branch_->text) {
        part.AppendText(out, scope);
      } else if (!part.branch_->text->AppendValue(out, scope)) {
        out.resize(before);
        continue;
      }
      separator = ',';
    }
    out += separator == '{' ? "{}" : "}";
  }
}

}  // namespace mockduit
