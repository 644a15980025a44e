# The CMake package: find_package(mockduit) gives the target mockduit::testing, whose header
# mockduit/testing.h has a fixture for GoogleTest, and the program mockduit::mockduit. The header
# needs GoogleTest, cpp-httplib, RapidJSON and OpenSSL, as the system packages them.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(OpenSSL)
find_dependency(GTest)

get_filename_component(mockduit_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
find_path(MOCKDUIT_RAPIDJSON_INCLUDE_DIR rapidjson/document.h)
find_path(MOCKDUIT_HTTPLIB_INCLUDE_DIR httplib.h)
foreach(mockduit_library RAPIDJSON HTTPLIB)
  if(NOT MOCKDUIT_${mockduit_library}_INCLUDE_DIR)
    set(mockduit_FOUND FALSE)
    set(mockduit_NOT_FOUND_MESSAGE
        "mockduit/testing.h needs cpp-httplib and RapidJSON; Debian has them as libcpp-httplib-dev and "
        "rapidjson-dev.")
    return()
  endif()
endforeach()

# Where cpp-httplib is a library, its header only agrees with it under the flags that pkg-config names.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND AND NOT TARGET PkgConfig::MOCKDUIT_HTTPLIB)
  pkg_check_modules(MOCKDUIT_HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
endif()

if(NOT TARGET mockduit::testing)
  add_executable(mockduit::mockduit IMPORTED)
  set_target_properties(mockduit::mockduit PROPERTIES
                        IMPORTED_LOCATION "${mockduit_prefix}/bin/mockduit")

  add_library(mockduit::testing INTERFACE IMPORTED)
  target_compile_features(mockduit::testing INTERFACE cxx_std_17)
  target_compile_definitions(mockduit::testing INTERFACE
                             MOCKDUIT_PACKAGED_BINARY="${mockduit_prefix}/bin/mockduit")
  target_include_directories(mockduit::testing INTERFACE "${mockduit_prefix}/include"
                             "${MOCKDUIT_RAPIDJSON_INCLUDE_DIR}")
  target_link_libraries(mockduit::testing INTERFACE GTest::gtest OpenSSL::SSL OpenSSL::Crypto
                                                    Threads::Threads)
  if(TARGET PkgConfig::MOCKDUIT_HTTPLIB)
    target_link_libraries(mockduit::testing INTERFACE PkgConfig::MOCKDUIT_HTTPLIB)
  else()
    target_include_directories(mockduit::testing INTERFACE "${MOCKDUIT_HTTPLIB_INCLUDE_DIR}")
    target_compile_definitions(mockduit::testing INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
  endif()
endif()
