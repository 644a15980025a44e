#include "app/trust_folder.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/java_trust_store.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Node's own fetch knows no proxy before Node 24, so what its clients of HTTP connect is led here
// below all of them: where their agents (http, https) or their pools (fetch, undici) say that they
// are about to connect to, and the web's ports whoever connects. The name that was wanted stays: in
// TLS's server name and in Host.
constexpr std::string_view kNodeHook = R"JS('use strict';
// Written by `mockduit exec --intercept`: no request over HTTP leaves this machine.
const net = require('node:net');
const HOST = '%HOST%';
const PORT = %PORT%;
const web = new Set();  // "host:port" of what is spoken to in HTTP

for (const {Agent} of [require('node:http'), require('node:https')]) {
  const createConnection = Agent.prototype.createConnection;
  Agent.prototype.createConnection = function (...args) {
    if (args[0]?.port) web.add(`${args[0].host}:${args[0].port}`);
    return createConnection.apply(this, args);
  };
}

require('node:diagnostics_channel').subscribe?.('undici:client:beforeConnect', (message) => {
  web.add(`${message.connectParams.hostname}:${message.connectParams.port}`);
});

function isWeb({host, port}) {
  return Number(port) === 80 || Number(port) === 443 || web.has(`${host}:${port}`);
}

function isThisMachine(name) {
  return !name || name === 'localhost' || name.endsWith('.localhost') || name === '::1' ||
      /^127\./.test(name);
}

function led(options) {
  if (options.path || !isWeb(options) || isThisMachine(options.host)) return options;
  return {...options, host: HOST, port: PORT, lookup: undefined,
          servername: options.servername || options.host};
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const first = args[0];
  if (Array.isArray(first)) {  // what Node has taken apart already: [options, callback]
    const copy = first.slice();
    for (const symbol of Object.getOwnPropertySymbols(first)) copy[symbol] = first[symbol];
    copy[0] = led(first[0]);
    args[0] = copy;
  } else if (first !== null && typeof first === 'object') {
    args[0] = led(first);
  } else if (typeof args[1] === 'string' && !isThisMachine(args[1])) {
    args.splice(0, 2, led({port: first, host: args[1]}));
  }
  return connect.apply(this, args);
};
)JS";

std::string NodeHook(const Url& url) {
  std::string script(kNodeHook);
  const auto put = [&](std::string_view hole, const std::string& text) {
    script.replace(script.find(hole), hole.size(), text);
  };
  put("%HOST%", std::string(WithoutBrackets(url.authority.host)));
  put("%PORT%", std::to_string(url.port()));
  return script;
}

// The bytes between the lines of a PEM text.
std::string CertificateBytes(std::string_view pem) {
  std::string base64;
  while (!pem.empty()) {
    const std::string_view line = TakeUntil(pem, "\n");
    if (!line.starts_with("-----")) base64 += line;
  }
  return Base64Decode(base64).value_or("");
}

constexpr const char* kName = "/mockduit-";
constexpr const char* kLock = "/lock";
constexpr const char* kHook = "/node-hook.cjs";  // is written last

// The command may go elsewhere, so the path begins at the root.
std::string FolderOfTemporaries() {
  const char* named = std::getenv("TMPDIR");
  const std::string folder = named != nullptr && *named != '\0' ? named : "/tmp";
  std::error_code failure;
  const auto absolute = std::filesystem::absolute(folder, failure);
  return failure ? folder : absolute.string();
}

// What a process left that was killed: nobody holds its lock.
void RemoveAbandoned(const std::string& folder) {
  for (const std::string& name : DiskFiles().Names(folder).value_or(std::vector<std::string>())) {
    const std::string path = folder + "/" + name;
    if (!path.starts_with(folder + kName) || !DiskFiles().Status(path + kHook)) continue;
    const auto lock = DiskFiles().LockFile(path + kLock);
    std::error_code ignored;
    if (lock) std::filesystem::remove_all(path, ignored);
  }
}

}  // namespace

Result<TrustFolder> TrustFolder::Make(const std::string& authority, const std::string& url) {
  const std::string folder = FolderOfTemporaries();
  RemoveAbandoned(folder);
  std::string path = folder + kName + "XXXXXX";
  if (mkdtemp(path.data()) == nullptr) {
    return CannotWrite(path, std::error_code(errno, std::generic_category()));
  }
  TrustFolder made(path);
  auto lock = DiskFiles().MakeLock(path + kLock, std::to_string(getpid()));
  if (!lock) return CannotWrite(path + kLock, lock.error());
  made.lock_ = std::move(*lock);
  made.files_ = {path + "/ca.pem", path + "/ca.jks", path + kHook};
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const auto parsed = ParseUrl(url);
  for (const auto& [file, text] :
       {std::pair(made.files_.pem, authority),
        std::pair(made.files_.java, JavaTrustStore(CertificateBytes(authority), now)),
        std::pair(made.files_.node_hook, parsed ? NodeHook(*parsed) : "")}) {
    if (const auto written = WriteFile(file, text); !written) {
      return std::unexpected(written.error());
    }
  }
  return made;
}

TrustFolder::TrustFolder(TrustFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      files_(std::move(other.files_)),
      lock_(std::move(other.lock_)) {}

TrustFolder::~TrustFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace mockduit
