# Precompiled headers: what most files include is parsed once.
#
# A file that forgets to include a header compiles all the same, so src has none in the builds that
# people work with and users run; clang-tidy has none either.
option(MOCKDUIT_PRECOMPILED "Precompile the standard library for src, too" OFF)

# What most files of src come to include; a header that few need costs all of them.
set(mockduit_standard_headers
    <algorithm> <array> <charconv> <chrono> <cstdint> <expected> <functional> <iterator> <map>
    <memory> <mutex> <optional> <set> <string> <string_view> <unordered_map> <utility> <variant>
    <vector>)

if(CCACHE)
  # How ccache wants to be asked where headers are precompiled; see its manual.
  set(mockduit_launcher
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# mockduit_precompiled_headers(NAME header... [LIBRARIES target...]): headers, compiled once.
function(mockduit_precompiled_headers name)
  cmake_parse_arguments(SET "" "" "LIBRARIES" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cc
       CONTENT "// Compiled for its precompiled headers alone.\n")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cc)
  target_link_libraries(${name} PRIVATE Threads::Threads ${SET_LIBRARIES})
  target_precompile_headers(${name} PRIVATE ${SET_UNPARSED_ARGUMENTS})
  if(CCACHE)
    set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "${mockduit_launcher}")
  endif()
endfunction()

# mockduit_use_precompiled(TARGET NAME): that set for a target with the same flags.
function(mockduit_use_precompiled target name)
  target_precompile_headers(${target} REUSE_FROM ${name})
  target_link_libraries(${target} PRIVATE Threads::Threads)
  if(CCACHE)
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "${mockduit_launcher}")
  endif()
endfunction()
