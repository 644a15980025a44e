// House: every room of the emulator, built from the options and wired together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "admin/control_api.h"
#include "app/options.h"
#include "base/clock.h"
#include "base/log.h"
#include "contract/catalog.h"
#include "engine/emulator.h"
#include "http/message.h"
#include "scenario/library.h"
#include "session/sessions.h"

namespace mockduit {

inline constexpr const char* kVersion = MOCKDUIT_VERSION;

// The contracts inside the binary, with what `options` puts over them.
Read<Catalog> LoadCatalog(const LibraryOptions& options);

// The scenarios inside the binary and those of the directories. Problems are of broken files, which
// are left out.
Result<std::vector<Problem>> LoadScenarios(const LibraryOptions& options, const Catalog& catalog,
                                           ScenarioLibrary& scenarios);

class House : public Handler {
 public:
  // The error is what a user must change, in one line or several. Warnings go to `log`.
  static Result<std::unique_ptr<House>> Build(const ServeOptions& options, Log& log);

  // Control API, landing page, or the emulator.
  Response Handle(Request request) override;
  Response Refuse(Refusal refusal) override;

 private:
  explicit House(Catalog catalog) : catalog_(std::move(catalog)) {}

  SystemClock clock_;
  Catalog catalog_;
  ScenarioLibrary scenarios_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Emulator> emulator_;
  std::unique_ptr<ControlApi> control_;
};

}  // namespace mockduit
