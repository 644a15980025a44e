// The session of one GoogleTest test on a mock server of data-connection APIs: a fixture to derive
// from, or to name in TEST_F. A test fails where a verdict on its requests does. It needs C++17,
// cpp-httplib, RapidJSON and OpenSSL, and never touches the client under test.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <rapidjson/document.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mockduit {

// The server at MOCKDUIT_URL, which is left running, or else one that is started: the program that
// MOCKDUIT_BIN names, or that of the CMake package, or the `mockduit` on the PATH.
class Server {
 public:
  // The one server of this program, started at the first call. Throws std::runtime_error with the
  // server's own words where it does not start.
  static Server& Get() {
    static Server server;
    if (!server.error_.empty()) throw std::runtime_error(server.error_);
    return server;
  }

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { Stop(); }

  const std::string& url() const { return url_; }

  // The answer to a call of the control API. Throws where the server refuses it.
  rapidjson::Document Call(const std::string& method, const std::string& path,
                           const std::string& body = "") const {
    const std::size_t host = url_.find("://") + 3;
    const std::size_t base = std::min(url_.find('/', host), url_.size());
    httplib::Client client(url_.substr(0, base));
    httplib::Request request;
    request.method = method;
    request.path = url_.substr(base) + path;
    request.body = body;
    request.headers.emplace("Authorization", "Bearer " + Variable("MOCKDUIT_ADMIN_TOKEN"));
    const httplib::Result answer = client.send(request);
    const std::string place = method + " " + url_ + path + ": ";
    if (!answer) throw std::runtime_error(place + httplib::to_string(answer.error()));
    if (answer->status >= 300) throw std::runtime_error(place + answer->body);
    rapidjson::Document json;
    json.Parse(answer->body.data(), answer->body.size());
    return json;
  }

 private:
  Server() : url_(Variable("MOCKDUIT_URL")) {
    if (url_.empty()) Start(Binary());
    while (!url_.empty() && url_.back() == '/') url_.pop_back();
  }

  static std::string Variable(const char* name) {
    const char* text = std::getenv(name);
    return text != nullptr ? text : "";
  }

  static std::string Binary() {
    if (const std::string named = Variable("MOCKDUIT_BIN"); !named.empty()) return named;
#ifdef MOCKDUIT_PACKAGED_BINARY
    return MOCKDUIT_PACKAGED_BINARY;
#else
    return "mockduit";
#endif
  }

  // The server ends when its command does, and `cat` when this process does, however that ends.
  void Start(const std::string& binary) {
    const char* const words[] = {
        binary.c_str(), "exec", "--port", "0", "--", "sh", "-c", "echo \"$MOCKDUIT_URL\"; exec cat",
        nullptr};
    int input[2];
    int output[2];
    std::FILE* log = std::tmpfile();
    if (log == nullptr || ::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
      throw std::runtime_error(std::string("no pipe to mockduit: ") + std::strerror(errno));
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], 0);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(log), 2);
    const int refused = posix_spawnp(&process_, binary.c_str(), &actions, nullptr,
                                     const_cast<char* const*>(words), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    Input() = input[1];
    ::pthread_atfork(nullptr, nullptr, CloseInput);  // a child may outlive this process
    char letter = 0;
    while (refused == 0 && ::read(output[0], &letter, 1) == 1 && letter != '\n') url_ += letter;
    ::close(output[0]);
    if (url_.empty()) {
      const int status = Stop();  // what it wrote is whole then
      const int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
      error_ = refused != 0 ? "mockduit does not start: " + binary + ": " + std::strerror(refused)
                            : "mockduit does not start (exit code " + std::to_string(code) + "): ";
      std::rewind(log);
      for (int each = 0; (each = std::fgetc(log)) != EOF;) error_ += static_cast<char>(each);
    }
    std::fclose(log);
  }

  // Gives the process's status as waitpid() has it.
  int Stop() {
    int status = 0;
    CloseInput();
    if (process_ > 0) ::waitpid(process_, &status, 0);
    process_ = 0;
    return status;
  }

  static void CloseInput() {
    if (Input() >= 0) ::close(Input());
    Input() = -1;
  }

  // The end of the pipe that keeps the server running.
  static int& Input() {
    static int input = -1;
    return input;
  }

  std::string url_;
  std::string error_;
  pid_t process_ = 0;
};

// The test's name where that is a valid name of a session; else the end of it and a hash.
inline std::string SessionName(const std::string& test) {
  std::string words;
  bool replaced = false;  // the character before
  for (const char each : test) {
    const bool upper = each >= 'A' && each <= 'Z';
    const bool kept = upper || (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') ||
                      each == '.' || each == '_' || each == '-';
    if (kept) words += static_cast<char>(upper ? each - 'A' + 'a' : each);
    if (!kept && !replaced) words += '-';
    replaced = !kept;
  }
  const std::string marks = "-._";
  const bool valid = words == test && !test.empty() && marks.find(test[0]) == std::string::npos;
  if (valid && test.size() <= 64) return test;
  if (words.size() > 55) words.erase(0, words.size() - 55);
  words.erase(0, words.find_first_not_of(marks));
  words.erase(words.find_last_not_of(marks) + 1);
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(test.data()), test.size(), hash);
  char digits[9];
  std::snprintf(digits, sizeof digits, "%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3]);
  return words.empty() ? digits : words + "-" + digits;
}

// What one check says of the session.
struct Verdict {
  std::string check;
  std::string result;  // "pass", "fail", "not_exercised", "inconclusive"
  std::string summary;
  std::vector<std::string> findings;  // each with its exchanges, as "… #1 #2"
};

// The fixture: `TEST_F(MyTest, ItWaits)`, where MyTest is a class that derives from it. A call that
// the server refuses throws, which fails the test with the server's words.
class Session : public ::testing::Test {
 protected:
  Session() {
    // Another program may have a test of this name.
    session_ = SessionName(std::string(::program_invocation_short_name) + "/" +
                           test_.test_suite_name() + "." + test_.name());
    home_ = "/__admin/sessions/" + session_;
    Server::Get().Call("DELETE", home_);  // an earlier run may have left it
  }

  // Verifies the session of a test that has not failed by itself, after its TearDown().
  ~Session() override {
    if (HasFailure() || IsSkipped()) return;
    try {
      Verify();
    } catch (const std::exception& error) {
      ADD_FAILURE_AT(test_.file(), test_.line()) << error.what();
    }
  }

  const std::string& session() const { return session_; }

  // The base URL for a client of this vendor.
  std::string Url(const std::string& vendor) const {
    const rapidjson::Document root = Server::Get().Call("GET", "/");
    const auto& paths = root["paths"];
    std::string known;
    for (const auto& each : paths.GetObject()) known += std::string(" ") + each.name.GetString();
    const auto found = paths.FindMember(vendor.c_str());
    if (found == paths.MemberEnd()) {
      throw std::runtime_error("no vendor is called '" + vendor + "'; there are" + known);
    }
    return Server::Get().url() + "/@" + session_ + found->value.GetString();
  }

  // Changes settings of the session, in JSON: scenario, seed, clock, editions, seed_state.
  void Set(const std::string& settings) { Server::Get().Call("PUT", home_, settings); }

  void Scenario(const std::string& name) { Set("{\"scenario\": \"" + name + "\"}"); }

  // Moves the session's clock ahead, for example by "61s".
  void Advance(const std::string& by) {
    Server::Get().Call("POST", home_ + "/clock/advance", "{\"by\": \"" + by + "\"}");
  }

  // The journal: in its member "requests" every exchange, the oldest first.
  rapidjson::Document Requests() const { return Server::Get().Call("GET", home_ + "/requests"); }

  // What the checks say so far.
  std::vector<Verdict> Verdicts() const {
    std::vector<Verdict> verdicts;
    const rapidjson::Document report = Server::Get().Call("GET", home_ + "/verdicts");
    for (const auto& each : report["verdicts"].GetArray()) {
      verdicts.push_back({each["check"].GetString(), each["result"].GetString(),
                          each["summary"].GetString(), Findings(each["findings"])});
    }
    return verdicts;
  }

  // Names the checks to hold instead of "all"; each must be exercised. None: nothing fails.
  void Require(std::set<std::string> checks) { required_ = std::move(checks); }

  // Fails the test unless the verdicts are as required. The test's end calls it.
  void Verify() {
    std::set<std::string> unknown = required_;
    const bool every = unknown.erase("all") > 0;
    std::string lines;
    if (every && Requests()["requests"].Empty()) {
      lines += "\n  no request came to this session; does the client use its URL?";
    }
    for (const Verdict& each : Verdicts()) {
      const bool named = unknown.erase(each.check) > 0 && each.result != "pass";
      const bool bad = each.result == "fail" || each.result == "inconclusive";
      if (!named && !(every && bad)) continue;
      for (const std::string& text : each.findings) lines += "\n  " + each.check + ": " + text;
      if (each.findings.empty()) lines += "\n  " + each.check + ": " + each.summary;
    }
    for (const std::string& each : unknown) lines += "\n  no check is called '" + each + "'";
    if (lines.empty()) return;
    ADD_FAILURE_AT(test_.file(), test_.line()) << "mockduit session " << session_ << ":" << lines;
  }

 private:
  static std::vector<std::string> Findings(const rapidjson::Value& findings) {
    std::vector<std::string> texts;
    for (const auto& each : findings.GetArray()) {
      texts.emplace_back(each["text"].GetString());
      for (const auto& exchange : each["exchanges"].GetArray()) {
        texts.back() += " #" + std::to_string(exchange.GetUint64());
      }
    }
    return texts;
  }

  const ::testing::TestInfo& test_ = *::testing::UnitTest::GetInstance()->current_test_info();
  std::string session_;
  std::string home_;
  std::set<std::string> required_ = {"all"};
};

}  // namespace mockduit
