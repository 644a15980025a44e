#include "contract/read/blocks.h"

#include <array>

namespace mockduit::blocks {
namespace {

constexpr BlockKey kVendorKeys[] = {{"documents", Takes::kMap},
                                    {"document", Takes::kText},
                                    {"headers", Takes::kMap},
                                    {"vendor", Takes::kText},
                                    {"edition", Takes::kText},
                                    {"base_path", Takes::kText},
                                    {"pages", Takes::kText},
                                    {"paths_below_base", Takes::kFlag},
                                    {"default", Takes::kFlag},
                                    {"trailing_slash", Takes::kFlag},
                                    {"slash_counts", Takes::kTexts},
                                    {"empty_query", Takes::kFlag},
                                    {"chosen_by", Takes::kList},
                                    {"credentials", Takes::kList},
                                    {"conditions", Takes::kMap},
                                    {"wording", Takes::kMap},
                                    {"fill", Takes::kMap},
                                    {"aliases", Takes::kList},
                                    {"kinds", Takes::kMap},
                                    {"lifecycles", Takes::kMap},
                                    {"webhooks", Takes::kMap},
                                    {"answers", Takes::kMap},
                                    {"asks_for", Takes::kList},
                                    {"client_variables", Takes::kMap},
                                    {"secrets", Takes::kList},
                                    {"cors", Takes::kMap},
                                    {"requests", Takes::kMap},
                                    {"told_times", Takes::kTexts},
                                    {"carried_failures", Takes::kList},
                                    {"declined", Takes::kList},
                                    {"refuse", Takes::kList}};
constexpr BlockKey kPartKeys[] = {
    {"document", Takes::kText}, {"part_of", Takes::kText}, {"answers", Takes::kMap}};
constexpr BlockKey kHeaderRefusalKeys[] = {{"header", Takes::kName},
                                           {"unlike", Takes::kName},
                                           {"outcome", Takes::kText},
                                           {"variant", Takes::kName}};
constexpr BlockKey kClassesKeys[] = {{"success", Takes::kMap}, {"failure", Takes::kMap}};
constexpr BlockKey kKindKeys[] = {{"id", Takes::kName},          {"refers", Takes::kMap},
                                  {"members", Takes::kAnything}, {"mask", Takes::kAnything},
                                  {"with", Takes::kMap},         {"without", Takes::kTexts},
                                  {"show", Takes::kAnything}};
constexpr BlockKey kSignKeys[] = {
    {"header", Takes::kName}, {"matches", Takes::kText}, {"body", Takes::kName}};
constexpr BlockKey kCredentialKeys[] = {
    {"scheme", Takes::kText}, {"name", Takes::kName}, {"needs_password", Takes::kFlag}};
constexpr BlockKey kCredentialsKeys[] = {{"all", Takes::kList}};
constexpr BlockKey kAskedHeaderKeys[] = {{"header", Takes::kName},  {"matches", Takes::kText},
                                         {"written", Takes::kText}, {"with_body", Takes::kFlag},
                                         {"source", Takes::kText},  {"inferred", Takes::kText}};
constexpr BlockKey kCorsKeys[] = {
    {"origins", Takes::kAnything}, {"methods", Takes::kAnything}, {"headers", Takes::kAnything},
    {"credentials", Takes::kFlag}, {"max_age", Takes::kNumber},   {"expose", Takes::kTexts},
    {"vary", Takes::kFlag},        {"status", Takes::kNumber},    {"body", Takes::kText},
    {"refused", Takes::kMap},      {"source", Takes::kText},      {"inferred", Takes::kText}};
constexpr BlockKey kCorsRefusalKeys[] = {{"status", Takes::kNumber}, {"body", Takes::kText}};
constexpr BlockKey kRequestsKeys[] = {{"repeated", Takes::kText},
                                      {"other_types", Takes::kText},
                                      {"json_types", Takes::kText},
                                      {"json_encoding", Takes::kText},
                                      {"content_encoding", Takes::kText},
                                      {"head", Takes::kFlag},
                                      {"lax", Takes::kFlag},
                                      {"flags", Takes::kText},
                                      {"allow", Takes::kText},
                                      {"json_first", Takes::kFlag}};
constexpr BlockKey kCarriedFailureKeys[] = {{"at", Takes::kName},     {"is", Takes::kTexts},
                                            {"uses", Takes::kTexts},  {"starts", Takes::kMap},
                                            {"source", Takes::kText}, {"inferred", Takes::kText}};
constexpr BlockKey kDeclinedKeys[] = {{"path", Takes::kName},
                                      {"method", Takes::kName},
                                      {"document", Takes::kName},
                                      {"reason", Takes::kText}};
constexpr BlockKey kAliasKeys[] = {{"from", Takes::kName},
                                   {"to", Takes::kName},
                                   {"variant", Takes::kName},
                                   {"deprecated", Takes::kFlag}};
constexpr BlockKey kWordingKeys[] = {{"location", Takes::kText}, {"messages", Takes::kMap}};
constexpr BlockKey kOutcomeKeys[] = {{"outcome", Takes::kText}, {"variant", Takes::kName}};
constexpr BlockKey kOperationKeys[] = {
    {"effect", Takes::kMap},           {"credentials", Takes::kList}, {"behaviour", Takes::kName},
    {"opened_by_users", Takes::kFlag}, {"conditions", Takes::kMap},   {"wording", Takes::kMap},
    {"creates", Takes::kFlag}};
constexpr BlockKey kEffectKeys[] = {
    {"create", Takes::kName},       {"get", Takes::kName},     {"list", Takes::kName},
    {"update", Takes::kName},       {"replace", Takes::kName}, {"delete", Takes::kName},
    {"id", Takes::kName},           {"by", Takes::kText},      {"taken", Takes::kOutcome},
    {"absent", Takes::kOutcome},    {"needs", Takes::kList},   {"refuse", Takes::kList},
    {"resource", Takes::kResource}, {"take", Takes::kTexts},   {"set", Takes::kMap},
    {"merge", Takes::kMap},         {"where", Takes::kMap},    {"newest_first", Takes::kFlag},
    {"sort", Takes::kMap},          {"page", Takes::kMap},     {"mask", Takes::kAnything},
    {"search", Takes::kMap},        {"with", Takes::kMap},     {"without", Takes::kTexts},
    {"show", Takes::kAnything},     {"then", Takes::kList}};
constexpr BlockKey kRelatedKeys[] = {{"find", Takes::kName},
                                     {"list", Takes::kName},
                                     {"by", Takes::kName},
                                     {"where", Takes::kMap},
                                     {"show", Takes::kAnything}};
constexpr BlockKey kNeedsKeys[] = {{"find", Takes::kName},
                                   {"list", Takes::kName},
                                   {"by", Takes::kName},
                                   {"where", Takes::kMap},
                                   {"absent", Takes::kOutcome}};
constexpr BlockKey kRefusalKeys[] = {{"when", Takes::kAnything}, {"there", Takes::kName},
                                     {"by", Takes::kName},       {"where", Takes::kMap},
                                     {"outcome", Takes::kText},  {"variant", Takes::kName}};
constexpr BlockKey kPageKeys[] = {{"style", Takes::kText},    {"limit", Takes::kName},
                                  {"start", Takes::kName},    {"default", Takes::kCount},
                                  {"maximum", Takes::kCount}, {"bad_cursor", Takes::kOutcome},
                                  {"total", Takes::kFlag}};
constexpr BlockKey kSearchKeys[] = {{"in", Takes::kTexts}, {"for", Takes::kName}};
constexpr BlockKey kSortKeys[] = {{"by", Takes::kName}, {"order", Takes::kText}};
constexpr BlockKey kMaskKeys[] = {
    {"members", Takes::kTexts}, {"as", Takes::kAnything}, {"unless", Takes::kName}};
constexpr BlockKey kWhichKeys[] = {
    {"find", Takes::kName}, {"by", Takes::kName}, {"where", Takes::kMap}};
constexpr BlockKey kLifecycleKeys[] = {{"quiet", Takes::kFlag},     {"kind", Takes::kName},
                                       {"takes", Takes::kDuration}, {"steps", Takes::kList},
                                       {"ends", Takes::kMap},       {"also_polled", Takes::kMap}};
constexpr BlockKey kStageKeys[] = {
    {"at", Takes::kNumber}, {"set", Takes::kMap}, {"merge", Takes::kMap}, {"then", Takes::kList}};
constexpr BlockKey kEndingKeys[] = {
    {"set", Takes::kMap}, {"merge", Takes::kMap}, {"then", Takes::kList}};
constexpr BlockKey kWebhooksKeys[] = {{"kind", Takes::kName},
                                      {"where", Takes::kMap},
                                      {"body", Takes::kAnything},
                                      {"headers", Takes::kMap},
                                      {"signature", Takes::kText},
                                      {"retries", Takes::kList},
                                      {"give_up_after", Takes::kDuration},
                                      {"timeout", Takes::kDuration},
                                      {"stays_active", Takes::kFlag},
                                      {"standard", Takes::kName},
                                      {"message", Takes::kText},
                                      {"attempted", Takes::kList}};
constexpr BlockKey kAnswerKeys[] = {{"document", Takes::kText}, {"outcome", Takes::kText},
                                    {"status", Takes::kNumber}, {"source", Takes::kText},
                                    {"inferred", Takes::kText}, {"besides", Takes::kText},
                                    {"fill", Takes::kMap},      {"natural", Takes::kMap}};
constexpr BlockKey kExampleKeys[] = {{"literal", Takes::kFlag}, {"document", Takes::kText},
                                     {"source", Takes::kText},  {"inferred", Takes::kText},
                                     {"besides", Takes::kText}, {"fill", Takes::kMap}};
constexpr BlockKey kHeaderKeys[] = {{"value", Takes::kAnything}};
constexpr BlockKey kDocumentKeys[] = {
    {"openapi", Takes::kText},    {"info", Takes::kMap},      {"jsonSchemaDialect", Takes::kText},
    {"servers", Takes::kList},    {"paths", Takes::kMap},     {"webhooks", Takes::kMap},
    {"components", Takes::kMap},  {"security", Takes::kList}, {"tags", Takes::kList},
    {"externalDocs", Takes::kMap}};
constexpr BlockKey kInfoKeys[] = {{"title", Takes::kText},       {"summary", Takes::kText},
                                  {"description", Takes::kText}, {"termsOfService", Takes::kText},
                                  {"contact", Takes::kMap},      {"license", Takes::kMap},
                                  {"version", Takes::kText}};
constexpr BlockKey kPathItemKeys[] = {
    {"summary", Takes::kText}, {"description", Takes::kText}, {"get", Takes::kMap},
    {"put", Takes::kMap},      {"post", Takes::kMap},         {"delete", Takes::kMap},
    {"options", Takes::kMap},  {"head", Takes::kMap},         {"patch", Takes::kMap},
    {"trace", Takes::kMap},    {"servers", Takes::kList},     {"parameters", Takes::kList}};
constexpr BlockKey kApiOperationKeys[] = {
    {"tags", Takes::kList},        {"summary", Takes::kText},     {"description", Takes::kText},
    {"externalDocs", Takes::kMap}, {"operationId", Takes::kText}, {"parameters", Takes::kList},
    {"requestBody", Takes::kMap},  {"responses", Takes::kMap},    {"callbacks", Takes::kMap},
    {"deprecated", Takes::kFlag},  {"security", Takes::kList},    {"servers", Takes::kList}};
constexpr BlockKey kParameterKeys[] = {
    {"name", Takes::kText},       {"in", Takes::kText},          {"description", Takes::kText},
    {"required", Takes::kFlag},   {"deprecated", Takes::kFlag},  {"allowEmptyValue", Takes::kFlag},
    {"style", Takes::kText},      {"explode", Takes::kFlag},     {"allowReserved", Takes::kFlag},
    {"schema", Takes::kAnything}, {"example", Takes::kAnything}, {"examples", Takes::kMap},
    {"content", Takes::kMap}};
constexpr BlockKey kRequestBodyKeys[] = {
    {"description", Takes::kText}, {"content", Takes::kMap}, {"required", Takes::kFlag}};
constexpr BlockKey kResponseKeys[] = {{"description", Takes::kText},
                                      {"headers", Takes::kMap},
                                      {"content", Takes::kMap},
                                      {"links", Takes::kMap}};
constexpr BlockKey kMediaTypeKeys[] = {{"schema", Takes::kAnything},
                                       {"example", Takes::kAnything},
                                       {"examples", Takes::kMap},
                                       {"encoding", Takes::kMap}};
constexpr BlockKey kEncodingKeys[] = {{"contentType", Takes::kText},
                                      {"headers", Takes::kMap},
                                      {"style", Takes::kText},
                                      {"explode", Takes::kFlag},
                                      {"allowReserved", Takes::kFlag}};
constexpr BlockKey kApiExampleKeys[] = {{"summary", Takes::kText},
                                        {"description", Takes::kText},
                                        {"value", Takes::kAnything},
                                        {"externalValue", Takes::kText}};
constexpr BlockKey kApiHeaderKeys[] = {
    {"description", Takes::kText},     {"required", Takes::kFlag},    {"deprecated", Takes::kFlag},
    {"allowEmptyValue", Takes::kFlag}, {"style", Takes::kText},       {"explode", Takes::kFlag},
    {"schema", Takes::kAnything},      {"example", Takes::kAnything}, {"examples", Takes::kMap},
    {"content", Takes::kMap}};
constexpr BlockKey kComponentsKeys[] = {
    {"schemas", Takes::kMap},         {"responses", Takes::kMap},     {"parameters", Takes::kMap},
    {"examples", Takes::kMap},        {"requestBodies", Takes::kMap}, {"headers", Takes::kMap},
    {"securitySchemes", Takes::kMap}, {"links", Takes::kMap},         {"callbacks", Takes::kMap},
    {"pathItems", Takes::kMap}};
constexpr BlockKey kKeysFileKeys[] = {{"accepted", Takes::kTexts}, {"refused", Takes::kMap}};
constexpr BlockKey kSeedKeys[] = {
    {"kind", Takes::kName}, {"id", Takes::kName}, {"resource", Takes::kMap}};

// Besides these, a step may say when it happens.
constexpr BlockKey kStepSet[] = {{"set", Takes::kMap},
                                 {"merge", Takes::kMap},
                                 {"when", Takes::kAnything},
                                 {"if_there", Takes::kMap},
                                 {"unless_there", Takes::kMap}};
constexpr BlockKey kStepMerge[] = {{"merge", Takes::kMap},
                                   {"when", Takes::kAnything},
                                   {"if_there", Takes::kMap},
                                   {"unless_there", Takes::kMap}};
constexpr BlockKey kStepUpdate[] = {{"update", Takes::kName},  {"by", Takes::kName},
                                    {"where", Takes::kMap},    {"set", Takes::kMap},
                                    {"merge", Takes::kMap},    {"when", Takes::kAnything},
                                    {"if_there", Takes::kMap}, {"unless_there", Takes::kMap}};
constexpr BlockKey kStepCreate[] = {{"create", Takes::kName},     {"id", Takes::kName},
                                    {"by", Takes::kName},         {"resource", Takes::kResource},
                                    {"when", Takes::kAnything},   {"if_there", Takes::kMap},
                                    {"unless_there", Takes::kMap}};
constexpr BlockKey kStepDelete[] = {{"delete", Takes::kName},  {"by", Takes::kName},
                                    {"where", Takes::kMap},    {"when", Takes::kAnything},
                                    {"if_there", Takes::kMap}, {"unless_there", Takes::kMap}};
constexpr BlockKey kStepEach[] = {{"each", Takes::kName},       {"by", Takes::kName},
                                  {"where", Takes::kMap},       {"then", Takes::kList},
                                  {"when", Takes::kAnything},   {"if_there", Takes::kMap},
                                  {"unless_there", Takes::kMap}};
constexpr BlockKey kStepBegin[] = {{"begin", Takes::kName},      {"of", Takes::kName},
                                   {"until", Takes::kName},      {"unscripted", Takes::kFlag},
                                   {"when", Takes::kAnything},   {"if_there", Takes::kMap},
                                   {"unless_there", Takes::kMap}};
constexpr BlockKey kStepStop[] = {{"stop", Takes::kName},
                                  {"of", Takes::kName},
                                  {"when", Takes::kAnything},
                                  {"if_there", Takes::kMap},
                                  {"unless_there", Takes::kMap}};
constexpr BlockKey kStepEmit[] = {{"emit", Takes::kName},
                                  {"data", Takes::kAnything},
                                  {"when", Takes::kAnything},
                                  {"if_there", Takes::kMap},
                                  {"unless_there", Takes::kMap}};

constexpr Block kSteps[] = {{"the step 'set'", kStepSet},       {"the step 'merge'", kStepMerge},
                            {"the step 'update'", kStepUpdate}, {"the step 'create'", kStepCreate},
                            {"the step 'delete'", kStepDelete}, {"the step 'each'", kStepEach},
                            {"the step 'begin'", kStepBegin},   {"the step 'stop'", kStepStop},
                            {"the step 'emit'", kStepEmit}};

}  // namespace

const Block kVendor = {"the vendor block", kVendorKeys};
const Block kPart = {"the block of a part", kPartKeys};
const Block kHeaderRefusal = {"a header that is refused", kHeaderRefusalKeys};
const Block kClasses = {"the headers of all answers", kClassesKeys};
const Block kKind = {"a kind", kKindKeys};
const Block kSign = {"a sign of an edition", kSignKeys};
const Block kCredential = {"a place of credentials", kCredentialKeys};
const Block kCredentials = {"several credentials", kCredentialsKeys};
const Block kAskedHeader = {"a header that is asked for", kAskedHeaderKeys};
const Block kCors = {"cors", kCorsKeys};
const Block kCorsRefusal = {"a refused preflight", kCorsRefusalKeys};
const Block kRequests = {"requests", kRequestsKeys};
const Block kCarriedFailure = {"a carried failure", kCarriedFailureKeys};
const Block kDeclined = {"what is declined", kDeclinedKeys};
const Block kAlias = {"an alias", kAliasKeys};
const Block kWording = {"wording", kWordingKeys};
const Block kOutcome = {"an outcome", kOutcomeKeys};
const Block kOperation = {"an operation's block", kOperationKeys};
const Block kEffect = {"an effect", kEffectKeys};
const Block kNeeds = {"what is needed", kNeedsKeys};
const Block kRelated = {"a member made of others", kRelatedKeys};
const Block kRefusal = {"a refusal", kRefusalKeys};
const Block kPage = {"a page", kPageKeys};
const Block kSort = {"a sort", kSortKeys};
const Block kSearch = {"a search", kSearchKeys};
const Block kMask = {"a mask", kMaskKeys};
const Block kWhich = {"what is looked for", kWhichKeys};
const Block kLifecycle = {"a lifecycle", kLifecycleKeys};
const Block kStage = {"a lifecycle's step", kStageKeys};
const Block kEnding = {"an ending", kEndingKeys};
const Block kWebhooks = {"webhooks", kWebhooksKeys};
const Block kAnswer = {"an answer's block", kAnswerKeys};
const Block kExample = {"an example's block", kExampleKeys};
const Block kHeader = {"a header's block", kHeaderKeys};
const Block kKeysFile = {"keys.yaml", kKeysFileKeys};
const Block kSeed = {"an entry of seed.yaml", kSeedKeys};

const Block kDocument = {"an OpenAPI document", kDocumentKeys, true};
const Block kInfo = {"info", kInfoKeys, true};
const Block kPathItem = {"a path", kPathItemKeys, true};
const Block kApiOperation = {"an operation", kApiOperationKeys, true};
const Block kParameter = {"a parameter", kParameterKeys, true};
const Block kRequestBody = {"a request body", kRequestBodyKeys, true};
const Block kResponse = {"an answer", kResponseKeys, true};
const Block kMediaType = {"a media type", kMediaTypeKeys, true};
const Block kEncoding = {"an encoding", kEncodingKeys, true};
const Block kApiExample = {"an example", kApiExampleKeys, true};
const Block kApiHeader = {"a header", kApiHeaderKeys, true};
const Block kComponents = {"components", kComponentsKeys, true};

std::span<const Block> Steps() { return kSteps; }

std::span<const Block* const> All() {
  static constexpr std::array kAll = {
      &kVendor,     &kPart,        &kHeaderRefusal, &kClasses,   &kKind,        &kSign,
      &kCredential, &kCredentials, &kAskedHeader,   &kCors,      &kCorsRefusal, &kCarriedFailure,
      &kAlias,      &kWording,     &kOutcome,       &kOperation, &kEffect,      &kNeeds,
      &kRelated,    &kRefusal,     &kPage,          &kSort,      &kSearch,      &kMask,
      &kWhich,      &kLifecycle,   &kStage,         &kEnding,    &kWebhooks,    &kAnswer,
      &kExample,    &kHeader,      &kKeysFile,      &kSeed,      &kRequests,    &kDeclined};
  return kAll;
}

}  // namespace mockduit::blocks
