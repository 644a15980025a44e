#include "scenario/delay.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mockduit {
namespace {

constexpr double kZ99 = 2.3263478740408408;  // 99 % of a normal distribution lie below

// From the normal distribution, by Box and Muller. The standard library's own distribution draws
// differently from one library to the next.
double DrawNormal(Random& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.Unit()));
  return radius * std::cos(2 * std::numbers::pi * random.Unit());
}

double Micros(Duration duration) { return static_cast<double>(duration.count()); }

}  // namespace

Duration Delay::Draw(Random& random) const {
  if (kind == Kind::kFixed) return low;
  double micros = 0;
  if (kind == Kind::kUniform) {
    micros = Micros(low) + random.Unit() * (Micros(high) - Micros(low));
  } else {
    const double sigma = std::log(Micros(high) / Micros(low)) / kZ99;
    micros = Micros(low) * std::exp(sigma * DrawNormal(random));
  }
  return Duration(static_cast<Duration::rep>(std::min(micros, Micros(kMaxDelay))));
}

}  // namespace mockduit
