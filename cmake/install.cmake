# What `cmake --install` puts below a prefix: the program, its manual page and completions, which it
# writes itself, and the CMake package for users of GoogleTest.
include(CMakePackageConfigHelpers)

install(TARGETS mockduit RUNTIME DESTINATION bin)

set(MOCKDUIT_ZSH_COMPLETIONS share/zsh/site-functions CACHE STRING
    "Where zsh looks for completions below the prefix")
set(MOCKDUIT_WRITTEN ${CMAKE_BINARY_DIR}/written)
# mockduit_writes(WHAT DIRECTORY FILE): what `mockduit completion WHAT` prints is installed as FILE.
function(mockduit_writes what directory file)
  install(CODE "
    file(MAKE_DIRECTORY \"${MOCKDUIT_WRITTEN}\")
    execute_process(COMMAND \"${CMAKE_BINARY_DIR}/mockduit\" completion ${what}
                    OUTPUT_FILE \"${MOCKDUIT_WRITTEN}/${file}\" COMMAND_ERROR_IS_FATAL ANY)")
  install(FILES ${MOCKDUIT_WRITTEN}/${file} DESTINATION ${directory})
endfunction()
mockduit_writes(man share/man/man1 mockduit.1)
mockduit_writes(bash share/bash-completion/completions mockduit)
mockduit_writes(zsh ${MOCKDUIT_ZSH_COMPLETIONS} _mockduit)
mockduit_writes(fish share/fish/vendor_completions.d mockduit.fish)

install(FILES LICENSE DESTINATION share/doc/mockduit RENAME copyright)

install(FILES integrations/cpp/include/mockduit/testing.h DESTINATION include/mockduit)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/mockduitConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES cmake/mockduitConfig.cmake ${CMAKE_BINARY_DIR}/mockduitConfigVersion.cmake
        DESTINATION lib/cmake/mockduit)
