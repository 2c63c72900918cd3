// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/action_registry.h"

#include <QCoreApplication>

#include <array>

namespace bitwright {

namespace {

constexpr ActionNeeds kAlways = ActionNeed::Nothing;
constexpr ActionNeeds kDesign = ActionNeed::Design;
constexpr ActionNeeds kSelection = ActionNeed::Design | ActionNeed::Selection;
constexpr ActionNeeds kProblems = ActionNeed::Design | ActionNeed::Problems;
constexpr ActionNeeds kData = ActionNeed::Design | ActionNeed::Data;

#define BW_TEXT(text) QT_TRANSLATE_NOOP("actions", text)
constexpr const char* kFile = BW_TEXT("&File");
constexpr const char* kEdit = BW_TEXT("&Edit");
constexpr const char* kView = BW_TEXT("&View");
constexpr const char* kLayer = BW_TEXT("&Layer");
constexpr const char* kDesignMenu = BW_TEXT("&Design");
constexpr const char* kGo = BW_TEXT("&Go");
constexpr const char* kHelp = BW_TEXT("&Help");

constexpr ActionSpec separator(const char* menu)
{
    return {"-", menu, "", "", "", "", kAlways};
}

constexpr ActionSpec kTable[] = {
    {"file.open", kFile, BW_TEXT("&Open…"), "Ctrl+O", "open", BW_TEXT("Open a model, a project, a configuration or data."), kAlways},
    {"file.reload", kFile, BW_TEXT("Re&load model"), "F5", "", BW_TEXT("Read the model file again and keep the configuration."), kDesign},
    separator(kFile),
    {"file.save", kFile, BW_TEXT("&Save project"), "Ctrl+S", "save", BW_TEXT("Save the project."), kDesign},
    {"file.save_as", kFile, BW_TEXT("Save project &as…"), "Ctrl+Shift+S", "", BW_TEXT("Save the project under another name."), kDesign},
    separator(kFile),
    {"file.load_data", kFile, BW_TEXT("Load &data…"), "Ctrl+D", "data", BW_TEXT("Load samples and labels from .npy files."), kDesign},
    {"file.load_configuration", kFile, BW_TEXT("Load &configuration…"), "", "", BW_TEXT("Take over an hls4ml YAML configuration, as one undo step."), kDesign},
    {"file.save_configuration", kFile, BW_TEXT("Save co&nfiguration…"), "", "", BW_TEXT("Write the configuration as hls4ml YAML, fully spelled out."), kDesign},
    separator(kFile),
    {"file.export", kFile, BW_TEXT("&Export HLS project…"), "Ctrl+E", "export", BW_TEXT("Write an HLS project and check it bit for bit."), kDesign},
    {"file.export_table", kFile, BW_TEXT("Export layers &table…"), "", "", BW_TEXT("Write the layers table as tab-separated text."), kDesign},
    {"file.export_image", kFile, BW_TEXT("Export &graph image…"), "Ctrl+Shift+E", "", BW_TEXT("Write the graph as SVG or PNG."), kDesign},
    separator(kFile),
    {"file.close", kFile, BW_TEXT("&Close"), "Ctrl+W", "", BW_TEXT("Close the design and show the welcome page."), kDesign},
    {"file.quit", kFile, BW_TEXT("&Quit"), "Ctrl+Q", "", BW_TEXT("Leave the program."), kAlways},

    {"edit.undo", kEdit, BW_TEXT("&Undo"), "Ctrl+Z", "undo", BW_TEXT("Undo the last step."), kAlways},
    {"edit.redo", kEdit, BW_TEXT("&Redo"), "Ctrl+Shift+Z Ctrl+Y", "redo", BW_TEXT("Redo the step that was undone."), kAlways},
    separator(kEdit),
    {"edit.copy_settings", kEdit, BW_TEXT("&Copy settings"), "Ctrl+Shift+C", "", BW_TEXT("Copy what is decided for the current layer."), kSelection},
    {"edit.paste_settings", kEdit, BW_TEXT("&Paste settings"), "Ctrl+Shift+V", "", BW_TEXT("Give the copied settings to every selected layer."), kSelection},
    separator(kEdit),
    {"edit.select_all", kEdit, BW_TEXT("Select &all"), "Ctrl+A", "", BW_TEXT("Select every layer."), kDesign},
    {"edit.select_none", kEdit, BW_TEXT("Select &none"), "Ctrl+Shift+D", "", BW_TEXT("Select nothing; the Inspector shows the model."), kSelection},
    {"edit.select_similar", kEdit, BW_TEXT("Select &similar"), "Ctrl+Shift+A", "", BW_TEXT("Select every layer of the same type."), kSelection},
    separator(kEdit),
    {"edit.find", kEdit, BW_TEXT("&Find layers"), "Ctrl+F /", "find", BW_TEXT("Search layers by name or by a condition such as wbits<6."), kDesign},
    {"edit.find_next", kEdit, BW_TEXT("Find ne&xt"), "F3", "", BW_TEXT("Go to the next layer found."), kDesign},
    {"edit.find_previous", kEdit, BW_TEXT("Find pre&vious"), "Shift+F3", "", BW_TEXT("Go to the layer found before."), kDesign},
    {"edit.palette", kEdit, BW_TEXT("Command pa&lette…"), "Ctrl+Shift+P", "", BW_TEXT("Run any command by its name."), kAlways},
    separator(kEdit),
    {"edit.settings", kEdit, BW_TEXT("Se&ttings…"), "Ctrl+,", "", BW_TEXT("Theme, text size, graph, emulator and keys."), kAlways},

    {"view.zoom_in", kView, BW_TEXT("Zoom &in"), "Ctrl++ Ctrl+=", "", BW_TEXT("Show the graph larger."), kDesign},
    {"view.zoom_out", kView, BW_TEXT("Zoom &out"), "Ctrl+-", "", BW_TEXT("Show the graph smaller."), kDesign},
    {"view.zoom_actual", kView, BW_TEXT("&100 %"), "Ctrl+0", "", BW_TEXT("Show the graph in its own size."), kDesign},
    {"view.fit", kView, BW_TEXT("&Fit"), "Ctrl+9", "fit", BW_TEXT("Show the whole graph."), kDesign},
    {"view.fit_selection", kView, BW_TEXT("Fit &selection"), "Shift+Space", "", BW_TEXT("Show the selected layers as large as they fit."), kSelection},
    separator(kView),
    {"view.left_to_right", kView, BW_TEXT("Graph left to ri&ght"), "Ctrl+Shift+L", "", BW_TEXT("Let the graph flow from left to right."), kAlways, true},
    {"view.minimap", kView, BW_TEXT("&Minimap"), "", "", BW_TEXT("Show the overview in the corner of the graph."), kAlways, true},
    {"view.full_screen", kView, BW_TEXT("F&ull screen"), "F11", "", BW_TEXT("Use the whole screen."), kAlways, true},
    separator(kView),
    {"view.theme_system", kView, BW_TEXT("Theme of the s&ystem"), "", "", BW_TEXT("Follow the desktop's light or dark theme."), kAlways, true},
    {"view.theme_light", kView, BW_TEXT("&Light theme"), "", "", BW_TEXT("Dark text on light ground."), kAlways, true},
    {"view.theme_dark", kView, BW_TEXT("&Dark theme"), "", "", BW_TEXT("Light text on dark ground."), kAlways, true},
    separator(kView),
    {"view.layout_edit", kView, BW_TEXT("Layout &Edit"), "Ctrl+Alt+1", "", BW_TEXT("Inspector at the side, the layers table below."), kDesign},
    {"view.layout_graph", kView, BW_TEXT("Layout Gra&ph"), "Ctrl+Alt+2", "", BW_TEXT("The graph and the Inspector alone."), kDesign},
    {"view.layout_numbers", kView, BW_TEXT("Layout &Numbers"), "Ctrl+Alt+3", "", BW_TEXT("Ranges and histogram side by side."), kDesign},
    {"view.save_layout", kView, BW_TEXT("Sa&ve layout as…"), "", "", BW_TEXT("Keep the present arrangement of panels under a name."), kDesign},
    {"view.reset_layout", kView, BW_TEXT("&Reset layout"), "", "", BW_TEXT("Put every panel back where it was at first."), kDesign},

    {"layer.edit_format", kLayer, BW_TEXT("Edit &format"), "Ctrl+P", "", BW_TEXT("Go to the result format of the selected layers."), kSelection},
    {"layer.width_more", kLayer, BW_TEXT("One fraction bit &more"), "Alt+Up", "", BW_TEXT("Widen the result format by one fraction bit."), kSelection},
    {"layer.width_less", kLayer, BW_TEXT("One fraction bit &less"), "Alt+Down", "", BW_TEXT("Narrow the result format by one fraction bit."), kSelection},
    {"layer.integer_more", kLayer, BW_TEXT("One &integer bit more"), "Ctrl+Up", "", BW_TEXT("Widen the result format by one integer bit."), kSelection},
    {"layer.integer_less", kLayer, BW_TEXT("One i&nteger bit less"), "Ctrl+Down", "", BW_TEXT("Narrow the result format by one integer bit."), kSelection},
    {"layer.fit_range", kLayer, BW_TEXT("Fit integer bits to &data"), "Ctrl+Shift+R", "", BW_TEXT("Give the result just the integer bits that the samples need."), ActionNeed::Design | ActionNeed::Selection | ActionNeed::Data},
    separator(kLayer),
    {"layer.reuse_more", kLayer, BW_TEXT("Next larger &reuse factor"), "]", "", BW_TEXT("Use each multiplier more often."), kSelection},
    {"layer.reuse_less", kLayer, BW_TEXT("Next &smaller reuse factor"), "[", "", BW_TEXT("Use each multiplier less often."), kSelection},
    separator(kLayer),
    {"layer.lock", kLayer, BW_TEXT("Loc&k"), "Ctrl+K", "lock", BW_TEXT("Protect the selected layers from edits."), kSelection, true},
    {"layer.reset", kLayer, BW_TEXT("Reset to &default"), "Ctrl+Backspace", "", BW_TEXT("Drop everything decided for the selected layers."), kSelection},

    {"design.baseline", kDesignMenu, BW_TEXT("Compare with the present &state"), "Ctrl+T", "baseline", BW_TEXT("Show all differences against the design as it is now."), kDesign},
    {"design.swap_baseline", kDesignMenu, BW_TEXT("S&wap with the compared state"), "Ctrl+B", "", BW_TEXT("Go back and forth between the compared state and this one."), kDesign},
    separator(kDesignMenu),
    {"design.rerun", kDesignMenu, BW_TEXT("&Run again"), "F9", "run", BW_TEXT("Run the emulator over all samples."), kData},
    {"design.stop", kDesignMenu, BW_TEXT("S&top"), "Ctrl+.", "stop", BW_TEXT("Stop the work that runs in the background."), kAlways},
    {"design.verify", kDesignMenu, BW_TEXT("&Verify bit for bit"), "F10", "", BW_TEXT("Compile the HLS project with g++ and compare every bit with the emulator."), kDesign},

    {"go.next_layer", kGo, BW_TEXT("&Next layer"), "Ctrl+PgDown", "", BW_TEXT("Select the layer after the current one."), kDesign},
    {"go.previous_layer", kGo, BW_TEXT("&Previous layer"), "Ctrl+PgUp", "", BW_TEXT("Select the layer before the current one."), kDesign},
    {"go.next_problem", kGo, BW_TEXT("Next p&roblem"), "F8", "", BW_TEXT("Go to the next problem's layer."), kProblems},
    {"go.previous_problem", kGo, BW_TEXT("Pre&vious problem"), "Shift+F8", "", BW_TEXT("Go to the previous problem's layer."), kProblems},
    separator(kGo),
    {"go.next_panel", kGo, BW_TEXT("Next p&anel"), "F6", "", BW_TEXT("Move the keyboard to the next panel."), kAlways},
    {"go.previous_panel", kGo, BW_TEXT("Previous pane&l"), "Shift+F6", "", BW_TEXT("Move the keyboard to the panel before."), kAlways},

    {"help.shortcuts", kHelp, BW_TEXT("&Keyboard shortcuts"), "Ctrl+/", "", BW_TEXT("Every command with its keys, to look up and to change."), kAlways},
    {"help.about", kHelp, BW_TEXT("&About Bitwright"), "", "", BW_TEXT("Version, licence and system."), kAlways},
};
#undef BW_TEXT

} // namespace

std::span<const ActionSpec> actionTable()
{
    return kTable;
}

} // namespace bitwright
