#include "adopt/guess.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "adopt/compose.h"
#include "adopt/echo.h"
#include "adopt/merged_schema.h"
#include "adopt/page_parameters.h"
#include "adopt/path_item.h"
#include "adopt/resource_names.h"
#include "adopt/success_body.h"
#include "adopt/whole_document.h"
#include "base/text.h"
#include "contract/language/template.h"
#include "http/uri_template.h"

namespace mockduit {
namespace {

class Guesser {
 public:
  explicit Guesser(const Json& document) : document_(document) {}

  Guess guess;

  void Run() {
    const Json::Object* paths = document_.root().Get("paths").IfObject();
    if (paths == nullptr) return;
    for (const auto& [path, item] : *paths) {
      const std::size_t slash = path.rfind('/');
      const std::string_view last = std::string_view(path).substr(slash + 1);
      const bool is_item = slash > 0 && last.starts_with('{') && last.find('}') + 1 == last.size();
      if (is_item) TakeItem(path, path.substr(0, slash));
    }
    if (!kinds_.IfObject()->empty()) {
      guess.overlay.Set("x-mockduit", Json::MakeObject({{"kinds", kinds_}}));
      guess.overlay.Set("paths", paths_);
    }
  }

 private:
  // What is known of one kind of resources.
  struct Resource {
    std::string kind;
    std::string collection;
    std::string item;
    std::string id;                            // the member
    const Json* schema = nullptr;              // of one
    Json sample;                               // one
    Json made;                                 // one as it is made, with its templates
    std::string changed_at;                    // the member with the time of the last change; or ""
    std::map<std::string, std::string> above;  // variables of the path: the members that keep them
    std::vector<std::string> hidden;           // of those, the ones that answers do not show
    std::vector<std::string> calls;
  };

  const Json* OperationAt(const std::string& path, std::string_view method) {
    const Json* written = document_.root().Get("paths").Find(path);
    if (written == nullptr) return nullptr;
    for (const auto& [name, operation] : PathItemOf(*written, document_).Operations()) {
      if (name == method) return operation;
    }
    return nullptr;
  }

  const Json* Property(const Json& schema, std::string_view name) {
    return document_.Hold(MergedSchema(schema, document_, 0).schema).Get("properties").Find(name);
  }

  const Json* SchemaAt(const Json& schema, const std::string& place) {
    return place.empty() ? &schema : Property(schema, place.substr(1));
  }

  void TakeItem(const std::string& path, const std::string& collection) {
    const Json* get = OperationAt(path, "get");
    const Json* post = OperationAt(collection, "post");
    if (get == nullptr || post == nullptr) return;
    const std::string what = "POST " + collection + " and GET " + path;
    const auto success = SuccessOf("get", *get, document_);
    if (!success || success->schema == nullptr) {
      return Pass(what, "the latter answers no JSON");
    }
    const std::string variable = UriTemplate(path).variables().back();
    std::string place;
    Resource resource{.kind = NewKind(collection), .collection = collection, .item = path};
    resource.id = IdMemberOf(success->sample, variable);
    if (resource.id.empty() && success->sample.IsObject()) {
      for (const auto& [key, value] : *success->sample.IfObject()) {
        if (value.IsObject() && resource.id.empty()) {
          resource.id = IdMemberOf(value, variable);
          place = "/" + PointerToken(key);
        }
      }
    }
    if (resource.id.empty()) {
      return Pass(what, "no member of the answer is the path's " + variable);
    }
    resource.schema = SchemaAt(*success->schema, place);
    if (resource.schema == nullptr) return Pass(what, "the schema does not name the resource");
    if (!TakePost(*post, resource)) return;
    TakeGet(*success, place, resource);
    for (const char* method : {"patch", "put"}) TakeChange(method, resource);
    TakeDelete(resource);
    TakeList(resource);
    Json kind = Json::MakeObject({{"id", resource.id}, {"members", "any"}});
    if (!resource.hidden.empty()) {
      Json hidden = Json::MakeArray();
      for (const std::string& name : resource.hidden) hidden.Append(name);
      kind.Set("without", std::move(hidden));
    }
    kinds_.Set(resource.kind, std::move(kind));
    guess.made.push_back(resource.kind + ": " + Join(resource.calls));
  }

  void Pass(const std::string& what, const std::string& why) {
    guess.passed.push_back(what + ": " + why);
  }

  std::string NewKind(const std::string& collection) const {
    std::string kind = KindNamed(collection);
    if (kinds_.Find(kind) == nullptr) return kind;
    // Of two, the later one has the name of what is above it in front.
    std::string above = collection.substr(0, collection.rfind('/'));
    while (above.ends_with('}')) above = above.substr(0, above.rfind('/'));
    if (!KindNamed(above).empty()) kind = KindNamed(above) + "_" + kind;
    std::string unique = kind;
    for (int i = 2; kinds_.Find(unique) != nullptr; ++i) unique = kind + "_" + std::to_string(i);
    return unique;
  }

  const Json* BodySchemaOf(const Json& operation) {
    const Json* body = document_.Follow(operation.Get("requestBody"));
    const Json::Object* content = body != nullptr ? body->Get("content").IfObject() : nullptr;
    if (content == nullptr) return nullptr;
    for (const auto& [type, media] : *content) {
      if (const Json* schema = media.Find("schema")) return schema;
    }
    return nullptr;
  }

  bool TakePost(const Json& post, Resource& resource) {
    const std::string what = "POST " + resource.collection + " and GET " + resource.item;
    const auto success = SuccessOf("post", post, document_);
    if (!success || success->schema == nullptr) {
      Pass(what, "the former answers no JSON");
      return false;
    }
    const auto place = PlaceOf(success->sample, resource.id);
    const Json* schema = place ? SchemaAt(*success->schema, *place) : nullptr;
    if (schema == nullptr) {
      Pass(what, "the former does not answer with '" + resource.id + "'");
      return false;
    }
    Composed composed = Compose(*resource.schema, document_);
    // Where no value is good by what shows one, it is what makes one that tells what it is.
    if (!composed.objection.empty()) {
      resource.schema = schema;
      const std::string objection = std::exchange(composed, Compose(*schema, document_)).objection;
      if (!composed.objection.empty()) {
        Pass(what, objection);
        return false;
      }
    }
    resource.sample = composed.value;
    MakeTemplate(post, composed, resource);
    Json effect = Json::MakeObject({{"create", resource.kind}, {"resource", resource.made}});
    if (!ShowAs(*schema, resource, effect) || !HasIn(*success, *place)) {
      Pass(what, "the former answers with another schema");
      return false;
    }
    Add(resource, resource.collection, "post", std::move(effect), success->status,
        Json::MakeObject({{*place, "{{result}}"}}));
    return true;
  }

  // Says in the effect how the resource is shown where an answer's schema is not its own. False
  // where that answer would not tell which one it is.
  bool ShowAs(const Json& schema, const Resource& resource, Json& effect) {
    if (ObjectionTo(resource.sample, schema, document_).empty()) return true;
    Composed shown = Compose(schema, document_);
    if (!shown.objection.empty() || !shown.value.IsObject()) return false;
    const Sendables kept = MembersOf(*resource.schema, "result", document_);
    const auto fill = EchoIn(shown.value, schema, kept, document_);
    const std::string id = "/" + PointerToken(resource.id);
    const auto is_id = [&](const auto& one) { return one.first == id; };
    if (std::ranges::none_of(fill, is_id)) return false;
    Json show = std::move(shown.value);
    KeepBraces(show);
    for (const auto& [pointer, text] : shown.fill) show.SetAt(pointer, text);
    for (const auto& [pointer, text] : fill) show.SetAt(pointer, text);
    effect.Set("show", std::move(show));
    return true;
  }

  // The resource with what was sent, a new id and the times of now in their places.
  void MakeTemplate(const Json& post, const Composed& composed, Resource& resource) {
    Json made = composed.value;
    KeepBraces(made);
    for (const auto& [pointer, text] : composed.fill) made.SetAt(pointer, text);
    const std::string id = "/" + PointerToken(resource.id);
    made.SetAt(id, composed.value.Find(resource.id)->IsInteger() ? "{{number8}}" : "{{uuid4}}");
    const Sendables sendables = SendablesOf({}, BodySchemaOf(post), document_);
    Fill fresh = composed.fill;
    // A fresh id is better than the sample's.
    std::erase_if(fresh, [&](const auto& one) { return one.first == id; });
    fresh.emplace_back(id, *made.At(id));
    for (auto& [pointer, text] :
         EchoIn(composed.value, *resource.schema, sendables, document_, fresh)) {
      made.SetAt(pointer, text);
    }
    const UriTemplate above(resource.collection);
    for (const std::string& variable : above.variables()) {
      const Json* member = composed.value.Find(variable);
      const bool is_shown = member != nullptr && member->IsString();
      const std::string name = is_shown ? variable : "of_" + variable;
      made.Set(name, "{{request.path." + variable + "}}");
      resource.above[variable] = name;
      if (!is_shown) resource.hidden.push_back(name);
    }
    for (const auto& [name, value] : *composed.value.IfObject()) {
      if (IsTimeOfChange(name) && made.Find(name)->AsString().starts_with("{{now")) {
        resource.changed_at = name;
      }
    }
    resource.made = std::move(made);
  }

  // What keeps apart the resources of several above them.
  static void AddWhere(const Resource& resource, Json& effect) {
    if (resource.above.empty()) return;
    Json where = Json::MakeObject();
    for (const auto& [variable, member] : resource.above) {
      where.Set(member, "{{request.path." + variable + "}}");
    }
    effect.Set("where", std::move(where));
  }

  void TakeGet(const Success& success, const std::string& place, Resource& resource) {
    Json effect = Json::MakeObject({{"get", resource.kind}, {"absent", "not_found"}});
    AddWhere(resource, effect);
    Add(resource, resource.item, "get", std::move(effect), success.status,
        Json::MakeObject({{place, "{{result}}"}}));
  }

  void TakeChange(const std::string& method, Resource& resource) {
    const Json* operation = OperationAt(resource.item, method);
    const auto success =
        operation != nullptr ? SuccessOf(method, *operation, document_) : std::nullopt;
    if (!success) return;
    const Json* body = BodySchemaOf(*operation);
    Json taken = Json::MakeArray();
    for (const Sendable& sendable :
         body != nullptr ? SendablesOf({}, body, document_) : Sendables()) {
      if (resource.sample.Find(sendable.name) != nullptr && sendable.name != resource.id) {
        taken.Append(sendable.name);
      }
    }
    const std::string what = UpperCase(method) + " " + resource.item;
    if (taken.IfArray()->empty()) return Pass(what, "it changes no member that answers show");
    Json fill;
    Json effect = Json::MakeObject(
        {{"update", resource.kind}, {"absent", "not_found"}, {"take", std::move(taken)}});
    if (success->schema != nullptr) {
      const auto place = PlaceOf(success->sample, resource.id);
      const Json* schema = place ? SchemaAt(*success->schema, *place) : nullptr;
      if (schema != nullptr && HasIn(*success, *place) && ShowAs(*schema, resource, effect)) {
        fill = Json::MakeObject({{*place, "{{result}}"}});
      }
    }
    if (!resource.changed_at.empty()) {
      effect.Set("set",
                 Json::MakeObject({{resource.changed_at, resource.made.Get(resource.changed_at)}}));
    }
    AddWhere(resource, effect);
    Add(resource, resource.item, method, std::move(effect), success->status, std::move(fill));
  }

  void TakeDelete(Resource& resource) {
    const Json* operation = OperationAt(resource.item, "delete");
    const auto success =
        operation != nullptr ? SuccessOf("delete", *operation, document_) : std::nullopt;
    if (!success) return;
    Json effect = Json::MakeObject({{"delete", resource.kind}, {"absent", "not_found"}});
    AddWhere(resource, effect);
    Add(resource, resource.item, "delete", std::move(effect), success->status, {});
  }

  struct ListPlace {
    std::string pointer;
    const Json* items;  // their schema
  };

  // The list in a body, and what its items are.
  std::optional<ListPlace> ListIn(const Success& success) {
    const auto items_of = [&](const Json& array) {
      return &document_.Hold(MergedSchema(array, document_, 0).schema.Get("items"));
    };
    if (success.sample.IsArray()) return ListPlace{"", items_of(*success.schema)};
    const Json::Object* members = success.sample.IfObject();
    if (members == nullptr) return std::nullopt;
    for (const auto& [key, value] : *members) {
      const Json* property = value.IsArray() ? Property(*success.schema, key) : nullptr;
      if (property == nullptr || !HasIn(success, "/" + PointerToken(key))) continue;
      const Json* items = items_of(*property);
      if (Compose(*items, document_).value.IsObject()) {
        return ListPlace{"/" + PointerToken(key), items};
      }
    }
    return std::nullopt;
  }

  void TakeList(Resource& resource) {
    const Json* operation = OperationAt(resource.collection, "get");
    const auto success =
        operation != nullptr ? SuccessOf("get", *operation, document_) : std::nullopt;
    if (!success || success->schema == nullptr) return;
    const auto list = ListIn(*success);
    Json natural;
    Json effect = Json::MakeObject({{"list", resource.kind}});
    if (!list || !ShowAs(*list->items, resource, effect)) {
      return Pass("GET " + resource.collection, "no list in its answer has such items");
    }
    AddWhere(resource, effect);
    Json fill = Json::MakeObject({{list->pointer, "{{result.items}}"}});
    AddPages(*operation, *success, effect, fill, natural);
    Add(resource, resource.collection, "get", std::move(effect), success->status, std::move(fill),
        std::move(natural));
  }

  // The next page is filled in where the examples tell of one, else added.
  void AddPages(const Json& operation, const Success& success, Json& effect, Json& fill,
                Json& natural) {
    const auto paging = PageParametersOf(operation, document_);
    if (!paging) return;
    Json page = Json::MakeObject({{"style", paging->by_cursor ? "cursor" : "offset"},
                                  {"limit", paging->limit},
                                  {"start", paging->start},
                                  {"default", std::min<std::int64_t>(paging->most, 100)},
                                  {"maximum", paging->most}});
    if (paging->by_cursor) {
      const auto next = NextPageIn(*success.schema, document_);
      if (!next) return;
      const char* cursor =
          next->may_be_absent ? "{{result.next_cursor ?? omit}}" : "{{result.next_cursor}}";
      if (HasIn(success, next->pointer)) {
        fill.Set(next->pointer, cursor);
      } else {
        natural = Json::MakeObject();
        natural.SetAt(next->pointer, cursor);
      }
      page.Set("bad_cursor", "bad_request");
    }
    effect.Set("page", std::move(page));
  }

  void Add(Resource& resource, const std::string& path, const std::string& method, Json effect,
           const std::string& status, Json fill, Json natural = {}) {
    Json operation =
        Json::MakeObject({{"x-mockduit", Json::MakeObject({{"effect", std::move(effect)}})}});
    if (fill.IsObject()) {
      Json block = Json::MakeObject({{"fill", std::move(fill)}});
      if (natural.IsObject()) block.Set("natural", std::move(natural));
      Json response = Json::MakeObject({{"x-mockduit", std::move(block)}});
      operation.Set("responses", Json::MakeObject({{status, std::move(response)}}));
    }
    if (paths_.Find(path) == nullptr) paths_.Set(path, Json::MakeObject());
    paths_.Find(path)->Set(method, std::move(operation));
    resource.calls.push_back(UpperCase(method) + " " + path);
  }

  WholeDocument document_;
  Json kinds_ = Json::MakeObject();
  Json paths_ = Json::MakeObject();
};

}  // namespace

Guess GuessOverlay(const Json& document) {
  Guesser guesser(document);
  guesser.Run();
  return std::move(guesser.guess);
}

}  // namespace mockduit
