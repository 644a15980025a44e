// What the command line says, as plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verify/check.h"
#include "verify/gates.h"

namespace mockduit {

// Which contracts and scenarios there are.
struct LibraryOptions {
  std::vector<std::string> scenarios;  // directories
  std::string fixtures;                // a directory, or ""
  std::vector<std::string> contracts;  // "[VENDOR=]PATH" of OpenAPI documents
  bool strict = false;                 // a broken scenario file ends the start
};

struct ServeOptions {
  LibraryOptions library;
  std::string host = "127.0.0.1";
  int port = 8080;                    // 0: any free one
  std::string scenario = "success";   // of requests that choose none
  std::vector<std::string> editions;  // "VENDOR=EDITION"
  std::optional<std::uint64_t> seed;
  std::string clock = "real";
  std::vector<std::string> public_urls;  // "URL", "VENDOR=URL"
  bool behind_proxy = false;
  std::string public_links = "own";  // "own", "vendor"
  bool tls = false;
  std::string tls_ca;      // a directory, or ""
  std::string tls_cert;    // a file, or ""
  std::string tls_key;     // a file, or ""
  bool intercept = false;  // exec: clients are led here, wherever they want to go

  bool speaks_tls() const {
    return tls || intercept || !tls_ca.empty() || !tls_cert.empty() || !tls_key.empty();
  }
  std::string state;                       // a file, or ""
  int state_every = 5;                     // seconds between its saves; 0: only at the end
  bool ignore_state = false;               // start without what the file says
  std::string seed_state;                  // a file, or ""
  std::vector<std::string> webhook_allow;  // hosts
  std::string webhook_ca;                  // a file, or ""
  std::string session_ttl = "1h";
  std::size_t max_sessions = 1'000;
  std::size_t journal_size = 10'000;
  std::size_t journal_bytes = 32 * 1024UZ * 1024;
  std::size_t max_resources = 10'000;
  std::size_t max_body = 1024 * 1024;
  std::size_t max_answer = 16 * 1024UZ * 1024;
  std::size_t max_store = 64 * 1024UZ * 1024;
  std::optional<std::size_t> max_memory;  // nothing: a part of the machine's
  std::string log = "text";               // or "json"
  std::string log_requests = "auto";      // or "always", "never"
  bool verbose = false;                   // the lines of requests say why
  std::string ready_file;
  std::string stop_grace = "8s";  // container engines kill after 10 s
  std::string admin_token;
  bool admin_open = false;                // no token is needed, whatever `host` is
  std::vector<std::string> allow_host;    // names
  std::vector<std::string> allow_origin;  // "https://app.example", "null"
  bool watch = false;
};

// What is made of verdicts and coverage.
struct VerdictOptions {
  std::vector<std::string> set;  // "retries-bounded.max_attempts=5"
  CheckSettings settings;        // the same
  Gates gates;
  std::string known;   // a file, or ""
  std::string junit;   // a file, or ""
  std::string report;  // a file, or ""
};

struct ExecOptions {
  ServeOptions serve;
  std::vector<std::string> each;  // scenarios; none: serve.scenario
  VerdictOptions verdicts;
  std::vector<std::string> command;  // never empty
};

struct VerifyOptions {
  std::string url;
  std::string session;  // "": all
  std::string admin_token;
  VerdictOptions verdicts;
};

struct ExplainOptions {
  std::string url;
  std::string session = "default";
  std::string admin_token;
  std::vector<std::string> what;  // one: a check, a code or an exchange's number
};

struct LintOptions {
  LibraryOptions library;
  std::vector<std::string> paths;  // files, and directories of files
  std::string format = "text";     // or "json"
};

struct ListOptions {
  LibraryOptions library;
  std::string vendor;  // "": all
  bool json = false;
};

}  // namespace mockduit
