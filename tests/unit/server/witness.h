// Witness: tells when the server is done with an answer, by the end of the answer's stream. Used by
// the tests of answers that a client does not see the end of. Has nothing to say of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>

#include "http/message.h"

namespace mockduit {

class Witness {
 public:
  // To be called once. The stream waits and says nothing, for as long as it is asked.
  std::shared_ptr<BodyStream> Stream() { return std::make_shared<Silence>(*this); }

  // False when the answer is not done after a time in which all should be.
  bool SeesTheEnd() const {
    return done_future_.wait_for(std::chrono::seconds(60)) == std::future_status::ready;
  }
  // Returns when the stream was asked.
  void AwaitQuestion() const { asked_.wait(false); }

 private:
  class Silence : public BodyStream {
   public:
    explicit Silence(Witness& witness) : witness_(witness) {}
    ~Silence() override { witness_.done_.set_value(); }
    bool Next(std::string& /*bytes*/, Duration patience) override {
      witness_.asked_ = true;
      witness_.asked_.notify_all();
      witness_.done_future_.wait_for(patience);
      return true;
    }

   private:
    Witness& witness_;
  };

  std::promise<void> done_;
  const std::shared_future<void> done_future_ = done_.get_future().share();
  std::atomic<bool> asked_ = false;
};

}  // namespace mockduit
