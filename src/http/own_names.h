// OwnNames: by which names this server is called, and whose web pages may call it. The control API
// and the emulator decide by it, so that a page of the web, which every browser on this machine
// lets send requests to it, does nothing here. Asks no resolver.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace mockduit {

struct OwnNames {
  std::string public_url;  // --public-url; may be ""
  // --public-url VENDOR=URL, by vendor: where clients find that one's API
  std::map<std::string, std::string, std::less<>> vendor_urls;
  std::vector<std::string> hosts;    // "name", any port: of --allow-host, and others of its own
  std::vector<std::string> origins;  // --allow-origin: "https://app.example", "null"
  bool any_host = false;             // --allow-host '*': every Host is good
  bool beyond_loopback = false;      // it listens beyond this machine
  bool speaks_tls = false;           // pages of its own come by https, too
  bool behind_proxy = false;         // X-Forwarded-Proto and X-Forwarded-Host are a proxy's
  bool vendor_links = false;         // --public-links vendor: links lead to the vendors' pages

  // By what the client of this request has called the server: its Host, or what a proxy says of it.
  std::string_view HostOf(const Request& request) const;
  // Where clients find that vendor's API, without a slash at the end; nothing where it has no URL
  // of its own.
  std::optional<std::string> PublicUrlOf(std::string_view vendor) const;
  // What the client's URLs begin with, without a slash at the end: the public URL, or scheme and
  // host of this request.
  std::string BaseUrl(const Request& request) const;

  // True for what names this machine (loopback addresses, "localhost" and what is below it), for
  // names without a dot, which no one on the Internet can have ("mockduit", as containers call each
  // other), for the public URL's host, and for `hosts`. True for "": an HTTP/1.0 client sent none.
  // Beyond this machine also for addresses, and for names that nobody on the Internet can have:
  // whoever points a name to this server (DNS rebinding) has another one.
  bool IsOwnHost(std::string_view authority) const;
  // The same, without what any host, or any server beyond loopback, may have.
  bool IsNamed(std::string_view authority) const;
  // True for the origin that a page of this server itself has, called by this host.
  bool IsOwnOrigin(std::string_view origin, std::string_view host) const;
  // True for the server's own, for `origins`, and for pages that this machine serves, on any port.
  bool IsWelcomeOrigin(std::string_view origin, std::string_view host) const;
};

// True for an IP address, an IPv6 one in brackets.
bool IsAddress(std::string_view host);

// What a browser says about the page that sends a request.
enum class Site {
  kNone,       // no browser, or the person at it typed the URL
  kSame,       // a page of this server
  kNeighbour,  // one of another port, or of another host of the same domain
  kCross,
};
Site SiteOf(const Request& request);

}  // namespace mockduit
