// The main of fuzzers that are built without libFuzzer:
//   head_fuzz PATH...                     runs each file once, and those in folders
//   head_fuzz --seconds N [--seed S] PATH...   goes on with inputs made of them by chance
// No file at all is a failure, so that a lost corpus is seen. An input that ends the process, or
// takes longer than kPatience, is left in the file "failed-input", or where --failed-input FILE
// says.
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
// The fuzzer's own, where it has one.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                                             std::size_t most, unsigned seed);
// So that the sanitizers end by the signal that is caught below.
extern "C" const char* __asan_default_options() { return "abort_on_error=1"; }   // NOLINT
extern "C" const char* __ubsan_default_options() { return "abort_on_error=1"; }  // NOLINT

namespace {

constexpr std::size_t kMostBytes = 8192;
constexpr unsigned kPatience = 30;     // seconds of the processor for one input
constexpr unsigned kLastResort = 600;  // seconds, for one that hangs without working

std::string current;  // the input that is being run
std::string failed_input = "failed-input";
std::mt19937_64 chance;

std::size_t Below(std::size_t bound) { return bound == 0 ? 0 : chance() % bound; }

void KeepInput(int signal_number) {
  const int file = open(failed_input.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  [[maybe_unused]] const auto written = write(file, current.data(), current.size());
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

void Run(std::string input) {
  current = std::move(input);
  const itimerval patience{{0, 0}, {kPatience, 0}};
  setitimer(ITIMER_PROF, &patience, nullptr);
  alarm(kLastResort);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.data()), current.size());
}

void Read(const std::filesystem::path& path, std::vector<std::string>& inputs) {
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path)) Read(entry.path(), inputs);
    return;
  }
  std::ifstream file(path, std::ios::binary);
  inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  std::printf("%s\n", path.c_str());
  std::fflush(stdout);  // the last line names the file of a crash
  Run(inputs.back());
}

std::string Mutated(std::string input) {
  std::size_t size = std::min(input.size(), kMostBytes);
  input.resize(kMostBytes);
  auto* const data = reinterpret_cast<std::uint8_t*>(input.data());
  for (std::size_t times = 1 + Below(4); times > 0; --times) {
    size = LLVMFuzzerCustomMutator != nullptr
               ? LLVMFuzzerCustomMutator(data, size, kMostBytes, static_cast<unsigned>(chance()))
               : LLVMFuzzerMutate(data, size, kMostBytes);
  }
  input.resize(size);
  return input;
}

// Of the processor's time for this process, in seconds.
double ProcessorTime() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void RunFor(std::chrono::seconds time, const std::vector<std::string>& inputs) {
  Mutated(inputs.front());  // what a mutator reads before its first input is of no input
  const double begun = ProcessorTime();
  const auto end = std::chrono::steady_clock::now() + time;
  std::size_t count = 0;
  while (std::chrono::steady_clock::now() < end) {
    Run(Mutated(inputs[Below(inputs.size())]));
    ++count;
  }
  std::printf("%zu inputs, %.1f s of the processor\n", count, ProcessorTime() - begun);
}

}  // namespace

// As libFuzzer's, without what it knows of coverage: one change of the bytes.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most) {
  const std::size_t at = Below(size);
  const std::size_t count = std::min(1 + Below(8), size - at);
  switch (size == 0 ? 0 : Below(5)) {
    case 0:  // a byte more
      if (size == most) return size;
      std::memmove(data + at + 1, data + at, size - at);
      data[at] = static_cast<std::uint8_t>(chance());
      return size + 1;
    case 1: std::memmove(data + at, data + at + count, size - at - count); return size - count;
    case 2: data[at] = static_cast<std::uint8_t>(chance()); return size;
    case 3: data[at] ^= static_cast<std::uint8_t>(1U << Below(8)); return size;
    default:  // a part of it over another
      std::memmove(data + Below(size - count + 1), data + at, count);
      return size;
  }
}

int main(int count, char** arguments) {
  std::signal(SIGABRT, KeepInput);
  std::signal(SIGALRM, KeepInput);
  std::signal(SIGPROF, KeepInput);
  std::vector<std::string> inputs;
  std::chrono::seconds time{0};
  std::uint64_t seed = std::random_device()();
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--seconds" && i + 1 < count) {
      time = std::chrono::seconds(std::atoi(arguments[++i]));
    } else if (argument == "--seed" && i + 1 < count) {
      seed = std::strtoull(arguments[++i], nullptr, 10);
    } else if (argument == "--failed-input" && i + 1 < count) {
      failed_input = arguments[++i];
    } else {
      Read(argument, inputs);
    }
  }
  std::printf("%zu files\n", inputs.size());
  if (inputs.empty()) return 1;
  if (time.count() > 0) {
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    chance.seed(seed);
    RunFor(time, inputs);
  }
  return 0;
}
