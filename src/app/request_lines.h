// RequestLines: writes a line for each request to the log, for whoever looks at the terminal. Made
// where --log-requests asks for it; where it does not, the server knows of none.
#pragma once

#include "app/options.h"
#include "base/log.h"
#include "engine/request_line.h"
#include "session/redact.h"

namespace mockduit {

class RequestLines : public RequestLog {
 public:
  // `log` must outlive this.
  RequestLines(Log& log, LineStyle style) : log_(log), style_(style) {}

  void Tell(const RequestEntry& entry) override;
  // Tells of what was answered outside the vendors' APIs. A call of the control API that went well
  // is told only with the reasons, for tests make many of them.
  void TellOutside(const Request& request, const Response& response, Time came, Time done);

 private:
  Log& log_;
  const Redactor redactor_;
  const LineStyle style_;
};

// Whether there is to be a line for each request: where nothing else is said, if standard error is
// a terminal.
bool WantsRequestLines(const ServeOptions& options);
LineStyle RequestLineStyle(const ServeOptions& options);

}  // namespace mockduit
