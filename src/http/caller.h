// Caller: calls the servers that webhooks name. Which it may call is decided by
// app/guarded_caller.h: an emulator must not be a way to reach other machines.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "http/headers.h"

namespace mockduit {

enum class CallPermission : std::uint8_t { kAllowed, kNotSecure, kForbidden };

class Caller {
 public:
  virtual ~Caller() = default;

  // Whether that URL may be called: a loopback address by http or https, an allowed host by https.
  virtual CallPermission MayCall(const std::string& url) const = 0;
  // Posts JSON and gives the status of the answer; fails when no answer came. A redirect is an
  // answer. A URL that may not be called is not called.
  virtual Result<int> Post(const std::string& url, const Headers& headers, const std::string& body,
                           std::chrono::milliseconds timeout) const = 0;
  // Asks by HEAD, in the same way.
  virtual Result<int> Head(const std::string& url, std::chrono::milliseconds timeout) const = 0;
};

// Calls nobody: for what is only looked at.
class NoCaller : public Caller {
 public:
  CallPermission MayCall(const std::string& /*url*/) const override {
    return CallPermission::kForbidden;
  }
  Result<int> Post(const std::string& /*url*/, const Headers& /*headers*/,
                   const std::string& /*body*/,
                   std::chrono::milliseconds /*timeout*/) const override {
    return Fail("no server may be called");
  }
  Result<int> Head(const std::string& /*url*/,
                   std::chrono::milliseconds /*timeout*/) const override {
    return Fail("no server may be called");
  }
};

}  // namespace mockduit
