// SPDX-License-Identifier: GPL-3.0-or-later
/// The samples that the program ships with.
#pragma once

#include <vector>

#include <QString>

namespace bitwright {

struct Sample {
    QString id;
    QString title;
    QString text;
    QString model; ///< absolute paths
    QString input;
    QString labels;
};

/// Samples whose files are there, in the order of `samples/samples.json`.
std::vector<Sample> bundledSamples();

} // namespace bitwright
