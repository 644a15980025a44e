#include "client.h"

#include <httplib.h>

#include <chrono>
#include <thread>

int CreateSource(const std::string& url, const std::string& name) {
  const std::size_t path = url.find('/', url.find("://") + 3);
  httplib::Client client(url.substr(0, path));
  const httplib::Headers headers = {{"X-API-Key", "my-key"}};
  const std::string body = R"({"name": ")" + name + R"(", "short_name": "stripe"})";
  for (;;) {
    const auto answer =
        client.Post(url.substr(path) + "/source-connections", headers, body, "application/json");
    if (!answer || answer->status != 429) return answer ? answer->status : 0;
    std::this_thread::sleep_for(
        std::chrono::seconds(std::stoi(answer->get_header_value("Retry-After"))));
  }
}
