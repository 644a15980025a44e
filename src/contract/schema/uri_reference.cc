#include "contract/schema/uri_reference.h"

#include <algorithm>

namespace mockduit {
namespace {

// The parts of RFC 3986, section 3, each with its mark: "http:", "//a.b", "/c/d", "?q", "#f".
struct Parts {
  explicit Parts(std::string_view text) {
    const auto take = [&](std::size_t size) {
      const std::string_view taken = text.substr(0, std::min(size, text.size()));
      text.remove_prefix(taken.size());
      return taken;
    };
    const std::size_t colon = text.find_first_of(":/?#");
    if (colon != std::string_view::npos && colon > 0 && text[colon] == ':') {
      scheme = take(colon + 1);
    }
    if (text.starts_with("//")) authority = take(text.find_first_of("/?#", 2));
    path = take(text.find_first_of("?#"));
    query = take(text.find('#'));
    fragment = text;
  }

  std::string_view scheme, authority, path, query, fragment;
};

// RFC 3986, section 5.2.4.
std::string WithoutDots(std::string_view path) {
  std::string out;
  const auto drop_last = [&] {
    out.resize(out.find_last_of('/') == std::string::npos ? 0 : out.find_last_of('/'));
  };
  while (!path.empty()) {
    if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path.starts_with("./") || path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path.starts_with("/../")) {
      path.remove_prefix(3);
      drop_last();
    } else if (path == "/." || path == "/..") {
      if (path == "/..") drop_last();
      path = "/";
      out += path;
      break;
    } else if (path == "." || path == "..") {
      break;
    } else {
      const std::size_t end = std::min(path.find('/', 1), path.size());
      out += path.substr(0, end);
      path.remove_prefix(end);
    }
  }
  return out;
}

std::string Merged(const Parts& base, std::string_view path) {
  if (!base.authority.empty() && base.path.empty()) return "/" + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  const std::string folder(base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
  return folder + std::string(path);
}

}  // namespace

std::string ResolveReference(std::string_view reference, std::string_view base_text) {
  const Parts to(reference);
  const Parts base(base_text);
  if (!to.scheme.empty()) return std::string(reference);
  std::string resolved(base.scheme);
  const auto add = [&](const auto&... parts) { (resolved.append(parts), ...); };
  if (!to.authority.empty()) {
    add(to.authority, WithoutDots(to.path), to.query);
  } else if (to.path.empty()) {
    add(base.authority, base.path, to.query.empty() ? base.query : to.query);
  } else {
    const std::string path =
        to.path.starts_with('/') ? std::string(to.path) : Merged(base, to.path);
    add(base.authority, WithoutDots(path), to.query);
  }
  add(to.fragment);
  return resolved;
}

SplitReference SplitFragment(std::string_view reference) {
  const std::size_t mark = std::min(reference.find('#'), reference.size());
  return {reference.substr(0, mark), reference.substr(std::min(mark + 1, reference.size()))};
}

}  // namespace mockduit
