// The server of the transcripts without a socket: `in_process OPTIONS`, with the options of
// `mockduit serve`, answers what a shell would ask curl for. transcripts_test.py has a shell whose
// `curl` writes its arguments to the standard input here, each with a NUL behind it and their
// number before them, and reads from the standard output what curl would print: the number of
// lines, then the lines. Knows the options of curl that the transcripts use, and refuses others.
#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/serving_options.h"
#include "app/wired_server.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/text.h"
#include "server/response_writer.h"

namespace mockduit {
namespace {

constexpr std::string_view kHost = "127.0.0.1:8080";

// The serving options of the command line; the error names one that is wrong.
Result<ServeOptions> ReadOptions(const std::vector<std::string>& arguments) {
  ServeOptions options;
  Command command;
  AddServingOptions(command, options);
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const auto option = std::ranges::find(command.options, arguments[i], &Option::name);
    if (option == command.options.end()) return Fail(arguments[i] + " is not known here");
    if (const auto set = option->set(arguments[i + 1]); !set) return std::unexpected(set.error());
  }
  if (arguments.size() % 2 != 0) return Fail(arguments.back() + " lacks its value");
  return options;
}

// What one command line of curl asks for.
struct CurlCall {
  Request request;  // its method is empty where curl shall choose
  bool shows_head = false;
  bool shows_body = true;
  std::string format;  // printed behind the answer
};

std::string BasicCredential(const std::string& user) {
  std::string text = Base64UrlEncode(user);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.resize((text.size() + 3) / 4 * 4, '=');
  return "Basic " + text;
}

// "Name: value" replaces a field that curl would send by itself, "Name:" takes it away.
void ApplyHeader(std::string_view field, Headers& headers) {
  const std::string name(TakeUntil(field, ":"));
  field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
  headers.Remove(name);
  if (!field.empty()) headers.Add(name, std::string(field));
}

Result<void> SetTarget(std::string_view url, Request& request) {
  const std::string origin = "http://" + std::string(kHost);
  if (!url.starts_with(origin)) return Fail(std::string(url) + " is not served here");
  url.remove_prefix(origin.size());
  request.path = TakeUntil(url, "?");
  request.query = url;
  return {};
}

// Applies an option that takes a value; false when curl's option is not known here.
Result<bool> ApplyOption(std::string_view name, const std::string& value, CurlCall& call) {
  if (name == "-X") {
    call.request.method = value;
  } else if (name == "-H") {
    ApplyHeader(value, call.request.headers);
  } else if (name == "-u") {
    call.request.headers.Set("Authorization", BasicCredential(value));
  } else if (name == "-w") {
    call.format = value;
  } else if (name == "-o" && value == "/dev/null") {
    call.shows_body = false;
  } else if (name == "--data-binary" && value.starts_with("@")) {
    const auto file = ReadFile(value.substr(1));
    if (!file) return std::unexpected(file.error());
    call.request.body = file->text;
  } else if (name == "-d" && !value.starts_with("@")) {
    call.request.body = value;
  } else {
    return false;
  }
  return true;
}

// What curl adds to a request that has a body.
void CompleteRequest(Request& request) {
  if (request.method.empty()) request.method = request.body.empty() ? "GET" : "POST";
  if (request.body.empty()) return;
  request.headers.Add("Content-Length", std::to_string(request.body.size()));
  if (!request.headers.Find("Content-Type")) {
    request.headers.Add("Content-Type", "application/x-www-form-urlencoded");
  }
}

Result<CurlCall> ReadCurlCall(const std::vector<std::string>& arguments) {
  CurlCall call;
  call.request.method.clear();
  call.request.headers = {
      {"Host", std::string(kHost)}, {"User-Agent", "curl/8"}, {"Accept", "*/*"}};
  for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
    if (*argument == "-si") {
      call.shows_head = true;
    } else if (*argument == "-s") {
      continue;
    } else if (!argument->starts_with("-")) {
      if (auto set = SetTarget(*argument, call.request); !set) return std::unexpected(set.error());
    } else {
      const auto name = argument++;
      if (argument == arguments.end()) return Fail("curl: " + *name + " lacks its value");
      const auto known = ApplyOption(*name, *argument, call);
      if (!known) return std::unexpected(known.error());
      if (!*known) return Fail("curl: " + *name + " " + *argument + " is not known here");
    }
  }
  CompleteRequest(call.request);
  return call;
}

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// What curl prints of that answer.
Result<std::string> Show(const CurlCall& call, const std::string& method,
                         const Response& response) {
  if (response.delivery.fault != Fault::kNone || response.stream != nullptr) {
    return Fail("faults and streams take a wire");
  }
  std::string text;
  if (call.shows_head) AppendHead(response, BodyFraming::kLength, ConnectionField::kNone, text);
  if (call.shows_body && TakesBody(response, method)) text += response.body;
  return text + ReplaceAll(ReplaceAll(call.format, "%{http_code}", std::to_string(response.status)),
                           "\\n", "\n");
}

Result<std::string> Answer(Handler& handler, const std::vector<std::string>& arguments) {
  auto call = ReadCurlCall(arguments);
  if (!call) return std::unexpected(call.error());
  const std::string method = call->request.method;
  return Show(*call, method, handler.Handle(std::move(call->request)));
}

// The arguments of the next call; nothing when the shell has ended.
std::optional<std::vector<std::string>> NextArguments() {
  std::string text;
  if (!std::getline(std::cin, text, '\0')) return {};
  std::size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  std::vector<std::string> arguments(count);
  for (std::string& argument : arguments) std::getline(std::cin, argument, '\0');
  return arguments;
}

int Serve(const std::vector<std::string>& arguments) {
  const auto options = ReadOptions(arguments);
  if (!options) {
    std::cerr << options.error().message << '\n';
    return 2;
  }
  Log silent;
  const auto server = WiredServer::Build(*options, silent);
  if (!server) {
    std::cerr << server.error().message << '\n';
    return 2;
  }
  while (const auto call = NextArguments()) {
    const auto answer = Answer(**server, *call);
    const std::string text = answer ? *answer : answer.error().message;
    std::cout << std::ranges::count(text, '\n') + 1 << '\n' << text << '\n' << std::flush;
  }
  return 0;
}

}  // namespace
}  // namespace mockduit

int main(int argc, char** argv) { return mockduit::Serve({argv + 1, argv + argc}); }
