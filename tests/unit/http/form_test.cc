#include "http/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Shown(const Fields& fields) {
  std::vector<std::string> shown;
  for (const Field& field : fields) {
    shown.push_back(field.name + "=" + field.value + (field.type.empty() ? "" : " " + field.type) +
                    (field.is_file ? " file" : ""));
  }
  return shown;
}

// What is in a multipart body, or what is wrong with it. A newline stands for the end of a line.
std::vector<std::string> Parts(std::string body, const std::string& type = "x/y; boundary=B") {
  for (std::size_t at = body.find('\n'); at != std::string::npos; at = body.find('\n', at + 2)) {
    body.replace(at, 1, "\r\n");
  }
  const auto fields = ReadMultipart(body, type);
  return fields ? Shown(*fields) : std::vector<std::string>{"! " + fields.error().message};
}

TEST(Fields, AreThoseOfAQuery) {
  EXPECT_THAT(Shown(ReadFields("a=1&b=x+y%26&&a=%31&c&=d")),
              ElementsAre("a=1", "b=x y&", "a=1", "c=", "=d"));
  EXPECT_EQ(ReadFields("a=1%2C2,3").front().raw, "1%2C2,3");
  EXPECT_THAT(Shown(ReadFields("")), IsEmpty());
  EXPECT_THAT(Shown(ReadFields("a=%FF")), ElementsAre("a=\xEF\xBF\xBD"));
}

TEST(Cookies, StandBetweenSemicolons) {
  EXPECT_THAT(Shown(ReadCookies("a=1; b=\"x y\";c=%20 ; =d; e")),
              ElementsAre("a=1", "b=x y", "c= ", "e="));
}

TEST(Multipart, HasPartsWithNames) {
  EXPECT_THAT(Parts("before\n--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n2\n"
                    "--B  \ncontent-disposition: form-data; name=f; filename=\"x.json\"\n"
                    "Content-Type: application/json\n\n{}\n--B--\nafter"),
              ElementsAre("a=1\r\n2", "f={} application/json file"));
  EXPECT_THAT(Parts("--B--"), IsEmpty());
  EXPECT_THAT(Parts("--B\nContent-Disposition: form-data; name=a\n\n\n--B--"), ElementsAre("a="));
  EXPECT_THAT(Parts("--a;b\nContent-Disposition: form-data; name=a\n\n1\n--a;b--",
                    "multipart/form-data; boundary=\"a;b\""),
              ElementsAre("a=1"));
}

TEST(Multipart, TellsWhyItIsNone) {
  EXPECT_THAT(Parts("--B--", "multipart/form-data"),
              ElementsAre("! its Content-Type has no boundary"));
  EXPECT_THAT(Parts("--B--", "multipart/form-data; boundary=" + std::string(71, 'B')),
              ElementsAre("! its Content-Type has no boundary"));
  EXPECT_THAT(Parts("a=1"), ElementsAre("! its boundary stands nowhere in it"));
  EXPECT_THAT(Parts(""), ElementsAre("! its boundary stands nowhere in it"));
  EXPECT_THAT(Parts("--Bx\n"), ElementsAre("! a boundary does not end its line"));
  EXPECT_THAT(Parts("--B\nContent-Disposition: form-data; name=a\n\n1"),
              ElementsAre("! its last part has no end"));
  EXPECT_THAT(Parts("--B\nContent-Disposition: form-data; name=a\n--B--"),
              ElementsAre("! no empty line ends the headers of part 1"));
  EXPECT_THAT(Parts("--B\nContent-Type: a/b\n\n1\n--B--"), ElementsAre("! part 1 has no name"));
}

}  // namespace
}  // namespace mockduit
