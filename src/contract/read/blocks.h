// Blocks: every map that a contract may hold, its keys, and what may stand behind each. The readers
// hold maps against this list; docs/contract.schema.json says the same to editors, and a test holds
// the two against each other.
#pragma once

#include <span>
#include <string_view>

namespace mockduit {

// What may stand behind a key.
enum class Takes {
  kAnything,
  kText,
  kName,      // a text that is not empty
  kFlag,      // true or false
  kCount,     // a whole number from 1 on
  kNumber,    // any number
  kDuration,  // "10s"
  kTexts,     // a list of texts
  kMap,
  kList,
  kResource,  // a map, or a template that gives one
  kOutcome,   // "not_found", or {outcome: not_found, variant: box}
};

struct BlockKey {
  std::string_view name;
  Takes takes = Takes::kAnything;
};

struct Block {
  std::string_view name;  // how messages call it: "an effect"
  std::span<const BlockKey> keys;
  bool open_api = false;  // keys that begin with "x-" are anybody's
};

namespace blocks {

// Of x-mockduit.
extern const Block kVendor;
extern const Block kPart;
extern const Block kHeaderRefusal;
extern const Block kClasses;  // of outcomes: what their answers carry
extern const Block kKind;
extern const Block kSign;
extern const Block kCredential;
extern const Block kCredentials;
extern const Block kAskedHeader;
extern const Block kCors;
extern const Block kCorsRefusal;
extern const Block kRequests;
extern const Block kCarriedFailure;
extern const Block kDeclined;
extern const Block kAlias;
extern const Block kWording;
extern const Block kOutcome;
extern const Block kOperation;
extern const Block kEffect;
extern const Block kNeeds;
extern const Block kRelated;
extern const Block kRefusal;
extern const Block kPage;
extern const Block kSort;
extern const Block kSearch;
extern const Block kMask;
extern const Block kWhich;
extern const Block kLifecycle;
extern const Block kStage;
extern const Block kEnding;
extern const Block kWebhooks;
extern const Block kAnswer;
extern const Block kExample;
extern const Block kHeader;
// A step, by its verb: set, merge, update, create, delete, each, begin, stop, emit.
std::span<const Block> Steps();

// Of OpenAPI.
extern const Block kDocument;
extern const Block kInfo;
extern const Block kPathItem;
extern const Block kApiOperation;
extern const Block kParameter;
extern const Block kRequestBody;
extern const Block kResponse;
extern const Block kMediaType;
extern const Block kEncoding;
extern const Block kApiExample;
extern const Block kApiHeader;
extern const Block kComponents;

// Of the files beside a contract.
extern const Block kKeysFile;
extern const Block kSeed;

// All blocks of x-mockduit and of the files beside a contract, but the steps.
std::span<const Block* const> All();

}  // namespace blocks
}  // namespace mockduit
