// The page that a login link opens: who signs in there gives the link its login, and goes where the
// link says.
#include "base/markup.h"
#include "engine/effect.h"
#include "http/uri.h"
#include "vendors/html_page.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

// What the page may come to besides a login that stays here.
struct PageOutcomes {
  OutcomeChoice redirect;
  OutcomeChoice refused;  // the page again, with what is wrong
};

std::string Paragraph(std::string_view text, std::string_view kind = "") {
  return "<p class=\"" + std::string(kind) + "\">" + Escaped(text) + "</p>\n";
}

std::string TextOf(const Json& link, std::string_view member) {
  return std::string(link.Get(member).AsString());
}

// Who signs in unless the form says otherwise.
std::string UsualUser(const Json& link) {
  const std::string required = TextOf(link, "require_username");
  return required.empty() ? "user.name@supermetrics.com" : required;
}

std::string FormOf(const Json& link, std::string_view wrong) {
  const std::string source = TextOf(link, link.Get("ds_name").IsNull() ? "ds_id" : "ds_name");
  std::string body;
  if (!wrong.empty()) {
    body += "<p class=\"bad\" role=\"alert\">" + Escaped(wrong) + "</p>\n";
  }
  body += Paragraph("Supermetrics asks for access to your data at " + source + ".");
  body +=
      "<form method=\"post\">\n<label for=\"username\">User name</label>\n"
      "<input id=\"username\" name=\"username\" autocomplete=\"username\" value=\"" +
      Escaped(UsualUser(link)) +
      "\">\n<div class=\"buttons\">\n"
      "<button class=\"first\" name=\"action\" value=\"login\">Sign in</button>\n"
      "<button name=\"action\" value=\"refuse\">Refuse</button>\n"
      "<button name=\"action\" value=\"abandon\">Abandon</button>\n</div>\n</form>\n";
  body += Paragraph("This is Mockduit's stand-in for the data source's page. No password is asked.",
                    "dim");
  return HtmlPage("Sign in to " + source, body);
}

// Where the browser goes after a login: the names of the parameter are inferred.
std::string TargetOf(const Json& link) {
  return WithParameter(TextOf(link, "redirect_url"), "redirect_verifier",
                       TextOf(link, "redirect_verifier"));
}

// Of the successes, which have a status each, the one with that variant.
Result<OutcomeChoice> FindSuccess(const Operation& operation, std::string_view variant) {
  for (const Outcome& outcome : operation.outcomes()) {
    if (outcome.name == "success" && outcome.FindVariant(variant) != nullptr) {
      return OutcomeChoice(outcome, variant);
    }
  }
  return Fail(operation.name + " needs a success with the variant '" + std::string(variant) + "'");
}

class LoginPage : public EffectBehaviour {
 public:
  LoginPage(Declared declared, PageOutcomes outcomes, OutcomeChoice absent)
      : EffectBehaviour(std::move(declared)), outcomes_(outcomes), absent_(absent) {}

 private:
  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    const auto link = world.store().Find(effect().which.kind, call.PathValue("link_id"));
    if (!link) {
      return std::unexpected(
          Failure{absent_, Page(HtmlPage("No such link", Paragraph("Ask for another one.")))});
    }
    if (TextOf(*link, "status_code") != "OPEN") {
      return Page(
          HtmlPage("This link is closed", Paragraph("It has been used, closed, or is too old.")));
    }
    const bool is_form = call.request().method == "POST";
    const std::string& sent = is_form ? call.request().body : call.request().query;
    const std::string action = QueryValue(sent, is_form ? "action" : "auto").value_or("");
    if (action == "abandon") {
      return Page(HtmlPage("Abandoned", Paragraph("Nothing was changed.")));
    }
    if (action == "refuse") return Refused(FormOf(*link, "Access was refused."));
    if (action != "login") return Page(FormOf(*link, ""));
    const std::string required = TextOf(*link, "require_username");
    if (!required.empty() && QueryValue(sent, "username").value_or(required) != required) {
      return Refused(FormOf(*link, "Only " + required + " may sign in here."));
    }
    return SignIn(call, world, scope);
  }

  std::expected<Facts, Failure> SignIn(const Call& call, World& world, Scope& scope) const {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    const Json link = std::move(done->result);
    if (TextOf(link, "redirect_url").empty()) {
      return Page(HtmlPage("You are signed in", Paragraph("You may close this window.")));
    }
    return std::unexpected(
        Failure{outcomes_.redirect, {.result = Json::MakeObject({{"location", TargetOf(link)}})}});
  }

  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& link) const override {
    const Request& request = call.request();
    const std::string& sent = request.method == "POST" ? request.body : request.query;
    const std::string name = QueryValue(sent, "username").value_or("");
    link.Set("login_username", name.empty() ? UsualUser(link) : name);
    return {};
  }

  static Facts Page(std::string page) {
    return {.result = Json::MakeObject({{"page", std::move(page)}})};
  }
  std::unexpected<Failure> Refused(std::string page) const {
    return std::unexpected(Failure{outcomes_.refused, Page(std::move(page))});
  }

  const PageOutcomes outcomes_;
  const OutcomeChoice absent_;
};

}  // namespace

Made MakeLoginPage(const Vendor& /*vendor*/, const Operation& operation) {
  const auto redirect = FindSuccess(operation, "redirect");
  const auto refused = OutcomeChoice::Find(operation, {"forbidden", "refused"});
  const auto absent = OutcomeChoice::Find(operation, {"not_found", ""});
  for (const auto* found : {&redirect, &refused, &absent}) {
    if (!*found) return std::unexpected(found->error());
  }
  return MakeEffect<LoginPage>(operation, PageOutcomes{*redirect, *refused}, *absent);
}

}  // namespace mockduit::supermetrics
