// What the journal keeps of what was sent.
#pragma once

#include <string>

#include "session/redact.h"

namespace mockduit {

// What the journal would keep of a request with this body.
inline std::string BodyKept(const std::string& body) {
  Request request;
  request.body = body;
  const auto json = Json::Parse(body);
  Redactor().Redact(request, json ? &*json : nullptr);
  return request.body;
}

// What a string of a body is kept as.
inline std::string TextKept(const std::string& text) {
  const Json body = Json::MakeObject({{"text", text}});
  Request request;
  request.body = body.Dump();
  Redactor().Redact(request, &body);
  return std::string(Json::Parse(request.body)->Get("text").AsString());
}

}  // namespace mockduit
