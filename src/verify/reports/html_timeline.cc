// The time line shows a mark for each exchange, placed by the session's clock. A response that
// asked the client to wait starts a bar that is as long as the wait. An attempt that came too soon
// is drawn on that bar.
//
// Each method and path has its own row. Long silences are cut out: a new stretch with its own axis
// begins after each. Everything that the time line shows is also in the table, in words.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <optional>
#include <ranges>

#include "base/markup.h"
#include "verify/phrases.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

using Exchanges = std::vector<const Exchange*>;

constexpr std::size_t kMaxRows = 12;
constexpr std::size_t kMaxLevels = 10;
constexpr std::size_t kMaxStretches = 12;
constexpr double kWidthOfMark = 0.022;  // as a share of the axis, on a screen of medium width

std::string PercentOf(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f%%", share * 100);
  return text;
}

// The time when the response was sent.
Time AnsweredAt(const Exchange& exchange, double rate) {
  const auto delay = static_cast<double>(exchange.response.delivery.delay.count()) * rate;
  return exchange.at + Duration(static_cast<Duration::rep>(delay));
}

// The time until which the response asked the client to wait.
std::optional<Time> WaitEnds(const Exchange& exchange, double rate) {
  if (!exchange.retry_after || ToneOf(exchange) == Tone::kLost) return std::nullopt;
  return AnsweredAt(exchange, rate) + exchange.retry_after->session;
}

// True for a pause that no response announced and that is unusually long for this session.
bool IsSilence(const Exchange& before, const Exchange& next, Duration usual) {
  constexpr Duration kLong = std::chrono::minutes(10);
  const Duration announced = before.retry_after ? 2 * before.retry_after->session : Duration(0);
  return next.at - before.at > std::max(kLong + announced, 20 * usual);
}

Duration UsualGap(const std::vector<Exchange>& shown) {
  std::vector<Duration> gaps;
  std::ranges::transform(
      shown | std::views::drop(1), shown, std::back_inserter(gaps),
      [](const Exchange& next, const Exchange& before) { return next.at - before.at; });
  if (gaps.empty()) return Duration(0);
  std::ranges::sort(gaps);
  return gaps[gaps.size() / 2];
}

std::vector<Exchanges> Stretches(const std::vector<Exchange>& shown) {
  const Duration usual = UsualGap(shown);
  std::vector<Exchanges> stretches(1);
  for (const Exchange& exchange : shown) {
    const Exchanges& last = stretches.back();
    if (!last.empty() && stretches.size() < kMaxStretches &&
        IsSilence(*last.back(), exchange, usual)) {
      stretches.emplace_back();
    }
    stretches.back().push_back(&exchange);
  }
  return stretches;
}

// Maps times to positions on the axis, from 0 to 1.
class Axis {
 public:
  Axis(const Exchanges& exchanges, double rate)
      : begin_(exchanges.front()->at), span_(exchanges.back()->at - begin_) {
    even_ = span_ == Duration(0) && exchanges.size() > 1;
    count_ = exchanges.size();
    Duration longest = span_;
    for (const Exchange* exchange : exchanges) {
      const Time end = WaitEnds(*exchange, rate).value_or(AnsweredAt(*exchange, rate));
      longest = std::max(longest, end - begin_);
    }
    // A wait that would squeeze all other marks into a corner is cut off at the right.
    const bool fits = longest <= 4 * span_ || span_ == Duration(0);
    span_ = fits ? longest : span_ + span_ / 4;
    if (span_ == Duration(0)) span_ = std::chrono::seconds(1);
  }

  bool even() const { return even_; }  // no time passes, so the marks are evenly spaced
  Duration span() const { return span_; }

  double At(Time time) const { return At(time - begin_); }
  double At(Duration since) const {
    return static_cast<double>(since.count()) / static_cast<double>(span_.count());
  }
  double Of(const Exchange& exchange, std::size_t index) const {
    if (!even_) return At(exchange.at);
    return (static_cast<double>(index) + 0.5) / static_cast<double>(count_);
  }

 private:
  Time begin_;
  Duration span_;
  std::size_t count_ = 0;
  bool even_ = false;
};

struct Mark {
  const Exchange* exchange = nullptr;
  double at = 0;
  double until = 0;       // where its wait ends; equal to `at` without a wait
  std::size_t level = 0;  // the height in the row, which keeps marks and waits from overlapping

  bool waits() const { return until > at; }
};

class Lane {
 public:
  explicit Lane(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  const std::vector<Mark>& marks() const { return marks_; }
  std::size_t levels() const { return levels_; }

  std::size_t hidden() const { return hidden_; }  // the number of marks that overlap others

  void TakeOthers() { name_ = "all others"; }
  void Add(Mark mark) {
    const auto level = LevelFor(mark);
    hidden_ += level ? 0 : 1;
    mark.level = level.value_or(kMaxLevels - 1);
    levels_ = std::max(levels_, mark.level + 1);
    marks_.push_back(mark);
  }

 private:
  // A mark without a wait is placed on the latest bar that it cuts short, if there is one.
  std::optional<std::size_t> LevelFor(const Mark& mark) const {
    std::array<bool, kMaxLevels> taken{};
    std::array<bool, kMaxLevels> waited{};
    std::optional<std::size_t> cut_short;
    for (const Mark& other : marks_) {
      const bool covers = other.waits() && mark.at < other.until;
      taken[other.level] |= mark.at - other.at <= kWidthOfMark;
      waited[other.level] |= covers;
      if (covers) cut_short = other.level;
    }
    if (cut_short && !mark.waits() && !taken[*cut_short]) return cut_short;
    // Overlapping another mark's bar is better than overlapping the mark.
    for (const bool alone : {true, false}) {
      for (std::size_t level = 0; level < kMaxLevels; ++level) {
        if (!taken[level] && !(alone && mark.waits() && waited[level])) return level;
      }
    }
    return std::nullopt;
  }

  std::string name_;  // "GET /v1/connections"
  std::vector<Mark> marks_;
  std::size_t levels_ = 1;
  std::size_t hidden_ = 0;
};

std::string NameOf(const Exchange& exchange) {
  const std::string target = TargetOf(exchange);
  return exchange.request.method + " " + target.substr(0, target.find('?'));
}

std::vector<Lane> LanesOf(const Exchanges& exchanges, const Axis& axis, double rate) {
  std::vector<Lane> rows;
  for (std::size_t i = 0; i < exchanges.size(); ++i) {
    const Exchange& exchange = *exchanges[i];
    const std::string name = NameOf(exchange);
    auto row = std::ranges::find(rows, name, &Lane::name);
    if (row == rows.end() && rows.size() == kMaxRows) {
      row = rows.end() - 1;
      row->TakeOthers();
    } else if (row == rows.end()) {
      row = rows.insert(rows.end(), Lane(name));
    }
    Mark mark{&exchange, axis.Of(exchange, i)};
    const auto ends = axis.even() ? std::nullopt : WaitEnds(exchange, rate);
    mark.until = ends ? axis.At(*ends) : mark.at;
    row->Add(mark);
  }
  return rows;
}

class Drawing {
 public:
  Drawing(const SessionView& view, const Axis& axis) : view_(view), axis_(axis) {}

  std::string Draw(const Lane& row) const {
    std::string track;
    if (!axis_.even()) {
      for (const Mark& mark : row.marks()) track += Delay(mark) + Wait(row, mark);
    }
    for (const Mark& mark : row.marks()) track += Link(mark);
    const std::string hidden =
        row.hidden() == 0 ? ""
                          : Element("p", "class=\"dim\"",
                                    Spell(row.hidden(), "more mark") + " behind the lowest ones");
    const bool failed = std::ranges::any_of(
        row.marks(), [&](const Mark& mark) { return view_.Failed(mark.exchange->id); });
    return Element("div", failed ? "class=\"row failed\"" : "class=\"row\"",
                   Element("div", "class=\"call\"", Element("code", "", Escaped(row.name()))) +
                       Element("div",
                               "class=\"track\" style=\"--levels:" + std::to_string(row.levels()) +
                                   "\"",
                               track) +
                       hidden) +
           "\n";
  }

  std::string Ticks() const {
    constexpr double kNearTheEnd = 0.82;
    std::string ticks;
    for (Duration at{}; at <= axis_.span(); at += Step()) {
      const std::string end = axis_.At(at) > kNearTheEnd ? "class=\"end\" " : "";
      ticks += Element("span", end + "style=\"left:" + PercentOf(axis_.At(at)) + "\"", Spell(at));
    }
    return Element("div", "class=\"ticks\"", Element("div", "", ticks)) + "\n";
  }

 private:
  double rate() const { return view_.report().rate; }

  // The time between two ticks. An axis has at most six ticks.
  Duration Step() const {
    constexpr Duration::rep kSecond = 1'000'000;
    for (Duration::rep step = 1000; step < 30 * kSecond; step *= 10) {
      for (const Duration::rep times : {1, 2, 5}) {
        if (Duration(step * times) * 6 > axis_.span()) return Duration(step * times);
      }
    }
    for (const Duration::rep seconds : {60, 120, 300, 600, 1800, 3600, 7200, 21'600, 43'200}) {
      if (Duration(seconds * kSecond) * 6 > axis_.span()) return Duration(seconds * kSecond);
    }
    constexpr Duration::rep kDay = 86'400 * kSecond;
    return Duration(kDay * (axis_.span().count() / kDay / 5 + 1));
  }

  static std::string Place(double from, double to, std::size_t level) {
    return "style=\"left:" + PercentOf(from) + ";width:" + PercentOf(std::max(to - from, 0.0)) +
           ";--level:" + std::to_string(level) + "\"";
  }

  // Draws the time that the client waited for the response.
  std::string Delay(const Mark& mark) const {
    const Time answered = AnsweredAt(*mark.exchange, rate());
    if (answered == mark.exchange->at) return "";
    const double end = std::min(axis_.At(answered), 1.0);
    return Element("i", "class=\"delay\" " + Place(mark.at, end, mark.level), "");
  }

  // Draws the wait that the response asked for, up to the end of the axis.
  std::string Wait(const Lane& row, const Mark& mark) const {
    if (!mark.waits()) return "";
    const bool early = view_.CutShort(mark.exchange->id);
    const double from = std::min(axis_.At(AnsweredAt(*mark.exchange, rate())), 1.0);
    const double until = std::min(mark.until, 1.0);
    return Element("i",
                   "class=\"wait" + std::string(early ? " early" : "") +
                       (mark.until > 1 ? " cut" : "") + "\" " + Place(from, until, mark.level),
                   WaitLabel(row, mark, from, until));
  }

  // Its words stand where the bar has most room between other marks, or nowhere.
  static std::string WaitLabel(const Lane& row, const Mark& mark, double from, double until) {
    std::vector<double> edges{from, until};
    for (const Mark& other : row.marks()) {
      if (other.level == mark.level && other.at > from && other.at < until) {
        edges.push_back(other.at);
      }
    }
    std::ranges::sort(edges);
    std::size_t widest = 1;  // ends there
    for (std::size_t i = 2; i < edges.size(); ++i) {
      if (edges[i] - edges[i - 1] >= edges[widest] - edges[widest - 1]) widest = i;
    }
    const double length = until - from;
    if (length <= 0) return "";
    return Element("b",
                   "style=\"left:" + PercentOf((edges[widest - 1] - from) / length) +
                       ";right:" + PercentOf((until - edges[widest]) / length) + "\"",
                   "wait " + Spell(mark.exchange->retry_after->session));
  }

  std::string Link(const Mark& mark) const {
    const Exchange& exchange = *mark.exchange;
    const Duration since = exchange.at - view_.report().shown.front().at;
    const std::string title = "#" + std::to_string(exchange.id) + " at " + SinceFirst(since) +
                              ": " + exchange.request.method + " " + TargetOf(exchange) + ", " +
                              AnswerOf(exchange);
    return Element("a",
                   "class=\"mark " + std::string(ToneClass(ToneOf(exchange))) +
                       (view_.Failed(exchange.id) ? " failed" : "") + "\" href=\"#" +
                       view_.AnchorOf(exchange.id) + "\" tabindex=\"-1\" title=\"" +
                       Escaped(title) + "\" style=\"left:" + PercentOf(mark.at) +
                       ";--level:" + std::to_string(mark.level) + "\"",
                   "");
  }

  const SessionView& view_;
  const Axis& axis_;
};

struct KeyEntry {
  std::string_view mark;  // its classes
  std::string_view words;
  bool there = false;
};

// The legend explains only the marks that the session has.
std::string Key(const SessionView& view) {
  const auto any = [&](auto&& is) { return std::ranges::any_of(view.report().shown, is); };
  const auto has = [&](Tone tone) {
    return any([&](const Exchange& exchange) { return ToneOf(exchange) == tone; });
  };
  const auto waits = [&](bool early) {
    return any([&](const Exchange& exchange) {
      return WaitEnds(exchange, 1) && view.CutShort(exchange.id) == early;
    });
  };
  const bool failed = any([&](const Exchange& exchange) { return view.Failed(exchange.id); });
  std::string key;
  for (const KeyEntry& entry : {
           KeyEntry{"mark success", "success", has(Tone::kSuccess)},
           KeyEntry{"mark refusal", "refused (4xx)", has(Tone::kRefusal)},
           KeyEntry{"mark throttled", "throttled (429)", has(Tone::kThrottled)},
           KeyEntry{"mark broken", "server error (5xx)", has(Tone::kServerError)},
           KeyEntry{"mark lost", "lost on the way", has(Tone::kLost)},
           KeyEntry{"mark success failed", "named by a failed check", failed},
           KeyEntry{"wait", "wait that Retry-After asks for", waits(false)},
           KeyEntry{"wait early", "Retry-After cut short by an attempt", waits(true)},
       }) {
    if (!entry.there) continue;
    key += Element("span", "",
                   "<i class=\"" + std::string(entry.mark) + "\"></i>" + std::string(entry.words));
  }
  return Element("p", "class=\"key\"", key) + "\n";
}

std::string Stretch(const SessionView& view, const Exchanges& exchanges) {
  const Axis axis(exchanges, view.report().rate);
  const Drawing drawing(view, axis);
  std::string rows;
  for (const Lane& row : LanesOf(exchanges, axis, view.report().rate)) rows += drawing.Draw(row);
  if (axis.even()) {
    return rows +
           Element("p", "class=\"dim\"",
                   "The session's clock stood still, so the marks are spaced evenly in the "
                   "order in which the exchanges came, and waits are not drawn.") +
           "\n";
  }
  return rows + drawing.Ticks();
}

}  // namespace

std::string HtmlTimeline(const SessionView& view) {
  std::string rows;
  const Exchange* before = nullptr;
  for (const Exchanges& exchanges : Stretches(view.report().shown)) {
    if (before != nullptr) {
      rows += Element("p", "class=\"silence\"",
                      "then nothing for " + Spell(exchanges.front()->at - before->at)) +
              "\n";
    }
    rows += Stretch(view, exchanges);
    before = exchanges.back();
  }
  return Element(
             "figure", "class=\"timeline\"",
             "\n" + Element("div", "aria-hidden=\"true\"", "\n" + rows) +
                 Element("figcaption", "",
                         Key(view) + Element("p", "class=\"dim\"",
                                             "Time runs from left to right by the session's clock. "
                                             "The table below says the same in words."))) +
         "\n";
}

}  // namespace mockduit
