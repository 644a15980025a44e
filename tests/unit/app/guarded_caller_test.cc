#include "app/guarded_caller.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

using Verdict = Caller::Verdict;

TEST(GuardedCaller, CallsLoopbackAndWhatIsAllowedAndNothingElse) {
  const GuardedCaller caller({"hooks.example"});
  const std::pair<const char*, Verdict> kUrls[] = {
      {"http://localhost/x", Verdict::kGood},
      {"http://127.0.0.1:8080/", Verdict::kGood},
      {"http://127.9.9.9", Verdict::kGood},
      {"https://[::1]:9/x", Verdict::kGood},
      {"https://hooks.example/x", Verdict::kGood},
      {"https://HOOKS.example:99/x", Verdict::kGood},
      {"http://hooks.example/", Verdict::kNotSecure},
      {"http://example.com/", Verdict::kNotSecure},
      {"ftp://127.0.0.1/", Verdict::kNotSecure},
      {"//127.0.0.1/", Verdict::kNotSecure},
      {"", Verdict::kNotSecure},
      {"https://example.com/", Verdict::kForbidden},
      {"https://127.0.0.1.example.com/", Verdict::kForbidden},
      {"https://localhost@example.com/", Verdict::kForbidden},
      {"https://example.com#@127.0.0.1/", Verdict::kForbidden},
      {"https://example.com\\@127.0.0.1/", Verdict::kForbidden},
      {"https://hooks.example.evil/", Verdict::kForbidden},
      {"https://0x7f.1/", Verdict::kForbidden},
      {"https://[2001:db8::1]/", Verdict::kForbidden},
      {"https://10.0.0.1/", Verdict::kForbidden},
  };
  for (const auto& [url, verdict] : kUrls) EXPECT_EQ(caller.Judge(url), verdict) << url;
}

TEST(GuardedCaller, PostsNothingWhereItMayNot) {
  const auto posted =
      GuardedCaller({}).Post("https://example.com/", {}, "{}", std::chrono::milliseconds(1));
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().message, "https://example.com/ may not be called");
}

}  // namespace
}  // namespace mockduit
