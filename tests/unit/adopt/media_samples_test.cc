// Bodies of answers: the document's examples, or made up, as their media types have them.
#include "adopt/media_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Json SampledOf(const std::string& type, const std::string& media) {
  const Json root = DocumentWith(
      "{Pet: {type: object, xml: {name: pet}, properties: {name: {type: "
      "string, example: 'R & B'}, tags: {type: array, items: {type: "
      "integer}}}}}");
  WholeDocument references(root);
  return SamplesOf(type, FromYaml(media), {}, references).media.Get("examples");
}

TEST(MediaSamples, AreTheDocumentsExamples) {
  EXPECT_EQ(SampledOf("application/json", "{example: {a: 1}}").Get("example").Get("value").Dump(),
            R"({"a":1})");
  EXPECT_EQ(SampledOf("application/json", "{examples: {x: {value: 1}, y: {value: 2}}, example: 3}")
                .IfObject()
                ->size(),
            2u);
  EXPECT_EQ(SampledOf("application/json", "{examples: {}, example: 3}")
                .Get("example")
                .Get("value")
                .AsInteger(),
            3);
  EXPECT_EQ(SampledOf("application/json", "{examples: {x: {externalValue: 'http://a'}}}")
                .Get("composed")
                .Get("value")
                .Dump(),
            "{}")
      << "what stands elsewhere is not read";
}

TEST(MediaSamples, AreJsonWhereAnExampleIsWrittenAsText) {
  EXPECT_EQ(SampledOf("application/json", R"({schema: {type: object}, example: '{"a": 1}'})")
                .Get("example")
                .Get("value")
                .Dump(),
            R"({"a":1})");
  EXPECT_EQ(SampledOf("application/json", R"({schema: {type: string}, example: '{"a": 1}'})")
                .Get("example")
                .Get("value")
                .AsString(),
            R"({"a": 1})");
}

TEST(MediaSamples, AreTextInOtherTypes) {
  EXPECT_EQ(
      SampledOf("text/plain", "{schema: {type: string}}").Get("composed").Get("value").AsString(),
      "example");
  EXPECT_EQ(
      SampledOf("text/plain", "{schema: {type: integer}}").Get("composed").Get("value").AsString(),
      "1");
  EXPECT_EQ(SampledOf("text/plain", "{}").Get("composed").Get("value").AsString(), "example");
}

std::string BodyOf(const std::string& type, const std::string& media) {
  return std::string(SampledOf(type, media).Get("composed").Get("value").AsString());
}

constexpr const char* kBox =
    "{type: object, properties: {name: {type: string, example: a b&c}, tags: {type: array, "
    "items: {type: string}, example: [x, y]}, size: {type: object, properties: {w: {type: "
    "integer}}}}}";

TEST(MediaSamples, AreFormsByTheirEncodings) {
  const std::string media = "{schema: " + std::string(kBox);
  EXPECT_EQ(BodyOf("application/x-www-form-urlencoded", media + "}"),
            "name=a%20b%26c&tags=x&tags=y&size=%7B%22w%22%3A1%7D");
  EXPECT_EQ(BodyOf("application/x-www-form-urlencoded",
                   media + ", encoding: {tags: {style: form, explode: false}, size: {style: "
                           "deepObject}}}"),
            "name=a%20b%26c&tags=x%2Cy&size%5Bw%5D=1");
}

TEST(MediaSamples, ArePartsWithABoundaryBetweenThem) {
  EXPECT_EQ(BodyOf("multipart/form-data; boundary=b",
                   "{schema: {properties: {id: {type: integer}, file: {type: string, format: "
                   "binary}, at: {type: object, properties: {x: {type: integer}}}}}, encoding: "
                   "{file: {contentType: 'image/png, image/jpeg'}}}"),
            "--b\r\nContent-Disposition: form-data; name=\"id\"\r\nContent-Type: "
            "text/plain\r\n\r\n1\r\n"
            "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: "
            "image/png\r\n\r\nexample\r\n"
            "--b\r\nContent-Disposition: form-data; name=\"at\"\r\nContent-Type: "
            "application/json\r\n\r\n{\"x\":1}\r\n"
            "--b--\r\n");
}

TEST(MediaSamples, ArePartsOfTheTypeThatTheirSchemasSay) {
  const std::string body = BodyOf(
      "multipart/form-data; boundary=b",
      "{schema: {properties: {files: {type: array, minItems: 1, items: {type: string, format: "
      "binary}}, page: {type: string, contentMediaType: text/html}, data: {type: string, "
      "contentEncoding: base64}, note: {type: string}}}}");
  for (const char* part : {"\"files\"\r\nContent-Type: application/octet-stream\r\n",
                           "\"page\"\r\nContent-Type: text/html\r\n",
                           "\"data\"\r\nContent-Type: application/octet-stream\r\n",
                           "\"note\"\r\nContent-Type: text/plain\r\n"}) {
    EXPECT_THAT(body, HasSubstr(part));
  }
}

TEST(MediaSamples, HaveTheHeadersOfTheirParts) {
  EXPECT_EQ(BodyOf("multipart/mixed; boundary=b",
                   "{schema: {properties: {a: {type: integer}}}, encoding: {a: {headers: {X-A: "
                   "{schema: {type: integer, example: 7}}, content-type: {example: no}, 'X B': "
                   "{example: 1}}}}}"),
            "--b\r\nContent-Disposition: inline; name=\"a\"\r\nContent-Type: text/plain\r\nX-A: "
            "7\r\n\r\n1\r\n--b--\r\n");
}

TEST(MediaSamples, AreTablesOfFlatMaps) {
  EXPECT_EQ(BodyOf("text/csv",
                   "{schema: {type: array, items: {type: object, properties: {id: {type: integer}, "
                   "note: {type: string, example: 'a, \"b\"'}}}}}"),
            "id,note\r\n1,\"a, \"\"b\"\"\"\r\n");
}

TEST(MediaSamples, AreEventsAndLines) {
  const std::string schema = "{schema: {type: object, properties: {id: {type: integer}}}}";
  EXPECT_EQ(BodyOf("text/event-stream", schema), "data: {\"id\":1}\n\n");
  EXPECT_EQ(BodyOf("text/event-stream", "{schema: {type: string}}"), "data: example\n\n");
  EXPECT_EQ(
      BodyOf("application/x-ndjson", "{schema: {type: array, items: {type: integer, example: 7}}}"),
      "7\n");
}

std::vector<std::string> NotesOnSample(const std::string& type, const std::string& media) {
  const Json root = DocumentWith("{}");
  WholeDocument references(root);
  return SamplesOf(type, FromYaml(media), {}, references).notes;
}

TEST(MediaSamples, TellWhatIsNotWrittenAsTheTypeSays) {
  const std::string nested =
      "{schema: {type: array, items: {type: object, properties: {a: {type: object}}}}}";
  for (const char* type : {"text/csv", "text/plain", "application/pdf"}) {
    EXPECT_THAT(NotesOnSample(type, nested),
                ElementsAre("the body is answered as JSON, for want of a way to write it as " +
                            std::string(type)));
  }
  EXPECT_THAT(NotesOnSample("application/yaml", nested), IsEmpty()) << "JSON is YAML";
  EXPECT_THAT(NotesOnSample("application/xml",
                            "{schema: {type: object, properties: {'a b': {type: integer}}}}"),
              ElementsAre("no name of XML is 'a b'; what cannot stand in one is answered as '_'"));
  EXPECT_THAT(NotesOnSample("application/json",
                            "{examples: {x: {externalValue: a.json}, y: {$ref: '#/no'}, z: {}}}"),
              ElementsAre("the example 'y' leads nowhere",
                          "the example 'z' has no 'value'; it is left out"));
}

TEST(MediaSamples, TellWhichExamplesShowWhatOnlyRequestsHave) {
  const std::string schema =
      "{schema: {type: object, required: [pw], properties: {pw: {type: string, writeOnly: true}, "
      "of: {type: array, items: {properties: {key: {allOf: [{writeOnly: true}]}}}}}";
  EXPECT_THAT(
      NotesOnSample("application/json",
                    schema + "}, examples: {a: {value: {pw: x, of: [{key: 1}, {key: 2}]}}, "
                             "b: {value: {of: []}}}}"),
      ElementsAre("the example 'a' shows pw, of.key, which only requests have (writeOnly)"));
  EXPECT_THAT(
      NotesOnSample("application/json", schema + ", example: {pw: x}}}"),
      ElementsAre("an example of the schema shows pw, which only requests have (writeOnly)"));
  EXPECT_THAT(NotesOnSample("application/json", schema + "}}"), IsEmpty());
}

TEST(MediaSamples, AreListsOfTheSchemaOfTheirItems) {
  const std::string media =
      "{itemSchema: {type: object, properties: {data: {type: integer}, event: "
      "{const: made}}}}";
  EXPECT_EQ(BodyOf("text/event-stream", media), "event: made\ndata: 1\n\n");
  EXPECT_EQ(BodyOf("application/jsonl", "{itemSchema: {type: integer}}"), "1\n");
  EXPECT_EQ(BodyOf("application/json-seq", "{itemSchema: {type: integer}}"),
            "\x1E"
            "1\n");
  EXPECT_THAT(NotesOnSample("application/json", media),
              ElementsAre("'itemSchema' is of lists in lines or events; of application/json it is "
                          "left out"));
}

TEST(MediaSamples, TellOfEventsWithMoreThanTheirFields) {
  EXPECT_THAT(NotesOnSample("text/event-stream", "{example: [{event: a, data: 1, at: 2}]}"),
              ElementsAre("an event has 'data', 'event', 'id' and 'retry' alone; one with more is "
                          "answered as data"));
  EXPECT_THAT(NotesOnSample("text/event-stream", "{example: [{data: 1, at: 2}]}"), IsEmpty());
}

TEST(MediaSamples, AreXmlByTheNamesOfTheSchema) {
  EXPECT_EQ(
      SampledOf("application/xml", "{schema: {$ref: '#/components/schemas/Pet'}}")
          .Get("composed")
          .Get("value")
          .AsString(),
      R"(<?xml version="1.0" encoding="UTF-8"?><pet><name>R &amp; B</name><tags>1</tags></pet>)");
  EXPECT_EQ(SampledOf("application/atom+xml", "{schema: {type: string}, example: '<a/>'}")
                .Get("example")
                .Get("value")
                .AsString(),
            "<a/>");
}

TEST(MediaSamples, AreLiteralsWhateverStandsInThem) {
  const Json example = SampledOf("application/json", "{example: {a: '{{now}}'}}").Get("example");
  EXPECT_TRUE(example.Get("x-mockduit").Get("literal").AsBool());
  EXPECT_EQ(example.Get("value").Get("a").AsString(), "{{now}}");
}

TEST(MediaSamples, KnowJsonByItsName) {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8", "text/json",
                           "application/problem+json", "application/vnd.a+json;v=1"}) {
    EXPECT_TRUE(IsJsonMedia(type)) << type;
  }
  for (const char* type : {"text/plain", "application/jsonlines", "application/xml", "json", ""}) {
    EXPECT_FALSE(IsJsonMedia(type)) << type;
  }
}

constexpr const char* kJob =
    "{type: object, properties: {id: {type: string, format: uuid}, at: {type: string, format: "
    "date-time}, note: {type: string, example: 'a {{b'}}}";

// What stands in each answer for the body of a sample.
std::string FillOf(const std::string& type, const std::string& media) {
  const Json block = SampledOf(type, media).Get("composed").Get("x-mockduit");
  EXPECT_EQ(block.Get("fill").IfObject()->size(), 1u);
  return std::string(block.Get("fill").Get("").AsString());
}

TEST(MediaSamples, HaveNewIdsAndTimesInEveryType) {
  const std::string one = "{schema: " + std::string(kJob) + "}";
  const std::string list = "{schema: {type: array, items: " + std::string(kJob) + "}}";
  EXPECT_EQ(FillOf("application/xml", one),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><id>{{uuid4}}</id><at>{{now.seconds}}"
            "</at><note>a {{\"{{\"}}b</note></root>");
  EXPECT_EQ(FillOf("text/csv", list), "id,at,note\r\n{{uuid4}},{{now.seconds}},a {{\"{{\"}}b\r\n");
  EXPECT_EQ(FillOf("application/x-ndjson", list),
            "{\"id\":\"{{uuid4}}\",\"at\":\"{{now.seconds}}\",\"note\":\"a {{\"{{\"}}b\"}\n");
  EXPECT_EQ(FillOf("text/event-stream", list),
            "data: {\"id\":\"{{uuid4}}\",\"at\":\"{{now.seconds}}\",\"note\":\"a "
            "{{\"{{\"}}b\"}\n\n");
  EXPECT_EQ(FillOf("application/yaml", one),
            "{\"id\":\"{{uuid4}}\",\"at\":\"{{now.seconds}}\",\"note\":\"a {{\"{{\"}}b\"}");
  EXPECT_EQ(FillOf("application/x-www-form-urlencoded", one),
            "id={{uuid4 | percent}}&at={{now.seconds | percent}}&note=a%20%7B%7Bb");
  EXPECT_THAT(FillOf("multipart/form-data; boundary=b", one), HasSubstr("\r\n\r\n{{uuid4}}\r\n"));
  EXPECT_EQ(FillOf("text/plain", "{schema: {type: string, format: uuid}}"), "{{uuid4}}");
  EXPECT_EQ(FillOf("text/event-stream", "{schema: {type: string, format: uuid}}"),
            "data: {{uuid4}}\n\n");
}

TEST(MediaSamples, KeepWhatLooksLikeAMark) {
  EXPECT_EQ(FillOf("application/xml",
                   "{schema: {type: object, properties: {id: {type: string, format: uuid, xml: "
                   "{name: mark0x}}, a: {type: string, example: mark0x markk0x}}}}"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><mark0x>{{uuid4}}</mark0x><a>mark0x "
            "markk0x</a></root>");
}

TEST(MediaSamples, AreEventsWithTheirFields) {
  const auto stream = [](const std::string& value) {
    return SampledOf("text/event-stream", "{example: " + value + "}")
        .Get("example")
        .Get("value")
        .ToText();
  };
  EXPECT_EQ(stream("[{event: made, data: {a: 1}, id: '7', retry: 50}, {data: \"a\\nb\"}]"),
            "event: made\nid: 7\nretry: 50\ndata: {\"a\":1}\n\ndata: a\ndata: b\n\n");
  EXPECT_EQ(stream("{id: \"a\\nb\", event: null, data: x}"), "id: a b\ndata: x\n\n");
  EXPECT_EQ(stream("[{id: 1}]"), "data: {\"id\":1}\n\n") << "without data it is all data";
  EXPECT_EQ(stream("[{data: 1, at: 2}]"), "data: {\"data\":1,\"at\":2}\n\n")
      << "no event has a field like that";
  EXPECT_EQ(stream("\"data: a\\n\\n\""), "data: a\n\n") << "a text is the stream";
}

// Each is found in one go, however many there are.
TEST(MediaSamples, HaveAsManyNewIdsAsThereAre) {
  std::string properties;
  for (int i = 0; i < 150; ++i) {
    properties += "p" + std::to_string(i) + ": {type: string, format: uuid}, ";
  }
  const std::string fill = FillOf(
      "text/csv", "{schema: {type: array, minItems: 100, items: {type: object, properties: {" +
                      properties + "}, required: [p0, p1, p2, p149]}}}");
  std::size_t ids = 0;
  for (std::size_t at = fill.find("{{uuid4}}"); at != std::string::npos; ++ids) {
    at = fill.find("{{uuid4}}", at + 1);
  }
  EXPECT_GT(ids, 400u);
  EXPECT_EQ(fill.find("mark"), std::string::npos);
}

}  // namespace
}  // namespace mockduit
