// Every text has a contrast of at least 4.5 in both color schemes; tests compute the contrasts from
// the variables at the top.
#include "verify/reports/html_theme.h"

namespace mockduit {

const std::string_view kHtmlTheme = R"css(
:root {
  color-scheme: light dark;
  --page: #f6f6f3; --card: #ffffff; --line: #d9dcd8; --faint: #eceeea;
  --text: #1e2326; --dim: #5a6469; --link: #0b5cad;
  --pass: #1b6e43; --pass-bg: #e3f3e9; --fail: #a8231b; --fail-bg: #fde8e5;
  --unsure: #7a4d00; --unsure-bg: #fcefd2; --idle: #5a6469; --idle-bg: #eceeea;
  --success: #1b6e43; --success-bg: #e3f3e9; --refusal: #6335ad; --refusal-bg: #efe8fb;
  --throttled: #7a4d00; --throttled-bg: #fcefd2; --broken: #a8231b; --broken-bg: #fde8e5;
  --lost: #1e2326; --lost-bg: #dfe2de;
  --wait: #f3d48f; --early: #f2aaa2;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --card: #1b1f23; --line: #363d43; --faint: #262b30;
    --text: #e4e7e9; --dim: #a3adb4; --link: #85bdf5;
    --pass: #6fd39c; --pass-bg: #17372a; --fail: #ff9c91; --fail-bg: #4a1f1d;
    --unsure: #f0bd63; --unsure-bg: #40300f; --idle: #a3adb4; --idle-bg: #262b30;
    --success: #6fd39c; --success-bg: #17372a; --refusal: #c9acff; --refusal-bg: #352853;
    --throttled: #f0bd63; --throttled-bg: #40300f; --broken: #ff9c91; --broken-bg: #4a1f1d;
    --lost: #e4e7e9; --lost-bg: #3d444a;
    --wait: #5e4a1c; --early: #7d302b;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
summary:focus-visible, [tabindex]:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
  monospace; font-size: .875em; unicode-bidi: isolate; }
code { overflow-wrap: anywhere; }
.dim { color: var(--dim); font-weight: normal; }
.badge { display: inline-block; border-radius: .3rem; padding: 0 .45rem; font-size: .8rem;
  font-weight: 600; line-height: 1.5rem; white-space: nowrap; text-decoration: none;
  color: var(--idle); background: var(--idle-bg); }
a.badge:hover { text-decoration: underline; }
.badge.pass { color: var(--pass); background: var(--pass-bg); }
.badge.fail { color: var(--fail); background: var(--fail-bg); }
.badge.unsure { color: var(--unsure); background: var(--unsure-bg); }
.badge.success { color: var(--success); background: var(--success-bg); }
.badge.refusal { color: var(--refusal); background: var(--refusal-bg); }
.badge.throttled { color: var(--throttled); background: var(--throttled-bg); }
.badge.broken { color: var(--broken); background: var(--broken-bg); }
.badge.lost { color: var(--lost); background: var(--lost-bg); }
)css";

}  // namespace mockduit
