#include "adopt/answers_of.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "adopt/header_value.h"
#include "adopt/media_samples.h"
#include "adopt/outcome_of_status.h"
#include "adopt/written_body.h"
#include "base/text.h"
#include "contract/contract.h"
#include "http/headers.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

// What ranges and `default` stand for, where the document does not list the status itself.
constexpr std::array kClientErrors = {400, 401, 403, 404, 409, 422, 429};
constexpr std::array kServerErrors = {500, 503};

bool IsMain(int status) {
  return std::ranges::find(kOutcomeNames, status, &OutcomeName::status) != std::end(kOutcomeNames);
}

// Successes first, then the statuses that give an outcome its usual answer, then all others.
std::pair<int, int> Order(int status) {
  const int rank = status < 300 ? 0 : status < 400 ? 1 : IsMain(status) ? 2 : 3;
  return {rank, status};
}

struct ByOrder {
  bool operator()(int a, int b) const { return Order(a) < Order(b); }
};

class AnswerMaker {
 public:
  AnswerMaker(const std::string& source, const Demands& demands, const Sendables& sendables,
              ErrorModel& errors, WholeDocument& document)
      : source_(source),
        demands_(demands),
        sendables_(sendables),
        errors_(errors),
        document_(document) {}

  std::map<int, Json, ByOrder> answers;
  std::vector<std::string> notes;

  void AddDocumented(const Json::Object& responses) {
    std::set<int> listed;
    for (const auto& [key, response] : responses) {
      if (const auto status = ParseNumber<int>(key)) listed.insert(*status);
    }
    for (const auto& [key, response] : responses) {
      const auto status = ParseNumber<int>(key);
      if (status && *status >= 200 && *status <= 599) {
        AddOne(*status, key, response);
      } else if (IsInterim(key)) {
        notes.push_back(key + ": this comes before the answer proper; it is not sent");
      } else if (!IsRange(key) && !key.starts_with("x-")) {
        notes.push_back("'" + key + "' is no status; this answer is left out");
      }
    }
    // What is said of fewer statuses counts before what is said of more.
    for (const bool of_all : {false, true}) {
      for (const auto& [key, response] : responses) {
        if (!IsRange(key) || (key == "default") != of_all) continue;
        for (const int one : StatusesOf(key, listed)) AddOne(one, key, response);
      }
    }
  }

  // `challenge` is of 401.
  void AddInferred(int status, const std::string& why, const std::string& challenge = "") {
    if (answers.contains(status)) return;
    Json answer = errors_.AnswerOf(status, why);
    answer.Find("x-mockduit")->Set("outcome", OutcomeOfStatus(status));
    if (status == 429) AddRetryAfter(answer);
    if (!challenge.empty()) {
      answer.SetAt("/headers/WWW-Authenticate", Json::MakeObject({{"example", challenge}}));
    }
    answers.emplace(status, std::move(answer));
  }

  void AddSuccess() {
    const bool has_one =
        std::ranges::any_of(answers, [](const auto& answer) { return answer.first < 400; });
    if (has_one) return;
    answers.emplace(
        200,
        Json::MakeObject(
            {{"description", "OK"},
             {"x-mockduit", Json::MakeObject({{"outcome", "success"},
                                              {"inferred", "the document lists no success"}})}}));
  }

 private:
  static bool IsRange(const std::string& key) {
    const std::string upper = UpperCase(key);
    return key == "default" ||
           (upper.size() == 3 && upper.ends_with("XX") && upper[0] >= '2' && upper[0] <= '5');
  }

  // What comes before the answer proper.
  static bool IsInterim(const std::string& key) {
    return key.size() == 3 && key[0] == '1' && (UpperCase(key) == "1XX" || ParseNumber<int>(key));
  }

  std::vector<int> StatusesOf(const std::string& key, const std::set<int>& listed) const {
    std::vector<int> statuses;
    const auto add = [&](int status) {
      if (!listed.contains(status) && !answers.contains(status)) statuses.push_back(status);
    };
    const auto has_one_of = [&](int first, int last) {
      const auto is_in = [&](int one) { return one >= first && one <= last; };
      return std::ranges::any_of(listed, is_in) ||
             std::ranges::any_of(answers, [&](const auto& one) { return is_in(one.first); });
    };
    if (key[0] == '2' && !has_one_of(200, 299)) add(demands_.usual_success);
    if (key[0] == '3' && !has_one_of(300, 399)) add(302);
    if (key == "default" && !has_one_of(200, 399)) add(200);
    if (key[0] == '4' || key == "default") std::ranges::for_each(kClientErrors, add);
    if (key[0] == '5' || key == "default") std::ranges::for_each(kServerErrors, add);
    return statuses;
  }

  void AddOne(int status, const std::string& key, const Json& response) {
    static const Json kNothing = Json::MakeObject();
    const Json* resolved = document_.Follow(response);
    if (resolved == nullptr) {
      notes.push_back(key + ": its $ref leads nowhere");
      resolved = &kNothing;
    }
    Json answer = Json::MakeObject({{"description", resolved->Get("description").AsString()}});
    answer.Set("x-mockduit", Json::MakeObject({{"outcome", OutcomeOfStatus(status)},
                                               {"status", status},
                                               {"source", SourceOf(status, key)}}));
    AddHeaders(key, *resolved, answer);
    AddContent(status, key, *resolved, answer);
    if (status == 429) AddRetryAfter(answer);
    answers.emplace(status, std::move(answer));
  }

  // A range of successes does not say which of them comes.
  std::string SourceOf(int status, const std::string& key) const {
    const bool is_chosen = status < 400 && IsRange(key) && key != "default";
    return source_ + ", response " + key +
           (is_chosen ? " (that it is " + std::to_string(status) + " is inferred)" : "");
  }

  void AddHeaders(const std::string& key, const Json& response, Json& answer) {
    const Json::Object* headers = response.Get("headers").IfObject();
    if (headers == nullptr) return;
    Json list = Json::MakeObject();
    for (const auto& [name, header] : *headers) {
      const Json* resolved = document_.Follow(header);
      if (resolved == nullptr || IsOfTheDoor(name)) continue;
      const HeaderValue value = HeaderValueOf(name, *resolved, document_);
      if (!IsHeaderName(name)) {
        notes.push_back(key + ": '" + name + "' is no name of a header; it is left out");
      } else if (value.sample.empty()) {
        notes.push_back(key + ": the header '" + name +
                        "' has nothing that can be written in one; it is left out");
      } else {
        list.Set(name, Json::MakeObject({{"example", value.varying}}));
      }
    }
    if (!list.IfObject()->empty()) answer.Set("headers", std::move(list));
  }

  static bool IsOfTheDoor(std::string_view name) {
    static constexpr std::array<std::string_view, 5> kThose = {
        "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Date"};
    return std::ranges::any_of(kThose,
                               [&](std::string_view one) { return EqualsIgnoringCase(one, name); });
  }

  static void AddRetryAfter(Json& answer) {
    const Json::Object* headers = answer.Get("headers").IfObject();
    const bool has_one = headers != nullptr && std::ranges::any_of(*headers, [](const auto& one) {
                           return EqualsIgnoringCase(one.key, "Retry-After");
                         });
    if (!has_one) answer.SetAt("/headers/Retry-After", Json::MakeObject({{"example", "1"}}));
  }

  void AddContent(int status, const std::string& key, const Json& response, Json& answer) {
    const Json::Object* content = response.Get("content").IfObject();
    if (content == nullptr || content->empty()) return;
    if (status == 204 || status == 304) {
      return notes.push_back(key + ": an answer of " + std::to_string(status) +
                             " has no body; its 'content' is left out");
    }
    Json list = Json::MakeObject();
    Json::Array naturals;
    for (const auto& [type, media] : *content) {
      const std::string written = TypeOf(type);
      // Parts are sent with what stands between them, and so in no range.
      const bool is_range = IsMediaRange(type) && !HasParts(type);
      const std::string listed = is_range ? type : written;
      if (list.Find(listed) != nullptr) continue;
      MediaSamples samples = SamplesOf(written, media, sendables_, document_);
      for (const std::string& note : samples.notes) notes.push_back(key + ": " + note);
      const Json* schema = media.Find("schema");
      if (IsJsonMedia(written)) {
        const bool is_told = samples.is_composed && status >= 400 && schema != nullptr;
        naturals.push_back(is_told ? TellIn(samples.media, *schema, status) : Json());
      }
      list.Set(listed, std::move(samples.media));
    }
    answer.Set("content", std::move(list));
    // It is of all bodies of JSON.
    const bool is_one = !naturals.empty() && !naturals.front().IsNull() &&
                        std::ranges::count(naturals, naturals.front()) == std::ssize(naturals);
    if (is_one) answer.Find("x-mockduit")->Set("natural", std::move(naturals.front()));
  }

  // What is sent of that type. Parts need something between them.
  static std::string TypeOf(const std::string& type) {
    if (type.empty()) return "application/json";
    std::string one = IsMediaRange(type) ? TypeInside(type, "", false) : type;
    if (!HasParts(one) || MediaParameter(one, "boundary")) return one;
    return one + "; boundary=" + std::string(kBoundary);
  }

  static bool HasParts(const std::string& type) {
    return LowerCase(type).starts_with("multipart/");
  }

  // Gives what says what is wrong with a request.
  Json TellIn(Json& media, const Json& schema, int status) {
    Json& example = *media.Find("examples")->Find("composed");
    Composed composed{example.Get("value"), {}, ""};
    if (const Json::Object* fill = example.Get("x-mockduit").Get("fill").IfObject()) {
      if (fill->front().key.empty()) return {};  // it shows the whole request
      for (const auto& [pointer, text] : *fill) composed.fill.emplace_back(pointer, text);
    }
    ToldFailure told = TellFailure(composed, schema, status, document_);
    example = ExampleOf(std::move(told.value), told.fill);
    return std::move(told.natural);
  }

  const std::string& source_;
  const Demands& demands_;
  const Sendables& sendables_;
  ErrorModel& errors_;
  WholeDocument& document_;
};

// FastAPI and its like tell all that is wrong with a request by 422.
Json ConditionsFor(const Json::Object& responses) {
  const auto lists = [&](std::string_view status) {
    return std::ranges::find(responses, status, &JsonMember::key) != responses.end();
  };
  if (!lists("422")) return Json::MakeObject();
  Json conditions = Json::MakeObject({{"invalid", "unprocessable"}});
  if (lists("400")) return conditions;
  for (const char* condition : {"bad_path", "bad_query", "malformed_body"}) {
    conditions.Set(condition, "unprocessable");
  }
  return conditions;
}

}  // namespace

OperationAnswers AnswersOf(const Json& operation, const std::string& source, const Demands& demands,
                           const Sendables& sendables, ErrorModel& errors,
                           WholeDocument& document) {
  static const Json::Object kNone;
  const Json::Object* responses = operation.Get("responses").IfObject();
  if (responses == nullptr) responses = &kNone;
  AnswerMaker maker(source, demands, sendables, errors, document);
  maker.AddDocumented(*responses);
  maker.AddSuccess();
  maker.AddInferred(400, "a request may be wrong, which the document does not say");
  if (demands.credentials) {
    maker.AddInferred(401,
                      "a credential is asked for, and the document does not say what answers "
                      "a request without one",
                      demands.challenge);
    maker.AddInferred(403, "a credential may lack a permission, which the document does not say");
  }
  if (demands.resource) {
    maker.AddInferred(404, "what the path names may not be there, which the document does not say");
  }
  if (demands.body) {
    maker.AddInferred(415,
                      "the document lists the media types that are taken, not what answers "
                      "another one");
  }
  maker.AddInferred(429, "every API has its limits, though the document tells of none");
  maker.AddInferred(500, "every server may fail, though the document does not say so");
  maker.AddInferred(503, "every server may be away, though the document does not say so");
  OperationAnswers answers;
  for (auto& [status, answer] : maker.answers) {
    answers.responses.Set(std::to_string(status), std::move(answer));
  }
  answers.conditions = ConditionsFor(*responses);
  answers.notes = std::move(maker.notes);
  return answers;
}

}  // namespace mockduit
