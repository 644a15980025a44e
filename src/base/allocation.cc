// operator new and delete for the whole program: each thread keeps the small blocks that it gives
// back, and takes them again. A request makes and drops dozens of small things, and to go through
// the C library for each took an eighth of its instructions. Only what has gone through here once
// is kept, so a thread keeps no more than it has used at once, and no more than the bounds below.
//
// A sanitizer has an operator new of its own, and would see less with this one.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)

#include <array>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t kStep = 16;    // bytes; blocks are of sizes that are multiples of it
constexpr std::size_t kSizes = 33;   // up to 512 bytes
constexpr unsigned char kMost = 32;  // blocks of a size

struct Block {
  Block* next;
};

// What a thread has given back. No constructor and no destructor runs, so it can be used from the
// thread's first instruction to its last.
struct Kept {
  std::array<Block*, kSizes> first;  // by size; the last that was given back comes first
  std::array<unsigned char, kSizes> count;
};
constinit thread_local Kept kept{};

// Gives the blocks of a thread that ends to the C library, and has it keep none after that.
struct AtEnd {
  ~AtEnd() {
    for (std::size_t size = 0; size < kSizes; ++size) {
      for (Block* block = kept.first[size]; block != nullptr;) {
        Block* const next = block->next;
        std::free(block);
        block = next;
      }
      kept.first[size] = nullptr;
      kept.count[size] = kMost;
    }
  }
  void Arm() const {}
};
thread_local AtEnd at_end;

std::size_t SizeOf(std::size_t bytes) { return (bytes + kStep - 1) / kStep; }

void* Allocate(std::size_t bytes) {
  at_end.Arm();
  const std::size_t size = SizeOf(bytes);
  if (size < kSizes) bytes = (size == 0 ? 1 : size) * kStep;
  while (true) {
    if (void* const block = std::malloc(bytes)) return block;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

}  // namespace

void* operator new(std::size_t bytes) {
  const std::size_t size = SizeOf(bytes);
  if (size >= kSizes || kept.first[size] == nullptr) return Allocate(bytes);
  Block* const block = kept.first[size];
  kept.first[size] = block->next;
  --kept.count[size];
  return block;
}

void operator delete(void* block, std::size_t bytes) noexcept {
  const std::size_t size = SizeOf(bytes);
  if (block == nullptr || size >= kSizes || kept.count[size] == kMost) return std::free(block);
  kept.first[size] = new (block) Block{kept.first[size]};
  ++kept.count[size];
}

void operator delete(void* block) noexcept { std::free(block); }

#endif
