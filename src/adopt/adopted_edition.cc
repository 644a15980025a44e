#include "adopt/adopted_edition.h"

#include <algorithm>
#include <utility>

#include "adopt/answers_of.h"
#include "adopt/document_notes.h"
#include "adopt/key_notes.h"
#include "adopt/operation_index.h"
#include "adopt/outcome_of_status.h"
#include "adopt/security.h"
#include "adopt/vendor_block.h"
#include "base/node.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/uri_template.h"

namespace mockduit {
namespace {

// The statuses of answers that belong to no operation, or that an operation may lack.
constexpr int kShared[] = {400, 401, 403, 404, 405, 406, 415, 422, 429, 500, 503};

std::string NameOfDocument(const Json& document) {
  const Json& info = document.Get("info");
  const std::string title(info.Get("title").AsString("the document"));
  return title + " " + EditionOf(document);
}

// What says the same as a parameter of that header, so that OpenAPI knows none such; "" of others.
std::string_view SaidElsewhere(std::string_view header) {
  if (EqualsIgnoringCase(header, "Accept")) return "the media types of the answers";
  if (EqualsIgnoringCase(header, "Content-Type")) return "the media types of the body";
  return EqualsIgnoringCase(header, "Authorization") ? "'security'" : "";
}

// Takes what varies out of the examples of successes.
void ForgetFill(Json& responses) {
  for (JsonMember& response : *responses.IfObject()) {
    Json* content = response.value.Find("content");
    if (content == nullptr || response.value.Get("x-mockduit").Get("outcome") != Json("success")) {
      continue;
    }
    for (JsonMember& media : *content->IfObject()) {
      for (JsonMember& example : *media.value.Find("examples")->IfObject()) {
        example.value.Find("x-mockduit")->Remove("fill");
      }
    }
  }
}

// Every POST makes something, as far as a document tells, unless the overlay knows better.
Json HeadOf(const OperationPlace& place) {
  Json head = Json::MakeObject();
  if (place.method == "post") head.Set("creates", true);
  if (place.overlay == nullptr) return head;
  const Json* creates = place.overlay->Get("x-mockduit").Find("creates");
  if (creates != nullptr) head.Set("creates", *creates);
  return head;
}

// True where the overlay of an operation adds to schemas, so that they have to stand in it.
bool ChangesSchemas(const Json& overlay) {
  if (overlay.Find("parameters") != nullptr || overlay.Find("requestBody") != nullptr) return true;
  const Json::Object* responses = overlay.Get("responses").IfObject();
  return responses != nullptr && std::ranges::any_of(*responses, [](const JsonMember& response) {
           return response.value.Find("content") != nullptr;
         });
}

// A parameter, or a media type, whose schemas stand where they stood.
Json WithReferences(const Json& part, References& references) {
  Json copy = part;
  if (Json* schema = copy.Find("schema")) *schema = references.ReferenceTo(*part.Find("schema"));
  const Json::Object* content = part.Get("content").IfObject();
  if (content == nullptr) return copy;
  for (const auto& [type, media] : *content) {
    copy.Find("content")->Set(type, WithReferences(media, references));
  }
  return copy;
}

std::string PlaceOf(const Problem& problem) {
  return problem.file + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
}

}  // namespace

AdoptedEdition::AdoptedEdition(OneDocument document, const std::string& vendor, bool is_default)
    : document_(std::move(document)), name_(NameOfDocument(document_.yaml.root)) {
  const MutexLock lock(mutex_);
  whole_ = std::make_unique<WholeDocument>(document_.yaml.root);
  document_.yaml.references = whole_.get();
  const Servers servers = ServersOf(*whole_);
  block_ = VendorBlockOf(*whole_, servers, vendor, is_default);
  static const Json kNone;
  const Json* own = document_.overlay ? document_.overlay->root.Find("x-mockduit") : nullptr;
  if (own != nullptr) block_.MergePatch(*own);
  index_ = std::make_unique<const OperationIndex>(
      *whole_, document_.overlay ? document_.overlay->root.Get("paths") : kNone,
      block_.Get("declined"), servers.base);
  Keep(document_.notes);
  for (const auto& [pointer, message] : servers.notes) Note(pointer, message);
  for (const auto& [pointer, message] : index_->notes()) Note(pointer, message);
  MakeOutline();
}

AdoptedEdition::~AdoptedEdition() = default;

std::vector<std::string> AdoptedEdition::Overlaid() const {
  std::vector<std::string> ids;
  for (const OperationPlace& place : index_->places()) {
    if (place.overlay != nullptr) ids.push_back(place.id);
  }
  return ids;
}

void AdoptedEdition::MakeOutline() {
  const Json& root = document_.yaml.root;
  outline_.file = document_.yaml.file;
  outline_.root = Json::MakeObject({{"openapi", "3.1.0"},
                                    {"info", root.Get("info")},
                                    {"servers", root.Get("servers")},
                                    {"x-mockduit", block_}});
  outline_.overlay = overlay();
  outline_.placed_by = &document_.yaml;
  Json::Object paths;
  for (const OperationPlace& place : index_->places()) {
    if (paths.empty() || paths.back().key != place.path) {
      paths.push_back({place.path, Json::MakeObject()});
    }
    paths.back().value.Set(place.method,
                           Json::MakeObject({{"operationId", place.id},
                                             {"summary", place.operation->Get("summary")},
                                             {"deprecated", place.operation->Get("deprecated")},
                                             {"x-mockduit", HeadOf(place)}}));
  }
  outline_.root.Set("paths", Json(std::move(paths)));
}

void AdoptedEdition::Note(const std::string& pointer, std::string message) const {
  Keep({document_.yaml.AtValue(pointer, std::move(message))});
}

void AdoptedEdition::Keep(std::vector<Problem> problems) const {
  for (Problem& problem : problems) {
    // Why a reference leads nowhere is told already where its file was looked for.
    const bool is_place_new = told_.insert(PlaceOf(problem)).second;
    if (!is_place_new && problem.message.ends_with(" leads nowhere")) continue;
    if (told_.insert(problem.Text()).second) notes_.push_back(std::move(problem));
  }
}

void AdoptedEdition::KeepMistakes() const {
  std::vector<Problem> problems;
  for (const SchemaMistake& mistake : std::exchange(whole_->parts.compiler.mistakes, {})) {
    const Node at = Node::At(document_.yaml, *mistake.place);
    problems.push_back(mistake.at_key ? at.WrongKey(mistake.message) : at.Wrong(mistake.message));
  }
  Keep(std::move(problems));
}

void AdoptedEdition::LookThrough() const {
  const MutexLock lock(mutex_);
  for (auto& [pointer, message] : NotesOf(*whole_)) Note(pointer, std::move(message));
  for (auto& [pointer, message] : KeyNotesOf(*whole_)) Note(pointer, std::move(message));
  KeepMistakes();
}

void AdoptedEdition::Take(std::vector<Problem> problems) const {
  const MutexLock lock(mutex_);
  Keep(std::move(problems));
}

std::vector<Problem> AdoptedEdition::notes() const {
  const MutexLock lock(mutex_);
  return notes_;
}

YamlDocument AdoptedEdition::Documented(Json root) const {
  YamlDocument document;
  document.file = document_.yaml.file;
  document.root = std::move(root);
  document.overlay = overlay();
  document.placed_by = &document_.yaml;
  document.references = whole_.get();
  return document;
}

YamlDocument AdoptedEdition::DocumentOf(const std::string& operation) const {
  const MutexLock lock(mutex_);
  if (errors_ == nullptr) errors_ = std::make_unique<ErrorModel>(*whole_);
  const OperationPlace& place = index_->At(operation);
  Json item = Json::MakeObject();
  item.Set(place.method, OperationOf(place));
  KeepMistakes();
  Json paths = Json::MakeObject();
  paths.Set(place.path, std::move(item));
  return Documented(Json::MakeObject(
      {{"openapi", document_.yaml.root.Get("openapi")}, {"paths", std::move(paths)}}));
}

YamlDocument AdoptedEdition::DocumentOfAnswers() const {
  const MutexLock lock(mutex_);
  if (errors_ == nullptr) errors_ = std::make_unique<ErrorModel>(*whole_);
  Json responses = Json::MakeObject();
  for (const int status : kShared) {
    Json answer = errors_->AnswerOf(status, "no document tells of it");
    answer.Find("x-mockduit")->Set("outcome", OutcomeOfStatus(status));
    if (const std::string challenge = ChallengeOf({}, *whole_);
        status == 401 && !challenge.empty()) {
      answer.SetAt("/headers/WWW-Authenticate", Json::MakeObject({{"example", challenge}}));
    }
    responses.Set("x-mockduit-" + std::to_string(status), std::move(answer));
  }
  KeepMistakes();
  return Documented(
      Json::MakeObject({{"openapi", document_.yaml.root.Get("openapi")},
                        {"x-mockduit", block_},
                        {"components", Json::MakeObject({{"responses", std::move(responses)}})}}));
}

// Those of the operation and of its path, as they stand behind their references. What cannot be
// meant is left out.
std::vector<const Json*> AdoptedEdition::ParametersOf(const OperationPlace& place,
                                                      const std::string& pointer) const {
  std::vector<const Json*> parameters;
  AddParameters(place.operation->Get("parameters"), pointer + "/parameters", place.path,
                parameters);
  for (const Json* level : place.item.levels) {
    AddParameters(level->Get("parameters"), pointer.substr(0, pointer.rfind('/')) + "/parameters",
                  place.path, parameters);
  }
  const UriTemplate path(place.path);
  for (const std::string& variable : path.variables()) {
    const auto is_it = [&](const Json* one) {
      return one->Get("in").AsString() == "path" && one->Get("name").AsString() == variable;
    };
    if (std::ranges::any_of(parameters, is_it)) continue;
    Note(pointer, "no parameter tells of the path's '{" + variable + "}'; it may be any text");
  }
  return parameters;
}

void AdoptedEdition::AddParameters(const Json& list, const std::string& pointer,
                                   const std::string& path,
                                   std::vector<const Json*>& parameters) const {
  if (!list.IsArray()) return;
  const std::size_t of_others = parameters.size();
  for (std::size_t i = 0; i < list.IfArray()->size(); ++i) {
    const std::string own = pointer + "/" + std::to_string(i);
    const Json* parameter = whole_->Follow((*list.IfArray())[i]);
    if (parameter == nullptr || !parameter->Get("name").IsString()) {
      Note(own, "this parameter leads nowhere, or has no name; it is left out");
      continue;
    }
    const std::string name(parameter->Get("name").AsString());
    const std::string in(parameter->Get("in").AsString());
    if (const auto elsewhere = SaidElsewhere(name); in == "header" && !elsewhere.empty()) {
      Note(own, "the header " + name + " is said by " + std::string(elsewhere) +
                    "; this parameter is left out");
      continue;
    }
    if (in == "path" && !path.contains("{" + name + "}")) {
      Note(own, "the path has no variable '" + name + "'; this parameter is left out");
      continue;
    }
    if (in != "path" && in != "query" && in != "header" && in != "cookie") {
      Note(own, "'" + in + "' is no place of a parameter; this one is left out");
      continue;
    }
    const auto is_it = [&](const Json* other) {
      return other->Get("name").AsString() == name && other->Get("in").AsString() == in;
    };
    const auto twin = std::ranges::find_if(parameters, is_it);
    if (twin - parameters.begin() >= static_cast<std::ptrdiff_t>(of_others) &&
        twin != parameters.end()) {
      Note(own, "'" + name + "' stands in this list above; this one is left out");
    }
    if (twin != parameters.end()) continue;
    if (parameter->Find("schema") == nullptr && parameter->Find("content") == nullptr) {
      Note(own, "this parameter has neither 'schema' nor 'content'; it may be any text");
    }
    parameters.push_back(parameter);
  }
}

Json AdoptedEdition::OperationOf(const OperationPlace& place) const {
  const std::string& pointer = place.pointer;
  const Json& written = *place.operation;
  const std::vector<const Json*> parameters = ParametersOf(place, pointer);
  Json operation = Json::MakeObject({{"operationId", place.id}});
  Json list = Json::MakeArray();
  for (const Json* parameter : parameters) list.Append(WithReferences(*parameter, *whole_));
  operation.Set("parameters", std::move(list));
  const Json* body = whole_->Follow(written.Get("requestBody"));
  const Json* body_schema = nullptr;
  if (body != nullptr && body->Get("content").IsObject()) {
    Json content = Json::MakeObject();
    for (const auto& [type, media] : *body->Get("content").IfObject()) {
      const Json* schema = media.Find("schema");
      Json& one = content.Set(type, Json::MakeObject());
      if (schema != nullptr) one.Set("schema", whole_->ReferenceTo(*schema));
      if (media.Get("encoding").IsObject()) one.Set("encoding", media.Get("encoding"));
      if (body_schema == nullptr) body_schema = schema;
    }
    operation.Set("requestBody", Json::MakeObject({{"required", body->Get("required").AsBool()},
                                                   {"content", std::move(content)}}));
  }
  const Json ways = WaysOf(written, *whole_);
  const Demands demands{.credentials = !ways.IfArray()->empty(),
                        .challenge = ChallengeOf(written, *whole_),
                        .body = body_schema != nullptr,
                        .parameters = !parameters.empty(),
                        .resource = place.path.contains('{'),
                        .usual_success = UsualSuccess(place.method)};
  const std::string source = name_ + ", " + UpperCase(place.method) + " " + place.path;
  // What is kept is shown as it is kept.
  const bool is_kept =
      place.overlay != nullptr && place.overlay->Get("x-mockduit").Find("effect") != nullptr;
  const Sendables sendables = is_kept ? Sendables() : SendablesOf(parameters, body_schema, *whole_);
  OperationAnswers answers = AnswersOf(written, source, demands, sendables, *errors_, *whole_);
  for (std::string& note : answers.notes) {
    const std::string status = note.substr(0, note.find(':'));
    Note(pointer + "/responses/" + PointerToken(status), std::move(note));
  }
  operation.Set("responses", std::move(answers.responses));
  Json block = Json::MakeObject({{"credentials", ways}});
  if (!answers.conditions.IfObject()->empty()) {
    block.Set("conditions", std::move(answers.conditions));
  }
  operation.Set("x-mockduit", std::move(block));
  if (is_kept) ForgetFill(*operation.Find("responses"));
  if (place.overlay != nullptr) {
    if (ChangesSchemas(*place.overlay)) whole_->PutCopies(operation);
    operation.MergePatch(*place.overlay);
  }
  return operation;
}

}  // namespace mockduit
