#include "app/request_lines.h"

#include <unistd.h>

#include "base/local_time.h"
#include "base/terminal.h"

namespace mockduit {

void RequestLines::Tell(const RequestEntry& entry) {
  LineStyle style = style_;
  style.utc_offset = LocalOffset(entry.came);
  log_.Line(RequestLine(entry, style));
}

void RequestLines::TellOutside(const Request& request, const Response& response, Time came,
                               Time done) {
  if (response.status < 400 && !style_.verbose) return;
  Request kept = request;
  kept.query.clear();  // it may have a secret
  redactor_.Redact(kept, nullptr);
  RequestEntry entry = EntryOf(kept, response);
  entry.came = came;
  entry.took = done - came;
  entry.problem = redactor_.RedactText(ProblemOf(response));
  Tell(entry);
}

bool WantsRequestLines(const ServeOptions& options) {
  if (options.log_requests == "auto") return IsTerminal(STDERR_FILENO);
  return options.log_requests == "always";
}

LineStyle RequestLineStyle(const ServeOptions& options) {
  const bool json = options.log == "json";
  return {.format = json ? LogFormat::kJson : LogFormat::kText,
          .colours = !json && WantsColours(STDERR_FILENO),
          .verbose = options.verbose};
}

}  // namespace mockduit
