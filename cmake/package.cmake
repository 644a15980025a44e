# The Debian package, which `cpack -G DEB` makes of what is installed. The program needs the C library
# alone; scripts/package finds out which release of it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME mockduit)
set(CPACK_PACKAGE_CONTACT "The authors of Mockduit <mockduit@example.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "local stand-in for data-connection APIs")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Answers as Supermetrics, Airweave and Fivetran document it, as scripted,
 and tells how the client took it.")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS libc6)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
