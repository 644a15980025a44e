#include "contract/read/pieces.h"

#include <cassert>
#include <set>
#include <utility>

#include "base/text.h"
#include "contract/read/parts.h"

namespace mockduit {
namespace {

constexpr std::string_view kComponents = "/components/";

// The component that a reference leads to or into: "/components/schemas/Box" of
// "#/components/schemas/Box/properties/size"; "" for any other text.
std::string_view ComponentOf(std::string_view reference) {
  if (!reference.starts_with('#')) return {};
  const std::string_view pointer = reference.substr(1);
  if (!pointer.starts_with(kComponents)) return {};
  const std::size_t name = pointer.find('/', kComponents.size());
  if (name == std::string_view::npos) return {};
  return pointer.substr(0, pointer.find('/', name + 1));
}

void GatherComponents(const Json& json, std::set<std::string, std::less<>>& components) {
  if (const Json::Array* items = json.IfArray()) {
    for (const Json& item : *items) GatherComponents(item, components);
  }
  const Json::Object* members = json.IfObject();
  if (members == nullptr) return;
  for (const JsonMember& member : *members) {
    if (member.key != "$ref") {
      GatherComponents(member.value, components);
    } else if (const auto component = ComponentOf(member.value.AsString()); !component.empty()) {
      components.emplace(component);
    }
  }
}

Json ReadPiece(std::string_view text) { return Json::Parse(text).value_or(Json()); }

}  // namespace

EditionPieces::EditionPieces(const std::vector<FilePieces>& files) {
  Json secrets = Json::MakeArray();
  for (const FilePieces& file : files) {
    YamlDocument outline;
    outline.file = file.path;
    outline.root = ReadPiece(file.outline);
    blocks_.push_back(outline.root.Get("x-mockduit"));
    if (const Json::Array* own = blocks_.back().Get("secrets").IfArray()) {
      for (const Json& name : *own) secrets.Append(name);
    }
    for (const Piece& piece : file.pieces) {
      places_.emplace(piece.pointer, Place{blocks_.size() - 1, piece.text});
    }
    if (blocks_.size() == 1) {
      outline_ = std::move(outline);
    } else {
      outline_.Merge(outline);
    }
  }
  outline_.root.SetAt("/x-mockduit/secrets", std::move(secrets));
}

YamlDocument EditionPieces::DocumentOf(const std::string& operation) const {
  YamlDocument document;
  document.file = outline_.file;
  const std::string path = operation.substr(0, operation.rfind('/'));
  document.root = Json::MakeObject({{"openapi", outline_.root.Get("openapi")},
                                    {"x-mockduit", blocks_[places_.at(operation).file]}});
  AddPiece(document, operation);
  if (places_.contains(path + "/parameters")) AddPiece(document, path + "/parameters");
  Complete(document);
  return document;
}

YamlDocument EditionPieces::DocumentOfAnswers() const {
  constexpr std::string_view kResponses = "/components/responses/";
  YamlDocument document;
  document.file = outline_.file;
  document.root = Json::MakeObject(
      {{"openapi", outline_.root.Get("openapi")}, {"x-mockduit", blocks_.front()}});
  for (const auto& [pointer, place] : places_) {
    if (pointer.starts_with(kResponses)) AddPiece(document, pointer);
  }
  Complete(document);
  return document;
}

void EditionPieces::Take(std::vector<Problem> problems) const {
  assert(problems.empty());
  (void)problems;
}

void EditionPieces::AddPiece(YamlDocument& document, std::string_view pointer) const {
  document.root.SetAt(pointer, ReadPiece(places_.find(pointer)->second.text));
}

// True when there were some that were not there yet.
bool EditionPieces::AddReferences(YamlDocument& document) const {
  std::set<std::string, std::less<>> components;
  GatherComponents(document.root, components);
  bool added = false;
  for (const std::string& pointer : components) {
    if (document.root.At(pointer) != nullptr || !places_.contains(pointer)) continue;
    AddPiece(document, pointer);
    added = true;
  }
  return added;
}

// What the defaults bring may refer to more, and what is referred to may have defaults.
void EditionPieces::Complete(YamlDocument& document) const {
  do {
    SpreadDefaults(document.root, blocks_.front());
  } while (AddReferences(document));
}

}  // namespace mockduit
