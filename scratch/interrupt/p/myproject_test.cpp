// Test bench of myproject: runs every sample of tb_data and compares with the expected outputs, where there are any.
// Another folder of the same form can be named as the argument.
#include <cstdio>
#include <string>

#include "firmware/myproject.h"
#include "firmware/bw/bw_testbench.h"

int main(int argc, char** argv)
{
    const std::string folder = argc > 1 ? argv[1] : "tb_data";
    bw::code_reader x1_file(folder + "/input1.dat");
    bw::code_writer y1_file(folder + "/csim_output1.dat");
    if (!x1_file.is_open() || !y1_file.is_open()) {
        std::fprintf(stderr, "The files of '%s' cannot be opened.\n", folder.c_str());
        return 2;
    }
    long samples = 0;
    for (;; ++samples) {
        static input1_global_in_t x1[16];
        static layer7_Dense_MatMul_3_out_t y1[5];
        if (!x1_file.read(x1)) break;
        myproject(x1, y1);
        y1_file.write(y1);
    }
    if (!y1_file.close()) {
        std::fprintf(stderr, "The results cannot be written to '%s'.\n", folder.c_str());
        return 2;
    }
    std::printf("%ld samples simulated\n", samples);
    long differing = 0;
    differing += bw::compare_codes(folder + "/csim_output1.dat", folder + "/expected1.dat");
    return differing == 0 ? 0 : 1;
}
