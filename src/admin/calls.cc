#include "admin/calls.h"

#include <algorithm>

#include "base/suggest.h"
#include "http/problem.h"

namespace mockduit {

Response NoContent() { return {204, {}, ""}; }

std::unexpected<Error> NotFound(std::string_view kind, const std::string& name,
                                const std::vector<std::string>& known) {
  return Fail(ErrorKind::kNotFound,
              "there is no " + std::string(kind) + " '" + name + "'" + DidYouMean(name, known));
}

Response Unprocessable(const std::vector<Problem>& problems) {
  Json list = Json::MakeArray();
  for (const Problem& problem : problems) {
    list.Append(Json::MakeObject({{"line", problem.line},
                                  {"column", problem.column},
                                  {"message", problem.message},
                                  {"text", problem.Text()},
                                  {"excerpt", problem.excerpt},
                                  {"caret", problem.caret}}));
  }
  const std::size_t count = CountMistakes(problems);
  const std::string rest = count > 1 ? " (and " + std::to_string(count - 1) + " more)" : "";
  return ProblemAnswer(ProblemId::kMistakes, problems.front().Text() + rest,
                       {{"problems", std::move(list)}});
}

Result<Json> ReadObject(const Request& request, const std::vector<std::string>& keys) {
  if (request.body.empty()) return Json::MakeObject();
  auto body = Json::Parse(request.body);
  if (!body) {
    return Fail("the body is no JSON: " + body.error().message + " (at byte " +
                std::to_string(body.error().offset) + ")");
  }
  if (!body->IsObject()) return Fail("the body must be a JSON object");
  for (const JsonMember& member : *body->IfObject()) {
    if (std::ranges::find(keys, member.key) != keys.end()) continue;
    return Fail("'" + member.key + "' cannot be set here; it is one of " + OrList(keys) +
                DidYouMean(member.key, keys));
  }
  return std::move(*body);
}

bool IsCheckParameter(std::string_view name) { return name.contains('.'); }

Result<void> CheckName(const ControlCall& call) {
  if (IsName(call.name)) return {};
  return Fail("'" + call.name +
              "' is no session name: a name begins with a-z or 0-9, goes on "
              "with a-z, 0-9, '.', '_' or '-', and has at most 64 characters");
}

Result<std::shared_ptr<SharedSession>> SessionOf(const ControlCall& call) {
  if (const auto name = CheckName(call); !name) return std::unexpected(name.error());
  const bool looks = call.request.method == "GET" || call.request.method == "HEAD";
  return looks ? call.rooms.sessions.Peek(call.name) : call.rooms.sessions.Get(call.name);
}

}  // namespace mockduit
