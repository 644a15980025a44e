#include "app/admin_client.h"

#include "server/http_client.h"

namespace mockduit {

AdminClient::AdminClient(std::string url, const std::string& token,
                         std::chrono::milliseconds timeout)
    : url_(std::move(url)), timeout_(timeout) {
  const auto drop_slashes = [this] {
    while (url_.ends_with('/')) url_.pop_back();
  };
  drop_slashes();
  if (url_.ends_with("/__admin")) url_.resize(url_.rfind('/'));
  drop_slashes();
  if (!token.empty()) headers_.Add("Authorization", "Bearer " + token);
}

Result<std::string> AdminClient::Ask(const std::string& method, const std::string& call,
                                     const std::string& body) const {
  const auto client = HttpClient::Make();
  if (!client) return std::unexpected(client.error());
  const std::string asked = url_ + "/__admin" + call;
  auto answer = client->Send(method, asked, headers_, body, timeout_);
  if (!answer) return std::unexpected(answer.error());
  if (answer->status == 200) return std::move(answer->body);
  const auto problem = Json::Parse(answer->body);
  const std::string detail(problem ? problem->Get("detail").AsString() : "");
  if (detail.empty()) return NotMockduit(answer->status);
  return Fail(ErrorKind::kIo, asked + " answers " + std::to_string(answer->status) + ": " + detail);
}

Result<Json> AdminClient::GetJson(const std::string& call) const {
  const auto body = Get(call);
  if (!body) return std::unexpected(body.error());
  auto json = Json::Parse(*body);
  if (!json) return NotMockduit(200);
  return std::move(*json);
}

std::unexpected<Error> AdminClient::NotMockduit(int status) const {
  return Fail(ErrorKind::kIo,
              url_ + " answers " + std::to_string(status) + ", but not as mockduit");
}

}  // namespace mockduit
