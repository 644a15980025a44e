// TLS as the options ask for it: the certificates that the server shows. Used by whoever starts a
// server.
#pragma once

#include <memory>

#include "app/options.h"
#include "base/files.h"
#include "base/result.h"
#include "server/tls/tls_acceptor.h"

namespace mockduit {

// nullptr where no TLS is to be spoken. The error names the option whose file is wrong.
Result<std::unique_ptr<TlsAcceptor>> MakeTls(const ServeOptions& options, const Files& files);

}  // namespace mockduit
