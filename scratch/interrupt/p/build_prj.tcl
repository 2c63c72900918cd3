# Builds myproject:   vitis-run --mode hls --tcl build_prj.tcl
# Steps that are 0 are left out.
array set step {
    csim   1
    synth  1
    cosim  0
    export 0
}
foreach argument $argv {
    foreach pair [split $argument " "] {
        if {[regexp {^(csim|synth|cosim|export)=([01])$} $pair -> name value]} {
            set step($name) $value
        }
    }
}

cd [file dirname [file normalize [info script]]]
source project.tcl
set flags "-std=c++14 -DBW_VENDOR_TYPES -DNDEBUG"

open_project -reset ${project_name}_prj
set_top $project_name
add_files firmware/${project_name}.cpp -cflags $flags
add_files -tb ${project_name}_test.cpp -cflags $flags
add_files -tb tb_data
open_solution -reset "solution1" -flow_target vivado
catch {config_array_partition -maximum_size 4096}
catch {config_compile -name_max_length 80}
set_part $part
create_clock -period $clock_period -name default
set_clock_uncertainty $clock_uncertainty default

if {$step(csim)} { csim_design }
if {$step(synth)} { csynth_design }
if {$step(cosim)} { cosim_design }
if {$step(export)} { export_design -format ip_catalog }
exit
