# mockduit_bake(TARGET): a library that holds every fixture, every built-in scenario, the control
# API's description, the files of the page at / and docs/checks.md.
function(mockduit_bake target)
  file(GLOB_RECURSE files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
       ${PROJECT_SOURCE_DIR}/fixtures/*.yaml ${PROJECT_SOURCE_DIR}/scenarios/*.yaml
       ${PROJECT_SOURCE_DIR}/src/admin/page/*)
  list(APPEND files src/admin/openapi.yaml docs/checks.md)
  set(paths ${files})
  list(TRANSFORM paths PREPEND ${PROJECT_SOURCE_DIR}/)
  add_executable(bake ${PROJECT_SOURCE_DIR}/tools/bake.cc)
  target_link_libraries(bake PRIVATE contract)
  mockduit_warnings(bake)
  set(source ${CMAKE_BINARY_DIR}/baked.cc)
  add_custom_command(OUTPUT ${source}
                     COMMAND bake ${source} ${PROJECT_SOURCE_DIR} ${files}
                     DEPENDS bake ${paths}
                     COMMENT "Baking fixtures and scenarios"
                     VERBATIM)
  add_library(${target} STATIC ${source})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
endfunction()
