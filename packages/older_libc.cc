// Two functions of newer C libraries that GCC's own libraries call, so that the program in packages
// runs on glibc 2.34, too. Linked where MOCKDUIT_STATIC is on, and nowhere else.
#include <dlfcn.h>
#include <link.h>
#include <sys/random.h>

#include <cstdint>
#include <cstdlib>

namespace {

struct Search {
  ElfW(Addr) address;
  dl_find_object* found;
};

bool Holds(const dl_phdr_info& object, const ElfW(Phdr) & part, ElfW(Addr) address) {
  const ElfW(Addr) start = object.dlpi_addr + part.p_vaddr;
  return part.p_type == PT_LOAD && address >= start && address - start < part.p_memsz;
}

// Ends the walk over the objects with 1 at the one that holds the address, and notes its unwind
// table.
int Look(dl_phdr_info* object, std::size_t, void* data) {
  const auto& [address, found] = *static_cast<Search*>(data);
  bool here = false;
  void* table = nullptr;
  for (ElfW(Half) i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    here = here || Holds(*object, part, address);
    if (part.p_type == PT_GNU_EH_FRAME) {
      table = reinterpret_cast<void*>(object->dlpi_addr + part.p_vaddr);
    }
  }
  if (!here || table == nullptr) return 0;
  *found = {};
  found->dlfo_eh_frame = table;
  return 1;
}

}  // namespace

extern "C" {

// Of glibc 2.36; std::random_device calls it.
std::uint32_t arc4random() noexcept {
  std::uint32_t number = 0;
  while (getrandom(&number, sizeof number, 0) != sizeof number) {
  }
  return number;
}

// Of glibc 2.35; the unwinder calls it for each frame that an exception goes through, and reads
// where the unwind table is.
int _dl_find_object(void* address, dl_find_object* found) noexcept {
  Search search{reinterpret_cast<ElfW(Addr)>(address), found};
  return dl_iterate_phdr(Look, &search) == 1 ? 0 : -1;
}

}  // extern "C"
