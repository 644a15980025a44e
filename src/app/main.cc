#include <malloc.h>

#include "app/command_line.h"
#include "app/process.h"

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // The journal frees what other connections' threads allocated. With glibc's eight arenas a core,
  // each would keep memory of its own for that.
  mallopt(M_ARENA_MAX, 2);
  // What a large body takes goes back to the system. By itself glibc raises these bounds to what
  // was last freed, and then keeps as much in each arena.
  constexpr int kKibibyte = 1024;
  mallopt(M_MMAP_THRESHOLD, 256 * kKibibyte);
  mallopt(M_TRIM_THRESHOLD, 1024 * kKibibyte);
#endif
  mockduit::PrepareProcess();
  return mockduit::RunCommandLine(argc, argv);
}
