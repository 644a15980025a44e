#include "vendors/html_page.h"

#include "base/markup.h"

namespace mockduit {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --text: #1c2430; --dim: #566072; --ground: #f4f6f9;
  --card: #fff; --line: #8a93a3; --link: #1d5fd1; --good: #18693a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e8ebf0; --dim: #aab3c2; --ground: #14181f;
  --card: #1d232d; --line: #6c7688; --link: #8ab4ff; --good: #7fd6a0; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 36rem; margin: 2rem auto; padding: 1.5rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; }
h1 { margin: 0; font-size: 1.4rem; }
h2 { font-size: 1.05rem; }
p, li { overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.bad { color: var(--bad); }
.good { color: var(--good); }
label { display: block; margin: .9rem 0 .2rem; }
input, select, textarea { width: 100%; padding: .45rem .6rem; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: .3rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1.4rem; }
button { padding: .5rem 1rem; font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--line); border-radius: .3rem; cursor: pointer; }
button.first { color: var(--card); background: var(--link); border-color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
a { color: var(--link); }
)";

}  // namespace

std::string HtmlPage(std::string_view title, std::string_view body) {
  const std::string escaped = Escaped(title);
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escaped + "</title>\n<style>" + std::string(kStyle) +
         "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped + "</h1>\n" + std::string(body) +
         "</main>\n</body>\n</html>\n";
}

}  // namespace mockduit
