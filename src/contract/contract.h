// Contract: one edition of one vendor's API, as data: its operations, what a request must look
// like, and every documented outcome with its source. Read from fixtures/, never changed after.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/lazy.h"
#include "base/pattern.h"
#include "base/problem.h"
#include "contract/language/effect.h"
#include "contract/language/kind.h"
#include "contract/language/lifecycle.h"
#include "contract/language/template.h"
#include "contract/language/webhooks.h"
#include "contract/parameter.h"
#include "contract/schema.h"
#include "contract/wording.h"
#include "http/media_type.h"
#include "http/uri_template.h"

namespace mockduit {

// What an answer stands on: a document and its section, or the reason it had to be inferred.
struct Source {
  std::string text;
  bool inferred = false;
  bool is_pattern = false;  // of an answer that several operations have: each fills it

  std::string Text() const { return inferred ? "inferred: " + text : text; }
};

// A header that an outcome carries.
struct HeaderRule {
  std::string name;
  Template value;
  bool retry_after = false;  // an integer of seconds that a scenario may set
  int minimum = 1;           // documented bounds of such an integer
  int maximum = std::numeric_limits<int>::max();
};

// One documented body of an outcome, which has a name.
// What a variant shows.
struct VariantBody {
  Json example;         // as documented
  JsonTemplate filled;  // the example, with the parts that vary (`fill`) as holes
};

struct Variant {
  std::string name;
  // Never nullptr. Of one document, variants that show the same have the same.
  std::shared_ptr<const VariantBody> body = std::make_shared<const VariantBody>();
  Source source;
  std::string type = "application/json";  // what it is sent as
  std::string range;                      // that is documented in place of a type; "": none
  bool is_text = false;                   // it is sent as it is: a text in no JSON

  // What it is sent as to a client with this header Accept.
  std::string TypeFor(std::string_view accept) const;
};

struct Outcome {
  std::string name;  // "rate_limited"
  int status = 0;
  Source source;
  std::vector<std::string> types;  // that it has variants of; the first is the usual one
  std::vector<HeaderRule> headers;
  std::vector<Variant> variants;         // the first is the default; never empty
  std::shared_ptr<const Schema> schema;  // of the body; nullptr where none is documented
  bool has_body = true;
  std::optional<JsonTemplate>
      natural;  // merge patch on the body of a request that was not scripted

  const Variant* FindVariant(std::string_view variant) const;
  // The variant that a client with this header Accept would rather have than `by_default`: one of
  // the same name, or where `any` is true the first of its type. nullptr where it takes none.
  const Variant* FindAccepted(std::string_view accept, const Variant& by_default, bool any) const;
};

// A media type that an operation takes a body of.
struct BodyType {
  std::string type;  // as the contract writes it; may be a range: "text/*"
  BodyKind kind = BodyKind::kJson;
  std::shared_ptr<const Schema> schema;  // nullptr: any such body is good
  bool only_objects = false;             // what is no object is no body at all
  TextShape shape;                       // of the fields of a form
  FieldWritings writings;                // of those that `encoding` names
  // The media types, ranges too, that parts are of by `encoding`, by their names.
  std::vector<std::pair<std::string, std::vector<std::string>>> part_types;
};

// How a vendor's servers read what documents leave open.
struct RequestRules {
  bool last_counts = false;          // of a scalar that comes several times; else the first
  bool other_types_as_text = false;  // a body of a type that is not listed; else it is read as JSON
  bool only_listed_json = false;     // application/json is no other JSON, such as */*+json
  bool only_application_json = false;  // ... or that below application/ alone
  bool any_unicode = false;            // JSON in UTF-16 and UTF-32 is read, too
  bool ignores_codings = false;        // Content-Encoding is not looked at: gzip stays gzip
  bool no_head = false;                // HEAD is no method of a path that has GET
  bool allows_first = false;           // Allow names the first method of a path; else all of them
  bool json_first = false;             // what is no JSON is told before the key is looked at
  bool lax = false;             // values may be written in other ways: contract/schema/lax.cc
  bool flags_as_texts = false;  // of these ways, "true" and "false" in a body alone
};

// A header that the vendor asks its clients to send.
struct AskedHeader {
  std::string name;
  Pattern pattern;         // that its value must match
  std::string written;     // the pattern as people read it: "application/json"
  bool with_body = false;  // only where there is a body
  Source source;
};

// What a page of another origin may do, as the vendor tells browsers: the headers Access-Control-*
// of the Fetch standard.
struct Cors {
  struct List {
    bool asked = false;              // whatever the browser asks for
    std::vector<std::string> texts;  // else these; "*" alone is sent as it is
  };
  struct Reply {
    int status;
    std::string body;  // "": none
  };

  List origins;
  List methods;  // of a preflight's answer, and so the next
  List headers;
  std::optional<int> max_age;       // seconds that a browser keeps a preflight's answer
  std::vector<std::string> expose;  // headers that the page may read
  bool credentials = false;
  bool vary = false;  // answers say that they depend on the Origin
  Reply preflight{204, ""};
  Reply refused{403, ""};  // a preflight of an origin that is not allowed
  Source source;
};

// What a successful answer may say: that something failed all the same.
struct CarriedFailure {
  std::string at;                   // a dotted path in the body; "*" is every item of a list
  std::vector<std::string> values;  // that say it
  std::vector<std::string> uses;    // ids of operations that carry on as if it had not failed
  Json starts;                      // an object: a change that sets no more than this does so, too
  Source source;
};

// A condition of a request before it reaches the store, and the outcome that answers it.
struct ConditionOutcome {
  std::string condition;  // one of kConditions
  std::string outcome;
  std::string variant;  // "" = the default
};

inline constexpr std::string_view kConditions[] = {
    "no_credential", "unknown_credential", "no_permission", "bad_path",
    "bad_query",     "malformed_body",     "invalid",       "not_acceptable",
    "media_type",    "undecodable",        "unknown_path",  "unknown_method",
    "rate_limited"};

// Another path that an operation answers at. Its variables are those of the operation's own path.
struct Alias {
  UriTemplate path;
  std::string variant;  // the usual one of outcomes that have it, for calls by this path
  bool deprecated = false;
};

// What the vendor documents and this contract does not answer.
struct Declined {
  UriTemplate path;
  std::string method;          // "": all of the path
  std::string document;        // that has it
  std::string reason;          // why it is not answered; "": not told
  std::vector<Alias> aliases;  // other paths of the same
};

struct Contract;

// A way to present a credential.
struct CredentialPlace {
  enum class Scheme {
    kBearer,
    kRaw,
    kBasic,
    kOther,  // another scheme of Authorization, as Digest
    kHeader,
    kQuery,
    kCookie,
    kBody
  };
  Scheme scheme = Scheme::kBearer;
  std::string field;  // the name of the header, the parameter, the cookie or the body's field
  bool needs_password = false;  // of kBasic: a name alone is no credential

  bool operator==(const CredentialPlace&) const = default;
};

// Credentials that are good together: one in each of these places.
using CredentialWay = std::vector<CredentialPlace>;

// What a request of an operation must be, and what answers it.
struct OperationDetails {
  std::vector<Parameter> parameters;
  std::vector<BodyType> bodies;        // empty: no body is read
  std::shared_ptr<const Schema> body;  // of its JSON; nullptr where it has none
  bool needs_body = false;
  std::vector<Outcome> outcomes;  // success first
  std::optional<Effect> effect;
  std::string behaviour;                     // the name of its C++ behaviour, or ""
  Problem at_behaviour;                      // where that stands, for what is wrong with it
  bool opened_by_users = false;              // a page: no client is judged by such requests
  std::vector<ConditionOutcome> conditions;  // before those of the contract
  Wording wording;                           // the contract's, with the operation's own words
  // The ways to present credentials, any of which will do; none is needed where there are none.
  // Nothing: those of the contract.
  std::optional<std::vector<CredentialWay>> credentials;
  // What the templates of its answers know: those of a success, and all others.
  std::shared_ptr<const Names> success_names;
  std::shared_ptr<const Names> failure_names;
};

struct Operation {
  const Contract* contract = nullptr;
  std::string id;    // "create_connection"
  std::string name;  // "acme.create_box"
  std::string method;
  std::string summary;
  UriTemplate path{"/"};
  std::vector<Alias> aliases;
  bool deprecated = false;
  bool creates = false;  // it makes something new: what scenarios of creates concern
  // Of the contracts inside the binary, they are read when they are first asked for.
  Lazy<OperationDetails> details;

  const std::vector<Parameter>& parameters() const { return details.Get().parameters; }
  const std::vector<BodyType>& bodies() const { return details.Get().bodies; }
  const Schema* body() const { return details.Get().body.get(); }
  bool needs_body() const { return details.Get().needs_body; }
  const std::vector<Outcome>& outcomes() const { return details.Get().outcomes; }
  const std::optional<Effect>& effect() const { return details.Get().effect; }
  const std::string& behaviour() const { return details.Get().behaviour; }
  bool opened_by_users() const { return details.Get().opened_by_users; }
  const std::optional<std::vector<CredentialWay>>& credentials() const {
    return details.Get().credentials;
  }
  const Wording& wording() const { return details.Get().wording; }
  const Names& success_names() const { return *details.Get().success_names; }
  const Names& failure_names() const { return *details.Get().failure_names; }

  // Of the media types that it lists, the one that a body with this Content-Type is of; of a body
  // that says none (""), the usual one. nullptr where it is none of them.
  const BodyType* FindBody(std::string_view content_type) const;
  // The JSON, else the first, of an operation that lists some.
  const BodyType& UsualBody() const;
  const Outcome* FindOutcome(std::string_view outcome) const;
  const Outcome* FindStatus(int status) const;
  // The operation's own, else the contract's; nullptr where neither has it.
  const ConditionOutcome* FindCondition(std::string_view condition) const;
};

// What a client sends that chooses an edition. Headers are looked at before bodies, and both before
// credentials.
struct Sign {
  enum class In { kHeader, kBody, kCredential };
  In in = In::kCredential;
  std::string name;                // the header, the field of the body, or the credential's scheme
  std::optional<Pattern> pattern;  // that the header's value must match
};

// A header that must look so, where it is sent by a caller whose credential is good.
struct HeaderRefusal {
  std::string header;
  Pattern unlike;      // a value without a match of it is refused
  OutcomeRef outcome;  // one of the answers that belong to no operation
};

struct Contract {
  std::string file;
  std::string vendor;
  std::string edition;
  std::string title;
  std::string base_path;    // what a client's base URL ends in: "/v1", or ""
  std::string pages;        // where the vendor's pages stand that links lead to; may be ""
  bool is_default = false;  // serves what no credential and no option decides
  std::vector<Sign> chosen_by;
  bool trailing_slash = false;            // "/x/" is "/x"
  std::vector<std::string> slash_counts;  // but below these paths it is not
  RequestRules requests;
  bool empty_query = false;  // "?x=" is as if x were not there, where x is optional
  std::vector<CredentialPlace> credentials;
  std::vector<AskedHeader> asks_for;
  std::vector<HeaderRefusal> refusals;  // in the order of looking
  std::optional<Cors> cors;             // nothing: the vendor says nothing to browsers
  std::vector<std::string> hosts;       // of the vendor's own servers: "api.acme.example"
  std::vector<std::string> secrets;  // names of members that are secrets: "pin", "config.hostname"
  // Environment variables that clients of the vendor read their base URL from, and what stands in
  // them after the server's own URL: ACME_API_URL → "/v1".
  std::vector<std::pair<std::string, std::string>> client_variables;
  std::vector<CarriedFailure> carried_failures;
  std::vector<Declined> declined;
  // Dotted paths in bodies of times until which a client is asked to wait.
  std::vector<std::string> told_times;
  std::vector<ConditionOutcome> conditions;
  Wording wording;
  std::vector<std::unique_ptr<const Operation>> operations;
  Kinds kinds;
  std::vector<std::shared_ptr<const Lifecycle>> lifecycles;
  std::shared_ptr<const Webhooks> webhooks;  // nullptr: it has none
  // Answers that belong to no operation: unknown path, method … Read as an operation's details.
  Lazy<std::vector<Outcome>> shared;

  // What its file says that is not held, such as a regular expression that looks ahead. Only of a
  // contract that was read as a whole.
  std::vector<Problem> notes;

  const Operation* FindOperation(std::string_view id) const;
  const Outcome* FindShared(std::string_view outcome) const;
  const ConditionOutcome* FindCondition(std::string_view condition) const;
  // Whether a path of its document may have a slash behind it: "/x/" for "/x".
  bool TakesSlash(std::string_view path) const;
  // What is declined of such requests; nullptr when there is none.
  const Declined* FindDeclined(std::string_view method, std::string_view path) const;
  // By its short name, "sync_job"; nullptr when there is none.
  std::shared_ptr<const Lifecycle> FindLifecycle(std::string_view lifecycle) const;
};

// What the templates of an answer may ask for that any of these operations may give: the names of a
// scenario's play. Of no operation, it is every name.
Names NamesOfPlay(const std::vector<const Operation*>& operations);

// The outcomes that have a name, with the status that documents give each most often.
struct OutcomeName {
  std::string_view name;
  int status;
};
inline constexpr OutcomeName kOutcomeNames[] = {
    {"success", 200},        {"bad_request", 400},  {"unauthorized", 401},
    {"forbidden", 403},      {"not_found", 404},    {"method_not_allowed", 405},
    {"not_acceptable", 406}, {"conflict", 409},     {"unsupported_media_type", 415},
    {"unprocessable", 422},  {"rate_limited", 429}, {"server_error", 500},
    {"unavailable", 503},
};
std::vector<std::string> OutcomeNames();

}  // namespace mockduit
