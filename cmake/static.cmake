# What dependencies.cmake finds elsewhere, as static libraries and headers of the system. What is not
# there is fetched as source, as ever.
find_package(CLI11 QUIET)
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h)

# mockduit_static(NAME TARGET HEADER): an imported TARGET of libNAME.a, and ${NAME}_FOUND.
function(mockduit_static name target header)
  find_library(MOCKDUIT_STATIC_${name} ${name})
  find_path(MOCKDUIT_HEADERS_${name} ${header})
  if(MOCKDUIT_STATIC_${name} AND MOCKDUIT_HEADERS_${name})
    add_library(${target} INTERFACE IMPORTED GLOBAL)
    target_link_libraries(${target} INTERFACE ${MOCKDUIT_STATIC_${name}} Threads::Threads)
    target_include_directories(${target} SYSTEM INTERFACE ${MOCKDUIT_HEADERS_${name}})
    set(${name}_FOUND ON PARENT_SCOPE)
  endif()
endfunction()

mockduit_static(yaml-cpp yaml-cpp yaml-cpp/yaml.h)
mockduit_static(re2 re2::re2 re2/re2.h)

find_path(MOCKDUIT_HEADERS_spdlog spdlog/spdlog-inl.h)
find_path(MOCKDUIT_HEADERS_fmt fmt/format-inl.h)
if(MOCKDUIT_HEADERS_spdlog AND MOCKDUIT_HEADERS_fmt)
  add_library(spdlog::spdlog INTERFACE IMPORTED GLOBAL)
  target_include_directories(spdlog::spdlog SYSTEM INTERFACE ${MOCKDUIT_HEADERS_spdlog})
  target_compile_definitions(spdlog::spdlog INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)
  set(spdlog_FOUND ON)
endif()
