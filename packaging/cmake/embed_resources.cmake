# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a C++ file that holds text resources: cmake -DROOT=resources -DFILES=a;b -DOUTPUT=x.cpp -P this
set(body "// SPDX-License-Identifier: GPL-3.0-or-later\n#include \"support/embedded_resources.h\"\n\n#include <array>\n\n")
string(APPEND body "namespace bitwright {\nnamespace {\n\nconstexpr std::array kResources{\n")
string(REPLACE "|" ";" FILES "${FILES}")
list(SORT FILES)
foreach(name IN LISTS FILES)
    file(READ "${ROOT}/${name}" hex HEX)
    # Hexadecimal escapes hold any byte, and no delimiter can occur in them.
    string(REGEX REPLACE "(................................................................)" "\\1\"\n\"" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
    file(SIZE "${ROOT}/${name}" size)
    string(APPEND body "EmbeddedResource{\"${name}\", {\"${hex}\", ${size}}},\n")
endforeach()
string(APPEND body "};\n\n} // namespace\n\nstd::span<const EmbeddedResource> embeddedResources()\n{\n    return kResources;\n}\n\n} // namespace bitwright\n")
file(WRITE "${OUTPUT}" "${body}")
