# SPDX-License-Identifier: GPL-3.0-or-later
# Install rules that no single target owns, and packages (DEB, TGZ).
include(GNUInstallDirs)
install(DIRECTORY resources/samples resources/hls resources/cost_models resources/parts
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bitwright OPTIONAL)
if(BITWRIGHT_BUILD_GUI)
    install(FILES packaging/bitwright.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES packaging/bitwright-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
    install(FILES packaging/io.github.bitwright.Bitwright.metainfo.xml
            DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    if(EXISTS ${PROJECT_SOURCE_DIR}/resources/icons/bitwright.svg)
        install(FILES resources/icons/bitwright.svg
                DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
    endif()
endif()

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME bitwright)
set(CPACK_PACKAGE_CONTACT "The Bitwright maintainers <maintainers@bitwright.invalid>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "g++")
include(CPack)
