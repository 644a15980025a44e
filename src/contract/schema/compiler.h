// SchemaCompiler: turns the schemas of one document into nodes, each place once, however many
// schemas lead there. Used by the contract reader; keywords are read by the functions of the table
// in keywords.h, which come back here for what stands below them.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/pattern.h"
#include "contract/schema.h"
#include "contract/schema/circle.h"
#include "contract/schema/keywords.h"
#include "contract/schema/node.h"
#include "contract/schema/places.h"

namespace mockduit {

class SchemaCompiler : private SchemaReading {
 public:
  // `root` must live as long as this.
  SchemaCompiler(const Json& root, SchemaRules rules);

  // The schema that stands there; it keeps what it needs, and outlives this. What is wrong with it,
  // and was not told of another before, is added to `mistakes`.
  std::shared_ptr<const Schema> Compile(const Json& json);
  std::vector<SchemaMistake> mistakes;
  // How many schemas were compiled so far, those within others included.
  std::size_t size() const { return arena_->size(); }

 private:
  using SchemaReading::Note;
  using SchemaReading::Wrong;

  const SchemaRules& rules() const override { return rules_; }
  const SchemaNode* Below(const Json& json) override;
  const SchemaNode* Referred(const Json& reference, bool is_dynamic) override;
  const Json* FindReferred(std::string_view reference) override;
  std::optional<Pattern> CompilePattern(const Json& place, std::string_view text,
                                        bool at_key) override;
  void Wrong(const Json& place, std::string message, bool at_key) override;
  void Note(const Json& place, std::string message, bool at_key) override;
  void Share(const SchemaNode& node, const SchemaNode* other, const Json& place) override;
  void Demand(const SchemaNode& node, const SchemaNode* other, const Json& place) override;

  // What "$dynamicRef" finds, by the resources on the way to a schema: for each name the outermost
  // place. They are numbered, and the first knows none. Until the first "$dynamicRef" is met there
  // is no other, so that each place is read once.
  using Scope = std::map<std::string, SchemaPlace, std::less<>>;
  struct Waiting {
    const Json* json;
    SchemaNode* node;
    SchemaResource* resource;
    std::size_t scope;
  };
  struct PlaceKey {
    const Json* json;
    std::size_t scope;
    bool operator==(const PlaceKey&) const = default;
  };
  struct PlaceHash {
    std::size_t operator()(const PlaceKey& key) const {
      return std::hash<const Json*>()(key.json) ^ (key.scope * 0x9E3779B97F4A7C15U);
    }
  };

  const SchemaNode* NodeAt(SchemaPlace place, std::size_t scope);
  bool IsReferenceAlone(const Json& schema) const;
  // Tells what stands beside a reference that is alone.
  void TellIgnored(const Json& reference);
  // Reports a reference that leads nowhere.
  SchemaPlace Resolve(const Json& reference, SchemaResource& from);
  // The scope within a resource that is come to in another.
  std::size_t Enter(SchemaResource& resource, std::size_t scope);
  // The nodes from the first on are to be read again.
  void Forget(std::size_t first);
  void ReadAll();
  void Read(const Json& json, SchemaNode& node);
  void TellUnknown(const JsonMember& member);
  void CheckBounds(const Json& schema);
  void CheckEnds(std::size_t first);
  void Tell(SchemaMistake mistake);
  static void Cut(SchemaNode& node, const SchemaNode* part);

  SchemaRules rules_;
  SchemaPlaces places_;
  std::shared_ptr<SchemaArena> arena_ = std::make_shared<SchemaArena>();
  std::unordered_map<PlaceKey, SchemaNode*, PlaceHash> by_place_;
  std::unordered_map<const SchemaNode*, std::shared_ptr<const Schema>> compiled_;
  std::deque<Waiting> waiting_;
  Waiting now_{};
  std::vector<Scope> scopes_{1};
  bool uses_scopes_ = false;
  bool wants_scopes_ = false;  // a "$dynamicRef" was met
  SchemaEdges shares_;
  SchemaEdges demands_;
};

}  // namespace mockduit
