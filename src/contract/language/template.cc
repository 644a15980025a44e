#include "contract/language/template.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {

enum class TemplateWord {
  kNone,   // a list
  kFirst,  // {$first: […]}: the first that is not null
  kMerge,  // {$merge: […]}: these maps as one, of a member the last; null where one is no map
};

namespace {

constexpr std::array kWords = {std::pair{std::string_view("$first"), TemplateWord::kFirst},
                               std::pair{std::string_view("$merge"), TemplateWord::kMerge}};

std::string_view NameOf(TemplateWord word) {
  return std::ranges::find(kWords, word, &std::pair<std::string_view, TemplateWord>::second)->first;
}

bool IsWord(std::string_view key) {
  return std::ranges::any_of(kWords, [&](const auto& known) { return known.first == key; });
}

// {$$first: …} is a member called "$first".
bool IsKept(std::string_view key) { return key.starts_with("$$"); }

// The word that the value is of, and what stands behind it.
std::pair<TemplateWord, const Json::Array*> WordOf(const Json& json) {
  for (const auto& [name, word] : kWords) {
    if (const Json::Array* items = json.Get(name).IfArray()) return {word, items};
  }
  return {TemplateWord::kNone, nullptr};
}

// What follows "did you mean" of a key that is nearly a word; "" of all others.
std::string NearestWord(const std::string& key) {
  if (!key.starts_with('$') || IsKept(key)) return "";
  std::vector<std::string> names;
  for (const auto& [name, word] : kWords) names.emplace_back(name);
  return DidYouMean(key, names);
}

}  // namespace

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
    for (JsonMember& member : *members) {
      if (IsKept(member.key) || !NearestWord(member.key).empty()) member.key.insert(0, "$");
      KeepBraces(member.value);
    }
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
  TemplateWord word = TemplateWord::kNone;  // what is made of the items

  // Nothing when the value is a hole that is left out.
  std::optional<Json> Value(Scope& scope) const;
  Json Merged(Scope& scope) const;
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
           return !IsWord(member.key) && !IsKept(member.key) && IsPlain(member.value);
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
  } else if (const auto [word, parts] = WordOf(json); parts != nullptr) {
    branch.word = word;
    const std::string list = pointer + "/" + std::string(NameOf(word)) + "/";
    for (std::size_t i = 0; i < parts->size(); ++i) {
      compile_item((*parts)[i], list + std::to_string(i));
    }
    constant = false;
  } else if (const Json::Object* members = json.IfObject()) {
    for (const JsonMember& member : *members) {
      if (const std::string nearest = NearestWord(member.key); !nearest.empty()) {
        mistakes.push_back({.pointer = pointer + "/" + PointerToken(member.key),
                            .at_key = true,
                            .message = "'" + member.key + "' is no word of templates" + nearest});
      }
      JsonTemplate part =
          Compile(member.value, names, pointer + "/" + PointerToken(member.key), mistakes);
      constant = constant && part.branch_ == nullptr && !IsKept(member.key);
      std::string key = member.key.substr(IsKept(member.key) ? 1 : 0);
      std::string prefix;
      Json::AppendQuoted(prefix, key);
      branch.members.push_back({std::move(key), prefix + ":", std::move(part)});
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
  const bool is_list = branch_->word == TemplateWord::kNone;
  const std::string list =
      pointer + "/" + (is_list ? "" : std::string(NameOf(branch_->word)) + "/");
  for (std::size_t i = 0; i < branch_->items.size(); ++i) {
    branch_->items[i].FindUnknown(names, list + std::to_string(i), mistakes);
  }
}

std::optional<Json> JsonTemplate::Branch::Value(Scope& scope) const {
  if (text) return text->Value(scope);
  if (word == TemplateWord::kFirst) {
    for (const JsonTemplate& item : items) {
      if (Json value = item.Value(scope); !value.IsNull()) return value;
    }
    return Json();
  }
  if (word == TemplateWord::kMerge) return Merged(scope);
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

Json JsonTemplate::Branch::Merged(Scope& scope) const {
  Json merged = Json::MakeObject();
  for (const JsonTemplate& item : items) {
    Json part = item.Value(scope);
    if (!part.IsObject()) return {};
    for (JsonMember& member : *part.IfObject()) merged.Set(member.key, std::move(member.value));
  }
  return merged;
}

Json JsonTemplate::Value(Scope& scope) const {
  if (branch_ == nullptr) return source_;
  return branch_->Value(scope).value_or(Json());
}

void JsonTemplate::AppendText(std::string& out, Scope& scope) const {
  if (branch_ == nullptr) {
    out += constant_;
  } else if (branch_->text || branch_->word != TemplateWord::kNone || !branch_->items.empty()) {
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
