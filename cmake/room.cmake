# mockduit_room(NAME [OPTIMIZE -Ox] [ROOMS room...] [LIBRARIES target...])
#
# A room is a folder under src/ and a static library of the same name. It links the rooms it names
# and nothing else, so a climb up the house does not compile; tests/include_test.py says so in words.
#
# All presets but dev compile the files of a room together (CMAKE_UNITY_BUILD), which takes half of
# the time, so names in anonymous namespaces differ within a room. GCC lets a large unit grow less by
# inlining than a small one; with the usual bound, 10,000, a request took 9 % more instructions. The
# release is compiled by -O2: -O3 everywhere takes a third longer and makes 1.1 MB more. Rooms where a
# request spends its time are compiled by -O3, which saves it 3 %; those where nobody waits, -Os.
#
# Under a sanitizer -O1 takes two and a half times as long to compile as -O0, and its tests run three
# times as fast; so those rooms have it in which the tests of all others spend their time.
set(MOCKDUIT_O1_ROOMS "" CACHE STRING "The rooms that are compiled by -O1, whatever the others are by")

function(mockduit_room name)
  cmake_parse_arguments(ROOM "" "OPTIMIZE" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ROOM_ROOMS} PRIVATE ${ROOM_LIBRARIES})
  mockduit_warnings(${name})
  if(ROOM_OPTIMIZE)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:${ROOM_OPTIMIZE}>)
  endif()
  if(name IN_LIST MOCKDUIT_O1_ROOMS)
    target_compile_options(${name} PRIVATE -O1)
    mockduit_precompiled(${name} -O1)
  else()
    mockduit_precompiled(${name} -O0)
  endif()
endfunction()

function(mockduit_warnings target)
  # Where the tree stands is in no program, though macros of libraries name the file that uses them.
  target_compile_options(${target} PRIVATE -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                           -Wnon-virtual-dtor -Woverloaded-virtual
                                           -Wno-missing-field-initializers)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees overlaps in "text" + std::string that are not there (GCC bug 105651).
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    # libstdc++'s own stable_sort uses what it has deprecated.
    target_compile_options(${target} PRIVATE -Wno-deprecated-declarations)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:--param=large-unit-insns=120000>)
  endif()
  # Newer compilers warn of what is no mistake, and this is what people build who only want the program.
  if(MOCKDUIT_WARNINGS_AS_ERRORS AND CMAKE_CXX_COMPILER_ID STREQUAL GNU
     AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# mockduit_precompiled(TARGET FLAG [HEADER...]): the target, which is compiled by that FLAG (-O0, -O1),
# takes what most files include of the standard library, and these headers, from one compilation that
# all targets share which say the same. It is for the sanitizers' builds, by clang, where it saves a
# quarter of the time.
option(MOCKDUIT_PRECOMPILE "Compile the headers of the standard library once" OFF)

function(mockduit_precompiled target flag)
  if(NOT MOCKDUIT_PRECOMPILE)
    return()
  endif()
  string(MAKE_C_IDENTIFIER "precompiled${flag}${ARGN}" headers)
  if(NOT TARGET ${headers})
    file(WRITE ${CMAKE_BINARY_DIR}/${headers}.cc "")
    add_library(${headers} STATIC ${CMAKE_BINARY_DIR}/${headers}.cc)
    target_compile_options(${headers} PRIVATE ${flag} -pthread -fpch-instantiate-templates)
    target_precompile_headers(${headers} PRIVATE
      <algorithm> <array> <atomic> <charconv> <chrono> <cstdint> <cstring> <deque> <expected>
      <filesystem> <functional> <iterator> <limits> <list> <map> <memory> <mutex> <optional>
      <ranges> <set> <span> <sstream> <string> <string_view> <thread> <tuple> <unordered_map>
      <unordered_set> <utility> <variant> <vector> ${ARGN})
    if("<gtest/gtest.h>" IN_LIST ARGN)
      target_link_libraries(${headers} PRIVATE GTest::gtest)  # whose macros it must have
    endif()
  endif()
  target_compile_options(${target} PRIVATE -pthread)  # clang wants it everywhere or nowhere
  target_precompile_headers(${target} REUSE_FROM ${headers})
endfunction()
