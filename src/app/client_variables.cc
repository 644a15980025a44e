#include "app/client_variables.h"

#include <algorithm>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// "my-vendor" as "MOCKDUIT_MY_VENDOR_URL".
std::string VariableOf(const Vendor& vendor) {
  std::string name = UpperCase(vendor.name);
  std::ranges::replace_if(
      name, [](char c) { return (c < 'A' || c > 'Z') && (c < '0' || c > '9'); }, '_');
  return "MOCKDUIT_" + name + "_URL";
}

// The value of that name, with a space behind it; "" where there is none.
std::string Kept(const Variables& environment, std::string_view name) {
  const auto found = std::ranges::find(environment, name, &Variables::value_type::first);
  return found == environment.end() || found->second.empty() ? "" : found->second + " ";
}

// As Java and Node take an option with a blank in it.
std::string AsOption(const std::string& text) {
  return text.contains(' ') ? "\"" + text + "\"" : text;
}

std::string JavaOptions(const Url& url, const std::string& store) {
  const std::string host(WithoutBrackets(url.authority.host));
  const std::string port = std::to_string(url.port());
  std::string options;
  for (const std::string scheme : {"http", "https"}) {
    options += "-D" + scheme + ".proxyHost=" + host + " -D" + scheme + ".proxyPort=" + port + " ";
  }
  return options + "-Dhttp.nonProxyHosts=localhost|127.*|[::1] " +
         AsOption("-Djavax.net.ssl.trustStore=" + store) + " -Djavax.net.ssl.trustStoreType=JKS";
}

}  // namespace

Variables ClientVariables(const std::string& url, const std::string& admin_token,
                          const Catalog& catalog) {
  Variables variables{{"MOCKDUIT_URL", url}};
  if (!admin_token.empty()) variables.emplace_back("MOCKDUIT_ADMIN_TOKEN", admin_token);
  for (const Vendor& vendor : catalog.vendors()) {
    const Contract& contract = *vendor.editions.front();
    variables.emplace_back(VariableOf(vendor), url + contract.base_path);
    for (const auto& [name, path] : contract.client_variables) {
      variables.emplace_back(name, url + path);
    }
  }
  return variables;
}

// Each is named by the client that reads it: curl takes http_proxy in small letters alone.
Variables InterceptVariables(const std::string& url, const TrustFiles& files,
                             const Variables& environment) {
  constexpr const char* kThisMachine = "localhost,127.0.0.1,::1";
  Variables variables;
  for (const char* name : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"}) {
    variables.emplace_back(name, url);
  }
  for (const char* name : {"NO_PROXY", "no_proxy"}) variables.emplace_back(name, kThisMachine);
  for (const char* name : {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
                           "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"}) {
    variables.emplace_back(name, files.pem);
  }
  const auto parsed = ParseUrl(url);
  if (!files.java.empty() && parsed) {
    variables.emplace_back("JAVA_TOOL_OPTIONS", Kept(environment, "JAVA_TOOL_OPTIONS") +
                                                    JavaOptions(*parsed, files.java));
  }
  if (!files.node_hook.empty()) {
    variables.emplace_back("NODE_OPTIONS", Kept(environment, "NODE_OPTIONS") +
                                               AsOption("--require=" + files.node_hook));
  }
  return variables;
}

}  // namespace mockduit
