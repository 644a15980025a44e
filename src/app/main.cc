#include <malloc.h>

#include "app/command_line.h"
#include "app/process.h"

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // The journal frees what other connections' threads allocated. With glibc's eight arenas a core,
  // each would keep memory of its own for that.
  mallopt(M_ARENA_MAX, 2);
#endif
  mockduit::PrepareProcess();
  return mockduit::RunCommandLine(argc, argv);
}
