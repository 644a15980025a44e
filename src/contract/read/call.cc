#include "contract/read/call.h"

#include <algorithm>
#include <optional>
#include <ranges>

#include "contract/read/request.h"

namespace mockduit {
namespace {

// Where no parameter is listed, any may come.
Shape ShapeOfQuery(const Operation& operation) {
  Shape::Members query;
  for (const Parameter& parameter : operation.parameters()) {
    if (parameter.in != "query") continue;
    if (parameter.writing == nullptr) {
      query.emplace_back(parameter.name, Shape::Leaf());
      continue;
    }
    query.emplace_back(parameter.name, Shape());
    // The members of a map may stand in the query by their own names.
    const TextShape& map = parameter.writing->shape;
    if (!parameter.writing->explode || !map.is_object()) continue;
    for (const auto& [name, member] : map.members()) query.emplace_back(name, Shape());
  }
  return query.empty() ? Shape() : Shape::Of(std::move(query));
}

void KnowCookies(const Operation& operation, Names& names) {
  Shape::Members cookies;
  for (const Parameter& parameter : operation.parameters()) {
    if (parameter.in == "cookie") cookies.emplace_back(parameter.name, Shape::Leaf());
  }
  if (!cookies.empty()) names.Know(Root::kRequestCookie, Shape::Of(std::move(cookies)));
}

}  // namespace

Names CallReader::CallNames() const {
  Names names;
  for (const Root root :
       {Root::kRequestUrl, Root::kBaseUrl, Root::kLinkBase, Root::kSession, Root::kAttempt}) {
    names.Know(root);
  }
  names.Know(Root::kRequestHeader, reading_.headers);
  names.Know(Root::kRequestHeaderList, reading_.headers);
  names.Know(Root::kRequestCookie, Shape());
  return names;
}

void CallReader::KnowAnswers(Names& names) {
  for (const Root root : {Root::kRetryAfter, Root::kQuotaLimit, Root::kQuotaRemaining,
                          Root::kQuotaReset, Root::kViolationsText}) {
    names.Know(root);
  }
  names.Know(Root::kViolationsErrors, Shape());
  names.Know(Root::kViolationsFields, Shape());
}

// The operation's own, behind those of its path, but for those that it has itself.
void CallReader::ReadParameters(const Node& node, const Node& of_path, Operation& operation,
                                const Names& names) {
  std::vector<Parameter>& parameters = operation.details.Edit().parameters;
  reading_.EachItem(node["parameters"],
                    [&](const Node& parameter) { ReadOne(operation, parameter, names); });
  const auto own = parameters.size();
  reading_.EachItem(of_path, [&](const Node& parameter) {
    const auto is_it = [&](const Parameter& other) {
      return other.name == parameter["name"].Text() && other.in == parameter["in"].Text();
    };
    if (std::ranges::none_of(parameters | std::views::take(own), is_it)) {
      ReadOne(operation, parameter, names);
    }
  });
  std::ranges::rotate(parameters, parameters.begin() + static_cast<std::ptrdiff_t>(own));
}

Names CallReader::Read(const Node& node, const Node& of_path, Operation& operation) {
  Shape::Members variables;
  for (const std::string& variable : operation.path.variables()) {
    variables.emplace_back(variable, Shape::Leaf());
  }
  Names names = CallNames();
  names.Know(Root::kRequestPath, Shape::Of(std::move(variables)));
  ReadParameters(node, of_path, operation, names);
  const Shape query = ShapeOfQuery(operation);
  names.Know(Root::kRequestQuery, query);
  names.Know(Root::kRequestQueryList, query);
  KnowCookies(operation, names);
  names.Know(Root::kRequestBody, ReadBody(node, operation));
  return names;
}

void CallReader::ReadOne(Operation& operation, const Node& node, const Names& names) {
  if (!reading_.Check(node, blocks::kParameter)) return;
  Parameter parameter = ReadParameter(reading_, node);
  const Shape* variables = names.Find(Root::kRequestPath);
  if (parameter.in == "path" && variables->Find(parameter.name) == nullptr) {
    reading_.Wrong(node["name"], "the path " + operation.path.text() + " has no variable '" +
                                     parameter.name + "'" +
                                     DidYouMean(parameter.name, variables->MemberNames()));
  }
  const bool twice = std::ranges::any_of(operation.parameters(), [&](const Parameter& other) {
    return other.name == parameter.name && other.in == parameter.in;
  });
  if (twice) {
    reading_.Wrong(node, "the parameter '" + parameter.name + "' stands here a second time");
  }
  operation.details.Edit().parameters.push_back(std::move(parameter));
  parameters_of_[&operation].push_back(node);
}

// Gives what templates may ask of a body, of whichever type it is.
Shape CallReader::ReadBody(const Node& node, Operation& operation) {
  const Node body =
      node["requestBody"] ? ContractReading::Follow(node["requestBody"]) : node["requestBody"];
  if (!body || !reading_.Check(body, blocks::kRequestBody)) return {};
  OperationDetails& details = operation.details.Edit();
  details.needs_body = body["required"].Flag();
  const Node content = body["content"];
  if (!content) reading_.Missing(body, "content");
  std::optional<Shape> members;
  reading_.EachMember(content, [&](const std::string& type, const Node& media) {
    if (!reading_.Check(media, blocks::kMediaType)) return;
    reading_.EachMember(media["examples"], [&](const std::string& /*name*/, const Node& example) {
      reading_.Check(example, blocks::kApiExample);
    });
    BodyType known = ReadBodyType(reading_, type, media);
    const Shape own = known.schema != nullptr ? reading_.MembersOf(*known.schema) : Shape();
    members = members ? members->Or(own) : own;
    if (known.kind == BodyKind::kJson && details.body == nullptr) details.body = known.schema;
    if (known.schema != nullptr) CheckRequired(media["schema"]);
    details.bodies.push_back(std::move(known));
  });
  return members.value_or(Shape());
}

// Reports members that a body's schema requires without declaring them as properties, in it and in
// the schemas of its properties.
void CallReader::CheckRequired(const Node& node) {
  std::vector<Node> schemas = {node};
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    const Node given = schemas[i];
    const auto schema = reading_.CompileSchema(given);
    if (schema == nullptr || !checked().insert(schema.get()).second) continue;
    const Node followed = ContractReading::Follow(given);
    if (followed) CheckRequiredOf(followed, schema->Members(1), schemas);
  }
}

// Adds the schemas of the properties to `below`.
void CallReader::CheckRequiredOf(const Node& schema, const Shape& members,
                                 std::vector<Node>& below) {
  std::vector<Node> parts = {schema};
  std::set<const Json*> met = {&schema.json()};  // parts may come round to themselves
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Node part = parts[i];
    reading_.EachItem(part["allOf"], [&](const Node& other) {
      if (met.insert(&other.json()).second) parts.push_back(other);
    });
    const Node required = part["required"];
    const std::vector<std::string> names = reading_.Texts(required);
    for (std::size_t j = 0; j < names.size(); ++j) {
      if (members.Find(names[j]) != nullptr) continue;
      reading_.Wrong(required.Item(j), "no property of this schema is called '" + names[j] + "'" +
                                           DidYouMean(names[j], members.MemberNames()));
    }
    reading_.EachMember(part["properties"], [&](const std::string& /*name*/, const Node& property) {
      if (property["required"] || property["properties"]) below.push_back(property);
    });
  }
}

}  // namespace mockduit
