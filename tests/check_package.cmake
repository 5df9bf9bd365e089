# Packs for Debian, reads what each package says of itself, unpacks all of them into one folder and
# uses what lies there, as if it were a system.
# Run: cmake -D CPACK=cpack -D BUILD=<build> -D WORK=<scratch> -D CC=cc -D PKG_CONFIG=pkg-config
#        -D VERSION=x.y.z -D LIBDIR=lib -D SOURCE=<source> -P check_package.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}/root")
execute_process(COMMAND ${CPACK} --config ${BUILD}/CPackConfig.cmake -G DEB -B ${WORK}/packages
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB debs "${WORK}/packages/*.deb")
list(LENGTH debs count)
if(NOT count EQUAL 3)
  message(FATAL_ERROR "three packages wanted: program, library, development; got ${debs}")
endif()
string(REGEX MATCH "^[0-9]+\\.[0-9]+" soversion "${VERSION}")

# ---- what they say --------------------------------------------------------------------------------
function(package name out_control out_content)
  file(GLOB deb "${WORK}/packages/${name}_${VERSION}_*.deb")
  if(NOT deb)
    message(FATAL_ERROR "no package ${name} ${VERSION}")
  endif()
  execute_process(COMMAND dpkg-deb -I ${deb} OUTPUT_VARIABLE control COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND dpkg-deb -c ${deb} OUTPUT_VARIABLE content COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND dpkg-deb -x ${deb} ${WORK}/root COMMAND_ERROR_IS_FATAL ANY)
  foreach(wanted "Package: ${name}\n" "Version: ${VERSION}\n" "Maintainer: muster developers\n"
      "Description: simulates joint naval and air drills")
    if(NOT control MATCHES "${wanted}")
      message(FATAL_ERROR "${name} does not say '${wanted}':\n${control}")
    endif()
  endforeach()
  # Nobody but root owns or may write what is installed, and nothing lies outside of /usr.
  string(REGEX MATCHALL "[^\n]+" lines "${content}")
  foreach(line IN LISTS lines)
    if(NOT line MATCHES "^(-rw-r--r--|-rwxr-xr-x|drwxr-xr-x|lrwxrwxrwx) root/root +[0-9]+ [^ ]+ [^ ]+ \\./(usr/|$)")
      message(FATAL_ERROR "${name}: ${line}")
    endif()
  endforeach()
  if(NOT content MATCHES "\\./usr/share/doc/${name}/copyright")
    message(FATAL_ERROR "${name} has no copyright")
  endif()
  set(${out_control} "${control}" PARENT_SCOPE)
  set(${out_content} "${content}" PARENT_SCOPE)
endfunction()

function(must_have what text)
  foreach(wanted IN LISTS ARGN)
    if(NOT text MATCHES "${wanted}")
      message(FATAL_ERROR "${what} lacks '${wanted}':\n${text}")
    endif()
  endforeach()
endfunction()

set(runs "Depends:[^\n]*libc6 " "Depends:[^\n]*libgsl[0-9]" "Depends:[^\n]*libconfig[0-9]"
  "Depends:[^\n]*libproj[0-9]" "Depends:[^\n]*libjansson[0-9]")
package(muster control content)
must_have("control of muster" "${control}" ${runs} "Depends:[^\n]*libsqlite3-0" "Section: science\n")
must_have("muster" "${content}" /usr/bin/muster /man1/muster\\.1\\.gz /man1/muster-run\\.1\\.gz
  bash-completion/completions/muster zsh/vendor-completions/_muster
  fish/vendor_completions.d/muster\\.fish muster/scenarios/library/ships\\.cfg)
if(content MATCHES "\\.h\n|\\.a\n|\\.so|man1/[^\n]*\\.1\n")
  message(FATAL_ERROR "muster has what is for developers, or pages that are not compressed:\n${content}")
endif()
package(libmuster${soversion} control content)
must_have("control of the library" "${control}" ${runs} "Section: libs\n" shlibs)
must_have("the library" "${content}" "libmuster\\.so\\.${VERSION}\n" "libmuster\\.so\\.${soversion} -> ")
package(libmuster-dev control content)
must_have("control of libmuster-dev" "${control}" "Section: libdevel\n"
  "Depends: libmuster${soversion} \\(= ${VERSION}\\), libgsl-dev, libconfig-dev, libproj-dev, libjansson-dev, libsqlite3-dev\n")
must_have("libmuster-dev" "${content}" include/muster/muster\\.h "libmuster\\.a\n" "libmuster-analysis\\.a\n" "libmuster\\.so -> "
  "pkgconfig/muster\\.pc\n")

# ---- what is in them ------------------------------------------------------------------------------
set(usr "${WORK}/root/usr")
unset(ENV{MUSTER_SCENARIOS})
execute_process(COMMAND ${usr}/bin/muster run ${usr}/share/muster/scenarios/northern-interaction-2023.cfg
  WORKING_DIRECTORY / OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said MATCHES "DID NOT COME: *North Korea")
  message(FATAL_ERROR "the unpacked program, on the unpacked scenario, says:\n${said}")
endif()
file(REMOVE "${usr}/share/muster/scenarios/library/aircraft.cfg")
execute_process(COMMAND ${usr}/bin/muster list classes WORKING_DIRECTORY / RESULT_VARIABLE status
  OUTPUT_QUIET ERROR_VARIABLE said)
string(FIND "${said}" "${usr}/share/muster/scenarios/library" found)
if(status EQUAL 0 OR found LESS 0)
  message(FATAL_ERROR "the unpacked program reads some other library: status ${status}, ${said}")
endif()
execute_process(COMMAND mandoc -T lint -W warning ${usr}/share/man/man1/muster-run.1.gz COMMAND_ERROR_IS_FATAL ANY)
set(ENV{PKG_CONFIG_PATH} "${usr}/${LIBDIR}/pkgconfig")
execute_process(COMMAND ${PKG_CONFIG} --cflags --libs muster OUTPUT_VARIABLE flags
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
execute_process(COMMAND ${CC} -std=c11 -o ${WORK}/example ${SOURCE}/tests/flow/example.c ${flags}
  COMMAND_ERROR_IS_FATAL ANY)
set(ENV{LD_LIBRARY_PATH} "${usr}/${LIBDIR}")
execute_process(COMMAND ${WORK}/example OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said MATCHES "^mustered 1")
  message(FATAL_ERROR "a program built on the unpacked library says: ${said}")
endif()
file(REMOVE_RECURSE "${WORK}")
