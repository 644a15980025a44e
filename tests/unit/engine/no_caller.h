// NoCaller: other servers, as they are where none may be called.
#pragma once

#include "http/caller.h"

namespace mockduit {

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
};

}  // namespace mockduit
