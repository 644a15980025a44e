// Caller: calls the servers that webhooks name. Which it may call, and how, is the house's business
// (app/guarded_caller.h): an emulator must not be a way to reach other machines.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "http/headers.h"

namespace mockduit {

class Caller {
 public:
  enum class Verdict { kGood, kNotSecure, kForbidden };

  virtual ~Caller() = default;

  // Whether that URL may be called: a loopback address by http or https, an allowed host by https.
  virtual Verdict Judge(const std::string& url) const = 0;
  // Posts JSON; gives the status that it was answered with, and fails when no answer came. A
  // redirect is an answer. A URL that Judge finds not good is not called.
  virtual Result<int> Post(const std::string& url, const Headers& headers, const std::string& body,
                           std::chrono::milliseconds timeout) const = 0;
};

}  // namespace mockduit
