# The libraries, each a target of a known name. The system's packages come first; what the system
# lacks is fetched as source, pinned by version and hash. OpenSSL, zlib and the threads are always
# the system's.
option(MOCKDUIT_FETCH "Fetch the libraries also where the system has them" OFF)
option(MOCKDUIT_STATIC "Link every library but the C library into the program" OFF)

# Newer releases of RE2 are made of dozens of libraries. pkg-config takes a second for each question about
# those, and pkg_check_modules asks twenty, so it is asked here: once.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND AND NOT MOCKDUIT_RE2_LIBRARIES)
  foreach(question cflags libs)
    execute_process(COMMAND ${PKG_CONFIG_EXECUTABLE} --${question} re2
      OUTPUT_VARIABLE mockduit_${question} OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    separate_arguments(mockduit_${question} UNIX_COMMAND "${mockduit_${question}}")
  endforeach()
  list(TRANSFORM mockduit_cflags REPLACE "^-I" "-isystem")
  set(MOCKDUIT_RE2_CFLAGS ${mockduit_cflags} CACHE INTERNAL "How to compile with the system's RE2")
  set(MOCKDUIT_RE2_LIBRARIES ${mockduit_libs} CACHE INTERNAL "The system's RE2; empty where there is none")
endif()

# Not every system has OpenSSL as static libraries, or RE2 in one.
find_library(MOCKDUIT_STATIC_ssl libssl.a)
if(MOCKDUIT_STATIC AND (NOT MOCKDUIT_STATIC_ssl OR MOCKDUIT_RE2_LIBRARIES MATCHES "absl"))
  message(STATUS "OpenSSL or RE2 cannot be linked into the program: it will need shared libraries")
  set(MOCKDUIT_STATIC OFF)
endif()

if(MOCKDUIT_STATIC)
  # Debian has the static libraries of OpenSSL, RE2 and yaml-cpp, and the headers of spdlog and fmt
  # are enough. It has cpp-httplib as a shared library alone, so its source is fetched.
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(OPENSSL_USE_STATIC_LIBS ON)
  # Of a library linked in, what nothing asks for is left out.
  add_link_options(-static-libstdc++ -static-libgcc -Wl,--gc-sections)
endif()

include(FetchContent)
# Older projects below take our settings and the link-time optimization.
set(CMAKE_POLICY_DEFAULT_CMP0069 NEW)
set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)

# mockduit_fetch(NAME VERSION SHA256 FROM [HEADERS]): makes the source of a library available.
# FROM is a URL, or a path in Debian's archive: its hash is that of Debian's signed source index,
# and snapshot.debian.org keeps it when the pool has moved on. With HEADERS the library's own
# CMake project is left out, and the caller takes ${NAME}_SOURCE_DIR.
macro(mockduit_fetch name version sha256 from)
  message(STATUS "Fetching ${name} ${version}")
  set(mockduit_urls ${from})
  if(NOT "${from}" MATCHES "^https:")
    set(mockduit_urls https://deb.debian.org/debian/pool/main/${from}
        https://snapshot.debian.org/archive/debian/20250520T000000Z/pool/main/${from})
  endif()
  set(mockduit_subdirectory "")
  if("${ARGN}" STREQUAL "HEADERS")
    set(mockduit_subdirectory SOURCE_SUBDIR headers-only)
  endif()
  FetchContent_Declare(${name}
    SYSTEM ${mockduit_subdirectory}
    URL ${mockduit_urls}
    URL_HASH SHA256=${sha256})
  FetchContent_MakeAvailable(${name})
endmacro()

if(MOCKDUIT_STATIC)
  include(cmake/static.cmake)
elseif(NOT MOCKDUIT_FETCH)
  find_package(yaml-cpp QUIET)
  find_package(spdlog QUIET)
  find_package(CLI11 QUIET)
  find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h)
  if(PkgConfig_FOUND)
    pkg_check_modules(HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
  endif()
endif()
if(MOCKDUIT_TESTS AND NOT MOCKDUIT_FETCH)
  find_package(GTest QUIET)
endif()

if(NOT yaml-cpp_FOUND)
  set(YAML_CPP_BUILD_TESTS OFF)
  set(YAML_CPP_BUILD_TOOLS OFF)
  set(YAML_CPP_INSTALL OFF)
  mockduit_fetch(yaml-cpp 0.7.0
    dc63708605404e0b963e0ca3a9619d1c8270eda2839603e6fa0384e5e51e5312
    y/yaml-cpp/yaml-cpp_0.7.0%2bdfsg.orig.tar.xz)
  # This release forgets <cstdint>, which GCC 13 and later no longer include by the way.
  target_compile_options(yaml-cpp PRIVATE -include cstdint)
endif()

if(NOT spdlog_FOUND)
  mockduit_fetch(fmt 9.1.0
    84ce1c2d0be3a9863935137969dcec6970125caac032f82474640bfc81463583
    f/fmtlib/fmtlib_9.1.0%2bds1.orig.tar.gz)
  set(SPDLOG_FMT_EXTERNAL ON)
  mockduit_fetch(spdlog 1.10.0
    620ca6842b5c21014470bd42eb4716024674214fb973b5ffa3aaea33310ad327
    s/spdlog/spdlog_1.10.0%2bds.orig.tar.xz)
endif()

if(NOT CLI11_FOUND)
  mockduit_fetch(CLI11 2.1.2
    8143d20b688e98ccce8e24562d3b68e5f47c12e896c42c7ca8553dbde5bed55d
    c/cli11/cli11_2.1.2%2bds.orig.tar.xz)
endif()

if(MOCKDUIT_RE2_LIBRARIES AND NOT MOCKDUIT_STATIC AND NOT MOCKDUIT_FETCH)
  add_library(re2::re2 INTERFACE IMPORTED GLOBAL)
  target_compile_options(re2::re2 INTERFACE ${MOCKDUIT_RE2_CFLAGS})
  target_link_libraries(re2::re2 INTERFACE ${MOCKDUIT_RE2_LIBRARIES})
elseif(NOT TARGET re2::re2)
  set(RE2_BUILD_TESTING OFF)
  # Debian's tarball leaves the generated Unicode tables out.
  mockduit_fetch(re2 2022-06-01
    f89c61410a072e5cbcf8c27e3a778da7d6fd2f2b5b1445cd4f4508bee946ab0f
    https://github.com/google/re2/archive/refs/tags/2022-06-01.tar.gz)
endif()

if(NOT RAPIDJSON_INCLUDE_DIR)
  mockduit_fetch(rapidjson-source 1.1.0
    92aa6402743012e5f2c3db17def1ff5273df4f3ca7a8f8ed9f1041d392c14ce7
    r/rapidjson/rapidjson_1.1.0%2bdfsg2.orig.tar.gz HEADERS)
  set(RAPIDJSON_INCLUDE_DIR ${rapidjson-source_SOURCE_DIR}/include)
endif()
add_library(rapidjson INTERFACE)
target_include_directories(rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})

add_library(cpp-httplib INTERFACE)
target_link_libraries(cpp-httplib INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
if(HTTPLIB_FOUND)
  # Its headers only agree with the library under the flags that its pkg-config names.
  target_link_libraries(cpp-httplib INTERFACE PkgConfig::HTTPLIB)
else()
  mockduit_fetch(cpp-httplib-source 0.11.4
    8b1a5df569003b6a4f24c68489bbda5c64aec94697bdc9ebba5d79408b2ae7eb
    c/cpp-httplib/cpp-httplib_0.11.4%2bds.orig.tar.xz HEADERS)
  target_include_directories(cpp-httplib SYSTEM INTERFACE ${cpp-httplib-source_SOURCE_DIR})
  target_compile_definitions(cpp-httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
endif()

if(MOCKDUIT_TESTS)
  if(NOT GTest_FOUND)
    set(INSTALL_GTEST OFF)
    mockduit_fetch(googletest 1.12.1
      81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2
      g/googletest/googletest_1.12.1.orig.tar.gz)
  endif()
  # A second opinion on JSON Schema. Not fetched: without it, and where clang compiles, which does
  # not take what it makes of RapidJSON, the tests that ask it are left out.
  find_path(VALIJSON_INCLUDE_DIR valijson/validator.hpp)
  if(VALIJSON_INCLUDE_DIR AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_library(valijson INTERFACE)
    target_include_directories(valijson SYSTEM INTERFACE ${VALIJSON_INCLUDE_DIR})
  endif()
endif()
