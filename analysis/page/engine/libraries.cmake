# What the engine is linked with, from Debian's sources (fetch.sh). Nothing is configured by trying: what
# configure would find out is known (gsl/config.h and below), and saves minutes. In the list are the files
# that the linker wants; where it misses a name, the file that defines it is added.
set(gsl_files
  blas/blas.c cblas/daxpy.c cblas/dcopy.c cblas/ddot.c cblas/dgemv.c cblas/dger.c cblas/dnrm2.c
  cblas/dscal.c cblas/dsymv.c cblas/dsyr2.c cblas/xerbla.c cdf/gauss.c cdf/gaussinv.c cdf/tdist.c
  cdf/tdistinv.c eigen/sort.c eigen/symmv.c err/error.c err/stream.c linalg/householder.c linalg/symmtd.c
  matrix/init.c matrix/rowcol.c matrix/submatrix.c matrix/swap.c matrix/view.c qrng/halton.c qrng/inline.c
  qrng/qrng.c qrng/sobol.c randist/tdist.c roots/brent.c roots/fsolver.c specfunc/beta.c specfunc/erfc.c
  specfunc/exp.c specfunc/gamma.c specfunc/gamma_inc.c specfunc/log.c specfunc/psi.c specfunc/zeta.c
  sys/infnan.c vector/copy.c vector/subvector.c vector/swap.c vector/view.c)

set(prefix ${CMAKE_BINARY_DIR}/prefix) # headers, as a compiler wants them
set(gsl ${MUSTER_WASM_SOURCES}/gsl)
set(libconfig ${MUSTER_WASM_SOURCES}/libconfig/lib)
set(jansson ${MUSTER_WASM_SOURCES}/jansson/src)
set(proj ${MUSTER_WASM_SOURCES}/proj/src)

file(GLOB gsl_headers ${gsl}/gsl_*.h ${gsl}/*/gsl_*.h)
file(COPY ${gsl_headers} DESTINATION ${prefix}/include/gsl)
file(COPY ${MUSTER_RANDOM123}/Random123 DESTINATION ${prefix}/include)
file(COPY ${proj}/geodesic.h ${libconfig}/libconfig.h ${jansson}/jansson.h DESTINATION ${prefix}/include)
set(json_inline inline)
set(json_have_long_long 1)
set(json_have_localeconv 1)
set(json_have_atomic_builtins 0)
set(json_have_sync_builtins 0)
configure_file(${jansson}/jansson_config.h.in ${prefix}/include/jansson_config.h @ONLY)
file(CONFIGURE OUTPUT ${prefix}/jansson/jansson_private_config.h
  CONTENT "#define HAVE_STDINT_H 1\n#define HAVE_LOCALECONV 1\n#define INITIAL_HASHTABLE_ORDER 3\n")

add_library(libraries INTERFACE)
target_include_directories(libraries INTERFACE ${prefix}/include)
target_compile_options(libraries INTERFACE -ffp-contract=off)
function(foreign name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PRIVATE ${prefix}/include)
  # GSL names its files where something goes wrong: no folder of who built it is to stand in a page.
  target_compile_options(${name} PRIVATE ${MUSTER_WASM_OPTIMIZE} ${whole} -w "-D__FILE__=\"\"" -ffp-contract=off -fvisibility=hidden)
  target_link_libraries(libraries INTERFACE ${name})
endfunction()

list(TRANSFORM gsl_files PREPEND ${gsl}/)
foreign(gsl_part ${gsl_files})
target_include_directories(gsl_part PRIVATE gsl ${gsl})
foreign(config ${libconfig}/grammar.c ${libconfig}/libconfig.c ${libconfig}/scanctx.c ${libconfig}/scanner.c
  ${libconfig}/strbuf.c)
# json_seed.c stands for its hashtable_seed.c.
foreign(json ${jansson}/dump.c ${jansson}/error.c ${jansson}/hashtable.c ${jansson}/load.c ${jansson}/memory.c
  ${jansson}/pack_unpack.c ${jansson}/strbuffer.c ${jansson}/strconv.c ${jansson}/utf.c ${jansson}/value.c
  ${jansson}/version.c json_seed.c)
target_include_directories(json PRIVATE ${prefix}/jansson)
target_compile_definitions(json PRIVATE HAVE_CONFIG_H)
foreign(geodesic ${proj}/geodesic.c)
