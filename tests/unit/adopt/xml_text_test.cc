// Values as the XML that their schemas describe; the cases are those of OpenAPI's XML Object.
#include "adopt/xml_text.h"

#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

// Without the declaration in front.
std::string Xml(const std::string& value, const std::string& schema) {
  const Json root = DocumentWith("{Pet: {type: object}, Tag: {type: string, xml: {name: tag}}}");
  References references(root);
  const std::string xml = XmlOf(Parsed(value), FromYaml(schema), references);
  const std::string declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  EXPECT_TRUE(xml.starts_with(declaration)) << xml;
  return xml.substr(declaration.size());
}

TEST(XmlText, IsNamedByXmlOrTheComponentOrRoot) {
  EXPECT_EQ(Xml("{}", "{xml: {name: pet}}"), "<pet></pet>");
  EXPECT_EQ(Xml("{}", "{$ref: '#/components/schemas/Pet'}"), "<Pet></Pet>");
  EXPECT_EQ(Xml("1", "{}"), "<root>1</root>");
  EXPECT_EQ(Xml("{\"a b\": 1, \"1\": null}", "{}"), "<root><a_b>1</a_b><_1></_1></root>");
}

TEST(XmlText, HasAttributes) {
  EXPECT_EQ(Xml(R"({"name": "x", "id": 7, "gone": null})",
                "{properties: {id: {type: integer, xml: {attribute: true}}, name: {type: string, "
                "xml: {name: title}}, gone: {xml: {attribute: true}}}}"),
            R"(<root id="7"><title>x</title></root>)");
  EXPECT_EQ(Xml(R"({"id": "\"<&>"})", "{properties: {id: {xml: {attribute: true, name: key}}}}"),
            R"(<root key="&quot;&lt;&amp;&gt;"></root>)");
}

TEST(XmlText, HasNamespacesAndPrefixes) {
  EXPECT_EQ(Xml(R"({"id": 1, "a": {}})",
                "{xml: {name: P, prefix: s, namespace: 'http://x/y'}, properties: {id: {xml: "
                "{attribute: true, prefix: s, namespace: 'http://x/y'}}, a: {xml: {prefix: s, "
                "namespace: 'http://x/y'}}}}"),
            R"(<s:P xmlns:s="http://x/y" s:id="1"><s:a></s:a></s:P>)")
      << "a namespace is declared once";
  EXPECT_EQ(Xml(R"({"a": 1, "b": 2})",
                "{properties: {a: {xml: {namespace: 'http://x'}}, b: {xml: {namespace: "
                "'http://x'}}}}"),
            R"(<root><a xmlns="http://x">1</a><b xmlns="http://x">2</b></root>)");
}

TEST(XmlText, HasListsAsTheSchemaSays) {
  const auto animals = [](const std::string& schema) {
    return Xml(R"({"animals": ["a", "b"]})", "{properties: {animals: " + schema + "}}");
  };
  EXPECT_EQ(animals("{type: array}"), "<root><animals>a</animals><animals>b</animals></root>");
  EXPECT_EQ(animals("{type: array, items: {xml: {name: animal}}, xml: {name: aliens}}"),
            "<root><animal>a</animal><animal>b</animal></root>");
  EXPECT_EQ(animals("{type: array, xml: {wrapped: true}}"),
            "<root><animals><animals>a</animals><animals>b</animals></animals></root>");
  EXPECT_EQ(animals("{type: array, xml: {wrapped: true, name: aliens}}"),
            "<root><aliens><aliens>a</aliens><aliens>b</aliens></aliens></root>");
  EXPECT_EQ(animals("{type: array, items: {xml: {name: animal}}, xml: {wrapped: true, name: "
                    "aliens}}"),
            "<root><aliens><animal>a</animal><animal>b</animal></aliens></root>");
  EXPECT_EQ(animals("{type: array, items: {$ref: '#/components/schemas/Tag'}}"),
            "<root><tag>a</tag><tag>b</tag></root>");
  EXPECT_EQ(Xml("[1, 2]", "{type: array, items: {xml: {name: n}}, xml: {name: list}}"),
            "<list><n>1</n><n>2</n></list>")
      << "there is one outermost element";
}

}  // namespace
}  // namespace mockduit
