# Builds the two halves of the page in the build folder: needs Node.js and npm. The sources stay as they
# are; packages are installed beside a copy of them.
find_program(MUSTER_NODE node REQUIRED)
find_program(MUSTER_NPM npm REQUIRED)
set(page_source ${PROJECT_SOURCE_DIR}/analysis/page)
set(page_build ${PROJECT_BINARY_DIR}/page)
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS RELATIVE ${page_source}
  ${page_source}/src/* ${page_source}/test/* ${page_source}/*.mjs ${page_source}/package*.json
  ${page_source}/.npmrc)
list(FILTER page_files EXCLUDE REGEX "node_modules/")
list(TRANSFORM page_files PREPEND ${page_source}/ OUTPUT_VARIABLE page_inputs)
add_custom_command(OUTPUT ${page_build}/report-head.html ${page_build}/report-tail.html
  COMMAND ${CMAKE_COMMAND} -DFROM=${page_source} -DTO=${page_build}/work "-DFILES=${page_files}"
    -DOUT=${page_build} -DNODE=${MUSTER_NODE} -DNPM=${MUSTER_NPM} -DDEV=${MUSTER_TEST_ALL}
    -P ${page_source}/build_page.cmake
  DEPENDS ${page_inputs} ${page_source}/build_page.cmake
  COMMENT "Building the page of reports" VERBATIM)
add_custom_target(muster_page ALL
  DEPENDS ${page_build}/report-head.html ${page_build}/report-tail.html)
install(FILES ${page_build}/report-head.html ${page_build}/report-tail.html
  DESTINATION ${CMAKE_INSTALL_DATADIR}/muster/page COMPONENT program)
