# What is installed, and the Debian packages made of it. Three parts: the program with its scenarios,
# the shared library, and what is needed to build against the library.
#
#   cmake --install build --prefix FOLDER
#   cpack --config build/CPackConfig.cmake -G DEB -B FOLDER
set(MUSTER_PACKAGING ${PROJECT_SOURCE_DIR}/sim/packaging)
set(MUSTER_ZSH_DIR ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING "folder for zsh's completions")

# ---- library ---------------------------------------------------------------------------------------
# The folders are found again from the place of the pkg-config file.
file(RELATIVE_PATH MUSTER_PC_TO_PREFIX
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
set(MUSTER_PC_PRIVATE "")
if(BUILD_SHARED_LIBS AND TARGET muster_shared)
  set(MUSTER_PC_PRIVATE .private)
  install(TARGETS muster_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT library NAMELINK_COMPONENT development)
endif()
configure_file(sim/packaging/muster.pc.in muster.pc @ONLY)
configure_file(sim/packaging/muster-analysis.pc.in muster-analysis.pc @ONLY)
install(TARGETS muster muster_analysis ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  COMPONENT development)
install(DIRECTORY include/muster DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
  FILES_MATCHING PATTERN *.h PATTERN *.json)
install(FILES ${PROJECT_BINARY_DIR}/muster.pc ${PROJECT_BINARY_DIR}/muster-analysis.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)

# ---- program ---------------------------------------------------------------------------------------
if(TARGET muster_program)
  install(TARGETS muster_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  # Written by the program itself, so not where it cannot run: for another machine, or under a
  # sanitizer, which may want to be started in a way of its own.
  if(NOT MUSTER_SANITIZE AND (NOT CMAKE_CROSSCOMPILING OR CMAKE_CROSSCOMPILING_EMULATOR))
    set(pages ${PROJECT_BINARY_DIR}/pages)
    add_custom_command(OUTPUT ${pages}.stamp
      COMMAND ${CMAKE_COMMAND} "-DMUSTER=$<TARGET_FILE:muster_program>" -DOUT=${pages}
        "-DEMULATOR=${CMAKE_CROSSCOMPILING_EMULATOR}" -P ${MUSTER_PACKAGING}/pages.cmake
      COMMAND ${CMAKE_COMMAND} -E touch ${pages}.stamp
      DEPENDS muster_program ${MUSTER_PACKAGING}/pages.cmake
      COMMENT "Writing manual pages and completions" VERBATIM)
    add_custom_target(muster_pages ALL DEPENDS ${pages}.stamp)
    install(DIRECTORY ${pages}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
    install(DIRECTORY ${pages}/bash/ DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
      COMPONENT program)
    install(DIRECTORY ${pages}/zsh/ DESTINATION ${MUSTER_ZSH_DIR} COMPONENT program)
    install(DIRECTORY ${pages}/fish/ DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
      COMPONENT program)
  endif()
endif()
install(DIRECTORY scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/muster/scenarios COMPONENT program)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

# ---- Debian ----------------------------------------------------------------------------------------
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()
set(soversion ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME muster)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "muster developers")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
if(BUILD_SHARED_LIBS AND TARGET muster_shared)
  list(APPEND CPACK_COMPONENTS_ALL library)
endif()
# Folders of a package are 0755 whatever the umask.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# Finishes each tree as Debian wants it: pages compressed, a copyright.
set(CPACK_PRE_BUILD_SCRIPTS ${MUSTER_PACKAGING}/finish_deb.cmake)
set(CPACK_MUSTER_PACKAGING ${MUSTER_PACKAGING})

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME muster)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "simulates joint naval and air drills
Who will come to a drill, who can get there, and how well they work
together. A scenario is a text file in which every figure has a source
or says that it is assumed.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libmuster${soversion})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "simulates joint naval and air drills (shared library)
Who will come to a drill, who can get there, and how well they work
together, for programs: text in, values out.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libmuster-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libgsl-dev, libconfig-dev, libproj-dev, libjansson-dev, libsqlite3-dev")
if("library" IN_LIST CPACK_COMPONENTS_ALL)
  string(PREPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libmuster${soversion} (= ${PROJECT_VERSION}), ")
endif()
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "simulates joint naval and air drills (development)
Headers, static library and pkg-config file of libmuster.")
include(CPack)
