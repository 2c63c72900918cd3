// SPDX-License-Identifier: GPL-3.0-or-later
/// What a user may set for all designs; every field has an effect that can be seen (gui.md 3.12).
#pragma once

#include <QString>

namespace bitwright {

struct Preferences {
    int font_percent = 100;     ///< of the desktop's font size
    bool reopens_last = false;  ///< start with the design that was open last
    QString data_folder;        ///< where "Load data" starts; empty: where data were last loaded from
    bool is_left_to_right = false; ///< direction of the graph
    bool wheel_scrolls = false; ///< the wheel scrolls the graph, and zooms with Ctrl
    bool has_minimap = true;
    int threads = 0;            ///< of the emulator; 0: all cores
    int first_samples = 256;    ///< of the first answer after an edit; 0: none before the whole
    int random_samples = 1000;  ///< made up when a model is opened without data

    bool operator==(const Preferences&) const = default;
};

constexpr int kSmallestFontPercent = 80;
constexpr int kLargestFontPercent = 200;
constexpr int kMostThreads = 256;
constexpr int kMostFirstSamples = 100'000;
constexpr int kMostRandomSamples = 100'000;

} // namespace bitwright
