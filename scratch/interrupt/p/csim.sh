#!/bin/sh
# C simulation of myproject with g++: compiles the project and runs its test bench.
#   sh csim.sh [FOLDER]     FOLDER holds the inputs; tb_data when not given
# AP_TYPES=FOLDER sh csim.sh   uses the ap_fixed.h of that folder instead of the project's own number types.
set -eu
cd "$(dirname "$0")"
mkdir -p build
"${CXX:-g++}" -std=c++14 -O1 -DNDEBUG -Wno-unknown-pragmas ${AP_TYPES:+-I"$AP_TYPES"} \
    -o build/csim firmware/myproject.cpp myproject_test.cpp
exec ./build/csim "${1:-tb_data}"
