#include "verify/reports/junit.h"

#include <algorithm>

#include "base/markup.h"

namespace mockduit {
namespace {

struct CaseCounts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void Add(Verdict::Result result) {
    ++tests;
    if (result == Verdict::Result::kFail) ++failures;
    if (result == Verdict::Result::kInconclusive) ++errors;
    if (result == Verdict::Result::kNotExercised || result == Verdict::Result::kKnown) ++skipped;
  }
  void Add(const CaseCounts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
  // JUnit's schema allows no `skipped` on the root element.
  std::string Attributes(bool root = false) const {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
           "\" errors=\"" + std::to_string(errors) + "\"" +
           (root ? "" : " skipped=\"" + std::to_string(skipped) + "\"") + " time=\"0\"";
  }
};

std::string Attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + Escaped(value) + "\"";
}

std::string Evidence(const Verdict& verdict) {
  std::string text;
  for (const Finding& finding : verdict.findings) {
    text += finding.text;
    for (const std::uint64_t id : finding.exchanges) text += " #" + std::to_string(id);
    text += "\n";
  }
  return text;
}

// The code of the first finding, where it has one.
std::string TypeOf(const Verdict& verdict) {
  const bool has_code = !verdict.findings.empty() && verdict.findings.front().code.contains('/');
  return has_code ? verdict.findings.front().code : std::string(ResultName(verdict.result));
}

std::string Case(const Verdict& verdict, const std::string& class_name) {
  std::string open = "    <testcase" + Attribute("classname", class_name) +
                     Attribute("name", verdict.check) + " time=\"0\"";
  const auto with = [&](const std::string& element, const std::string& type,
                        const std::string& message) {
    const std::string evidence = Evidence(verdict);
    return open + ">\n      <" + element + Attribute("message", message) +
           (type.empty() ? "" : Attribute("type", type)) +
           (evidence.empty() ? "/>" : ">" + Escaped(evidence) + "</" + element + ">") +
           "\n    </testcase>\n";
  };
  switch (verdict.result) {
    case Verdict::Result::kFail: return with("failure", TypeOf(verdict), verdict.summary);
    case Verdict::Result::kInconclusive: return with("error", TypeOf(verdict), verdict.summary);
    case Verdict::Result::kKnown: return with("skipped", "", "known: " + verdict.known);
    case Verdict::Result::kNotExercised: return with("skipped", "", verdict.summary);
    case Verdict::Result::kPass: break;
  }
  return open + "/>\n";
}

std::string Suite(const std::string& name, const std::string& cases, const CaseCounts& counts) {
  return "  <testsuite" + Attribute("name", name) + counts.Attributes() + ">\n" + cases +
         "  </testsuite>\n";
}

// Makes the suite of the command that `exec` ran. Its only test is the exit code.
std::string CommandSuite(const Report& report, const std::string& name, CaseCounts& all) {
  const Verdict::Result result =
      *report.exit_code == 0 ? Verdict::Result::kPass : Verdict::Result::kFail;
  Verdict verdict{
      .check = "command",
      .result = result,
      .summary = "the command ended with exit code " + std::to_string(*report.exit_code)};
  CaseCounts counts;
  counts.Add(result);
  all.Add(counts);
  return Suite(name, Case(verdict, name), counts);
}

}  // namespace

std::string JUnit(const std::vector<Report>& reports) {
  std::string suites;
  CaseCounts all;
  for (const Report& report : reports) {
    const std::string run = "mockduit" + (report.title.empty() ? "" : "." + report.title);
    if (report.exit_code) suites += CommandSuite(report, run, all);
    for (const SessionReport& session : report.sessions) {
      const std::string name = run + "." + session.session;
      std::string cases;
      CaseCounts counts;
      for (const Verdict& verdict : session.verdicts) {
        counts.Add(verdict.result);
        cases += Case(verdict, name);
      }
      all.Add(counts);
      suites += Suite(name, cases, counts);
    }
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mockduit\"" +
         all.Attributes(true) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace mockduit
