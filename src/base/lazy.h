// Lazy<T>: a value that is made when it is first asked for, by whichever thread asks.
#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace mockduit {

template <class T>
class Lazy {
 public:
  // A value that is there already.
  Lazy() = default;
  explicit Lazy(T value) : value_(std::move(value)) {}
  // `make` is called once at most, and must not ask for this value itself.
  explicit Lazy(std::function<T()> make) : make_(std::move(make)) {}

  Lazy(const Lazy&) = delete;
  Lazy& operator=(const Lazy&) = delete;

  const T& Get() const {
    std::call_once(made_, [this] {
      if (make_ == nullptr) return;
      value_ = make_();
      make_ = nullptr;  // and with it what it holds
    });
    return value_;
  }
  // While nobody else knows this: makes the value, for what making it tells, and does not keep it.
  void TryOut() const {
    if (make_ != nullptr) make_();
  }
  // While nobody else knows this: what `use` makes of the value, which is let go where it is not
  // there already.
  template <class Use>
  auto Passing(const Use& use) const {
    return make_ != nullptr ? use(make_()) : use(value_);
  }
  // While nobody else knows this: in place of what is there, or would be made.
  void Set(T value) {
    make_ = nullptr;
    value_ = std::move(value);
  }
  void Set(std::function<T()> make) { make_ = std::move(make); }
  // While nobody else knows this: the value, to be changed.
  T& Edit() { return value_; }

 private:
  mutable std::once_flag made_;
  mutable std::function<T()> make_;  // nullptr: the value is there
  mutable T value_{};
};

}  // namespace mockduit
