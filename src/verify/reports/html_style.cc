// The style sheet of the HTML report, in the colors of html_theme.cc.
#include "verify/reports/html_parts.h"

namespace mockduit {

const std::string_view kHtmlStyle = R"css(
body { margin: 0 auto; padding: 1.5rem clamp(.75rem, 3vw, 2rem) 3rem; max-width: 76rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1.05rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1.5rem 0 .5rem; }
p, ul { margin: 0 0 .75rem; }
.note { border-left: 3px solid var(--unsure); padding-left: .75rem; }
header { margin-bottom: 1.5rem; }
footer { color: var(--dim); margin-top: 2rem; }

.filter { margin: .5rem 0 0; }
body:has(#only-failed:checked) :is(.runs tbody tr, .run, .session, .exchanges tbody,
  .timeline .row):not(.failed),
body:has(#only-failed:checked) :is(.coverage, .passed, .silence, .ticks, .verdict.unsure, p.idle) {
  display: none; }
.conclusion { font-size: 1.05rem; font-weight: 600; margin: 0; }
.conclusion.pass { color: var(--pass); }
.conclusion.fail { color: var(--fail); }
.conclusion.unsure { color: var(--unsure); }
.conclusion.idle { color: var(--dim); }
.counts { display: flex; flex-wrap: wrap; gap: .35rem; margin-bottom: 1rem; }
.meter { display: inline-block; width: 5rem; height: .5rem; margin-right: .5rem;
  border-radius: .25rem; background: var(--line); overflow: hidden; vertical-align: .05rem; }
.meter i { display: block; height: 100%; background: var(--pass); }

.scroll { overflow-x: auto; margin-bottom: .75rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
caption { text-align: left; color: var(--dim); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--dim); font-weight: 600; vertical-align: bottom; }
.runs { background: var(--card); }
nav { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .75rem 1rem 0; margin-bottom: 1.5rem; }
.runs td, .runs th { white-space: nowrap; }
.number { font-variant-numeric: tabular-nums; font-weight: 600; }
.number.pass { color: var(--pass); }
.number.fail { color: var(--fail); }
.number.unsure { color: var(--unsure); }
.number.idle { color: var(--dim); font-weight: normal; }

.run { margin-bottom: 2.5rem; }
.session, .coverage { background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; padding: 1rem clamp(.75rem, 2vw, 1.25rem); margin-bottom: .75rem; }
details.session > summary { display: flex; flex-wrap: wrap; gap: .35rem .75rem;
  align-items: center; }
details.session > summary::before { content: "▸"; color: var(--dim); width: .75rem; }
details.session[open] > summary::before { content: "▾"; }
details.session > summary::-webkit-details-marker { display: none; }
details.session > summary h3 { margin: 0; }
details.session[open] > summary { margin-bottom: .75rem; }
summary { cursor: pointer; }
.verdict { border-left: 3px solid var(--fail); padding: .1rem 0 .1rem .85rem;
  margin-bottom: 1rem; }
.verdict.unsure { border-left-color: var(--unsure); }
.verdict:target { background: var(--faint); }
.verdict p, .verdict ul { margin: 0 0 .3rem; }
.verdict ul { padding-left: 1.1rem; }
.verdict li { overflow-wrap: anywhere; }
.verdict .name code { font-weight: 600; font-size: .95em; }
.verdict .rule { color: var(--dim); font-size: .875rem; }
.ids { font-variant-numeric: tabular-nums; }
.passed { list-style: none; padding: 0; display: grid; gap: .15rem; font-size: .9rem; }
p.idle { font-size: .9rem; }

.timeline { margin: 0; }
.timeline .row { padding: .35rem 0 .45rem; border-top: 1px solid var(--faint); }
.timeline .call { font-size: .875rem; line-height: 1.4; }
.timeline .row p { margin: 0; text-align: right; font-size: .8rem; }
.track { position: relative; height: calc(var(--levels) * 20px + 4px); margin: 0 10px;
  background: linear-gradient(var(--line), var(--line)) 0 11px / 100% 1px no-repeat; }
.track > * { position: absolute; top: calc(var(--level) * 20px); }
.mark { width: 16px; height: 16px; margin: 3px 0 0 -8px; z-index: 1; forced-color-adjust: none;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.mark::after { content: ""; position: absolute; inset: 1px; background: var(--success);
  border-radius: 50%; }
.mark.refusal::after { background: var(--refusal); border-radius: 2px; transform: rotate(45deg);
  inset: 2.5px; }
.mark.throttled::after { background: var(--throttled); border-radius: 0;
  clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.mark.broken::after { background: var(--broken); border-radius: 2px; inset: 2px; }
.mark.lost::after { background: var(--lost); border-radius: 0; clip-path: polygon(18% 0, 50% 32%,
  82% 0, 100% 18%, 68% 50%, 100% 82%, 82% 100%, 50% 68%, 18% 100%, 0 82%, 32% 50%, 0 18%); }
.mark.failed { outline: 2px solid var(--fail); outline-offset: 1px; border-radius: 3px; }
a.mark:hover { transform: scale(1.3); }
.wait, .delay { forced-color-adjust: none; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
.wait { height: 16px; margin-top: 3px; background: var(--wait); border-radius: 0 3px 3px 0;
  overflow: hidden; }
.wait.early { background: repeating-linear-gradient(135deg, var(--early) 0 6px,
  var(--wait) 6px 9px); }
.wait.cut { border-radius: 0;
  clip-path: polygon(0 0, calc(100% - 8px) 0, 100% 50%, calc(100% - 8px) 100%, 0 100%); }
.wait b { font: 600 11px/16px system-ui, sans-serif; padding: 0 12px; position: absolute; top: 0;
  height: 16px; overflow: hidden; display: flex; flex-wrap: wrap; justify-content: end;
  white-space: nowrap; color: var(--text); }
.wait b::before { content: ""; width: 1px; height: 16px; }
.delay { height: 4px; margin-top: 9px; background: var(--dim); }
.ticks { border-top: 1px solid var(--line); padding: 0 10px; height: 1.6rem; overflow: hidden; }
.ticks div { position: relative; }
.ticks span { position: absolute; font-size: .75rem; color: var(--dim); white-space: nowrap;
  padding: .2rem .25rem 0; border-left: 1px solid var(--line); }
.ticks span.end { transform: translateX(-100%); border: 0 solid var(--line);
  border-right-width: 1px; }
.silence { margin: .75rem 0; text-align: center; color: var(--dim); font-size: .875rem; }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .8rem;
  color: var(--dim); margin: .5rem 0; }
.key span { display: inline-flex; align-items: center; gap: .4rem; }
.key i { position: relative; display: inline-block; margin: 0; flex: none; }
.key .mark { width: 14px; height: 14px; }
.key .wait { width: 26px; height: 12px; }
figcaption p { font-size: .875rem; margin: 0; }

.exchanges tbody > tr:first-child > * { border-top: 1px solid var(--line); }
.exchanges .more td { border: 0; padding-top: 0; }
.exchanges tbody.failed > tr:first-child > th { box-shadow: inset 3px 0 var(--fail); }
.exchanges th[scope=row] { padding-left: .6rem; font-weight: 600; }
.exchanges tbody:target { background: var(--unsure-bg); }
.exchanges .time, .exchanges th[scope=row] { white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.exchanges td:nth-child(3) { min-width: 14rem; }
.part { color: var(--dim); }
.part + .part::before { content: "· "; }
.more summary { color: var(--dim); font-size: .8rem; width: fit-content; }
pre { margin: .4rem 0; padding: .6rem .75rem; background: var(--faint); border-radius: .4rem;
  max-height: 24rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }

.matrix { font-size: .8rem; line-height: 1.35; }
.matrix td, .matrix th { padding: .35rem .5rem; border: 1px solid var(--line); }
.matrix th[scope=row] { font-weight: 600; min-width: 10rem; }
.matrix th .call { display: block; font-size: .95em; overflow-wrap: anywhere; }
.matrix td { white-space: nowrap; }
.matrix .called { font-variant-numeric: tabular-nums; }
.matrix .status { display: block; color: var(--dim); font-size: .9em; }
.matrix .met { background: var(--pass-bg); color: var(--pass); }
.matrix .played { background: var(--unsure-bg); color: var(--unsure); }
.matrix .met .status, .matrix .played .status { color: inherit; }
.matrix .missing, .matrix .none { color: var(--dim); }
.matrix abbr { text-decoration: none; }
.coverage details { margin-bottom: .75rem; }
ul.idle { columns: 22rem; margin-top: .5rem; padding-left: 1.1rem; font-size: .8rem; }

@media (max-width: 40rem) {
  body { font-size: 14px; }
  .exchanges, .exchanges caption, .exchanges tbody { display: block; }
  .exchanges thead { display: none; }
  .exchanges tbody { border-top: 1px solid var(--line); padding: .4rem 0; }
  .exchanges tr { display: flex; flex-wrap: wrap; gap: .15rem .6rem; }
  .exchanges tbody > tr > * { border: 0 !important; padding: 0; }
  .exchanges tbody > tr > td:nth-child(3) { order: 1; flex-basis: 100%; }
  .exchanges td:empty { display: none; }
  .exchanges tbody.failed { border-left: 3px solid var(--fail); padding-left: .6rem; }
  .exchanges tbody.failed > tr:first-child > th { box-shadow: none; }
  .exchanges tbody > tr > th[scope=row] { padding: 0; }
  .ticks span:nth-child(even) { display: none; }
  .runs, .runs caption, .runs tbody { display: block; }
  .runs thead { display: none; }
  .runs tr { display: flex; flex-wrap: wrap; gap: .15rem .9rem; padding: .5rem 0;
    border-top: 1px solid var(--line); }
  .runs tbody > tr > * { border: 0; padding: 0; }
  .runs th, .runs td:last-child { flex-basis: 100%; }
  .runs td:empty { display: none; }
  .runs td[data-label]::before { content: attr(data-label) " "; color: var(--dim);
    font-weight: normal; }
}
@media print {
  body { max-width: none; padding: 0; background: #fff; }
  .scroll { overflow: visible; }
  .session, .coverage, nav { border: 0; padding: 0; }
  .verdict, .timeline .row, .exchanges tbody, .matrix tr { break-inside: avoid; }
  .badge, .meter, .meter i, .matrix td { print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace mockduit
